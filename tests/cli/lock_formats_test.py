"""What `--format requirements` and `--format pylock` write is what `packaging` reads.

Usage: tools/with-test-python lock_formats_test.py ACCORD
"""

import pathlib
import subprocess
import sys
import tomllib
import unittest

from packaging.pylock import Pylock
from packaging.requirements import Requirement
from packaging.tags import compatible_tags, cpython_tags

HERE = pathlib.Path(__file__).resolve().parent
TAGS = [*cpython_tags((3, 11), ["cp311"], ["manylinux_2_17_x86_64", "linux_x86_64"]),
        *compatible_tags((3, 11), "cp311", ["manylinux_2_17_x86_64", "linux_x86_64"])]
ENVIRONMENT = {
    "implementation_name": "cpython", "implementation_version": "3.11.4", "os_name": "posix",
    "platform_machine": "x86_64", "platform_python_implementation": "CPython",
    "platform_release": "6.1", "platform_system": "Linux", "platform_version": "#1",
    "python_full_version": "3.11.4", "python_version": "3.11", "sys_platform": "linux"}
URL = "https://files.example/web.zip"
HASHED_URL = URL + "#sha256=" + 64 * "0"


def resolve(kind, *words):
    command = [ACCORD, "resolve", "--corpus", "files.jsonl", "--python", "3.11", "--format", kind]
    done = subprocess.run([*command, *words], cwd=HERE, capture_output=True, text=True, timeout=60,
                          check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def select(*words):
    """(name, version, file) of what an installer would take, and the lock."""
    lock = Pylock.from_dict(tomllib.loads(resolve("pylock", *words)))
    chosen = lock.select(environment=ENVIRONMENT, tags=TAGS)
    return [(package.name, str(package.version), getattr(file, "name", file.url))
            for package, file in chosen], lock


class Locks(unittest.TestCase):
    def test_a_lock_is_valid_and_its_best_files_are_chosen(self):
        chosen, lock = select("app")
        self.assertEqual(chosen, [("app", "2.0", "app-2.0-py3-none-any.whl"),
                                  ("native", "1.2", "native-1.2.tar.gz"),
                                  ("speed", "0.9", "speed-0.9-py3-none-any.whl"),
                                  ("web", "2.0", "web-2.0-py3-none-any.whl")])
        self.assertEqual(lock.created_by, "accord")
        needed = {p.name: sorted(d["name"] for d in p.dependencies or []) for p in lock.packages}
        self.assertEqual(needed, {"app": ["native", "web"], "native": [], "speed": [],
                                  "web": ["speed"]})

    def test_wheels_for_other_targets_stand_in_it_and_are_not_chosen(self):
        chosen, lock = select("native==1.1")
        self.assertEqual(chosen[0][2], "native-1.1-cp311-cp311-manylinux_2_17_x86_64.whl")
        self.assertEqual([wheel.name for wheel in lock.packages[0].wheels], [
            "native-1.1-cp311-cp311-manylinux_2_17_x86_64.whl",
            "native-1.1-cp311-cp311-win_amd64.whl"])
        self.assertEqual(lock.packages[0].wheels[0].upload_time.isoformat(),
                         "2022-06-01T12:00:00+00:00")

    def test_a_url_is_an_archive(self):
        chosen, lock = select("web @ " + HASHED_URL, "--metadata",
                              HASHED_URL + "=from-url.metadata")
        self.assertEqual(chosen[1], ("web", "9.0", URL))
        self.assertEqual(dict(lock.packages[1].archive.hashes), {"sha256": 64 * "0"})

    def test_another_environment_is_refused(self):
        lock = select("app")[1]
        with self.assertRaisesRegex(Exception, "environment"):
            list(lock.select(environment={**ENVIRONMENT, "sys_platform": "win32"}, tags=TAGS))


class Requirements(unittest.TestCase):
    def read(self, *words):
        """{name: (requirement, number of hashes)} of the file's lines."""
        text = resolve("requirements", *words)
        self.assertTrue(text.endswith("\n"))
        read = {}
        for line in text.replace("\\\n", "").splitlines():
            line = line.split(" # ")[0].strip()
            if line and not line.startswith("#"):
                pin, *hashes = line.split(" --hash=sha256:")
                requirement = Requirement(pin.strip())
                self.assertTrue(all(len(one.strip()) == 64 for one in hashes), line)
                read[requirement.name] = (requirement, len(hashes))
        return read

    def test_each_line_is_a_requirement_that_admits_one_version(self):
        read = self.read("app")
        pins = {name: (str(one), hashes) for name, (one, hashes) in read.items()}
        self.assertEqual(pins, {"app": ("app==2.0", 2), "native": ("native==1.2", 1),
                                "speed": ("speed==0.9", 1), "web": ("web[fast]==2.0", 2)})

    def test_a_url_is_a_direct_reference(self):
        requirement, hashes = self.read("web @ " + URL, "--metadata",
                                        URL + "=from-url.metadata")["web"]
        self.assertEqual((requirement.url, hashes), (URL, 0))


if __name__ == "__main__":
    ACCORD = str(pathlib.Path(sys.argv.pop(1)).resolve())
    unittest.main()
