"""What both tools of this folder need before they measure: programs, folders, the shared data.

Surface: Place, make_place(), shared_folder(), common_options(), index_program(). Builds and
installs; measures nothing.
"""

import argparse
import dataclasses
import os
import pathlib
import shutil
import subprocess

from tools import ROOT, index_server
from venvs import NotMade

CORPORA = {"popular": "pypi-popular-closure.jsonl.zst", "universe": "pypi-universe.jsonl.zst"}
NO_SHARED = "skipped: no shared corpora"
EXIT_STATUS = """\
exit status:
  0   measured, or skipped
  1   a bar was missed, or an answer differs; each is named
  2   wrong usage
  70  something does not build or cannot be installed or run
"""


@dataclasses.dataclass
class Place:
    """Where things are."""
    shared: pathlib.Path
    accord: pathlib.Path
    meter: pathlib.Path
    work: pathlib.Path

    @property
    def corpora(self) -> pathlib.Path:
        return self.shared / "corpora/pypi-deps-db-2023"

    def corpus(self, name: str) -> pathlib.Path:
        return self.corpora / CORPORA[name]


def absolute(text: str) -> pathlib.Path:
    return pathlib.Path(text).absolute()


def common_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--accord", type=absolute, metavar="PATH", help="measure this program; "
                        "default: build/release/bin/accord, built first")
    parser.add_argument("--work", type=absolute, metavar="DIR", default=ROOT / "build/peers",
                        help="venvs, caches, compiled corpora and results (default: build/peers)")


def shared_folder() -> pathlib.Path | None:
    """$ACCORD_SHARED, by default beside the checkout; None without the corpora."""
    folder = pathlib.Path(os.environ.get("ACCORD_SHARED") or ROOT.parent / "shared").absolute()
    return folder if (folder / "corpora/pypi-deps-db-2023").is_dir() else None


def quietly(what: str, command: list) -> None:
    done = subprocess.run(command, cwd=ROOT, text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT)
    if done.returncode != 0:
        raise NotMade(f"{what} failed:\n{done.stdout[-3000:]}")


def build_release(targets: list[str]) -> pathlib.Path:
    """Builds programs as they ship; gives their folder."""
    if not (ROOT / "build/release/build.ninja").exists():
        quietly("configuring", ["cmake", "--preset", "release"])
    quietly("building", ["cmake", "--build", "--preset", "release", "--target", *targets])
    return ROOT / "build/release/bin"


def make_place(arguments: argparse.Namespace, shared: pathlib.Path) -> Place:
    programs = build_release(["accord_meter"] + ([] if arguments.accord else ["accord"]))
    (arguments.work / "home").mkdir(parents=True, exist_ok=True)
    return Place(shared, arguments.accord or programs / "accord", programs / "accord_meter",
                 arguments.work)


def index_program(place: Place) -> pathlib.Path:
    """The loopback index of the shared folder, built once."""
    if not (place.work / "index").exists() and not shutil.which("go"):
        raise NotMade("the loopback index is written in Go, and there is no `go` on PATH")
    return index_server.build_index(place.shared / "tools/pypi-index", place.work)
