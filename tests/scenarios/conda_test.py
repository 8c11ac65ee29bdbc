"""Conda requests and what is expected of them: the cases of conda/*.txt, through the program.

A case is lines without a blank line between them:

    Which rule it shows, a sentence.
    $ [VARIABLE=VALUE ...] CHANNEL ... | what stands behind `accord resolve`, as a shell takes it
    there: WORDS [| RECORD, ...]     an environment (may be left out): the answer of `accord resolve
                          WORDS`, whose specifiers were asked for, and records that no channel has
    is: RECORD, ...       the whole environment; of no record: nothing
    has: RECORD, ...      these are in it
    changes: STEP, ...    the transaction: "+ name version", "- name", "~ name version"; or nothing
    lacks: NAME, ...      of these names there is no record in it
    unsat: TEXT           there is no solution, and the words say TEXT
    error: TEXT           the request is refused, and the message says TEXT

A RECORD is "name version build channel subdir", of which words at the end may be missing. Lines
that begin with "#" are passed over. Each case is asked twice: the second solver must find a
solution where the first does.

Usage: conda_test.py ACCORD
"""

import json
import os
import pathlib
import shlex
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SHARED = pathlib.Path(os.environ.get("ACCORD_SHARED", ROOT.parent / "shared"))
CHANNELS = {
    "synthetic.txt": ROOT / "corpora" / "conda-synthetic",
    "installed.txt": ROOT / "corpora" / "conda-synthetic",
    "rattler.txt": SHARED / "corpora/conda/rattler-small-channels/test-data/channels",
}
SATISFIABLE, UNSATISFIABLE, REFUSED = 0, 1, 2


def run(*words, **variables):
    return subprocess.run([ACCORD, *words], capture_output=True, text=True, timeout=60, check=False,
                          env={"PATH": "/nowhere", **variables})


def read_cases(path):
    """[(rule, request, [(kind, text)])]"""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
    cases = []
    for block in "\n".join(lines).split("\n\n"):
        if not block.strip():
            continue
        rule, request, *expected = block.strip().splitlines()
        assert request.startswith("$ ") and expected, block
        cases.append((rule, request[2:], [tuple(line.split(": ", 1)) for line in expected]))
    return cases


def items(text):
    return [] if text == "nothing" else text.split(", ")


def record(chosen):
    return " ".join(chosen[key] for key in ("package", "version", "build", "channel", "subdir"))


def step(one):
    sign = "+" if "from" not in one else "-" if "to" not in one else "~"
    return " ".join([sign, one["package"], *([one["to"]["version"]] if "to" in one else [])])


class Cases(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def corpus(self, channel):
        """The channel compiled, once."""
        made = self.folder / (channel.name + ".acx")
        if not made.exists():
            done = run("corpus", "build", "--ecosystem", "conda", str(channel), "-o", str(made))
            self.assertEqual(done.returncode, 0, done.stderr)
        return str(made)

    def environment(self, channels, request, text):
        """A prefix that holds what `there:` says."""
        meta = pathlib.Path(tempfile.mkdtemp(dir=self.folder)) / "conda-meta"
        meta.mkdir()
        target = request.split(" | ")[0]
        words, _, invented = text.partition(" | ")
        done = self.ask(channels, f"{target} | {words}", "--json")
        self.assertEqual(done.returncode, SATISFIABLE, done.stdout + done.stderr)
        known = self.known(channels, target)
        for chosen in json.loads(done.stdout)["solution"]:
            record = known[chosen["files"][0]["name"]]
            (meta / (record["fn"] + ".json")).write_text(json.dumps(record), "utf-8")
        for name, version, build in (one.split() for one in items(invented or "nothing")):
            (meta / (name + ".json")).write_text(json.dumps(
                {"name": name, "version": version, "build": build, "subdir": "linux-64",
                 "channel": "elsewhere", "fn": f"{name}-{version}-{build}.conda"}), "utf-8")
        lines = shlex.split(words)
        asked = [word for before, word in zip(["", *lines], lines)
                 if not word.startswith("--") and not before.startswith("--")]
        (meta / "history").write_text(f"# update specs: {json.dumps(asked)}\n", "utf-8")
        return str(meta.parent)

    def known(self, channels, target):
        """The records of channels as conda-meta has them, by file name."""
        records = {}
        for name in (word for word in target.split() if "=" not in word):
            for path in sorted((channels / name).glob("*/repodata.json")):
                document = json.loads(path.read_text("utf-8"))
                for key in ("packages", "packages.conda"):
                    for file, one in document.get(key, {}).items():
                        records.setdefault(file, {"subdir": path.parent.name, **one, "fn": file,
                                                  "channel": name})
        return records

    def ask(self, channels, request, *more):
        target, words = request.split(" | ", 1)
        variables = dict(word.split("=", 1) for word in target.split() if "=" in word)
        line = ["resolve", "--ecosystem", "conda", *shlex.split(words), *more]
        if "--subdir" not in line:
            line += ["--subdir", "linux-64"]
        for name in target.split():
            if "=" not in name:
                line += ["--corpus", self.corpus(channels / name)]
        return run(*line, **variables)

    def hold(self, kind, text, done):
        if kind == "error":
            self.assertEqual(done.returncode, REFUSED, done.stdout)
            self.assertIn(text, done.stderr)
            return
        self.assertIn(done.returncode, (SATISFIABLE, UNSATISFIABLE), done.stderr)
        answer = json.loads(done.stdout)
        found = [record(chosen) for chosen in answer["solution"] or []]
        if kind == "unsat":
            self.assertEqual(done.returncode, UNSATISFIABLE, found)
            self.assertIn(text, "\n".join(self.told(answer)))
            return
        self.assertEqual(done.returncode, SATISFIABLE, self.told(answer))
        if kind == "changes":
            self.assertEqual([step(one) for one in answer["transaction"]], items(text))
            return
        if kind == "lacks":
            self.assertFalse(set(items(text)) & {one.split()[0] for one in found}, found)
            return
        self.assertIn(kind, ("is", "has"))
        for wanted in items(text):
            self.assertTrue(any((one + " ").startswith(wanted + " ") for one in found),
                            (wanted, found))
        if kind == "is":
            self.assertEqual(len(found), len(items(text)), found)

    def told(self, answer):
        sentences = answer.get("explanation", {}).get("sentences", [])
        return sentences + [line["text"] for line in answer["conflict"]]

    def hold_all(self, name):
        channels = CHANNELS[name]
        if not channels.is_dir():
            self.skipTest(f"{channels} is not there")
        cases = read_cases(HERE / "conda" / name)
        for rule, request, expected in cases:
            with self.subTest(rule, request=request):
                there = []
                if expected[0][0] == "there":
                    there = ["--prefix", self.environment(channels, request, expected.pop(0)[1])]
                done = self.ask(channels, request, "--json", *there)
                for kind, text in expected:
                    self.hold(kind, text, done)
                second = self.ask(channels, request, "--strategy", "libsolv", *there)
                self.assertEqual(second.returncode, done.returncode, second.stdout + second.stderr)
        print(f"{name}: {len(cases)} cases")

    def test_rules_on_the_channels_that_ship(self):
        self.hold_all("synthetic.txt")

    def test_rules_of_environments_on_the_channels_that_ship(self):
        self.hold_all("installed.txt")

    def test_what_rattler_says_of_its_own_channels(self):
        self.hold_all("rattler.txt")


if __name__ == "__main__":
    ACCORD = sys.argv[1]
    unittest.main(argv=sys.argv[:1])
