"""accord becomes accord-full, which stands beside it, where it lacks a part of the program
(docs/decisions/009-two-programs.md). ctest calls it with the program's path."""

import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
TINY = ["--corpus", "tiny.jsonl"]
ACCORD = None


def run(program, *words):
    done = subprocess.run([program, *words], cwd=HERE, input="app\n", capture_output=True,
                          text=True, timeout=60, env={"PATH": "/nowhere"})
    return done.returncode, done.stdout, done.stderr


class TwoPrograms(unittest.TestCase):
    def setUp(self):
        if b"the rest of the program" not in pathlib.Path(ACCORD).read_bytes():
            self.skipTest("this build's accord has all parts")
        self.folder = self.enterContext(tempfile.TemporaryDirectory())
        self.alone = pathlib.Path(self.folder, "accord")
        shutil.copy(ACCORD, self.alone)
        self.compiled = self.folder + "/tiny.acx"
        self.assertEqual(run(ACCORD, "corpus", "build", "tiny.jsonl", "-o", self.compiled)[0], 0)

    def test_a_request_on_a_compiled_corpus_needs_no_other_program(self):
        words = ("resolve", "--corpus", self.compiled, "--format", "requirements", "app")
        self.assertEqual(run(self.alone, *words), run(ACCORD, *words))
        self.assertEqual(run(self.alone, *words)[0], 0)

    def test_each_part_that_is_not_there_is_looked_for_beside_it(self):
        compiled = ("resolve", "--corpus", self.compiled)
        for words in (("resolve", *TINY, "app"), (*compiled, "--strategy", "libsolv", "app"),
                      (*compiled, "-r", "-"), ("corpus", "info", "tiny.jsonl")):
            with self.subTest(words):
                status, out, err = run(self.alone, *words)
                self.assertEqual((status, out), (70, ""))
                self.assertIn(f"accord: {self.folder}/accord-full: the rest of the program", err)
                self.assertEqual(run(ACCORD, *words[:-1], "app")[2].count("accord-full"), 0)

    def test_files_of_conda_requests_need_it_where_they_are_yaml(self):
        channel = self.folder + "/channel.acx"
        self.assertEqual(run(ACCORD, "corpus", "build", "--ecosystem", "conda", "channel", "-o",
                             channel)[0], 0)
        conda = ("resolve", "--ecosystem", "conda", "--corpus", channel, "--subdir", "linux-64")
        lines = pathlib.Path(self.folder, "specs.txt")
        lines.write_text("tool\n", encoding="utf-8")
        self.assertEqual(run(self.alone, *conda, "-r", lines, "--format", "environment"),
                         run(ACCORD, *conda, "-r", lines, "--format", "environment"))
        yaml = pathlib.Path(self.folder, "environment.yml")
        yaml.write_text("dependencies: [tool]\n", encoding="utf-8")
        for words in (("-r", yaml), ("tool", "--condarc", yaml), ("tool", "--lock-file", yaml)):
            with self.subTest(words):
                self.assertEqual(run(self.alone, *conda, *words)[:2], (70, ""))
                self.assertEqual(run(ACCORD, *conda, *words)[0], 0)

    def test_nothing_is_begun_that_the_other_program_would_begin_again(self):
        output = pathlib.Path(self.folder, "merged.acx")
        self.assertEqual(run(self.alone, "corpus", "merge", self.compiled, "-o", output)[0], 70)
        self.assertEqual(list(output.parent.glob("merged*")), [])

    def test_what_becomes_the_other_program_says_the_same(self):
        one = ("resolve", "--corpus", self.compiled, "--json", "app")
        digest = json.loads(run(ACCORD, *one)[1])["digest"]
        for words in ((*one, "--threads", "2"), ("resolve", *TINY, "--json", "app")):
            self.assertEqual(json.loads(run(ACCORD, *words)[1])["digest"], digest, words)


if __name__ == "__main__":
    ACCORD = sys.argv.pop(1)
    unittest.main()
