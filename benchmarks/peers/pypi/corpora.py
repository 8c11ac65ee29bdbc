"""The facts, for both sides: a corpus as Accord reads it, and the same served on loopback.

Surface: Facts, prepare(), can_build(), tree_bytes(). Accord gets a compiled corpus (.acx) where
`accord corpus build` is there, else the text as it is; rivals an index, of
tools/compare/index_server.
"""

import dataclasses
import pathlib
import subprocess

from measure import Meter, Run
from tools import index_server


@dataclasses.dataclass
class Facts:
    name: str  # popular or universe
    source: pathlib.Path  # .jsonl.zst
    compiled: pathlib.Path  # what Accord reads; the source, if nothing can compile it
    build: Run | None  # what compiling took
    index: index_server.Index | None = None

    @property
    def size(self) -> int:
        return self.compiled.stat().st_size


def can_build(accord: pathlib.Path) -> bool:
    help_text = subprocess.run([accord, "--help"], capture_output=True, text=True).stdout
    return any(line.split()[:1] == ["corpus"] for line in help_text.splitlines())


def compiled(accord: pathlib.Path, source: pathlib.Path, out: pathlib.Path,
             meter: Meter) -> tuple[pathlib.Path, Run | None]:
    """The compiled corpus and what that took; the source and None if it cannot be compiled."""
    if not can_build(accord):
        return source, None
    out.unlink(missing_ok=True)
    took = meter.run([accord, "corpus", "build", source, "-o", out])
    if took.status != 0:
        raise OSError(f"accord corpus build {source.name}: {meter.said().strip()[-500:]}")
    return out, took


def prepare(name: str, source: pathlib.Path, accord: pathlib.Path, work: pathlib.Path,
            meter: Meter) -> Facts:
    path, took = compiled(accord, source, work / f"{name}.acx", meter)
    return Facts(name, source, path, took)


def tree_bytes(folder: pathlib.Path) -> int:
    """What the files in a folder take on the disk."""
    return sum(file.stat().st_blocks * 512 for file in folder.rglob("*")
               if file.is_file() and not file.is_symlink())
