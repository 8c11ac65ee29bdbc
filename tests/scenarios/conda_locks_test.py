"""Lock files that pixi wrote, held against Accord; the channels are the records of all of them.

Usage: conda_locks_test.py ACCORD WORK
A folder of $ACCORD_CONDA_LOCKS (joined by ':'; by default lockfile-harvest of $ACCORD_SHARED) has

    conda-records.jsonl.zst     a record a line: channel, subdir, fn, and what repodata.json says
    *.tar.zst                   projects: pixi.lock beside pixi.toml or pyproject.toml

Its channels are compiled under WORK. Of each environment and platform whose records are all there:

  `accord verify` accepts the lock file, asked for its own names: if it was a solution when it was
  written, and the channel has not changed the needs of its records since;
  asked for that or for what the manifest asks for, it says what the oracle of conda worlds says;
  `accord resolve` solves what the lock file or the second solver solves;
  at the first decision where its answer differs from such a lock file, the answer is better by
  the order of docs/ecosystems/conda.md, and the order of decisions is the oracle's.

Needs PyYAML and the program zstd. Prints how many of each there were.
"""

import collections
import functools
import json
import os
import pathlib
import shutil
import subprocess
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(HERE), str(ROOT / "tests/conda_worlds")]
from judge import Judge, record_of, records_of  # noqa: E402
from pixi_project import environments  # noqa: E402

SHARED = pathlib.Path(os.environ.get("ACCORD_SHARED") or ROOT.parent / "shared")
HARVEST = SHARED / "corpora/conda/lockfile-harvest"
FOLDERS = [pathlib.Path(text) for text in
           (os.environ.get("ACCORD_CONDA_LOCKS") or str(HARVEST)).split(":")]
PARTS = ("packages", "packages.conda")
# What a machine of today has, where the lock file does not say which one it is for.
MACHINES = {"linux": ("__unix=0", "__linux=5.15", "__glibc=2.35", "__cuda=12.8"),
            "osx": ("__unix=0", "__osx=15.0"), "win": ("__win=10.0",), "emscripten": ("__unix=0",)}
PROCESSORS = {"linux-64": "x86_64_v3", "osx-arm64": "m1", "linux-aarch64": "aarch64",
              "linux-ppc64le": "ppc64le"}


def run(*words):
    return subprocess.run([str(word) for word in words], capture_output=True, text=True,
                          timeout=120, check=False)


def each(option, values):
    return [word for value in values for word in (option, value)]


def virtual_packages(environment):
    if environment.virtual:
        return environment.virtual
    packages = [(*text.split("="), "0") for text in
                MACHINES.get(environment.subdir.partition("-")[0], ())]
    return (*packages, ("__archspec", "1", PROCESSORS.get(environment.subdir, "x86_64")))


class Channels:
    """The records of a folder: as judges read them, and compiled."""

    def __init__(self, folder, work):
        self.work, self.raw = work, {}  # (channel, subdir) -> {file: record}
        text = subprocess.run(["zstd", "-dcq", folder / "conda-records.jsonl.zst"], check=True,
                              stdout=subprocess.PIPE).stdout
        for line in text.splitlines():
            raw = json.loads(line)
            place = (raw.pop("channel"), raw["subdir"])
            self.raw.setdefault(place, {})[raw.pop("fn")] = raw

    def has(self, place):
        channel, subdir, file = place
        return file in self.raw.get((channel, subdir), {})

    def known(self, environment):
        there = {channel for channel, _ in self.raw}
        return tuple(channel for channel in environment.channels if channel in there)

    @functools.cache
    def compiled(self, channel):
        """The channel for Accord, with all its subdirs."""
        folder, file = self.work / channel, self.work / f"{channel}.acx"
        for (owner, subdir), records in self.raw.items():
            if owner != channel:
                continue
            document = {part: {} for part in PARTS}
            for fn, raw in records.items():
                document[PARTS[fn.endswith(".conda")]][fn] = raw
            (folder / subdir).mkdir(parents=True, exist_ok=True)
            (folder / subdir / "repodata.json").write_text(json.dumps(document))
        done = run(ACCORD, "corpus", "build", "--ecosystem", "conda", "--channel", channel, folder,
                   "-o", file)
        assert done.returncode == 0, done.stderr
        return file

    @functools.cache
    def read(self, channel, subdir):
        return records_of(self.raw.get((channel, subdir), {}), subdir)

    @functools.cache
    def judge(self, channels, subdir, virtual, priority):
        subdirs = (subdir, "noarch")
        return Judge([(channel, [r for one in subdirs for r in self.read(channel, one)])
                      for channel in channels], subdirs, virtual, priority)


