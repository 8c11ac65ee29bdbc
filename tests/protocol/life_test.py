"""How `accord serve` lives and ends, over real pipes: whoever is owed an answer gets one, and no
engine is left behind.

    life_test.py ACCORD

$ACCORD_TEST_LONG: a client looks away for ten seconds, not for one.
"""

import collections
import fcntl
import itertools
import json
import os
import pathlib
import select
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest

import corpora

ACCORD = None
CORPORA = None
LOOKS_AWAY_S = 10 if os.environ.get("ACCORD_TEST_LONG") else 1
ENDS_WITHIN_S = 1.0
SLACK_S = 0.5  # of a busy machine, which starts and reaps processes late
PATIENCE_S = 60
SMALLEST_PIPE = 4096
PIGEONS = [f"pigeon-{i}" for i in range(corpora.PIGEONS)]
# Starts an engine with our stdin and stdout, says its number on fd 3 and waits to be killed.
MIDDLE = """
import os, subprocess, sys, time
engine = subprocess.Popen(sys.argv[1:])
os.write(3, b"%d" % engine.pid)
os.close(3)
time.sleep(60)
"""


def is_alive(process):
    """Also of a process that is not our child; one that waits to be reaped is dead."""
    try:
        status = pathlib.Path(f"/proc/{process}/stat").read_text(encoding="utf-8")
    except FileNotFoundError:
        return False
    return status.rpartition(")")[2].split()[0] not in "ZX"


