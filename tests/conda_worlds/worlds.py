"""The laws over generated conda worlds, with an oracle of their own as the judge.

    worlds.py PROGRAM --worlds N --seed S      N generated worlds
    worlds.py PROGRAM --world FILE             one, as it was printed

PROGRAM is accord_conda_worlds. Each world (generator.py, some with an installed environment:
environment_generator.py) is answered by Accord and by oracle.py, which shares nothing with it, and
held to:
  oracle      where all environments can be tried, one is valid exactly if the oracle finds one
  readable    the request is read, and the checker accepts the answer
  answer      the same status, records, active extras and order of decision
  transaction what it does to an environment that is there, in which order and why
  closed      the saved problem, where all is known from the start, has the same answer
  libsolv     the second strategy agrees on whether there is a solution
  facts       records that are said, not read from a channel, have the same answer
  lazy        records that come name by name, as they are wanted, lead to all that is said where
              they are there from the start (name_by_name.h)
  checker     of environments near the answer it says what the oracle says
  order       shuffled records, texts and policies give the same answer and digest
  constraint  adding one that the answer meets keeps the records
A world that breaks a law is made smaller (shrink.py) and printed. Exit status: 0 all hold, 1 one is
broken.
"""

import argparse
import collections
import json
import os
import random
import subprocess
import sys

from conda_meta import conda_meta
from environment_generator import add_environment
from environments import faults
from generator import Generator
from oracle import PIN_KEYS, Oracle
from shrink import shrink
from specs import spec_text

ENVIRONMENTS_SHARE = 0.4  # of the worlds have something installed
MATTERS_SHARE = 0.1  # of the worlds are looked at without each part of their request
NEAR = 4             # environments near the answer that are checked
SAME_KEYS = ("digest", "assuming", "transaction", "unlinkOrder", "linkOrder")
SPEC_LISTS = ("specs", "constraints", "locked", "favored", "excluded")


class Program:
    """accord_conda_worlds, one line in, one line out."""

    def __init__(self, path):
        self.process = subprocess.Popen([path], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        text=True)

    def answer(self, world, checks=(), seed=None):
        also = {"checks": list(checks), **({} if seed is None else {"nameByName": seed})}
        self.process.stdin.write(json.dumps({**in_texts(world), **also}) + "\n")
        self.process.stdin.flush()
        out = self.process.stdout.readline()
        if not out:
            sys.exit(f"the program died with {self.process.wait()} over\n{json.dumps(world)}")
        return json.loads(out)


def in_texts(world):
    """The world as Accord reads it: specifiers as texts."""
    def texts(specs):
        return [spec_text(spec) for spec in specs]

    def record_in_texts(record):
        extras = {e: texts(specs) for e, specs in record.get("extras", {}).items()}
        return {**record, "extras": extras, "depends": texts(record.get("depends", [])),
                "constrains": texts(record.get("constrains", []))}
    channels = [{**c, "records": [record_in_texts(r) for r in c["records"]]}
                for c in world["channels"]]
    request = {**world["request"], **{
        key: texts(world["request"].get(key, [])) for key in SPEC_LISTS}}
    if "installed" in request:
        request["installed"] = conda_meta(request["installed"])
    return {"channels": channels, "request": request}


def check_world(world):
    """ValueError for what the generator does not make: a record twice in a channel."""
    for channel in world["channels"]:
        keys = [(r["name"], r["version"], r.get("build", "0"), r.get("subdir", "linux-64"))
                for r in channel["records"] if "invalid" not in r]
        if len(keys) > len(set(keys)):
            raise ValueError("one record twice")


def any_world(seed, number, environments):
    generator = Generator(f"{seed}/{number}")
    world = generator.world()
    if generator.chance(environments):
        add_environment(generator, world)
    return world


# ---- worlds near a world

def copy_of(world):
    return json.loads(json.dumps(world))  # a quarter of copy.deepcopy's time


def shuffled(world, seed):
    """The same facts and wishes in another order."""
    rand = random.Random(seed)
    other = copy_of(world)
    request = other["request"]
    for key in (*SPEC_LISTS, "subdirs", "virtual_packages"):
        if request.get("order") != "as-given" or key != "specs":
            rand.shuffle(request.get(key, []))
    rand.shuffle(request.get("installed", {}).get("records", []))
    rand.shuffle(request.get("change", {}).get("remove", []))
    if request.get("order") != "as-given":
        rand.shuffle(request.get("change", {}).get("update", []))
    for channel in other["channels"]:
        rand.shuffle(channel["records"])
        for record in channel["records"]:
            for specs in (record.get("depends", []), record.get("constrains", []),
                          *record.get("extras", {}).values()):
                rand.shuffle(specs)
    return other


def with_met_constraint(world, pins, rand):
    """A world with one more constraint, which the pins meet; None: nothing is pinned."""
    if not pins:
        return None
    pin = rand.choice(pins)
    version = pin["version"]
    spec = rand.choice([{"version": [[["==", version]]]}, {"version": [[["<=", version]]]},
                        {"version": [[[">=", version]]]}, {"build": pin["build"]}])
    other = copy_of(world)
    other["request"].setdefault("constraints", []).append({"name": pin["name"], **spec})
    return other