class Held:
    """One environment: what Accord and the oracle say of it."""

    def __init__(self, channels, environment):
        self.environment, self.known = environment, channels.known(environment)
        self.virtual = virtual_packages(environment)
        self.judge = channels.judge(self.known, environment.subdir, self.virtual,
                                    environment.channel_priority)
        self.options = ["--ecosystem", "conda", "--subdir", environment.subdir,
                        "--channel-priority", environment.channel_priority,
                        *each("--corpus", map(channels.compiled, self.known)),
                        *each("--virtual-package", map("=".join, self.virtual))]
        self.raw = [channels.raw[channel, subdir][file]
                    for channel, subdir, file in environment.locked]
        self.names = sorted({raw["name"] for raw in self.raw})

    def locked(self):
        """{name: record}; None: a channel before its own hides a record."""
        found = [self.judge.find(raw["name"], raw["version"], raw["build"], raw["subdir"])
                 for raw in self.raw]
        return {r["name"]: r for r in found} if None not in found else None

    def is_solution_by_itself(self):
        """By what the records said when the lock file was written."""
        then = [record_of({**raw, **texts}, raw["subdir"])
                for raw, texts in zip(self.raw, self.environment.locked.values())]
        judge = Judge([("", then)], {r["subdir"] for r in then}, self.virtual)
        answer = {r["name"]: judge.find(r["name"], r["version"], r["build"], r["subdir"])
                  for r in then}
        return judge.request(self.names).is_solution(answer)

    def has_changed(self):
        return any(sorted(raw.get(key, [])) != sorted(texts[key])
                   for raw, texts in zip(self.raw, self.environment.locked.values())
                   for key in texts)

    def verify(self, specs, folder):
        answer = folder / "explicit.txt"
        answer.write_text("@EXPLICIT\n" + "".join(f"{'/'.join(place)}\n"
                                                  for place in self.environment.locked))
        return run(ACCORD, "verify", *self.options, "--answer", answer, *specs)

    def resolve(self, specs, *more):
        return run(ACCORD, "resolve", *self.options, "--format", "json", *more, *specs)


class Locks(unittest.TestCase):
    maxDiff = None

    def test_lock_files_are_solutions_and_no_better_than_ours(self):
        for number, folder in enumerate(FOLDERS):
            if not folder.is_dir():
                print("skipped: no shared corpora" if folder == HARVEST else f"{folder}: not there")
                continue
            work = WORK / f"conda_locks-{number}"
            shutil.rmtree(work, ignore_errors=True)
            work.mkdir(parents=True)
            self.hold_folder(folder, work)

    def hold_folder(self, folder, work):
        self.work, self.counts = work, collections.Counter()
        channels = Channels(folder, work)
        for archive in sorted(folder.glob("*.tar.zst")):
            subprocess.run(["tar", "--zstd", "-xf", archive, "-C", work], check=True)
        for lock in sorted(work.glob("**/pixi.lock")):
            project = lock.parent.relative_to(work)
            for environment in environments(lock.parent):
                self.counts["environments"] += 1
                if not all(map(channels.has, environment.locked)):
                    self.counts["records not there"] += 1
                    continue
                with self.subTest(f"{project} {environment.name} {environment.platform}"):
                    self.hold(Held(channels, environment))
        print(f"{folder.name}:", *(f"  {count:6} {what}" for what, count in self.counts.items()),
              sep="\n")
        self.assertGreater(self.counts["accepted"], 0)

    def hold(self, held):
        locked, specs = held.locked(), held.environment.specs
        if self.judged(held, held.names, locked):
            self.counts["accepted"] += 1
        elif not held.is_solution_by_itself():
            self.counts["no solution when it was written"] += 1
        else:
            self.assertTrue(held.has_changed())
            self.counts["a solution when it was written, not by the records of now"] += 1
        if specs:
            self.solved(held, specs, locked)
        else:
            self.counts["asks for nothing" if specs == () else "manifest not read"] += 1

    def judged(self, held, specs, locked):
        """Whether the lock file solves it; both must agree."""
        said = held.verify(specs, self.work)
        self.assertIn(said.returncode, (0, 1), said.stderr)
        is_solution = locked is not None and held.judge.request(specs).is_solution(locked)
        self.assertEqual(said.returncode == 0, is_solution, said.stdout)
        return is_solution

    def solved(self, held, specs, locked):
        is_solution = self.judged(held, specs, locked)
        done = held.resolve(specs)
        second = held.resolve(specs, "--strategy", "libsolv")
        self.assertEqual(done.returncode, second.returncode, done.stdout + done.stderr)
        if done.returncode != 0:
            self.assertFalse(is_solution, done.stdout)
            self.counts["no solution, nor is the lock file one"] += 1
            return
        answer, request = json.loads(done.stdout), held.judge.request(specs)
        self.assertEqual([one["package"] for one in answer["priorities"]], request.priorities)
        ours = {r["package"]: held.judge.find(r["package"], r["version"], r["build"], r["subdir"])
                for r in answer["solution"]}
        self.assertTrue(request.is_solution(ours))
        if not is_solution:
            self.counts["solved; the lock file is not what the manifest asks for"] += 1
            return
        difference = request.first_difference(ours, locked)
        if difference:
            self.assertTrue(difference.is_better, str(difference))
        self.counts["solved, better by " + difference.rule if difference
                    else "solved, the same"] += 1


if __name__ == "__main__":
    ACCORD, WORK = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    unittest.main(argv=sys.argv[:1])
