"""Draws roots that can be had together.

Surface: draw(). Names come in the order of their SHA-256 with a seed. A batch of names is asked
for; where there is no answer, the conflict names the requirements it rests on, and the last of them
is left out, until there is one. First the names of each small batch by themselves, against a corpus
cut to their cone, then the batches together.
"""

import hashlib
import json
import pathlib
import re
from typing import Protocol

import cone
import corpora
from measure import Meter
from place import Place
from progress import tell

SMALL, LARGE = 16, 100  # names of a batch: by themselves; beside all before them
SPARE = 1.5  # so many names are looked at for each that is wanted
ASKED = re.compile(r"request: ([A-Za-z0-9][\w.-]*)")


class Asker(Protocol):
    """What can ask Accord: growth's Growth."""
    place: Place
    scratch: pathlib.Path
    meter: Meter

    def ask(self, corpus: pathlib.Path, names: list[str]) -> dict:
        """The JSON answer."""


def in_order(lines: dict[str, bytes], seed: str) -> list[str]:
    """Every name of which a version is known, in the order of the drawing."""
    known = (name for name, line in lines.items() if has_version(line))
    return sorted(known, key=lambda name: hashlib.sha256(f"{seed} {name}".encode()).digest())


def has_version(line: bytes) -> bool:
    return any(group.get("v") for group in json.loads(line.splitlines()[0])["g"])


def blamed(answer: dict, batch: list[str]) -> str:
    """Of the requirements that a conflict rests on, the last one of this batch."""
    named = {match[1] for line in answer["conflict"] for match in [ASKED.match(line["text"])]
             if match}
    found = [name for name in batch if name in named]
    if not found:
        raise OSError(f"a conflict names none of the roots: {answer['conflict'][:3]}")
    return found[-1]


def fitting(growth: Asker, corpus: pathlib.Path, kept: list[str],
            batch: list[str]) -> list[str]:
    """Those of a batch that can be had together with what is kept."""
    batch = list(batch)
    while batch:
        answer = growth.ask(corpus, kept + batch)
        if answer["status"] == "sat":
            break
        batch.remove(blamed(answer, batch))
    return batch


def draw(growth: Asker, count: int, seed: str) -> list[str]:
    lines = cone.lines_by_name(growth.place.corpus("universe"))
    looked_at = in_order(lines, seed)[:round(SPARE * count)]
    part = growth.scratch / "draw.jsonl.zst"
    members = cone.cut(lines, looked_at, part)
    lines.clear()
    tell(f"{len(looked_at)} names, {members} packages in their cone")
    corpus, _ = corpora.compiled(growth.place.accord, part, growth.scratch / "draw.acx",
                                 growth.meter)
    kept: list[str] = []
    alone: list[str] = []
    for start in range(0, len(looked_at), SMALL):
        alone += fitting(growth, corpus, [], looked_at[start:start + SMALL])
        if len(alone) >= LARGE:
            kept += fitting(growth, corpus, kept, alone)
            alone = []
            tell(f"{start + SMALL} names: {len(kept)} roots")
        if len(kept) >= count:
            return kept[:count]
    raise OSError(f"{len(looked_at)} names are not enough for {count} roots")
