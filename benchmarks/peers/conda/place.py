"""What both tools of this folder need before they ask anything: programs, folders, the shared data.

Surface: Place, make_place(), shared_folder(), read_requests(). Installs and builds; asks nothing.
"""

import argparse
import dataclasses
import json
import os
import pathlib
import re
import subprocess
import sys
from collections.abc import Iterable, Sequence

import data
import libsolv
import measure
import programs
import tools
import venvs

HERE = pathlib.Path(__file__).resolve().parent
LOCK = HERE / "locks/py-rattler.txt"
REQUESTS = "bench/conda/requests.json"


def shared_folder() -> pathlib.Path | None:
    """None: it is not there, or lacks what this folder asks of it."""
    shared = programs.shared_folder(data.CORPORA)
    parts = (REQUESTS, data.SCRIPT)
    return shared if shared and all((shared / part).exists() for part in parts) else None


def read_requests(shared: pathlib.Path) -> list[dict]:
    return json.loads((shared / REQUESTS).read_text())


def locked_version(lock: pathlib.Path, name: str) -> str:
    return re.search(rf"(?m)^{name}==(\S+)", lock.read_text())[1]


def clean_environment(work: pathlib.Path) -> dict[str, str]:
    """Nothing of the user's settings."""
    (work / "home").mkdir(parents=True, exist_ok=True)
    return {"PATH": os.environ["PATH"], "HOME": str(work / "home"), "LC_ALL": "C.UTF-8"}


@dataclasses.dataclass
class Place:
    """Where things are, and the meter that runs them."""
    shared: pathlib.Path
    work: pathlib.Path
    accord: pathlib.Path
    python: pathlib.Path  # with py-rattler
    solv_driver: pathlib.Path
    meter: measure.Meter

    @property
    def scratch(self) -> pathlib.Path:
        return self.work / "scratch"

    def rivals(self) -> list[tools.Tool]:
        return tools.rivals(self.python, self.solv_driver, os.environ.get("RATTLER_BENCH"))

    def channel_folders(self, names: Iterable[str]) -> dict[str, pathlib.Path]:
        """Made where they are not."""
        folder = self.work / "channels"
        folder.mkdir(parents=True, exist_ok=True)
        return {name: data.made(name, self.shared, folder, self.python)
                for name in dict.fromkeys(names)}

    def prepare(self, name: str, subdirs: Sequence[str], folder: pathlib.Path) -> data.Channel:
        return data.prepare(name, subdirs, folder, self.accord, self.solv_driver, self.meter)

    def versions(self) -> dict[str, str]:
        said = subprocess.run([self.accord, "--version"], check=True, text=True,
                              capture_output=True)
        return {"Accord": said.stdout.split()[-1],
                "py-rattler": locked_version(LOCK, "py-rattler"),
                "libsolv": locked_version(libsolv.LOCK, "solv"),
                "Python": sys.version.split()[0]}


def make_place(arguments: argparse.Namespace, shared: pathlib.Path) -> Place:
    """`arguments`: of programs.common_options(), and `timeout` in seconds."""
    built = programs.build_release(["accord_meter"] + ([] if arguments.accord else ["accord"]))
    work = arguments.work / "conda"
    (work / "scratch").mkdir(parents=True, exist_ok=True)
    python = venvs.make(LOCK, arguments.work / "venvs") / "bin/python"
    meter = measure.Meter(built / "accord_meter", work / "scratch",
                          clean_environment(arguments.work), arguments.timeout)
    return Place(shared, work, arguments.accord or built / "accord", python,
                 libsolv.make(python, work / "libsolv"), meter)
