"""What both tools of this folder need before they measure: programs, folders, the shared data.

Surface: Place, make_place(), shared_folder(), lock_file(), index_program(). Measures nothing.
"""

import argparse
import dataclasses
import pathlib
import shutil

import programs
from tools import index_server
from venvs import NotMade

CORPORA = {"popular": "pypi-popular-closure.jsonl.zst", "universe": "pypi-universe.jsonl.zst"}
FOLDER = "corpora/pypi-deps-db-2023"
LOCKS = pathlib.Path(__file__).resolve().parent / "locks"


@dataclasses.dataclass
class Place:
    """Where things are."""
    shared: pathlib.Path
    accord: pathlib.Path
    meter: pathlib.Path
    work: pathlib.Path

    @property
    def corpora(self) -> pathlib.Path:
        return self.shared / FOLDER

    def corpus(self, name: str) -> pathlib.Path:
        return self.corpora / CORPORA[name]


def shared_folder() -> pathlib.Path | None:
    return programs.shared_folder(FOLDER)


def lock_file(name: str) -> pathlib.Path:
    """Of uv and pip, which share an environment that tools/compare/* take as PEERS, or of one."""
    return LOCKS / f"{name}.txt"


def make_place(arguments: argparse.Namespace, shared: pathlib.Path) -> Place:
    built = programs.build_release(["accord_meter"] + ([] if arguments.accord else ["accord"]))
    (arguments.work / "home").mkdir(parents=True, exist_ok=True)
    return Place(shared, arguments.accord or built / "accord", built / "accord_meter",
                 arguments.work)


def index_program(place: Place) -> pathlib.Path:
    """The loopback index of the shared folder, built once."""
    if not (place.work / "index").exists() and not shutil.which("go"):
        raise NotMade("the loopback index is written in Go, and there is no `go` on PATH")
    return index_server.build_index(place.shared / "tools/pypi-index", place.work)
