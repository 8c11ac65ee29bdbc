"""What every comparison needs before it measures: programs, folders, options.

Surface: ROOT, absolute(), common_options(), shared_folder(), quietly(), build_release(), and the
words that end a run. Builds; installs nothing, measures nothing.
"""

import argparse
import os
import pathlib
import subprocess
from collections.abc import Sequence

from venvs import NotMade

ROOT = pathlib.Path(__file__).resolve().parents[3]
ROUNDS_MAX = 1000
NO_SHARED = "skipped: no shared corpora"
SAID_MAX = 3000  # letters of a failed command that are told
EXIT_STATUS = """\
exit status:
  0   measured, or skipped
  1   a bar was missed, or an answer differs; each is named
  2   wrong usage
  70  something does not build or cannot be installed or run
"""


def absolute(text: str) -> pathlib.Path:
    return pathlib.Path(text).absolute()


def common_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--accord", type=absolute, metavar="PATH", help="measure this program; "
                        "default: build/release/bin/accord, built first")
    parser.add_argument("--work", type=absolute, metavar="DIR", default=ROOT / "build/peers",
                        help="venvs, caches, compiled corpora and results (default: build/peers)")


def shared_folder(part: str) -> pathlib.Path | None:
    """$ACCORD_SHARED, by default beside the checkout; None if it lacks the folder `part`."""
    folder = pathlib.Path(os.environ.get("ACCORD_SHARED") or ROOT.parent / "shared").absolute()
    return folder if (folder / part).is_dir() else None


def quietly(what: str, command: Sequence[str | pathlib.Path], cwd: pathlib.Path = ROOT) -> None:
    done = subprocess.run(list(map(str, command)), cwd=cwd, text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT)
    if done.returncode != 0:
        raise NotMade(f"{what} failed:\n{done.stdout[-SAID_MAX:]}")


def build_release(targets: list[str]) -> pathlib.Path:
    """Builds programs as they ship; gives their folder."""
    if not (ROOT / "build/release/build.ninja").exists():
        quietly("configuring", ["cmake", "--preset", "release"])
    quietly("building", ["cmake", "--build", "--preset", "release", "--target", *targets])
    return ROOT / "build/release/bin"
