"""Where the engine's program is."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from accord._errors import EngineNotFound

VARIABLE = "ACCORD_BINARY"
CARRIED = Path(__file__).parent / "bin" / "accord"


def find_binary(binary: str | os.PathLike[str] | None = None) -> str:
    """The argument, else $ACCORD_BINARY, else the one this package carries, else PATH's `accord`.

    One that is named and not there is an error: nobody wants another one in its place.
    """
    for named, by in ((binary, "the argument"), (os.environ.get(VARIABLE), f"${VARIABLE}")):
        if named:
            found = shutil.which(os.fspath(named))
            if found:
                return found
            raise EngineNotFound(f"{by} says '{os.fspath(named)}': no program is there")
    found = shutil.which(os.fspath(CARRIED)) or shutil.which("accord")
    if found:
        return found
    raise EngineNotFound(
        f"no `accord`: no argument, ${VARIABLE} is not set, this package carries none"
        f" ({CARRIED}), none is on PATH ({os.environ.get('PATH', '')})"
    )
