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

What pixi solved together is asked for together: the environments of a solve-group. A package built
from source is in no channel; the lock file says what it needs, which is asked for instead of it.

Needs tools/requirements-test.txt and the program zstd. Prints what became of the manifests, each
environment once, and of the lock files.
"""

import collections
import dataclasses
import datetime
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
from pixi_project import TEXTS, Request, environments  # noqa: E402

SHARED = pathlib.Path(os.environ.get("ACCORD_SHARED") or ROOT.parent / "shared")
HARVEST = SHARED / "corpora/conda/lockfile-harvest"
FOLDERS = [pathlib.Path(text) for text in
           (os.environ.get("ACCORD_CONDA_LOCKS") or str(HARVEST)).split(":")]
PARTS = ("packages", "packages.conda")
# What pixi takes a platform to have, where neither the lock file nor the manifest says it.
MACHINES = {"linux": {"__unix": "0", "__linux": "4.18", "__glibc": "2.28"},
            "osx": {"__unix": "0", "__osx": "13.0"}, "win": {"__win": "10.0"},
            "emscripten": {"__unix": "0"}}
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
    machine = MACHINES.get(environment.subdir.partition("-")[0], {})
    required = {name: version for name, version in environment.system.items()
                if name in machine or name == "__cuda"}
    return (*((name, version, "0") for name, version in {**machine, **required}.items()),
            ("__archspec", "1", PROCESSORS.get(environment.subdir, "x86_64")))


def instant_of(limit):
    """As the oracle's records have it; of a day its end."""
    when = datetime.datetime.fromisoformat(limit)
    if "T" not in limit:
        when += datetime.timedelta(days=1)
    when = when if when.tzinfo else when.replace(tzinfo=datetime.timezone.utc)
    return f"{int(when.timestamp() * 1000):020}"


def judge_of(records, subdirs, virtual, request):
    """`records`: [(channel, records)]."""
    limit = {"instant": instant_of(request.exclude_newer)} if request.exclude_newer else {}
    return Judge(records, subdirs, virtual, request.channel_priority,
                 resolution=request.resolution, exclude_newer=limit)


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

    def complete(self, locked):
        """The records lack what lock files say of extras."""
        for (channel, subdir, file), texts in locked.items():
            if "extra_depends" in texts and self.has((channel, subdir, file)):
                self.raw[channel, subdir][file]["extra_depends"] = texts["extra_depends"]

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
    def judge(self, channels, subdir, virtual, policies):
        subdirs = (subdir, "noarch")
        return judge_of([(channel, [r for one in subdirs for r in self.read(channel, one)])
                         for channel in channels], subdirs, virtual, policies)


