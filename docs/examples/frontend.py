"""A frontend of `accord serve` without a package of ours: the facts are told as they are wanted.

    python3 frontend.py [ACCORD]
"""

import itertools
import json
import pathlib
import subprocess
import sys

index = json.loads(pathlib.Path(__file__).with_name("menu.json").read_text(encoding="utf-8"))
facts = index["packages"]
program = sys.argv[1] if len(sys.argv) > 1 else "accord"
engine = subprocess.Popen([program, "serve"], text=True, encoding="utf-8",
                          stdin=subprocess.PIPE, stdout=subprocess.PIPE)
ids = itertools.count(1)


def call(method, **params):
    request = {"jsonrpc": "2.0", "id": next(ids), "method": method, "params": params}
    print(json.dumps(request), file=engine.stdin, flush=True)
    answer = json.loads(engine.stdout.readline())  # one call at a time: the next line answers it
    return answer["result"] if "result" in answer else sys.exit(answer["error"]["message"])


call("initialize", protocolVersions=[1], client={"name": "frontend.py", "version": "1"})
universe = call("universe/open", ecosystem="plain")["universe"]
told = call("resolve", universe=universe, mode="needs", **index["request"])
while told["status"] == "needs":
    names = [want["package"] for want in told["wants"]]
    call("universe/update", universe=universe,
         put=[{"package": name, **facts[name]} for name in names if name in facts],
         absent=[name for name in names if name not in facts])
    told = call("resolve/continue", solve=told["solve"])
for chosen in told["solution"] or []:
    print(chosen["package"], chosen["version"])
for line in told["conflict"]:
    print(line["text"])
engine.stdin.close()  # the end of its input ends the engine
sys.exit(engine.wait() or told["status"] != "sat")
