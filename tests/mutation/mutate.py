"""tools/dev mutate: do the tests notice small faults? A seeded sample of mutants of folders.

Each mutant is one small fault (mutants.py) in one file of a copy of the tree under build/mutate.
The programs that hold the folder are built and run until one fails or takes too long; a fault that
nobody noticed is printed. A mutant that does not compile, or whose object code is that of the
original, is no fault, and the next one of the sample takes its place.
"""

import argparse
import dataclasses
import difflib
import pathlib
import random
import resource
import shutil
import subprocess
import sys
import time

import mutants

ROOT = pathlib.Path(__file__).resolve().parents[2]
COPY = ROOT / "build" / "mutate"
BUILD = COPY / "build" / "release"
MEMORY_BYTES_MAX = 4 << 30  # of one test: a lost condition may fill the memory
BUILD_SECONDS_MAX = 900
SLOWER_MAX = 10  # times what the test takes without a fault; then it counts as never ending

LAWS = ["accord_laws", "--worlds", "2000", "--seed", "1"]
# The programs that hold a folder, the quick ones first.
HOLDERS = {
    "solver/cdcl": [["unit_solver_cdcl"], ["regress"], LAWS],
    "model": [["unit_model"], ["unit_solver_cdcl"], ["regress"], LAWS],
    "check": [["unit_check"], ["unit_engine"]],
}


@dataclasses.dataclass
class Outcome:
    path: pathlib.Path
    mutant: mutants.Mutant
    verdict: str  # "killed by NAME", "never ends in NAME", "survived"
    diff: str

    @property
    def survived(self):
        return self.verdict == "survived"


class NoFault(Exception):
    """The mutant does not compile, or is the same program."""


def tracked_files():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, capture_output=True)
    return [ROOT / line for line in listed.stdout.decode().splitlines()]


def copy_tree():
    """The tracked files in COPY; those that did not change keep their times and objects."""
    for path in tracked_files():
        target = COPY / path.relative_to(ROOT)
        if not path.is_file():
            continue
        if target.exists() and target.read_bytes() == path.read_bytes():
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    if not (BUILD / "build.ninja").exists():
        subprocess.run(["cmake", "--preset", "release", "-DACCORD_WERROR=OFF",
                        "-DACCORD_BENCHMARKS=OFF"], cwd=COPY, check=True, capture_output=True)


def build(programs, jobs):
    """Whether they build; the output, if not."""
    done = subprocess.run(["cmake", "--build", str(BUILD), "-j", str(jobs), "--target", *programs],
                          cwd=COPY, capture_output=True, timeout=BUILD_SECONDS_MAX, check=False)
    return done.returncode == 0, done.stdout.decode(errors="replace")[-4000:]


def limit_memory():
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES_MAX, MEMORY_BYTES_MAX))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def run(command, seconds_max):
    """(exit status or None if it did not end, seconds)"""
    began = time.monotonic()
    try:
        done = subprocess.run([str(BUILD / "bin" / command[0]), *command[1:]], cwd=COPY,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                              stdin=subprocess.DEVNULL, timeout=seconds_max, check=False,
                              preexec_fn=limit_memory)
        return done.returncode, time.monotonic() - began
    except subprocess.TimeoutExpired:
        return None, time.monotonic() - began


class Folder:
    """A folder of resolver/ with its mutants and the programs that hold it."""

    def __init__(self, name, jobs):
        self.name = name
        self.jobs = jobs
        self.holders = HOLDERS[name]
        self.programs = [command[0] for command in self.holders]
        self.seconds_max = {}

    def prepare(self):
        """Builds and runs everything without a fault, which must be well."""
        copy_tree()
        built, output = build(self.programs, self.jobs)
        if not built:
            sys.exit(f"mutate: {self.name} does not build without a fault:\n{output}")
        for command in self.holders:
            status, seconds = run(command, BUILD_SECONDS_MAX)
            if status != 0:
                sys.exit(f"mutate: {command[0]} fails without a fault")
            self.seconds_max[command[0]] = 5 + SLOWER_MAX * seconds

    def sample(self, seed):
        """(path in COPY, mutant): all of the folder, shuffled."""
        found = []
        for path in sorted((COPY / "resolver" / self.name).iterdir()):
            if path.suffix in (".cc", ".h"):
                found += [(path, m) for m in mutants.mutants_of(path.read_text(encoding="utf-8"))]
        random.Random(f"{seed} {self.name}").shuffle(found)
        return found

    def object_of(self, path):
        library = "accord_" + self.name.replace("/", "_")
        return BUILD / "resolver" / self.name / "CMakeFiles" / f"{library}.dir" / f"{path.name}.o"

    def judge(self, path, mutant):
        """The verdict on one mutant; leaves the copy as it was."""
        source = path.read_text(encoding="utf-8")
        changed = mutant.apply(source)
        compiled = self.object_of(path)
        before = compiled.read_bytes() if compiled.exists() else None
        try:
            path.write_text(changed, encoding="utf-8")
            built, _ = build(self.programs, self.jobs)
            if not built or (before is not None and compiled.read_bytes() == before):
                raise NoFault
            verdict = self.run_holders()
        finally:
            path.write_text(source, encoding="utf-8")
        shown = path.relative_to(COPY)
        diff = difflib.unified_diff(source.splitlines(), changed.splitlines(), str(shown),
                                    f"{mutant.kind}, line {mutant.line(source)}", n=2, lineterm="")
        return Outcome(shown, mutant, verdict, "\n".join(diff))

    def run_holders(self):
        for command in self.holders:
            status, _ = run(command, self.seconds_max[command[0]])
            if status is None:
                return f"never ends in {command[0]}"
            if status != 0:
                return f"killed by {command[0]}"
        return "survived"


def mutate(folder, count, seed):
    """The outcomes of `count` faults of a folder."""
    folder.prepare()
    outcomes = []
    no_faults = 0
    for path, mutant in folder.sample(seed):
        if len(outcomes) == count:
            break
        try:
            outcome = folder.judge(path, mutant)
        except NoFault:
            no_faults += 1
            continue
        outcomes.append(outcome)
        line = mutant.line(path.read_text(encoding="utf-8"))
        print(f"{len(outcomes):4} {outcome.path}:{line} {mutant.kind}: {outcome.verdict}",
              flush=True)
    print(f"{folder.name}: {len(outcomes)} faults, {no_faults} more were no faults", flush=True)
    return outcomes


def main():
    parser = argparse.ArgumentParser(prog="tools/dev mutate", description=__doc__)
    parser.add_argument("folders", nargs="+", metavar="FOLDER", choices=sorted(HOLDERS),
                        help=" ".join(sorted(HOLDERS)))
    parser.add_argument("--count", type=int, default=20, help="faults of each folder")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--jobs", type=int, default=2)
    arguments = parser.parse_args()
    outcomes = []
    for name in arguments.folders:
        outcomes += mutate(Folder(name, arguments.jobs), arguments.count, arguments.seed)
    survivors = [outcome for outcome in outcomes if outcome.survived]
    for outcome in survivors:
        print(f"\nsurvived:\n{outcome.diff}")
    killed = len(outcomes) - len(survivors)
    print(f"\nmutate: {len(outcomes)} faults, {killed} noticed "
          f"({100 * killed // max(1, len(outcomes))} %), {len(survivors)} survived")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
