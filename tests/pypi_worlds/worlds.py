"""The laws over worlds drawn through PyPI's language, with `packaging` as the judge.

    worlds.py PROGRAM --worlds N --seed S      N generated worlds
    worlds.py PROGRAM --world FILE             one, as it was printed

PROGRAM is accord_pypi_worlds. Each world (generator.py) is answered by Accord and by oracle.py,
which shares nothing with it, and held to:
  readable    a request that the oracle reads is read, and the checker accepts the answer
  answer      the same status, pins, active extras and order of decision
  libsolv     the second strategy agrees on whether there is a solution
  order       shuffled texts, versions, metadata and files give the same digest
  constraint  adding one that the answer meets keeps the pins
  checker     of pins near the answer it says what the oracle says
A world that breaks a law is made smaller (shrink.py) and printed. Exit status: 0 all hold, 1 one is
broken, 77 there is no `packaging` of the wanted release.
"""

import argparse
import collections
import copy
import json
import os
import random
import subprocess
import sys

WANTED = "26.3"
MATTERS_SHARE = 0.2  # of the worlds are looked at without each part of their request

try:
    import packaging
    if packaging.__version__ != WANTED:
        raise ImportError(f"it is {packaging.__version__}")
except ImportError as error:
    print(f"skipped: packaging {WANTED} is wanted: {error}")
    sys.exit(77)

from packaging.version import Version

from generator import make_world
from oracle import Oracle, Unreadable
from shrink import shrink


class Program:
    """accord_pypi_worlds, one line in, one line out."""

    def __init__(self, path):
        self.process = subprocess.Popen([path], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        text=True)

    def answer(self, world, checks=()):
        request = dict(world["request"])
        request["direct"] = [{"url": url, "metadata": metadata_text(metadata)}
                             for url, metadata in request.get("direct", {}).items()]
        line = {"sources": [corpus_text(s) for s in world["sources"]], "request": request,
                "checks": list(checks)}
        self.process.stdin.write(json.dumps(line) + "\n")
        self.process.stdin.flush()
        out = self.process.stdout.readline()
        if not out:
            sys.exit(f"the program died with {self.process.wait()} over\n{json.dumps(world)}")
        return json.loads(out)


def corpus_text(source):
    header = {"format": "accord-corpus/1", "ecosystem": "pypi", "complete": source["complete"]}
    return "".join(json.dumps(line, separators=(",", ":")) + "\n"
                   for line in [header, *source["packages"]])


def metadata_text(metadata):
    lines = ["Metadata-Version: 2.1", f"Name: {metadata['name']}",
             f"Version: {metadata['version']}"]
    if metadata["requiresPython"]:
        lines.append(f"Requires-Python: {metadata['requiresPython']}")
    lines += [f"Requires-Dist: {text}" for text in metadata["requires"]]
    return "\n".join([*lines, "", ""])


# ---- worlds near a world

def shuffled(world, seed):
    """The same facts and wishes in another order. Of equal versions the first stays the first."""
    rand = random.Random(seed)
    other = copy.deepcopy(world)
    request = other["request"]
    for key in ("requirements", "constraints", "locked", "favored", "excluded", "overrides"):
        if request.get("order") != "as-given" or key != "requirements":
            rand.shuffle(request.get(key, []))
    for package in (p for s in other["sources"] for p in s["packages"]):
        places = list(range(len(package["metadata"])))
        rand.shuffle(places)
        package["metadata"] = [package["metadata"][places.index(i)] for i in range(len(places))]
        for metadata in package["metadata"]:
            rand.shuffle(metadata.get("requires", []))
        for version in package["versions"]:
            for holder in [version, *version.get("files", [])]:
                if holder.get("metadata") is not None:
                    holder["metadata"] = places[holder["metadata"]]
            rand.shuffle(version.get("files", []))
        package["versions"] = shuffled_versions(package["versions"], rand)
    return other


def shuffled_versions(versions, rand):
    equal = collections.defaultdict(list)
    for version in versions:
        try:
            equal[Version(version["version"])].append(version)
        except ValueError:
            equal[version["version"]].append(version)
    mixed = list(versions)
    rand.shuffle(mixed)
    return [equal[key].pop(0) for key in map(key_of, mixed)]


def key_of(version):
    try:
        return Version(version["version"])
    except ValueError:
        return version["version"]


def with_met_constraint(world, pins, rand):
    """A world with one more constraint that the pins meet and that admits nothing; None: it is
    not to be had."""
    name = rand.choice(sorted(pins)) if pins else None
    version = Version(pins[name]) if name else None
    if version is None or version.is_prerelease:
        return None
    other = copy.deepcopy(world)
    other["request"].setdefault("constraints", []).append(
        f"{name}{rand.choice(['<=', '>='])}{version.public}")
    return other


