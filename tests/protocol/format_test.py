"""Holds the reading and the matching of transcripts to what transcript_test.py says of them.
"""

import json
import unittest

from transcripts import BadTranscript, difference, filled, parse


def differs(wanted, got, names=None):
    return difference(wanted, got, {} if names is None else names)


class Matching(unittest.TestCase):
    def test_an_object_may_have_more_members_and_not_fewer(self):
        self.assertIsNone(differs({"a": {"b": 1}}, {"a": {"b": 1, "c": 2}, "d": 3}))
        self.assertEqual(differs({"a": {"b": 1}}, {"a": {}}), "/a/b: is wanted, not there")
        self.assertIsNotNone(differs({}, []))

    def test_a_list_may_be_longer_only_where_it_says_so(self):
        self.assertIsNone(differs([1, {}], [1, {"a": 2}]))
        self.assertIsNotNone(differs([1], [1, 2]))
        self.assertIsNotNone(differs([1, 2], [1]))
        self.assertIsNone(differs([1, "<more>"], [1, 2, 3]))
        self.assertIsNone(differs([1, "<more>"], [1]))
        self.assertIsNotNone(differs([1, "<more>"], []))

    def test_values_match_themselves_and_no_other_type(self):
        for one in (None, True, 1, 0, "a", [], {}):
            for other in (None, True, 1, 0, "a", [], {}):
                same = type(one) is type(other) and one == other
                self.assertEqual(differs(one, other) is None, same, (one, other))

    def test_words_match_what_they_say(self):
        digest = "0" * 64
        for word, good, bad in (("<any>", [None, 1, {}], []),
                                ("<text>", ["", "a"], [1, None, []]),
                                ("<number>", [0, 0.5], ["1", True, None]),
                                ("<sha256>", [digest, "sha256:" + digest], [digest[1:], 0]),
                                ("<handle:a>", ["x"], [1, None])):
            for got in good:
                self.assertIsNone(differs(word, got))
            for got in bad:
                self.assertIsNotNone(differs(word, got), (word, got))

    def test_a_handle_is_its_text_from_there_on(self):
        names = {}
        self.assertIsNone(differs({"a": "<handle:u>", "b": "$u/x"}, {"a": "u7", "b": "u7/x"},
                                  names))
        self.assertEqual(filled('{"a":"$u","b":"$v","m":"$/c"}', names),
                         '{"a":"u7","b":"$v","m":"$/c"}')
        self.assertIsNotNone(differs("$u", "u8", names))


class Reading(unittest.TestCase):
    def test_blocks_begin_at_blank_lines_and_where_something_is_sent_behind_an_answer(self):
        blocks = parse("# a\n> 1\n> 2\n< {}\n< []\n| {}\n> 3\n\n\n> 4\n% close\n").blocks
        self.assertEqual([[sent.text for sent in block.sent] for block in blocks],
                         [["1", "2"], ["3"], ["4", ""]])
        self.assertEqual([one.forms for one in blocks[0].awaited], [[{}], [[], {}]])
        self.assertEqual(blocks[2].sent[1].kind, "close")

    def test_bytes_are_a_json_text_and_may_be_many(self):
        (sent,) = parse(r'>> "\u00ff\n" * 3').blocks[0].sent
        self.assertEqual((sent.text.encode("latin-1"), sent.times), (b"\xff\n", 3))

    def test_other_lines_are_told_with_their_number(self):
        for line in ("nonsense", "< nonsense", ">> x", "% nonsense", "| {}", ">1"):
            with self.assertRaisesRegex(BadTranscript, "^line 2: ", msg=line):
                parse("# first\n" + line)
        self.assertTrue(parse("% headers\n> " + json.dumps({})).headers)


if __name__ == "__main__":
    unittest.main()
