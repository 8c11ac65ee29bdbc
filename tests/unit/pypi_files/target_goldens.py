"""Writes target_goldens.txt: the tags that `packaging` lists for many targets, as count and hash.

    python3 target_goldens.py            prints the file as it should be
    python3 target_goldens.py --check    exit status 1 and a sentence if the file differs
    python3 target_goldens.py N          prints the tags of line N

Each target is a fake interpreter: sys, sysconfig and platform are replaced where packaging.tags
looks at them, and sys_tags() is asked. Shares nothing with Accord but the words of a platform.
Needs the release named below; exit status 77, skipped, without it.
"""

import hashlib
import pathlib
import sys
import types

try:
    import packaging
    from packaging import _manylinux, _musllinux, tags
except ImportError:
    packaging = None

RELEASE = "26.3"
FILE = pathlib.Path(__file__).with_name("target_goldens.txt")

MAC_13 = (13, 0)
GLIBC_28 = (2, 28)
# word: (system, arguments)
PLATFORMS = {
    "linux": ("linux", "x86_64", GLIBC_28),
    "x86_64-unknown-linux-gnu": ("linux", "x86_64", GLIBC_28),
    "x86_64-manylinux_2_28": ("linux", "x86_64", GLIBC_28),
    "x86_64-manylinux_2_40": ("linux", "x86_64", (2, 40)),
    "x86_64-manylinux2014": ("linux", "x86_64", (2, 17)),
    "x86_64-manylinux_2_4": ("linux", "x86_64", (2, 4)),
    "x86_64-manylinux_3_1": ("linux", "x86_64", (3, 1)),
    "aarch64-manylinux_2_17": ("linux", "aarch64", (2, 17)),
    "manylinux_2_31_armv7l": ("linux", "armv7l", (2, 31)),
    "i686-manylinux2010": ("linux", "i686", (2, 12)),
    "riscv64-unknown-linux": ("linux", "riscv64", (2, 39)),
    "s390x-unknown-linux-gnu": ("linux", "s390x", GLIBC_28),
    "powerpc64le-unknown-linux-gnu": ("linux", "ppc64le", GLIBC_28),
    "x86_64-unknown-linux-musl": ("musl", "x86_64", (1, 2)),
    "musllinux_1_1_aarch64": ("musl", "aarch64", (1, 1)),
    "macos": ("mac", MAC_13, "arm64"),
    "aarch64-apple-darwin": ("mac", MAC_13, "arm64"),
    "x86_64-apple-darwin": ("mac", MAC_13, "x86_64"),
    "x86_64-macosx_10_9": ("mac", (10, 9), "x86_64"),
    "macosx_26_0_arm64": ("mac", (26, 0), "arm64"),
    "macosx_10_5_ppc64": ("mac", (10, 5), "ppc64"),
    "macosx_10_6_ppc": ("mac", (10, 6), "ppc"),
    "macosx_10_6_i386": ("mac", (10, 6), "i386"),
    "windows": ("plain", "win_amd64"),
    "i686-pc-windows-msvc": ("plain", "win32"),
    "aarch64-pc-windows-msvc": ("plain", "win_arm64"),
    "aarch64-linux-android": ("android", 24, "arm64_v8a"),
    "android_21_armeabi_v7a": ("android", 21, "armeabi_v7a"),
    "arm64-apple-ios": ("ios", (13, 0), "arm64-iphoneos"),
    "ios_15_4_x86_64_iphonesimulator": ("ios", (15, 4), "x86_64-iphonesimulator"),
}

CPYTHONS = ["2.7", "3.7", "3.8", "3.9", "3.11.7", "3.12", "3.13", "3.13t", "3.15t"]


def targets():
    """(python, platform, implementation, abi): words as --python and so on take them."""
    rows = [("3.12", platform, "cpython", "") for platform in PLATFORMS]
    rows += [(python, platform, "cpython", "") for python in CPYTHONS
             for platform in ("linux", "macos", "windows")]
    rows += [("3.12", "linux", "cpython", "cp312d"), ("3.13", "linux", "cpython", "cp313td"),
             ("3.13", "windows", "cpython", "cp313t")]
    rows += [(python, platform, implementation, "") for platform in ("linux", "macos", "windows")
             for python, implementation in (("3.9", "pypy"), ("3.10", "pypy"), ("3.11", "graalpy"))]
    return list(dict.fromkeys(rows))


def platform_tags(word):
    system, *arguments = PLATFORMS[word]
    if system == "plain":
        return arguments
    if system == "mac":
        return list(tags.mac_platforms(*arguments))
    if system == "ios":
        return list(tags.ios_platforms(*arguments))
    if system == "android":
        return list(tags.android_platforms(*arguments))
    arch, version = arguments
    tags.sysconfig = types.SimpleNamespace(get_platform=lambda: "linux-" + arch)
    _manylinux._get_manylinux_module = lambda: None
    _manylinux._get_glibc_version = lambda: version if system == "linux" else (-1, -1)
    _manylinux._is_linux_armhf = _manylinux._is_linux_i686 = lambda executable: True
    musl = _musllinux._MuslVersion(*version)
    _musllinux._get_musl_version = lambda executable: musl if system == "musl" else None
    return list(tags._linux_platforms(is_32bit=False))


def sys_tags(python, platform, implementation, abi):
    flags = "".join(c for c in abi[2:] if c.isalpha())
    numbers = tuple(int(part) for part in python.rstrip("t").split(".")[:2])
    nodot = "".join(map(str, numbers))
    suffixes = {"pypy": f".pypy{nodot}-pp73-x86_64-linux-gnu.so",
                "graalpy": f".graalpy242-{nodot}-native-x86_64-linux.so"}
    variables = {
        "py_version_nodot": nodot,
        "Py_DEBUG": int("d" in flags),
        "Py_GIL_DISABLED": int("t" in flags or python.endswith("t")),
        "WITH_PYMALLOC": 1,
        "Py_UNICODE_SIZE": 2,
        "EXT_SUFFIX": suffixes.get(implementation),
    }
    known = platform_tags(platform)
    tags._get_config_var = lambda name, warn=False: variables[name]
    tags.platform_tags = lambda: iter(known)
    tags.sys = types.SimpleNamespace(version_info=numbers + (0,), maxunicode=0xFFFF,
                                     implementation=types.SimpleNamespace(name=implementation))
    # A running interpreter yields a tag twice at most by accident; the first counts.
    return list(dict.fromkeys(map(str, tags.sys_tags())))


def line(row):
    listed = sys_tags(*row)
    digest = hashlib.sha256("\n".join(listed).encode()).hexdigest()
    words = [word or "-" for word in row]
    return " ".join([*words, str(len(listed)), digest, listed[0], listed[-1]])


def main():
    if packaging is None or packaging.__version__ != RELEASE:
        print(f"skipped: packaging {RELEASE} is not installed")
        return 77
    if len(sys.argv) == 2 and sys.argv[1].isdigit():
        print(*sys_tags(*targets()[int(sys.argv[1]) - 2]), sep="\n")
        return 0
    header = (f"# target_goldens.py with packaging {RELEASE}: python platform implementation abi "
              "count sha256 first last")
    text = "\n".join([header, *map(line, targets())]) + "\n"
    if sys.argv[1:] != ["--check"]:
        print(text, end="")
        return 0
    if text != FILE.read_text(encoding="utf-8"):
        print(f"{FILE.name} is not what packaging {RELEASE} says")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
