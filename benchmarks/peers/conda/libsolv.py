"""libsolv with conda support, and the program that asks it.

Surface: make(), LOCK. Debian's libsolv has no conda support, so it is built from the sources that
PyPI's `solv` has, with the options that conda's own tools build it with; linked statically, as
Accord is. Needs cmake, a C compiler and zlib's headers.
"""

import hashlib
import pathlib
import shutil

from programs import quietly
from progress import tell
from venvs import NotMade

HERE = pathlib.Path(__file__).resolve().parent
LOCK, SOURCE = HERE / "locks/solv.txt", HERE / "solv_driver.c"
OPTIONS = ["CMAKE_BUILD_TYPE=Release", "ENABLE_CONDA=ON", "MULTI_SEMANTICS=ON",
           "ENABLE_COMPLEX_DEPS=ON", "ENABLE_STATIC=ON", "DISABLE_SHARED=ON",
           "WITHOUT_COOKIEOPEN=ON"]


def stamp() -> str:
    return hashlib.sha256(LOCK.read_bytes() + SOURCE.read_bytes()
                          + " ".join(OPTIONS).encode()).hexdigest()


def unpacked(python: pathlib.Path, folder: pathlib.Path) -> pathlib.Path:
    """The sources that the lock file names, in `folder`. pip asks the build backend for their name,
    so `python` must have it."""
    quietly("downloading libsolv",
            [python, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes",
             "--no-binary", "solv", "--no-build-isolation", "--disable-pip-version-check",
             "-d", folder, "-r", LOCK])
    archives = list(folder.glob("solv-*.tar.gz"))
    if len(archives) != 1:
        raise NotMade(f"pip downloaded {len(archives)} archives of {LOCK.name}, not one")
    quietly("unpacking libsolv", ["tar", "-xzf", archives[0], "-C", folder])
    return folder / archives[0].name.removesuffix(".tar.gz")


def make(python: pathlib.Path, folder: pathlib.Path) -> pathlib.Path:
    """The program solv_driver, built in `folder` if the one there is not up to date."""
    program, built = folder / "solv_driver", folder / "made-by"
    if built.exists() and built.read_text() == stamp():
        return program
    tell("building libsolv")
    shutil.rmtree(folder, ignore_errors=True)
    headers, build = folder / "include/solv", folder / "build"
    headers.mkdir(parents=True)
    source = unpacked(python, folder)
    quietly("configuring libsolv",
            ["cmake", "-S", source, "-B", build, *[f"-D{option}" for option in OPTIONS]])
    quietly("building libsolv", ["cmake", "--build", build, "--parallel", "2", "--target",
                                 "libsolv", "libsolvext"])
    for part in (source / "src", source / "ext", build / "src"):
        for header in part.glob("*.h"):
            shutil.copy(header, headers)
    quietly("building solv_driver",
            ["cc", "-O2", "-static", "-I", folder / "include", "-o", program, SOURCE,
             build / "ext/libsolvext.a", build / "src/libsolv.a", "-lz", "-lm"])
    built.write_text(stamp())
    return program