def pins_near(world, pins, rand):
    """Pins with one replaced, left out or added."""
    records = [{"subdir": "linux-64", "build": "0", **r, "channel": c["name"]}
               for c in world["channels"] for r in c["records"]]
    records += [{"subdir": "linux-64", "build": "0", **r}
                for r in world["request"].get("installed", {"records": []})["records"]]
    if not records:
        return pins
    if pins and rand.random() < 0.25:
        left_out = rand.choice(pins)
        return [p for p in pins if p is not left_out]
    record = rand.choice(records)
    if pins and rand.random() < 0.7:
        names = [p["name"] for p in pins]
        record = rand.choice([r for r in records if r["name"] in names])
    near = [p for p in pins if p["name"] != record["name"]]
    return [*near, {key: record[key] for key in PIN_KEYS}]


def what_matters(world, expected):
    """The keys of the request without which the answer would be another."""
    for key in world["request"]:
        if key != "specs":
            other = copy_of(world)
            del other["request"][key]
            if Oracle(other).answer() != expected:
                yield key + " matters"


# ---- the laws

def closed_disagrees(found):
    """Whether the saved problem's answer is another; there a record is "1.0 h_0", or that with
    " (channel/subdir)" behind it."""
    versions = {n: v for n, v in found["closed"]["versions"].items() if not n.startswith("__")}
    wanted = {}
    for pin in found["pins"]:
        short = f"{pin['version']} {pin['build']}"
        wanted[pin["name"]] = {short, f"{short} ({pin['channel']}/{pin['subdir']})"}
    for name, extras in found["extras"].items():
        wanted.update({f"{name}[{extra}]": {"extra"} for extra in extras})
    return found["closed"]["status"] != found["status"] or versions.keys() != wanted.keys() or any(
        version not in wanted[name] for name, version in versions.items())


def broken_law(program, world, seed, counts=None):
    """(law, what was found), or None. Counts how the world ends, and which parts matter to that."""
    check_world(world)
    rand = random.Random(seed)
    counts = collections.Counter() if counts is None else counts
    oracle = Oracle(world)
    expected = oracle.answer()
    exists = oracle.any_environment()
    counts[expected["status"]] += 1
    counts["all environments tried"] += exists is not None
    counts["extras active"] += bool(expected["extras"])
    has_environment = "installed" in world["request"]
    if has_environment:
        counts.update(f"{kind}: {expected['status']}"
                      for kind in sorted(world["request"].get("change", {})) or ["install"])
    if exists is not None and exists != (expected["status"] == "sat"):
        return "oracle", {"walk": expected, "of all environments one is valid": exists}
    if expected["pins"] and rand.random() < MATTERS_SHARE:
        counts.update(what_matters(world, expected))
    checks = [pins_near(world, expected["pins"], rand) for _ in range(NEAR)]
    if expected["status"] == "sat":
        checks.append(expected["pins"])
    found = program.answer(world, checks, rand.randrange(2**32))
    if "error" in found:
        return "readable", found
    if any(found.get(key) != value for key, value in expected.items()):
        return "answer", {"oracle": expected, "accord": found}
    fault = "transaction" in found and faults(oracle, found)
    if fault or ("transaction" in found) != (has_environment and expected["status"] == "sat"):
        return "transaction", {"fault": fault, "accord": found}
    counts.update("step: " + step["action"] for step in found.get("transaction", []))
    if closed_disagrees(found):
        return "closed", {"accord": found}
    if found["libsolv"] != found["status"]:
        return "libsolv", {"accord": found}
    broken = said_otherwise(world, found, counts)
    if broken:
        return broken, {"accord": found}
    said = [oracle.is_solution(pins) for pins in checks]
    if found["checks"] != said:
        return "checker", {"pins": checks, "oracle": said, "checker": found["checks"]}
    counts["mutated answers refused"] += said[:NEAR].count(False)
    counts["mutated answers accepted"] += said[:NEAR].count(True)
    other = program.answer(shuffled(world, seed))
    if any(other.get(key) != found.get(key) for key in (*expected, *SAME_KEYS)):
        return "order", {"accord": found, "shuffled": other}
    constrained = with_met_constraint(world, found["pins"], rand)
    if constrained is not None:
        other = program.answer(constrained)
        if other.get("pins") != found["pins"]:
            return "constraint", {"accord": found, "constraint": constrained["request"][
                "constraints"][-1], "constrained": other}
    return None


def said_otherwise(world, found, counts):
    """The law that facts which are said break; None: no one."""
    said = found["nameByName"]
    counts["waves"] += said["waves"]
    counts["begun anew"] += said["anew"]
    if "lazy" in said:
        return "lazy"
    # What is said is all that there is, and here all of it is known.
    is_all = not said["errors"] and all(c["complete"] for c in world["channels"])
    return "facts" if is_all and said["digest"] != found["digest"] else None


def report(program, world, seed, law):
    def fails(smaller):
        try:
            broken = broken_law(program, smaller, seed)
        except (KeyError, IndexError, ValueError, TypeError):
            return False  # no world any more
        return broken is not None and broken[0] == law
    smallest = shrink(world, fails)
    print(f"broken: {law} in world {seed}; the smallest that breaks it:")
    print(json.dumps(smallest))
    print("as texts:")
    print(json.dumps(in_texts(smallest), indent=1))
    print(json.dumps(broken_law(program, smallest, seed)[1], indent=1))
    print("again: write the world to FILE, then "
          f"tools/dev conda-worlds --world FILE --seed {seed}")


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
        world = any_world(arguments.seed, number, arguments.environments)
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
    parser.add_argument("--environments", type=float, default=ENVIRONMENTS_SHARE,
                        help="how many of the worlds have something installed")
    parser.add_argument("--scaled", action="store_true",
                        help="multiply --worlds by ACCORD_TEST_SCALE")
    parser.add_argument("--world", help="a file with one world")
    sys.exit(run(parser.parse_args()))


if __name__ == "__main__":
    main()
