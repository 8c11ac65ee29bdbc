"""The channels, as each side reads them.

Surface: Channel, prepare(). A channel is a folder of SUBDIR/repodata.json[.zst], which a script of
the shared folder makes; Accord gets it compiled (.acx), libsolv's quicker way its own cache beside
each repodata.json (.solv). Channels are made once, what is compiled of them in every run.
"""

import dataclasses
import hashlib
import pathlib
import shutil
from collections.abc import Sequence

import programs
from measure import Meter, Run
from progress import tell

SCRIPT = "bench/conda/channels.py"
CORPORA = "corpora/conda"


@dataclasses.dataclass(frozen=True)
class Channel:
    name: str
    folder: pathlib.Path
    compiled: pathlib.Path
    build: Run  # what `accord corpus build` took
    cache: Run  # what libsolv took to write its caches

    def size(self, pattern: str) -> int:
        return sum(file.stat().st_size for file in self.folder.glob(f"*/{pattern}"))


def made(name: str, shared: pathlib.Path, channels: pathlib.Path, python: pathlib.Path
         ) -> pathlib.Path:
    """The channel's folder, made anew if the script is not the one that made it."""
    folder, part = channels / name, channels / "part"
    script = shared / SCRIPT
    stamp = hashlib.sha256(script.read_bytes()).hexdigest()
    if (folder / "made-by").exists() and (folder / "made-by").read_text() == stamp:
        return folder
    tell(f"making the channel {name}")
    for old in (folder, part):
        shutil.rmtree(old, ignore_errors=True)
    programs.quietly(script.name, [python, script, "--corpora", shared / CORPORA, "--out", part,
                                   "--only", name])
    (part / name / "made-by").write_text(stamp)
    (part / name).rename(folder)
    part.rmdir()
    return folder


def checked(meter: Meter, command: Sequence[str | pathlib.Path]) -> Run:
    took = meter.run(command)
    if took.status != 0:
        raise OSError(f"{command[0]} {command[1]}: {meter.said().strip()[-500:]}")
    return took


def prepare(name: str, subdirs: Sequence[str], folder: pathlib.Path, accord: pathlib.Path,
            solv_driver: pathlib.Path, meter: Meter) -> Channel:
    """Compiles what is in `folder`, for both."""
    tell(f"compiling {name}")
    compiled = folder / f"{name}.acx"
    compiled.unlink(missing_ok=True)
    build = checked(meter, [accord, "corpus", "build", "--ecosystem", "conda", "--channel", name,
                            folder, "-o", compiled])
    cache = checked(meter, [solv_driver, "write", folder, ",".join(subdirs)])
    return Channel(name, folder, compiled, build, cache)