def pins_near(world, pins, rand):
    """Pins with one changed, left out or added."""
    names = sorted({p["name"] for s in world["sources"] for p in s["packages"]})
    if not names:
        return pins
    name = rand.choice(names)
    texts = [v["version"] for s in world["sources"] for p in s["packages"] if p["name"] == name
             for v in p["versions"] if not isinstance(key_of(v), str)]
    near = {n: v for n, v in pins.items() if n != name}
    if texts and rand.random() < 0.85:
        near[name] = rand.choice(texts)
    return near


def what_matters(world, expected):
    """The keys of the request without which the answer would be another."""
    for key in world["request"]:
        if key not in ("environment", "requirements", "direct"):
            other = copy.deepcopy(world)
            del other["request"][key]
            if answer_of(other) != expected:
                yield key + " matters"


def answer_of(world):
    try:
        return Oracle(world).answer()
    except Unreadable:
        return None


# ---- the laws

def broken_law(program, world, seed, counts=None):
    """(law, what was found), or None. Counts how the world ends, and which parts matter to that."""
    rand = random.Random(seed)
    counts = collections.Counter() if counts is None else counts
    try:
        oracle = Oracle(world)
        expected = oracle.answer()
    except Unreadable:
        found = program.answer(world)
        counts["unreadable"] += 1
        return None if "error" in found else ("answer", {"oracle": "unreadable", "accord": found})
    counts[expected["status"]] += 1
    if expected["pins"] and rand.random() < MATTERS_SHARE:
        counts.update(what_matters(world, expected))
    near = [pins_near(world, expected["pins"], rand) for _ in range(2)]
    checks = [expected["pins"], *near] if expected["status"] == "sat" else near
    found = program.answer(world, checks)
    if "error" in found:
        return "readable", found
    if any(found.get(key) != value for key, value in expected.items()):
        return "answer", {"oracle": expected, "accord": found}
    if found["libsolv"] != found["status"]:
        return "libsolv", {"accord": found}
    said = [oracle.is_solution(pins) for pins in checks]
    if found["checks"] != said:
        return "checker", {"pins": checks, "oracle": said, "checker": found["checks"]}
    other = program.answer(shuffled(world, seed))
    if other.get("digest") != found["digest"]:
        return "order", {"accord": found, "shuffled": other}
    constrained = with_met_constraint(world, found["pins"], rand)
    if constrained is not None:
        other = program.answer(constrained)
        if other.get("pins") != found["pins"]:
            return "constraint", {"accord": found, "constraint": constrained["request"][
                "constraints"][-1], "constrained": other}
    return None


def report(program, world, seed, law):
    def fails(smaller):
        try:
            broken = broken_law(program, smaller, seed)
        except (KeyError, IndexError, ValueError):
            return False  # no world any more
        return broken is not None and broken[0] == law
    smallest = shrink(world, fails)
    print(f"broken: {law} in world {seed}; the smallest that breaks it:")
    print(json.dumps(smallest, indent=1))
    print(json.dumps(broken_law(program, smallest, seed)[1], indent=1))
    print(f"again: write the world to FILE, then tools/dev pypi-worlds --world FILE --seed {seed}")


def run(arguments):
    program = Program(arguments.program)
    if arguments.world:
        with open(arguments.world, encoding="utf-8") as file:
            world = json.load(file)
        broken = broken_law(program, world, arguments.seed)
        print("all laws hold" if broken is None else json.dumps(broken, indent=1))
        return 0 if broken is None else 1
    count = max(1, int(arguments.worlds * float(os.environ.get("ACCORD_TEST_SCALE") or 1)
                       if arguments.scaled else arguments.worlds))
    failures, counts = 0, collections.Counter()
    for number in range(arguments.first, arguments.first + count):
        world = make_world(arguments.seed, number)
        seed = f"{arguments.seed}/{number}"
        broken = broken_law(program, world, seed, counts)
        if broken is not None:
            report(program, world, seed, broken[0])
            failures += 1
            if failures >= arguments.failures:
                break
    print(f"{count} worlds, seed {arguments.seed}: {failures} broken")
    print(", ".join(f"{word}: {n}" for word, n in sorted(counts.items())))
    return 1 if failures else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--worlds", type=int, default=1000)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--first", type=int, default=0, help="number of the first world")
    parser.add_argument("--failures", type=int, default=1, help="stop after so many")
    parser.add_argument("--scaled", action="store_true",
                        help="multiply --worlds by ACCORD_TEST_SCALE")
    parser.add_argument("--world", help="a file with one world")
    sys.exit(run(parser.parse_args()))


if __name__ == "__main__":
    main()
