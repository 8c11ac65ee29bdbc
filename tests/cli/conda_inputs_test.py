"""What the files of conda requests do to answers, beside the transcript conda_inputs.txt: locks
keep what they can, the command line goes before files, the JSON answer tells what was left out.
ctest calls it with the program's path."""

import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
CHANNELS = HERE.parents[1] / "corpora" / "conda-synthetic"
MAIN, LAB = str(CHANNELS / "main"), str(CHANNELS / "lab")
ACCORD = None


def run(command, *words, stdin="", corpora=(MAIN,), **variables):
    facts = [word for corpus in corpora for word in ("--corpus", corpus)]
    done = subprocess.run([ACCORD, command, "--ecosystem", "conda", *facts, *words], cwd=HERE,
                          input=stdin, capture_output=True, text=True, timeout=60, check=False,
                          env={"PATH": "/nowhere", **variables})
    return done.returncode, done.stdout, done.stderr


def answer(*words, **given):
    return json.loads(run("resolve", "--json", *words, **given)[1])


def pins(document):
    return {one["package"]: one["version"] for one in document["solution"]}


class CondaInputs(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))

    def file(self, name, text):
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return str(path)


class Locks(CondaInputs):
    LINUX = ("--subdir", "linux-64")

    def test_each_format_that_is_written_is_a_lock_that_keeps_its_records(self):
        old = pins(answer(*self.LINUX, "numlib", "python <3.12"))
        new = pins(answer(*self.LINUX, "numlib"))
        self.assertNotEqual(old["python"], new["python"])
        for form in ("json", "explicit", "environment"):
            suffix = {"json": "json", "explicit": "txt", "environment": "yml"}[form]
            path = self.file("lock." + suffix, run("resolve", *self.LINUX, "numlib", "python <3.12",
                                                   "--format", form)[1])
            with self.subTest(form):
                self.assertEqual(pins(answer(*self.LINUX, "numlib", "--lock-file", path)), old)
                upgraded = answer(*self.LINUX, "numlib", "--lock-file", path, "--upgrade")
                self.assertEqual(pins(upgraded), new)
                wins = answer(*self.LINUX, "numlib", "python >=3.12", "--lock-file", path)
                self.assertEqual(pins(wins)["python"], new["python"])

    def test_a_lock_may_come_from_standard_input(self):
        lock = run("resolve", *self.LINUX, "zlib <1.3", "--format", "explicit")[1]
        kept = answer(*self.LINUX, "zlib", "--lock-file", "-", stdin=lock)
        self.assertEqual(pins(kept), {"zlib": "1.2.13"})


class Requests(CondaInputs):
    def test_an_explicit_list_is_its_own_answer_whatever_the_channels_priority(self):
        lines = ("https://conda.example/main/linux-64/python-3.11.9-h1_1_cpython.conda\n"
                 "https://conda.example/lab/linux-64/gizmo-2.0-h1_0.conda\n")
        path = self.file("list.txt", "@EXPLICIT\n" + lines)
        for corpora in ((MAIN, LAB), (LAB, MAIN)):
            listed = run("resolve", "-r", path, "--format", "explicit", corpora=corpora)[1]
            self.assertEqual(sorted(listed.split()), sorted(["@EXPLICIT", *lines.split()]))

    def test_a_lines_channel_counts_where_a_corpus_is_known_by_its_url(self):
        corpora = []
        for name in ("lab", "main"):
            corpora.append(f"{self.folder}/{name}.acx")
            subprocess.run([ACCORD, "corpus", "build", "--ecosystem", "conda", CHANNELS / name,
                            "--channel", f"https://conda.example/{name}", "-o", corpora[-1]],
                           check=True, capture_output=True)
        for channel, status in (("main", 0), ("mirror", 0), ("lab", 1)):  # zlib is in main
            line = f"https://conda.example/{channel}/linux-64/zlib-1.3.1-h1_1.conda"
            path = self.file("list.txt", f"@EXPLICIT\n{line}\n")
            self.assertEqual(run("resolve", "-r", path, corpora=corpora)[0], status, channel)

    def test_the_json_answer_has_the_target_what_is_left_to_pip_and_the_notes(self):
        document = answer("-r", "inputs/conda/environment.yml", "--channel", "main", "--subdir",
                          "osx-64", "--virtual-package", "__osx=12", "--channel-priority",
                          "flexible")
        self.assertEqual(document["condaTarget"], {
            "subdirs": ["osx-64", "noarch"], "channelPriority": "flexible",
            "virtualPackages": [{"name": "__osx", "version": "12", "build": "0"}]})
        self.assertEqual(document["pip"], [{"requirement": "webfriend>=2",
                                            "place": "inputs/conda/environment.yml:9"}])
        self.assertEqual([note["place"] for note in document["notes"]],
                         [f"inputs/conda/environment.yml:{line}" for line in (9, 10)])

    def test_what_is_said_nearer_wins(self):
        rc = self.file("rc.yml", "channels: [lab]\nsubdir: osx-64\nchannel_priority: disabled\n"
                                 "override_virtual_packages: {glibc: '2.40', cuda: '12'}\n")
        environment = self.file("e.yml", "channels: [main]\ndependencies: [gizmo]\n")
        alone = self.file("alone.yml", "channels: [main, nodefaults]\ndependencies: [gizmo]\n")

        def channels(*words, corpora=(LAB, MAIN)):
            words = (*words, "--subdir", "linux-64", "--channel-priority", "strict")
            return {one["channel"] for one in answer(*words, corpora=corpora)["solution"]}

        self.assertEqual(channels("gizmo", "--condarc", rc, corpora=(MAIN, LAB)), {"lab"})
        self.assertEqual(channels("-r", environment, "--condarc", rc), {"main"})
        self.assertEqual(channels("-r", alone, "--condarc", rc), {"main"})
        self.assertEqual(channels("-r", environment, "--channel", "lab"), {"lab"})
        target = answer("gizmo", "--condarc", rc, corpora=(MAIN, LAB))["condaTarget"]
        self.assertEqual((target["subdirs"], target["channelPriority"]),
                         (["osx-64", "noarch"], "disabled"))
        target = answer("gizmo", "--condarc", rc, "--subdir", "linux-64", corpora=(LAB,),
                        CONDA_OVERRIDE_CUDA="11")["condaTarget"]
        versions = {one["name"]: one["version"] for one in target["virtualPackages"]}
        self.assertEqual((versions["__glibc"], versions["__cuda"]), ("2.40", "11"))

    def test_an_environment_may_come_from_standard_input(self):
        text = "dependencies:\n- zlib <1.3\n"
        self.assertEqual(pins(answer("--subdir", "linux-64", "-r", "-", stdin=text)),
                         {"zlib": "1.2.13"})

    def test_of_many_notes_stderr_shows_the_first(self):
        text = "dependencies:\n- zlib\n- pip:\n" + "".join(f"  - p{i}\n" for i in range(50))
        path = self.file("e.yml", text)
        status, _, err = run("resolve", "--subdir", "linux-64", "-r", path)
        self.assertEqual((status, len(err.splitlines())), (0, 21))
        self.assertTrue(err.endswith("accord: note: and 30 more\n"))


if __name__ == "__main__":
    ACCORD = sys.argv.pop(1)
    unittest.main()
