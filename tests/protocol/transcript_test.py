"""Plays transcripts of the protocol (docs/protocol.md) to an engine: the conformance suite.

    transcript_test.py COMMAND... [--transcripts DIR] [--corpora-by ACCORD] [--only TEXT]

COMMAND is what starts the engine: `build/release/bin/accord serve`, or any other program that
speaks the protocol on stdin and stdout. The corpora that transcripts load are compiled by ACCORD
(default: the first word of COMMAND). DIR, or $ACCORD_TRANSCRIPTS, has other transcripts than ours.

A transcript is a text of lines:

    # a comment
    > TEXT          is sent as it stands, in a frame of its own
    >> "BYTES" * N  is sent N times (default: once) and nothing behind it; a JSON text, each
                    character of which is one byte: "\\u00ff" is the byte FF
    < JSON          is what the engine answers
    | JSON          would do as well as the line before
    % headers       frames have Content-Length, in both directions (default: lines)
    % pause         gives the engine a moment to begin; nothing may hang on that
    % close         the input ends
    % terminate     SIGTERM

A blank line, or a line that sends behind a `<` line, begins a block. What a block sends is written
at once, up to a directive; then all its answers are awaited, in any order. Nothing else may come,
up to the end of the output; the input is closed at the latest behind the last block, and the engine
must end with status 0.

In a `<` line an object matches one that has its members, and more; a list matches one of its
length, or a longer one where its last item is "<more>". Texts match themselves, but

    "<any>"  "<text>"  "<number>"  "<sha256>"   match what they say,
    "<handle:NAME>"                             matches a text, which is $NAME from there on.

$NAME stands for it in every later line that is sent or awaited. From the begin on there are
$corpora, the folder of the corpora, and $X_sha256 of each X.acx in it (corpora.py).

What the engine writes is held to docs/schemas/accord-protocol-1.schema.json, and so are the params
of every request that it answers with a result.
"""

import argparse
import json
import os
import pathlib
import sys
import tempfile
import time

import corpora
import schemas
from engine import Engine, EngineFault
from transcripts import BadTranscript, difference, filled, parse, shortened

OURS = pathlib.Path(__file__).resolve().parent / "transcripts"
ANSWER_SECONDS = 60
END_SECONDS = 10
PAUSE_SECONDS = 0.05
# What no transcript can bring about: our bugs. And what is not built yet.
UNREACHED_KINDS = {"internal"}


