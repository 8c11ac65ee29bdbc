#!/usr/bin/env bash
# A frontend of `accord serve` in bash with jq: the facts are told as they are wanted.
#
#     ./frontend.sh [ACCORD]
set -euo pipefail
index=$(dirname "${BASH_SOURCE[0]}")/menu.json
coproc ENGINE { exec "${1:-accord}" serve; }
engine=$ENGINE_PID to_engine=${ENGINE[1]} from_engine=${ENGINE[0]}
id=0

# call METHOD PARAMS: leaves the result in $result; one call at a time, so the next line answers it.
call() {
  local answer
  id=$((id + 1))
  printf '{"jsonrpc":"2.0","id":%d,"method":"%s","params":%s}\n' "$id" "$1" "$2" >&"$to_engine"
  IFS= read -r answer <&"$from_engine"
  result=$(jq -ce '.result // ("\(.error.message)\n" | halt_error)' <<<"$answer")
}

call initialize '{"protocolVersions":[1],"client":{"name":"frontend.sh","version":"1"}}'
call universe/open '{"ecosystem":"plain"}'
universe=$(jq -c '{universe}' <<<"$result")
call resolve "$(jq -c --argjson to "$universe" '$to + {mode: "needs"} + .request' "$index")"
while [ "$(jq -r .status <<<"$result")" = needs ]; do
  solve=$(jq -c '{solve}' <<<"$result")
  call universe/update "$(jq -c --argjson to "$universe" --argjson told "$result" '
    .packages as $facts | [$told.wants[].package] as $names
    | $to + {put: [$names[] | select($facts[.]) | {package: .} + $facts[.]],
             absent: [$names[] | select($facts[.] | not)]}' "$index")"
  call resolve/continue "$solve"
done
jq -r '(.solution // [])[] | "\(.package) \(.version)"' <<<"$result"
jq -r '.conflict[].text' <<<"$result"
exec {to_engine}>&- # the end of its input ends the engine
wait "$engine"
[ "$(jq -r .status <<<"$result")" = sat ]
