"""Cuts a corpus down to what can be reached from some names: their closed cone.

Surface: cut(). A member's requirements of every version are followed by name, whatever their
markers and sets say; those under an extra are followed once a member asks for any extra of that
package. So an answer from the cut corpus is the answer from the whole one.
"""

import json
import pathlib
import re
import subprocess
from collections.abc import Iterable, Iterator

from tools import index_server

NAME = re.compile(r"\s*([A-Za-z0-9][\w.-]*)\s*(\[[^\]]*[A-Za-z][^\]]*\])?")
EXTRA = re.compile(r"\bextra\b")


def lines_by_name(corpus: pathlib.Path) -> dict[str, bytes]:
    """{normal name: its line}; of two spellings of a name both lines."""
    text = subprocess.run(["zstd", "-dc", "--long=27", corpus], check=True,
                          capture_output=True).stdout
    found: dict[str, bytes] = {}
    for line in text.splitlines(keepends=True):
        name = index_server.normal(json.loads(line[line.index(b":") + 1:line.index(b",")]))
        found[name] = found.get(name, b"") + line
    return found


def texts(line: bytes) -> Iterator[tuple[str, bool]]:
    """The requirements of a package's versions, each with whether an extra must be asked for."""
    for one in line.splitlines():
        for group in json.loads(one)["g"]:
            for text in group.get("r") or []:
                yield text, EXTRA.search(text.partition(";")[2]) is not None
            for key, wanted in (group.get("x") or {}).items():
                for text in wanted:
                    yield text, not key.startswith(":")


def cone(lines: dict[str, bytes], roots: Iterable[str]) -> set[str]:
    reached: set[tuple[str, bool]] = set()  # with False: the package; with True: its extras too
    waiting = [(index_server.normal(name), False) for name in roots]
    while waiting:
        name, extras = waiting.pop()
        if (name, extras) in reached or name not in lines:
            continue
        reached.add((name, extras))
        for text, under_extra in texts(lines[name]):
            wanted = NAME.match(text)
            if wanted and under_extra == extras:
                target = index_server.normal(wanted[1])
                waiting.append((target, False))
                if wanted[2]:
                    waiting.append((target, True))
    return {name for name, _ in reached}


def cut(lines: dict[str, bytes], roots: Iterable[str], out: pathlib.Path) -> int:
    """Writes the closed cone of the roots as a corpus; gives how many packages it has."""
    members = sorted(cone(lines, roots))
    subprocess.run(["zstd", "-q", "-f", "-o", out], check=True,
                   input=b"".join(lines[name] for name in members))
    return len(members)
