"""Reads transcripts, and compares what came with what they say. The format stands in
transcript_test.py; nothing is started here.
"""

import dataclasses
import json
import re

NAME = re.compile(r"\$([A-Za-z]\w*)")
HANDLE = re.compile(r"<handle:([A-Za-z]\w*)>")
SHA256 = re.compile(r"(sha256:)?[0-9a-f]{64}")
MORE = "<more>"
DIRECTIVES = ("close", "pause", "terminate")


class BadTranscript(Exception):
    """A line that is none of a transcript."""


@dataclasses.dataclass
class Sent:
    """What a `>`, `>>` or `%` line does: bytes (of a `>` line without its LF), or a directive."""
    line: int
    kind: str  # "text", "bytes" or the directive's words
    text: str = ""
    times: int = 1


@dataclasses.dataclass
class Awaited:
    """A `<` line, and its `|` lines."""
    line: int
    forms: list


@dataclasses.dataclass
class Block:
    sent: list = dataclasses.field(default_factory=list)
    awaited: list = dataclasses.field(default_factory=list)


@dataclasses.dataclass
class Transcript:
    blocks: list
    headers: bool = False  # frames with Content-Length, not lines


def parse(text):
    """Of one file's text. Raises BadTranscript."""
    transcript = Transcript([Block()])
    for number, line in enumerate(text.splitlines(), 1):
        block = transcript.blocks[-1]
        if line.startswith("#"):
            continue
        if line == "% headers":
            transcript.headers = True
        elif not line.strip():
            transcript.blocks.append(Block())
        elif line.startswith(("> ", ">> ", "% ")):
            if block.awaited:
                block = Block()
                transcript.blocks.append(block)
            block.sent.append(_sent(number, line))
        elif line.startswith("< "):
            block.awaited.append(Awaited(number, [_json(number, line[2:])]))
        elif line.startswith("| ") and block.awaited:
            block.awaited[-1].forms.append(_json(number, line[2:]))
        else:
            raise BadTranscript(f"line {number}: begins with none of # % > >> < |: {line!r}")
    transcript.blocks = [block for block in transcript.blocks if block.sent or block.awaited]
    return transcript


def _json(number, text):
    try:
        return json.loads(text)
    except ValueError as error:
        raise BadTranscript(f"line {number}: {error}") from None


def _sent(number, line):
    if line.startswith("% "):
        if line[2:] not in DIRECTIVES:
            raise BadTranscript(f"line {number}: no directive {line[2:]!r}")
        return Sent(number, line[2:])
    if line.startswith("> "):
        return Sent(number, "text", line[2:])
    found = re.fullmatch(r'>> (".*")(?: \* (\d+))?', line)
    if not found:
        raise BadTranscript(f'line {number}: >> "BYTES" or >> "BYTES" * N is wanted')
    return Sent(number, "bytes", _json(number, found[1]), int(found[2] or 1))


def filled(text, names):
    """With what the names stand for; a `$` before something else stays."""
    return NAME.sub(lambda found: str(names.get(found[1], found[0])), text)


def difference(wanted, got, names, where=""):
    """None: it matches, and `names` has what it captured. Else where it does not, and why."""
    if isinstance(wanted, dict):
        return _difference_of_objects(wanted, got, names, where)
    if isinstance(wanted, list):
        return _difference_of_lists(wanted, got, names, where)
    if isinstance(wanted, str):
        return _difference_of_texts(wanted, got, names, where)
    same = type(wanted) is type(got) and wanted == got
    return None if same else f"{where}: {json.dumps(wanted)} is wanted, found {shortened(got)}"


def _difference_of_objects(wanted, got, names, where):
    if not isinstance(got, dict):
        return f"{where}: an object is wanted, found {shortened(got)}"
    for name, value in wanted.items():
        if name not in got:
            return f"{where}/{name}: is wanted, not there"
        found = difference(value, got[name], names, f"{where}/{name}")
        if found:
            return found
    return None


def _difference_of_lists(wanted, got, names, where):
    if not isinstance(got, list):
        return f"{where}: a list is wanted, found {shortened(got)}"
    open_end = bool(wanted) and wanted[-1] == MORE
    items = wanted[:-1] if open_end else wanted
    if len(got) < len(items) or (len(got) > len(items) and not open_end):
        return f"{where}: {len(items)} items are wanted, found {shortened(got)}"
    for i, item in enumerate(items):
        found = difference(item, got[i], names, f"{where}/{i}")
        if found:
            return found
    return None


def _difference_of_texts(wanted, got, names, where):
    handle = HANDLE.fullmatch(wanted)
    if wanted == "<any>":
        fits = True
    elif wanted == "<number>":
        fits = isinstance(got, (int, float)) and not isinstance(got, bool)
    elif wanted == "<text>" or handle:
        fits = isinstance(got, str)
    elif wanted == "<sha256>":
        fits = isinstance(got, str) and SHA256.fullmatch(got) is not None
    else:
        fits = got == filled(wanted, names)
    if not fits:
        return f"{where}: {json.dumps(wanted)} is wanted, found {shortened(got)}"
    if handle:
        names[handle[1]] = got
    return None


def shortened(value):
    text = json.dumps(value)
    return text if len(text) <= 300 else text[:300] + "..."