class Conversation:
    """One transcript with one engine, and what was seen meanwhile."""

    def __init__(self, transcript, engine, names, judge):
        self.transcript = transcript
        self.engine = engine
        self.names = dict(names)
        self.judge = judge  # None: messages are not held to the schema
        self.requests = {}  # by id, as JSON: the last one
        self.kinds = set()
        self.faults = []

    def play(self):
        """To its end, or to where it cannot go on."""
        try:
            for block in self.transcript.blocks:
                self.send(block.sent)
                self.take(list(block.awaited))
            self.finish()
        except EngineFault as fault:
            self.faults.append(str(fault))

    def send(self, lines):
        held = b""
        for line in lines:
            if line.kind == "text":
                text = filled(line.text, self.names)
                self.note_request(text)
                held += self.engine.framed(text.encode("utf-8"))
            elif line.kind == "bytes":
                held += line.text.encode("latin-1") * line.times
            else:
                self.engine.write(held)
                held = b""
                self.follow(line.kind)
        self.engine.write(held)

    def follow(self, directive):
        if directive == "pause":
            time.sleep(PAUSE_SECONDS)
        elif directive == "close":
            self.engine.close()
        else:
            self.engine.terminate()

    def note_request(self, text):
        try:
            message = json.loads(text)
        except ValueError:
            return
        if isinstance(message, dict) and "id" in message:
            self.requests[json.dumps(message["id"])] = message

    def take(self, awaited):
        while awaited:
            try:
                message = self.engine.read(ANSWER_SECONDS)
            except EngineFault as fault:
                raise EngineFault(f"line {awaited[0].line}: {fault}") from None
            if message is None:
                status, log = self.engine.end(END_SECONDS)
                raise EngineFault(f"line {awaited[0].line}: the output ended before it, status "
                                  f"{status}: {log[-2000:]}")
            awaited.remove(self.best_match(awaited, message))
            self.judge_answer(message)

    def best_match(self, awaited, message):
        """The line that awaits it; else that of its id, which it differs from, or any other."""
        for one in awaited:
            for form in one.forms:
                names = dict(self.names)
                if difference(form, message, names) is None:
                    self.names = names
                    return one
        of_id = [one for one in awaited if one.forms[0].get("id") == message.get("id")]
        one = (of_id or awaited)[0]
        what = difference(one.forms[0], message, self.names)
        self.faults.append(f"line {one.line}: {what}, in {shortened(message)}")
        return one

    def judge_answer(self, message):
        if "error" in message:
            self.kinds.add(message["error"].get("data", {}).get("kind"))
        request = self.requests.get(json.dumps(message.get("id")))
        if self.judge is None or ("result" in message and request is None):
            return
        fault = self.judge.fault_of_answer(message, request and request.get("method"))
        if fault is None and "result" in message:
            fault = self.judge.fault_of_request(request)
        if fault is not None:
            self.faults.append(f"against the schema: {fault}, in {shortened(message)}")

    def finish(self):
        """Closes the input; nothing may come that no line awaits."""
        self.engine.close()
        while (message := self.engine.read(END_SECONDS)) is not None:
            self.faults.append(f"no line awaits {shortened(message)}")
        status, log = self.engine.end(END_SECONDS)
        if status != 0:
            self.faults.append(f"it ended with status {status}: {log[-2000:]}")


def play(path, command, names, judge):
    """What the engine did against the transcript, and the kinds of errors that were seen."""
    try:
        transcript = parse(path.read_text(encoding="utf-8"))
    except BadTranscript as error:
        return [str(error)], set()
    engine = Engine(command, transcript.headers)
    try:
        conversation = Conversation(transcript, engine, names, judge)
        conversation.play()
        return conversation.faults, conversation.kinds
    finally:
        engine.kill()


def unreached(kinds, judge):
    """What is wrong with the kinds that all our transcripts together brought about."""
    wanted = set(judge.protocol["$defs"]["errorKind"]["enum"]) - UNREACHED_KINDS
    return [f"no transcript brings about the error {kind}" for kind in sorted(wanted - kinds)] + [
        f"{kind} is brought about after all" for kind in sorted(kinds & UNREACHED_KINDS)]


def arguments():
    parser = argparse.ArgumentParser(allow_abbrev=False)
    parser.add_argument("--transcripts", type=pathlib.Path, metavar="DIR",
                        default=os.environ.get("ACCORD_TRANSCRIPTS", OURS))
    parser.add_argument("--corpora-by", metavar="ACCORD")
    parser.add_argument("--only", default="", metavar="TEXT", help="names that have it")
    options, command = parser.parse_known_args()
    if not command:
        parser.error("what starts the engine?")
    return options, command


def main():
    options, command = arguments()
    judge = schemas.Schemas() if schemas.jsonschema else None
    if judge is None:
        print("no python3-jsonschema: messages are not held to the schema")
    paths = [path for path in sorted(pathlib.Path(options.transcripts).glob("*.transcript"))
             if options.only in path.name]
    results = {}  # by name: faults
    kinds = set()
    with tempfile.TemporaryDirectory() as folder:
        names = corpora.build(options.corpora_by or command[0], folder)
        for path in paths:
            results[path.name], seen = play(path, command, names, judge)
            kinds |= seen
    if judge and not options.only and options.transcripts == OURS:
        results["kinds of errors"] = unreached(kinds, judge)
    for name, faults in results.items():
        print(f"{'failed' if faults else 'ok':7} {name}", *faults, sep="\n    ")
    failed = sum(map(bool, results.values()))
    print(f"{len(paths)} transcripts, {failed} failed")
    return 1 if failed or not paths else 0


if __name__ == "__main__":
    sys.exit(main())
