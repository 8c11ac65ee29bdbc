"""The rivals' virtual environments, each from a lock file with hashes.

Made at first use, and again when the lock file changes, with the user's own configuration of pip.
NAME.txt makes VENVS/NAME. New versions: `uv pip compile --generate-hashes --no-header --no-annotate
--python-version 3.11` of the tool's name writes such a file.
"""

import pathlib
import shutil
import subprocess
import sys

from progress import tell

PYTHON = (3, 11)  # the locks are for it


class NotMade(Exception):
    """What is to be measured could not be installed or built; the words say why."""


def is_current(venv: pathlib.Path, lock: pathlib.Path) -> bool:
    installed = venv / "installed.txt"
    return installed.exists() and installed.read_bytes() == lock.read_bytes()


def make(lock: pathlib.Path, venvs: pathlib.Path) -> pathlib.Path:
    """VENVS/NAME with what the lock file NAME.txt says, and nothing else."""
    venv = venvs / lock.stem
    if is_current(venv, lock):
        return venv
    if sys.version_info[:2] != PYTHON:
        raise NotMade(f"{lock.name} is for Python {PYTHON[0]}.{PYTHON[1]}, and this is "
                      f"{sys.version.split()[0]}")
    tell(f"installing {lock.name}")
    shutil.rmtree(venv, ignore_errors=True)
    venvs.mkdir(parents=True, exist_ok=True)
    commands = [[sys.executable, "-m", "venv", str(venv)],
                [str(venv / "bin/python"), "-m", "pip", "install", "--quiet", "--no-deps",
                 "--require-hashes", "--only-binary", ":all:", "--disable-pip-version-check",
                 "-r", str(lock)]]
    for command in commands:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode != 0:
            raise NotMade(f"{' '.join(command[1:4])} failed:\n{done.stdout[-2000:]}")
    shutil.copy(lock, venv / "installed.txt")
    return venv
