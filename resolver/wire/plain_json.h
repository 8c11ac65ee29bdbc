// Universes of frontends with rules of their own (docs/protocol.md, "plain"): what they say, what
// they ask, what a solve waits for. The words are the world file's.
#pragma once

#include <nlohmann/json.hpp>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/plain.h"
#include "model/strict_json.h"

namespace accord::wire {

// put[{package, candidates[], prefer, coexist, dependencies[{candidate, requires[], constrains[],
// unknown}]}], drop[name], absent[name], error[{package, reason}], groups[{name, members[]}].
// Errors: InvalidInput at the JSON Pointer.
[[nodiscard]] absl::StatusOr<engine::PlainUpdate> ReadPlainUpdate(const JsonNode& params);

// An error of engine::Apply, at the pointer into the params that the update was read from.
[[nodiscard]] absl::Status AtParams(const absl::Status& error, const JsonNode& params);

// requires[], soft[], constrains[], locked[], favored[], excluded[], and `closed`. Errors:
// InvalidInput at the JSON Pointer.
[[nodiscard]] absl::StatusOr<engine::PlainRequest> ReadPlainRequest(const JsonNode& params,
                                                                    bool closed_by_default);

// solution[{package, version, candidate}], as an answer has it; candidate may be left out. Errors:
// InvalidInput at the JSON Pointer.
[[nodiscard]] absl::StatusOr<std::vector<engine::PlainPin>> ReadPlainPins(const JsonNode& params);

// [{package, candidates[]}] or [{package, files[]}]; with neither: its list.
[[nodiscard]] nlohmann::json WantsJson(const std::vector<engine::Wanted>& wants);

// What `universe/query` says of a package of any ecosystem before its candidates: package, state
// (known | absent | error | unknown) and reason. `said`: with knowledge and reason; null: nobody
// spoke of it.
[[nodiscard]] nlohmann::json StateJson(std::string_view name, Knowledge knowledge,
                                       std::string_view reason);
template <class Said>
[[nodiscard]] nlohmann::json StateJson(std::string_view name, const Said* said) {
  if (said == nullptr) return StateJson(name, Knowledge::kPending, {});
  return StateJson(name, said->knowledge, said->reason);
}

// package, state: known | absent | error | unknown, reason, and of a known one coexist, prefer and
// candidates[{version, requires, constrains}] as they were put, or pending, or unknown.
[[nodiscard]] nlohmann::json PlainPackageJson(std::string_view name,
                                              const engine::PlainPackage* package);

}  // namespace accord::wire