class Engine:
    """A client that writes whenever it likes and reads on a thread of its own, if told to."""

    def __init__(self, *options):
        self.process = subprocess.Popen([ACCORD, "serve", *options], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.messages = []
        self.answers = collections.Counter()  # by id
        self.changed = threading.Condition()
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.ended_at = None

    def _read(self):
        for line in self.process.stdout:
            message = json.loads(line)
            with self.changed:
                self.messages.append(message)
                if "method" not in message:
                    self.answers[message["id"]] += 1
                self.changed.notify_all()
        with self.changed:
            self.ended_at = time.monotonic()
            self.changed.notify_all()

    def listen(self):
        self.reader.start()
        return self

    def say(self, *messages):
        text = "".join(json.dumps({"jsonrpc": "2.0", **one}) + "\n" for one in messages)
        self.process.stdin.write(text.encode())
        self.process.stdin.flush()

    def call(self, number, method, **params):
        self.say({"id": number, "method": method, "params": params})

    def wait(self, condition, what):
        with self.changed:
            if not self.changed.wait_for(condition, PATIENCE_S):
                raise AssertionError(f"not within {PATIENCE_S} s: {what}")

    def answer(self, number):
        self.wait(lambda: self.answers[number], f"the answer to {number}")
        with self.changed:
            return next(one for one in self.messages if one.get("id") == number)

    def ask(self, number, method, **params):
        self.call(number, method, **params)
        answer = self.answer(number)
        assert "result" in answer, answer
        return answer["result"]

    def begin(self, **params):
        return self.ask("begin", "initialize", protocolVersions=[1], roots=[CORPORA], **params)

    def search_for_long(self, *numbers):
        """A universe of pigeons, and searches that nobody sees the end of."""
        universe = self.ask("open", "universe/open", ecosystem="pypi")["universe"]
        self.ask("load", "universe/load", universe=universe, path=f"{CORPORA}/pigeons.acx")
        for number in numbers:
            self.call(number, "resolve", universe=universe, requirements=PIGEONS,
                      target={"python": "3.11"})

    def end(self):
        self.process.stdin.close()
        self.reader.join(PATIENCE_S)
        return self.process.wait(PATIENCE_S)

    def kill(self):
        """Whatever it does; nothing, if it ended."""
        self.process.kill()
        self.process.wait()
        for file in (self.process.stdin, self.process.stdout):
            try:
                file.close()
            except BrokenPipeError:
                pass


class Life(unittest.TestCase):
    def engine(self, *options):
        engine = Engine(*options)
        self.addCleanup(engine.kill)
        return engine

    def assert_ends(self, engine, since):
        """Its output ends and it exits with 0, soon after a moment."""
        engine.wait(lambda: engine.ended_at, "the end of the output")
        self.assertEqual(engine.process.wait(PATIENCE_S), 0)
        self.assertLess(engine.ended_at - since, ENDS_WITHIN_S + SLACK_S)

    def assert_each_answered_once(self, engine, numbers):
        numbers = set(numbers)
        given = {number: count for number, count in engine.answers.items() if number in numbers}
        self.assertEqual(given, dict.fromkeys(numbers, 1))


class End(Life):
    def test_an_engine_whose_parent_is_killed_ends_though_its_stdin_stays_open(self):
        engine_in, ours = os.pipe()
        heard, engine_out = os.pipe()
        told, tells = os.pipe()
        descriptors = [engine_in, ours, heard, engine_out, told, tells]
        self.addCleanup(lambda: [os.close(one) for one in descriptors])
        middle = subprocess.Popen(
            [sys.executable, "-c", MIDDLE, ACCORD, "serve"], stdin=engine_in, stdout=engine_out,
            preexec_fn=lambda: os.dup2(tells, 3), pass_fds=[3])
        engine = int(os.read(told, 20))
        os.write(ours, b'{"jsonrpc":"2.0","id":1,"method":"initialize",'
                       b'"params":{"protocolVersions":[1]}}\n')
        self.assertTrue(select.select([heard], [], [], PATIENCE_S)[0])
        self.assertTrue(is_alive(engine))
        middle.kill()
        middle.wait()
        end = time.monotonic() + ENDS_WITHIN_S + SLACK_S
        while is_alive(engine) and time.monotonic() < end:
            time.sleep(0.02)
        self.assertFalse(is_alive(engine))

    def test_an_input_that_ends_inside_a_frame_is_answered_and_ends_it(self):
        engine = self.engine().listen()
        engine.begin()
        engine.process.stdin.write(b'{"jsonrpc":"2.0","id":1,"meth')
        since = time.monotonic()
        self.assertEqual(engine.end(), 0)
        self.assert_ends(engine, since)
        self.assertEqual(engine.messages[-1]["error"]["data"]["kind"], "parseError")

    def test_sigterm_while_it_searches_cancels_what_runs(self):
        engine = self.engine("--threads", "2").listen()
        engine.begin()
        engine.search_for_long(1, 2, 3, 4)
        time.sleep(0.1)
        since = time.monotonic()
        engine.process.terminate()
        self.assert_ends(engine, since)
        self.assert_each_answered_once(engine, [1, 2, 3, 4])

    def test_a_reader_that_is_gone_ends_it(self):
        engine = self.engine()
        engine.call(1, "initialize", protocolVersions=[1])
        engine.process.stdout.readline()
        engine.process.stdout.close()
        engine.call(2, "stats")
        self.assertEqual(engine.process.wait(PATIENCE_S), 0)


class Reader(Life):
    def small_pipe(self, engine):
        fcntl.fcntl(engine.process.stdout, fcntl.F_SETPIPE_SZ, SMALLEST_PIPE)

    def test_who_looks_away_finds_all_answers_and_blocked_nothing(self):
        engine = self.engine("--threads", "2")
        self.small_pipe(engine)
        engine.call("begin", "initialize", protocolVersions=[1], roots=[CORPORA],
                    capabilities={"log": "warning"})
        engine.call("open", "universe/open", ecosystem="pypi")
        engine.call("load", "universe/load", universe="u1", path=f"{CORPORA}/recorded.acx")
        numbers = list(range(300))
        for number in numbers:
            engine.call(number, "resolve", universe="u1", requirements=["flask"],
                        target={"python": "3.11"})
        time.sleep(LOOKS_AWAY_S)
        engine.listen()
        engine.ask("stats", "stats")
        for number in numbers:
            self.assertEqual(engine.answer(number)["result"]["status"], "sat")
        self.assert_each_answered_once(engine, [*numbers, "begin", "open", "load"])
        self.assertEqual(engine.end(), 0)

    def test_who_reads_slowly_gets_all_in_order_and_progress_never_behind_an_answer(self):
        engine = self.engine("--threads", "2")
        self.small_pipe(engine)
        engine.call("begin", "initialize", protocolVersions=[1], roots=[CORPORA])
        engine.call("open", "universe/open", ecosystem="pypi")
        engine.call("load", "universe/load", universe="u1", path=f"{CORPORA}/pigeons.acx")
        for number in range(6):
            engine.call(number, "resolve", universe="u1", requirements=PIGEONS,
                        target={"python": "3.11"}, limits={"timeMs": 350}, progressToken=number)
        held = b""
        while piece := os.read(engine.process.stdout.fileno(), 100):
            held += piece
            time.sleep(0.001)
            if held.count(b"\n") >= 9 and held.count(b'"result"') == 9:
                engine.process.stdin.close()
        self.assertEqual(engine.process.wait(PATIENCE_S), 0)
        answered = set()
        self.assertIn(b"$/progress", held)
        for message in map(json.loads, held.splitlines()):
            if "method" in message:
                self.assertNotIn(message["params"]["token"], answered)
            else:
                self.assertNotIn(message["id"], answered)
                answered.add(message["id"])
        self.assertEqual(answered, {"begin", "open", "load", *range(6)})

    def test_who_never_reads_is_given_up(self):
        engine = self.engine()
        engine.call("begin", "initialize", protocolVersions=[1])
        engine.call("open", "universe/open", ecosystem="plain")
        large = [{"version": "x" * (1 << 20)}]
        engine.call("put", "universe/update", universe="u1",
                    put=[{"package": "a", "candidates": large}])
        asked = itertools.count()
        with self.assertRaises(BrokenPipeError):
            while True:  # answers of 1 MiB, of which it keeps 256
                engine.call(next(asked), "universe/query", universe="u1", package="a")
        self.assertGreater(next(asked), 256)
        self.assertEqual(engine.process.wait(PATIENCE_S), 0)


class Crowd(Life):
    """500 requests in flight: 100 search or want to, 400 wait for facts."""

    SEARCHING = [f"search-{i}" for i in range(100)]
    WANTING = [f"wants-{i}" for i in range(200)]
    NEEDING = [f"needs-{i}" for i in range(200)]

    def crowd(self):
        engine = self.engine("--threads", "2").listen()
        engine.begin()
        plain = engine.ask("plain", "universe/open", ecosystem="plain")["universe"]
        for mode, numbers in (("needs", self.NEEDING), ("wants", self.WANTING)):
            for number in numbers:
                engine.call(number, "resolve", universe=plain, mode=mode,
                            requires=[{"package": "a"}])
        for number in self.NEEDING:
            self.assertEqual(engine.answer(number)["result"]["status"], "needs")
        engine.wait(lambda: sum("method" in one for one in engine.messages) == len(self.WANTING),
                    "what all that wait want")
        engine.search_for_long(*self.SEARCHING)
        found = engine.ask("stats", "stats")
        self.assertEqual((found["requests"]["inFlight"], found["solves"]), (301, 400))
        return engine, plain

    def assert_whole(self, engine):
        self.assert_each_answered_once(
            engine, [*self.SEARCHING, *self.WANTING, *self.NEEDING])
        for number in self.WANTING:
            self.assertEqual(engine.answer(number)["result"]["reason"], "cancelled")

    def test_the_input_ends(self):
        engine, _ = self.crowd()
        since = time.monotonic()
        self.assertEqual(engine.end(), 0)
        self.assert_ends(engine, since)
        self.assert_whole(engine)

    def test_sigterm(self):
        engine, _ = self.crowd()
        since = time.monotonic()
        engine.process.terminate()
        self.assert_ends(engine, since)
        self.assert_whole(engine)

    def test_shutdown(self):
        engine, _ = self.crowd()
        since = time.monotonic()
        engine.call("bye", "shutdown")
        self.assert_ends(engine, since)
        self.assert_whole(engine)
        self.assertEqual(engine.messages[-1], {"jsonrpc": "2.0", "id": "bye", "result": {}})

    def test_the_facts_come(self):
        engine, plain = self.crowd()
        engine.say(*({"method": "$/cancelRequest", "params": {"id": number}}
                     for number in self.SEARCHING))
        engine.ask("facts", "universe/update", universe=plain,
                   put=[{"package": "a", "candidates": [{"version": "1"}]}])
        handles = [engine.answer(number)["result"]["solve"] for number in self.NEEDING]
        for handle in handles:
            engine.call(f"go-{handle}", "resolve/continue", solve=handle)
        for number in [*self.WANTING, *(f"go-{handle}" for handle in handles)]:
            self.assertEqual(engine.answer(number)["result"]["status"], "sat", number)
        for number in self.SEARCHING:
            engine.answer(number)
        self.assert_each_answered_once(
            engine, [*self.SEARCHING, *self.WANTING, *self.NEEDING])
        found = engine.ask("at last", "stats")
        self.assertEqual((found["requests"]["inFlight"], found["solves"]), (1, 0))
        since = time.monotonic()
        self.assertEqual(engine.end(), 0)
        self.assert_ends(engine, since)

    def test_half_of_them_are_cancelled_and_the_rest_is_finished(self):
        engine, _ = self.crowd()
        engine.say(*({"method": "$/cancelRequest", "params": {"id": number}}
                     for number in [*self.SEARCHING, *self.WANTING]))
        for number in [*self.SEARCHING, *self.WANTING]:
            engine.answer(number)
        for number in self.NEEDING:
            handle = engine.answer(number)["result"]["solve"]
            engine.call(f"end-{handle}", "resolve/finish", solve=handle)
        for number in self.NEEDING:
            handle = engine.answer(number)["result"]["solve"]
            self.assertEqual(engine.answer(f"end-{handle}")["result"]["status"], "stopped")
        self.assert_whole(engine)
        self.assertEqual(engine.ask("at last", "stats")["solves"], 0)
        self.assertEqual(engine.end(), 0)


if __name__ == "__main__":
    ACCORD = sys.argv.pop(1)
    with tempfile.TemporaryDirectory() as made:
        CORPORA = made
        corpora.build(ACCORD, made)
        unittest.main()