class Held:
    """A request and what pixi locked for it: what Accord and the oracle say of them."""

    def __init__(self, channels, environment, locked, request):
        self.known, self.texts, self.asked = channels.known(environment), locked, request
        self.virtual = virtual_packages(environment)
        self.judge = channels.judge(self.known, environment.subdir, self.virtual,
                                    dataclasses.replace(request, specs=(), constraints=()))
        self.request = self.judge.request(request.specs, request.constraints)
        newer = [request.exclude_newer] if request.exclude_newer else []
        self.options = ["--ecosystem", "conda", "--subdir", environment.subdir,
                        "--channel-priority", request.channel_priority,
                        "--resolution", request.resolution, *each("--exclude-newer", newer),
                        *each("--corpus", map(channels.compiled, self.known)),
                        *each("--virtual-package", map("=".join, self.virtual)),
                        *each("--constraint", request.constraints)]
        self.raw = [channels.raw[channel, subdir][file] for channel, subdir, file in locked]

    def locked(self):
        """{name: record}; None: a channel before its own hides a record, or a name is there
        twice."""
        found = [self.judge.find(raw["name"], raw["version"], raw["build"], raw["subdir"])
                 for raw in self.raw]
        answer = {r["name"]: r for r in found if r}
        return answer if len(answer) == len(found) else None

    def is_solution_by_itself(self):
        """By what the records said when the lock file was written."""
        then = {channel: [] for channel in self.known}
        for raw, (place, texts) in zip(self.raw, self.texts.items()):
            then[place[0]].append(record_of({**raw, **texts}, raw["subdir"]))
        judge = judge_of(list(then.items()), {raw["subdir"] for raw in self.raw}, self.virtual,
                         self.asked)
        answer = {raw["name"]: judge.find(raw["name"], raw["version"], raw["build"], raw["subdir"])
                  for raw in self.raw}
        return None not in answer.values() and judge.request(
            self.asked.specs, self.asked.constraints).is_solution(answer)

    def has_changed(self):
        return any(sorted(raw.get(key, [])) != sorted(texts[key])
                   for raw, texts in zip(self.raw, self.texts.values()) for key in TEXTS)

    def verify(self, folder):
        answer = folder / "explicit.txt"
        answer.write_text("@EXPLICIT\n" + "".join(f"{'/'.join(place)}\n" for place in self.texts))
        return run(ACCORD, "verify", *self.options, "--answer", answer, *self.asked.specs)

    def resolve(self, *more):
        return run(ACCORD, "resolve", *self.options, "--format", "json", *more, *self.asked.specs)


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
        self.work, self.locks, self.manifests = work, collections.Counter(), collections.Counter()
        self.channels = Channels(folder, work)
        for archive in sorted(folder.glob("*.tar.zst")):
            subprocess.run(["tar", "--zstd", "-xf", archive, "-C", work], check=True)
        found = [(lock.parent.relative_to(work), environment)
                 for lock in sorted(work.glob("**/pixi.lock"))
                 for environment in environments(lock.parent)]
        for _, environment in found:
            self.channels.complete(environment.locked)
        for project, environment in found:
            with self.subTest(f"{project} {environment.name} {environment.platform}"):
                self.locks[self.lock_held(environment)] += 1
                self.manifests[self.manifest_held(environment)] += 1
        for what, counts in (("lock files", self.locks), ("manifests", self.manifests)):
            print(f"{folder.name}, {what}: {len(found)} environments",
                  *(f"  {count:6} {kind}" for kind, count in sorted(counts.items())), sep="\n")
        self.assertGreater(self.locks["accepted"], 0)

    def lock_held(self, environment):
        """What became of a lock file: asked for its own names."""
        if not environment.locked:
            return "nothing from a channel"
        if not all(map(self.channels.has, environment.locked)):
            return "records not there"
        names = sorted({self.channels.raw[channel, subdir][file]["name"]
                        for channel, subdir, file in environment.locked})
        priority = environment.request.channel_priority if environment.request else "strict"
        held = Held(self.channels, environment, environment.locked,
                    Request(tuple(names), channel_priority=priority))
        if self.judged(held, held.locked()):
            return "accepted"
        if not held.is_solution_by_itself():
            return "no solution when it was written"
        self.assertTrue(held.has_changed())
        return "a solution when it was written, not by the records of now"

    def manifest_held(self, environment):
        """What became of a manifest: solved, and compared with what pixi solved it to."""
        request = environment.request
        if not request:
            return environment.not_read
        if not request.specs:
            return "asks for nothing from a channel"
        if not all(map(self.channels.has, environment.solved_with)):
            return "records not there"
        held = Held(self.channels, environment, environment.solved_with, request)
        locked = held.locked()
        is_solution = self.judged(held, locked)
        done = held.resolve()
        second = held.resolve("--strategy", "libsolv")
        self.assertEqual(done.returncode, second.returncode, done.stdout + done.stderr)
        if done.returncode != 0:
            self.assertFalse(is_solution, done.stdout)
            return "no solution, nor is the lock file one"
        ours = self.solution_of(held, json.loads(done.stdout))
        if is_solution:
            return self.compared(held, ours, locked)
        if held.is_solution_by_itself():
            self.assertTrue(held.has_changed())
            return "solved; the lock file was a solution, not by the records of now"
        return "solved; the lock file is not what the manifest asks for"

    def judged(self, held, locked):
        """Whether the lock file solves it; both must agree."""
        said = held.verify(self.work)
        self.assertIn(said.returncode, (0, 1), said.stderr)
        is_solution = locked is not None and held.request.is_solution(locked)
        self.assertEqual(said.returncode == 0, is_solution, said.stdout)
        return is_solution

    def solution_of(self, held, answer):
        self.assertEqual([one["package"] for one in answer["priorities"]], held.request.priorities)
        ours = {r["package"]: held.judge.find(r["package"], r["version"], r["build"], r["subdir"])
                for r in answer["solution"]}
        self.assertTrue(held.request.is_solution(ours))
        return ours

    def compared(self, held, ours, locked):
        difference = held.request.first_difference(ours, locked)
        if not difference:
            return "solved, the same"
        self.assertTrue(difference.is_better, str(difference))
        return "solved, better by " + difference.rule


if __name__ == "__main__":
    ACCORD, WORK = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    unittest.main(argv=sys.argv[:1])
