#!/usr/bin/env python3
"""How soon `$/cancelRequest` is answered: while `accord serve` works on the hardest requests.

  benchmarks/protocol/cancel.py                   p50, p99 and the longest: of all, of each
  benchmarks/protocol/cancel.py --corpora DIR     compiled corpora: NAME.acx, at any depth there

The requests are those of $ACCORD_SHARED (by default ../shared beside the checkout); of each
ecosystem the slowest are taken, at their first measurement. A request is cancelled at a moment
drawn from the time it takes; the time counts from the last byte of the notification to the first
of the answer. benchmarks/peers/*/run compile the corpora into build/peers.

exit status: 0 measured, or "skipped: no shared corpora"; 1 a cancel was not answered
"""

import argparse
import collections
import csv
import json
import os
import pathlib
import random
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]


class Engine:
    def __init__(self, accord, root):
        self.process = subprocess.Popen([accord, "serve", "--threads", "1"],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.last = 0
        self.call("initialize", protocolVersions=[1], roots=[str(root)])

    def write(self, message):
        self.process.stdin.write(json.dumps({"jsonrpc": "2.0", **message}).encode() + b"\n")
        self.process.stdin.flush()

    def send(self, method, **params):
        self.last += 1
        self.write({"id": self.last, "method": method, "params": params})

    def read(self):
        line = self.process.stdout.readline()
        return time.perf_counter(), json.loads(line)

    def call(self, method, **params):
        self.send(method, **params)
        answer = self.read()[1]
        if "result" not in answer:
            raise SystemExit(f"{method}: {answer['error']['message']}")
        return answer["result"]

    def universe(self, ecosystem, path):
        universe = self.call("universe/open", ecosystem=ecosystem)["universe"]
        self.call("universe/load", universe=universe, path=str(path))
        return universe

    def seconds(self, question):
        begun = time.perf_counter()
        self.call("resolve", **question)
        return time.perf_counter() - begun

    def cancel(self, question, after):
        """(seconds, status) of a request that is cancelled some time after it was sent."""
        self.send("resolve", **question)
        time.sleep(after)
        self.write({"method": "$/cancelRequest", "params": {"id": self.last}})
        begun = time.perf_counter()
        end, answer = self.read()
        if answer["id"] != self.last:
            raise SystemExit(f"an answer to {self.last} is wanted, found {str(answer)[:500]}")
        status = answer.get("result", {}).get("status") or answer["error"]["data"]["kind"]
        return end - begun, status


def pypi_questions(shared):
    """(corpus, question) by name."""
    folder = shared / "bench/pypi/requests"
    with (folder / "requests.tsv").open(encoding="utf-8") as table:
        for row in csv.DictReader(table, delimiter="\t"):
            lines = (folder / f"{row['name']}.in").read_text(encoding="utf-8").splitlines()
            texts = [line for line in lines if line.strip() and not line.startswith("#")]
            yield row["name"], row["corpus"], {
                "requirements": texts, "target": {"python": "3.11"},
                "policies": {"absent": "nonexistent"}}


def conda_questions(shared):
    requests = json.loads((shared / "bench/conda/requests.json").read_text(encoding="utf-8"))
    for one in requests:
        virtual = [dict(zip(("name", "version", "build"), words)) for words in one["virtual"]]
        yield one["id"], one["channel"], {
            "specs": one["specs"],
            "target": {"subdirs": one["subdirs"], "virtualPackages": virtual}}


def hardest(engine, ecosystem, questions, corpora, count):
    """(seconds, name, question) of the slowest whose corpus is there."""
    universes = {}
    measured = []
    for name, corpus, question in questions:
        path = next(iter(sorted(corpora.rglob(f"{corpus}.acx"))), None)
        if path is None:
            continue
        if corpus not in universes:
            universes[corpus] = engine.universe(ecosystem, path)
        question = {"universe": universes[corpus], **question}
        measured.append((engine.seconds(question), name, question))
    return sorted(measured, key=lambda one: -one[0])[:count]


def spread(taken):
    taken = sorted(taken)
    p50, p99 = taken[len(taken) // 2], taken[len(taken) * 99 // 100]
    return (f"p50 {p50 * 1e3:.2f} ms, p99 {p99 * 1e3:.2f} ms, longest {taken[-1] * 1e3:.2f} ms of "
            f"{len(taken)}")


def measure(ecosystem, engine, chosen, rounds):
    draw = random.Random(1)
    taken = {name: [] for _, name, _ in chosen}
    for at in range(rounds):
        seconds, name, question = chosen[at % len(chosen)]
        taken[name].append(engine.cancel(question, draw.random() * seconds * 0.9))
    print(f"{ecosystem}: {spread([took for of in taken.values() for took, _ in of])}")
    for seconds, name, _ in chosen:
        statuses = collections.Counter(status for _, status in taken[name])
        told = ", ".join(f"{count} {status}" for status, count in sorted(statuses.items()))
        print(f"  {name} ({seconds * 1e3:.0f} ms): {spread([took for took, _ in taken[name]])}; "
              f"{told}")


def main():
    parser = argparse.ArgumentParser(formatter_class=argparse.RawDescriptionHelpFormatter,
                                     description=__doc__)
    parser.add_argument("--accord", default=ROOT / "build/release/bin/accord", metavar="PATH")
    parser.add_argument("--corpora", type=pathlib.Path, default=ROOT / "build/peers",
                        metavar="DIR")
    parser.add_argument("--hardest", type=int, default=6, metavar="N",
                        help="requests of an ecosystem (6)")
    parser.add_argument("--rounds", type=int, default=300, metavar="N",
                        help="cancels of an ecosystem (300)")
    options = parser.parse_args()
    shared = pathlib.Path(os.environ.get("ACCORD_SHARED") or ROOT.parent / "shared")
    if not (shared / "bench").is_dir() or not any(options.corpora.rglob("*.acx")):
        print("skipped: no shared corpora")
        return 0
    corpora = options.corpora.resolve()
    engine = Engine(options.accord, corpora)
    for ecosystem, questions in (("pypi", pypi_questions), ("conda", conda_questions)):
        chosen = hardest(engine, ecosystem, questions(shared), corpora, options.hardest)
        if not chosen:
            print(f"{ecosystem}: no compiled corpus of its requests")
            continue
        measure(ecosystem, engine, chosen, options.rounds)
    engine.process.stdin.close()
    return 1 if engine.process.wait(10) else 0


if __name__ == "__main__":
    sys.exit(main())
