"""Puts the engine's programs into the wheel if they were built; pyproject.toml has the rest.

They are looked for in $ACCORD_BUILD, by default ../../build/release/bin. A wheel with them is for
this platform; one without still installs, and says at run time where it looked.
"""

import os
import shutil
from pathlib import Path

from setuptools import Distribution, setup
from setuptools.command.bdist_wheel import bdist_wheel
from setuptools.command.build_py import build_py

HERE = Path(__file__).resolve().parent
# `accord` becomes `accord-full`, which it finds beside itself, for what it leaves to that.
PROGRAMS = ("accord", "accord-full")


def built_programs() -> list[Path]:
    """Both, or none."""
    folder = Path(os.environ.get("ACCORD_BUILD") or HERE.parents[1] / "build" / "release" / "bin")
    programs = [folder / name for name in PROGRAMS]
    return programs if all(program.is_file() for program in programs) else []


class BuildWithPrograms(build_py):
    def run(self) -> None:
        super().run()
        carried = Path(self.build_lib, "accord", "bin")
        for program in built_programs():
            carried.mkdir(parents=True, exist_ok=True)
            shutil.copy(program, carried / program.name)  # with its permissions


class DistributionWithPrograms(Distribution):
    def has_ext_modules(self) -> bool:
        return bool(built_programs())  # setuptools' word for "of this platform"


class WheelOfAnyPython(bdist_wheel):
    def get_tag(self) -> tuple[str, str, str]:
        return "py3", "none", super().get_tag()[2]


setup(
    distclass=DistributionWithPrograms,
    cmdclass={"build_py": BuildWithPrograms, "bdist_wheel": WheelOfAnyPython},
)
