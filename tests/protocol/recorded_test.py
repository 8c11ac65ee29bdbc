"""Runs `accord serve --record`, `accord replay` and `accord mock` as a user does.

    recorded_test.py ACCORD
"""

import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest
import unittest.mock

import corpora
from transcript_test import OURS, play

ACCORD = None
# 64 MiB in one line, which takes long to write and says nothing here.
NOT_RECORDED = ("frames_large",)
ASKED = '{"jsonrpc":"2.0","id":1,"method":"stats"}'


def run(*words, stdin=""):
    done = subprocess.run([ACCORD, *words], input=stdin, capture_output=True, text=True,
                          timeout=100)
    return done.returncode, done.stdout, done.stderr


class Folder(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def transcript(self, *lines):
        path = self.folder / "said.transcript"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return str(path)


class Replay(Folder):
    def record(self, *names):
        """The suite's transcripts, recorded: the files."""
        made = self.folder / "corpora"
        made.mkdir()
        known = corpora.build(ACCORD, made)
        records = self.folder / "deep" / "records"
        for path in sorted(OURS.glob("*.transcript")):
            if path.name.startswith(NOT_RECORDED) or (names and path.stem not in names):
                continue
            play(path, [ACCORD, "serve", "--record", str(records)], known, None)
        return records

    def test_what_was_recorded_is_answered_again(self):
        records = self.record()
        self.assertGreater(len(list(records.iterdir())), 20)
        status, out, err = run("replay", str(records))
        self.assertEqual((status, err), (0, ""), out)
        found = re.fullmatch(r"(\d+) conversations, (\d+) answers, 0 differences; "
                             r"(\d+) hang on time\n", out)
        self.assertEqual(int(found[1]), len(list(records.iterdir())))
        self.assertGreater(int(found[2]), 200)
        self.assertGreater(int(found[3]), 5)

    def test_another_digest_status_or_kind_of_error_is_told_with_its_line(self):
        (path,) = self.record("resolve_conda").iterdir()
        whole = path.read_text(encoding="utf-8")
        for old, new, pointer in ((r'"digest":"sha256:.', '"digest":"sha256:x', "/result/digest"),
                                  (r'"status":"unsat"', '"status":"sat"', "/result/status"),
                                  (r'"kind":"badRequirement"', '"kind":"no"', "/error/data/kind")):
            changed = re.sub(old, new, whole, count=1)
            self.assertNotEqual(changed, whole)
            lines = zip(whole.splitlines(), changed.splitlines())
            number = 1 + [old == new for old, new in lines].index(False)
            path.write_text(changed, encoding="utf-8")
            status, out, _ = run("replay", str(path.parent))
            self.assertEqual(status, 1)
            self.assertIn(f"{path}: line {number}: {pointer}: ", out)
            self.assertIn(", 1 differences; ", out)

    def test_an_answer_that_nobody_asked_for_is_told_and_not_awaited(self):
        self.transcript('< {"id":1,"result":{}}')
        status, out, _ = run("replay", str(self.folder))
        self.assertEqual((status, "line 1: no request of id 1" in out), (1, True))

    def test_a_folder_without_transcripts_and_one_that_cannot_be_made_are_errors(self):
        self.assertEqual(run("replay", str(self.folder))[0], 2)
        self.assertEqual(run("replay", str(self.folder / "nowhere"))[0], 2)
        file = self.folder / "file"
        file.write_text("")
        status, out, err = run("serve", "--record", str(file / "inside"))
        self.assertEqual((status, out, "to record into" in err), (2, "", True))


class Mock(Folder):
    def test_it_is_what_its_transcript_says(self):
        for name in ("life", "requests", "ids", "universes"):
            path = OURS / f"{name}.transcript"
            with self.subTest(name):
                faults = play(path, [ACCORD, "mock", str(path)], {}, None)[0]
                self.assertEqual(faults, [])

    def test_the_suite_tells_an_engine_that_answers_otherwise_more_or_less(self):
        path = OURS / "shutdown_before_initialize.transcript"
        for lines, told in (
                ([ASKED.replace("stats", "shutdown"), '{"id":1,"result":{}}'],
                 ["line 3: /error: is wanted, not there", ]),
                ([ASKED.replace("stats", "shutdown"),
                  '{"id":1,"error":{"code":1,"message":"","data":{"kind":"notInitialized"}}}',
                  '{"id":2,"result":{}}'], ["no line awaits"]),
                ([ASKED.replace("stats", "shutdown")], ["line 3: no message within 0.2 s"]),
                ([ASKED], ["line 3: the output ended before it, status 1"])):
            mock = self.transcript("> " + lines[0], *("< " + line for line in lines[1:]))
            with unittest.mock.patch("transcript_test.ANSWER_SECONDS", 0.2):
                faults = play(path, [ACCORD, "mock", mock], {}, None)[0]
            self.assertEqual(len(faults), len(told), faults)
            for fault, words in zip(faults, told):
                self.assertIn(words, fault)

    def test_answers_have_the_clients_own_ids_and_made_up_values(self):
        path = self.transcript(
            "> " + ASKED, '< {"id":1,"result":{"a":"<text>","b":["<number>","<more>"]}}',
            '> {"jsonrpc":"2.0","id":"x","method":"open"}',
            '< {"method":"universe/wants","params":{"id":"x"}}',
            '< {"id":"x","result":{"universe":"<handle:u>","all":["<any>","<sha256>"]}}',
            '> {"jsonrpc":"2.0","id":2,"method":"close","params":{"universe":"$u","a":"$v"}}',
            '< {"id":2,"result":{}}')
        status, out, err = run("mock", path, stdin="\n".join((
            '{"method":"stats","id":"own","jsonrpc":"2.0"}',
            '{"jsonrpc":"2.0","id":7,"method":"open"}',
            '{"jsonrpc":"2.0","id":8,"method":"close","params":{"a":"$v","universe":"u"}}', "")))
        self.assertEqual((status, err), (0, ""))
        self.assertEqual([json.loads(line) for line in out.splitlines()], [
            {"jsonrpc": "2.0", "id": "own", "result": {"a": "text", "b": [0]}},
            {"jsonrpc": "2.0", "method": "universe/wants", "params": {"id": 7}},
            {"jsonrpc": "2.0", "id": 7,
             "result": {"universe": "u", "all": [None, "sha256:" + 64 * "0"]}},
            {"jsonrpc": "2.0", "id": 8, "result": {}}])

    def test_what_is_not_awaited_ends_it_with_status_1(self):
        path = self.transcript("# first", "> " + ASKED, '< {"id":1,"result":{}}')
        for said, told in ((ASKED.replace("stats", "other"), ":2: "), ("", ":2: "),
                           (ASKED.replace('"id":1,', ""), ":2: "), ("nonsense", ":2: "),
                           (f"{ASKED}\n{ASKED}", "nothing more is awaited")):
            with self.subTest(said):
                status, out, err = run("mock", path, stdin=said + "\n")
                self.assertEqual(status, 1)
                self.assertIn(told, err)
                self.assertEqual(len(out.splitlines()), said.count(ASKED) > 1)

    def test_a_text_that_is_no_transcript_is_an_error(self):
        for line in ("nonsense", "< 7", '>> "x"'):
            status, _, err = run("mock", self.transcript("", line))
            self.assertEqual((status, "said.transcript:2: " in err), (2, True), err)
        self.assertEqual(run("mock", str(self.folder / "nowhere"))[0], 2)


if __name__ == "__main__":
    ACCORD = sys.argv.pop(1)
    unittest.main()
