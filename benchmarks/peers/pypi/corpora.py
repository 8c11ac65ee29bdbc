"""The facts, for both sides: a corpus as Accord reads it, and the same served on loopback.

Surface: Facts, prepare(), compiled(), tree_bytes(). Accord gets a compiled corpus (.acx), rivals an
index, of tools/compare/index_server.
"""

import dataclasses
import pathlib

from measure import Meter, Run
from tools import index_server


@dataclasses.dataclass
class Facts:
    name: str  # popular or universe
    source: pathlib.Path  # .jsonl.zst
    compiled: pathlib.Path  # what Accord reads
    build: Run  # what compiling took
    index: index_server.Index | None = None

    @property
    def size(self) -> int:
        return self.compiled.stat().st_size


def compiled(accord: pathlib.Path, source: pathlib.Path, out: pathlib.Path,
             meter: Meter) -> tuple[pathlib.Path, Run]:
    """The compiled corpus and what that took."""
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
