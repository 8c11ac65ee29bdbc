"""Holds what other tests said to the engine and heard from it to the published schema.

    messages_test.py FOLDER TEST...

FOLDER has a folder for each test, with its conversations as transcripts; those of each TEST must be
there. Every message that the engine wrote is judged, and each request that it answered with a
result; of messages that have the same shape, one. Exit status 77 (skipped) without jsonschema.
"""

import collections
import json
import pathlib
import re
import sys
import unittest

import schemas
from schemas import Schemas

FOLDER = None
TESTS = None
DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
STARTS = {"universe": "u1", "mode": "needs", "requires": [{"package": "a"}]}


def words(schema):
    """All that a schema has as the value of a constant or an enumeration."""
    if isinstance(schema, list):
        return set().union(*map(words, schema))
    if not isinstance(schema, dict):
        return set()
    own = {word for word in (schema.get("const"), *schema.get("enum", [])) if isinstance(word, str)}
    return own.union(*(words(part) for key, part in schema.items() if key != "examples"))


class Judge:
    """Judges the messages of any number of conversations, each shape once."""

    def __init__(self):
        self.schemas = Schemas()
        self.words = words([self.schemas.protocol["$defs"], self.schemas.answer])
        self.seen = set()
        self.messages = 0

    def shape(self, value):
        """The same for values that the schema cannot tell apart."""
        if isinstance(value, dict):
            return tuple(sorted((name, self.shape(of)) for name, of in value.items()))
        if isinstance(value, list):
            return frozenset(map(self.shape, value))
        if isinstance(value, str):
            is_kind = value in self.words or not value
            return value if is_kind else f"<{bool(DIGEST.fullmatch(value))}>"
        return type(value).__name__ + ("-" if isinstance(value, int) and value < 0 else "")

    def judge(self, key, value, fault):
        self.messages += 1
        shape = (key, self.shape(value))
        if shape in self.seen:
            return None
        self.seen.add(shape)
        return fault()

    def fault_of_answer(self, message, request):
        method = request and request.get("method")
        return self.judge(method, message, lambda: self.schemas.fault_of_answer(message, method))

    def fault_of_request(self, request):
        return self.judge("request", request, lambda: self.schemas.fault_of_request(request))

    def faults(self, lines):
        """What is wrong in a conversation: texts that begin with the line's number."""
        owed = collections.defaultdict(list)  # requests by id
        for number, line in enumerate(lines, 1):
            if line.startswith("> "):
                note(owed, line[2:])
            elif line.startswith("< "):
                message = json.loads(line[2:])
                fault = self.fault_of(message, owed)
                if fault is not None:
                    yield f"{number}: {fault}, in {line[:500]}"

    def fault_of(self, message, owed):
        if "method" in message:
            return self.fault_of_answer(message, None)
        of_id = owed[json.dumps(message.get("id"))]
        request = of_id.pop() if of_id else None
        if "result" not in message:
            return self.fault_of_answer(message, None)
        of_id.clear()  # those before it were refused before their id was read
        if request is None:
            return "a result of no request"
        return self.fault_of_answer(message, request) or self.fault_of_request(request)


def note(owed, text):
    """A request, if that is what was sent."""
    try:
        message = json.loads(text)
    except (ValueError, RecursionError):
        return
    if isinstance(message, dict) and "id" in message and "method" in message:
        owed[json.dumps(message["id"])].append(message)


class Kept(unittest.TestCase):
    def test_all_that_was_said_is_as_the_schema_says(self):
        for test in TESTS:
            self.assertTrue(list((FOLDER / test).glob("*.transcript")), f"{test} kept nothing")
        judge = Judge()
        faults = []
        paths = sorted(FOLDER.glob("*/*.transcript"))
        for path in paths:
            with path.open(encoding="utf-8", errors="replace", newline="\n") as lines:
                faults += [f"{path}:{fault}" for fault in judge.faults(lines)]
        print(f"{len(paths)} transcripts, {judge.messages} messages of {len(judge.seen)} shapes, "
              f"{len(faults)} wrong")
        self.assertEqual(faults[:20], [], "\n" + "\n".join(faults[:20]))


class Wrong(unittest.TestCase):
    """That this test can fail."""

    def assert_told(self, words_of_fault, *messages):
        lines = [mark + json.dumps({"jsonrpc": "2.0", **message}) for mark, message in messages]
        (fault,) = Judge().faults(lines)
        self.assertIn(words_of_fault, fault)

    def test_what_is_right_is_not_told(self):
        lines = ['> {"jsonrpc":"2.0","id":1,"method":"shutdown"}', "> nonsense",
                 '< {"jsonrpc":"2.0","id":1,"result":{}}']
        self.assertEqual(list(Judge().faults(lines)), [])

    def test_a_result_of_another_type(self):
        request = {"id": 1, "method": "universe/open", "params": {"ecosystem": "plain"}}
        right = {"id": 1, "result": {"universe": "u1", "revision": 0}}
        wrong = {"id": 1, "result": {"universe": "u1", "revision": -1}}
        self.assert_told("/revision", ("> ", request), ("< ", right), ("> ", request),
                         ("< ", wrong))

    def test_a_word_that_is_none(self):
        self.assert_told("mood", ("> ", {"id": 1, "method": "resolve", "params": STARTS}),
                         ("< ", {"id": 1, "result": {"status": "mood"}}))

    def test_an_error_without_its_kind(self):
        self.assert_told("/error/data", ("> ", {"id": 1, "method": "stats"}),
                         ("< ", {"id": 1, "error": {"code": 1, "message": "", "data": {}}}))

    def test_a_notification_that_nobody_knows_and_one_that_lacks_something(self):
        self.assert_told("$/news", ("< ", {"method": "$/news", "params": {}}))
        self.assert_told("message", ("< ", {"method": "log", "params": {"level": "info"}}))

    def test_a_request_that_the_engine_took_and_the_schema_does_not(self):
        self.assert_told("/left", ("> ", {"id": 1, "method": "version/compare", "params": {
            "ecosystem": "pypi", "left": 1, "right": "1"}}),
                         ("< ", {"id": 1, "result": {
                             "schemaVersion": 1, "left": "1", "right": "1", "order": "equal"}}))

    def test_a_result_that_nobody_asked_for(self):
        self.assert_told("no request", ("< ", {"id": 1, "result": {}}))


if __name__ == "__main__":
    if schemas.jsonschema is None:
        print("skipped: no python3-jsonschema")
        sys.exit(77)
    FOLDER, *TESTS = sys.argv[1:]
    FOLDER = pathlib.Path(FOLDER)
    unittest.main(argv=sys.argv[:1])
