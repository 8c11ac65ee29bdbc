"""One engine, many mixed requests: does its memory grow, does it keep what it should forget?

    soak.py ACCORD [N] [--seed S]

N requests (default: 200,000) of every method, in all modes, well and badly formed, cancelled and
left waiting. Tells the engine's memory after the first 10,000 requests (or half of them) and at the
end. Exit status 1: it grew by 5 % or more, or more is open than was opened.
"""

import argparse
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import time

import corpora

SETTLED = 10_000
GROWTH_MAX = 0.05
UNIVERSES_MAX = 20  # of plain ones that are open at a time, likewise:
SOLVES_MAX = 30
WAITING_MAX = 20
# Few, so that the first 10,000 requests have had the largest: from there on memory should not grow.
PYPI = [["flask", "requests"], ["celery[redis]", "django"], ["jupyterlab", "pandas"],
        ["boto3>=1.26", "urllib3<1.25.4"], ["no-such-name"], ["flask ==="]]
CONDA = [["scipy"], ["python >=3.9", "numpy"], ["no-such-name"], ["numpy ==0"]]
WORK = [10, 1000, 10**6]
NAMES = "abcdefgh"


class Soak:
    def __init__(self, accord, folder, seed):
        self.process = subprocess.Popen([accord, "serve", "--threads", "2"],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.draw = random.Random(seed)
        self.requests = 0
        self.universes = []
        self.solves = []
        self.waiting = {}  # requests in wants mode: their universes, by id
        self.notifications = 0
        self.call("initialize", protocolVersions=[1], roots=[folder], capabilities={"log": "info"})
        self.pypi, self.conda = (self.loaded(ecosystem, f"{folder}/{name}.acx") for
                                 ecosystem, name in (("pypi", "recorded"), ("conda", "main")))

    def loaded(self, ecosystem, path):
        universe = self.call("universe/open", ecosystem=ecosystem)["universe"]
        self.call("universe/load", universe=universe, path=path)
        return universe

    def write(self, message):
        self.process.stdin.write(json.dumps({"jsonrpc": "2.0", **message}).encode() + b"\n")
        self.process.stdin.flush()

    def send(self, method, **params):
        self.requests += 1
        self.write({"id": self.requests, "method": method, "params": params})
        return self.requests

    def read(self):
        """An answer; what waited and has ended is noted on the way."""
        while True:
            message = json.loads(self.process.stdout.readline())
            if "method" in message:
                self.notifications += 1
            elif self.waiting.pop(message["id"], None) is None:
                return message

    def call(self, method, **params):
        """The result; {} if it was an error."""
        number = self.send(method, **params)
        answer = self.read()
        if answer["id"] != number:
            raise SystemExit(f"the answer to {number} is wanted, found {answer}")
        if answer.get("error", {}).get("code") == -32603:
            raise SystemExit(f"our bug: {answer}")
        return answer.get("result", {})

    # ---- What is asked

    def step(self):
        kinds, weights = zip(*self.KINDS)
        self.draw.choices(kinds, weights)[0](self)

    def version(self):
        self.call("version/compare", ecosystem=self.draw.choice(["pypi", "conda", "cargo"]),
                  left=f"1.{self.draw.randrange(99)}", right=self.draw.choice(["1.0rc1", "x y"]))

    def question(self):
        if self.draw.random() < 0.5:
            return {"universe": self.conda, "specs": self.draw.choice(CONDA),
                    "target": {"subdirs": ["linux-64"]}}
        return {"universe": self.pypi, "requirements": self.draw.choice(PYPI),
                "target": {"python": "3.11"}, "limits": {"work": self.draw.choice(WORK)},
                "progressToken": self.requests, "explanations": self.draw.random() < 0.3}

    def resolve(self):
        self.call("resolve", **self.question())

    def explain(self):
        self.call("explain", versions=True, whyNot="click<8", **self.question())

    def what_if(self):
        self.call("whatIf", changes={"requirements": ["click"], "specs": ["numpy"]},
                  **self.question())

    def cancelled(self):
        """Before it begins, while it runs, or too late."""
        number = self.send("resolve", **self.question())
        time.sleep(self.draw.choice([0, 0.0005, 0.005]))
        self.write({"method": "$/cancelRequest", "params": {"id": number}})
        self.read()

    def bad(self):
        self.process.stdin.write(self.draw.choice([b"{\n", b"[]\n", b'{"id":[]}\n', b"\xff\n"]))
        self.process.stdin.flush()
        self.requests += 1
        self.read()

    def open(self):
        if self.universes and self.draw.random() < 0.3:
            opened = self.call(self.draw.choice(["universe/fork", "universe/snapshot"]),
                               universe=self.draw.choice(self.universes))
        else:
            opened = self.call("universe/open", ecosystem="plain")
        self.universes.append(opened["universe"])
        if len(self.universes) > UNIVERSES_MAX:
            self.call("universe/close", universe=self.universes.pop(0))

    def update(self):
        if not self.universes:
            return self.open()
        candidates = [{"version": str(i), "requires": [{"package": self.draw.choice(NAMES)}]}
                      for i in range(self.draw.randrange(30))]
        self.call("universe/update", universe=self.draw.choice(self.universes),
                  put=[{"package": self.draw.choice(NAMES), "candidates": candidates}])

    def plain_question(self):
        return {"universe": self.draw.choice(self.universes),
                "requires": [{"package": self.draw.choice(NAMES)}]}

    def needs(self):
        if not self.universes:
            return self.open()
        self.note_solve(self.call("resolve", mode="needs", **self.plain_question()))
        if len(self.solves) > SOLVES_MAX:
            self.call(self.draw.choice(["resolve/close", "resolve/finish"]),
                      solve=self.solves.pop(0))

    def go_on(self):
        if not self.solves:
            return self.needs()
        solve = self.solves.pop(self.draw.randrange(len(self.solves)))
        self.note_solve(self.call("resolve/continue", solve=solve))

    def note_solve(self, result):
        if result.get("status") == "needs":
            self.solves.append(result["solve"])

    def wants(self):
        if not self.universes:
            return self.open()
        number = self.requests + 1
        self.waiting[number] = True
        self.send("resolve", mode="wants", **self.plain_question())
        if len(self.waiting) > WAITING_MAX:
            self.write({"method": "$/cancelRequest", "params": {"id": min(self.waiting)}})

    KINDS = ((version, 50), (resolve, 8), (explain, 1), (what_if, 1), (cancelled, 2), (bad, 5),
             (open, 10), (update, 10), (needs, 8), (go_on, 8), (wants, 4))

    # ---- What is left

    def memory_kib(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8")
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1])

    def faults(self):
        """After all was closed: what is open that should not be."""
        found = self.call("stats")
        if found["universes"] > UNIVERSES_MAX + 2:
            yield f"{found['universes']} universes are open"
        if found["solves"] > SOLVES_MAX + WAITING_MAX + 2:
            yield f"{found['solves']} solves are open"
        for universe in self.universes:
            self.call("universe/close", universe=universe)
        while self.waiting:
            self.call("stats")
        found = self.call("stats")
        left = (found["universes"], found["solves"], found["requests"]["inFlight"])
        if left != (2, 0, 1):
            yield f"at the end (universes, solves, in flight) are {left}, not (2, 0, 1)"
        self.process.stdin.close()
        if (status := self.process.wait(10)) != 0:
            yield f"it ended with status {status}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("accord")
    parser.add_argument("requests", type=int, nargs="?", default=200_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        corpora.build(options.accord, folder)
        soak = Soak(options.accord, folder, options.seed)
        settled = min(SETTLED, options.requests // 2)
        while soak.requests < settled:
            soak.step()
        before = soak.memory_kib()
        print(f"{before} KiB after {soak.requests} requests", flush=True)
        while soak.requests < options.requests:
            soak.step()
        after = soak.memory_kib()
        faults = list(soak.faults())
    growth = after / before - 1
    print(f"{after} KiB after {soak.requests} requests, {growth:+.1%}; {soak.notifications} "
          f"notifications, {time.monotonic() - began:.0f} s")
    if growth >= GROWTH_MAX:
        faults.append(f"memory grew by {growth:.1%}")
    print(*faults, sep="\n", end="\n" if faults else "")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
