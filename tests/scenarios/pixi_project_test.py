"""What pixi_project.py reads of a manifest and a lock file. Needs PyYAML."""

import pathlib
import tempfile
import unittest

from pixi_project import environments

MANIFEST = """\
[workspace]
channel-priority = "disabled"
[dependencies]
a = ">=1, <2"
[target.unix.dependencies]
b = "*"
[target.win-64.dependencies]
c = "*"
[feature.more.host-dependencies]
d = { version = "1.*", build-number = ">=2", channel = "main" }
[feature.source.dependencies]
e = { path = "." }
[environments]
more = ["more"]
alone = { features = ["more"], no-default-feature = true }
source = ["source"]
"""
LOCK = """\
version: 7
platforms:
- {name: gpu, subdir: linux-64, virtual-packages: [__unix=0=0, __cuda=12.8]}
environments:
  %(name)s:
    channels: [{url: https://host.example/main/}]
    packages:
      %(platform)s:
      - conda: https://host.example/main/noarch/a-1-0.conda
      - pypi: https://host.example/a.whl
packages:
- conda: https://host.example/main/noarch/a-1-0.conda
  depends: [b]
"""


class Projects(unittest.TestCase):
    def read(self, name, platform, manifest=MANIFEST):
        with tempfile.TemporaryDirectory() as text:
            folder = pathlib.Path(text)
            (folder / "pixi.toml").write_text(manifest)
            (folder / "pixi.lock").write_text(LOCK % {"name": name, "platform": platform})
            [found] = environments(folder)
            return found

    def test_an_environment_asks_for_what_its_features_and_the_platform_have(self):
        first = 'a[version=">=1, <2"]'
        more = 'd[version="1.*",build_number=">=2",channel="main"]'
        self.assertEqual(self.read("default", "osx-64").specs, (first, "b"))
        self.assertEqual(self.read("default", "win-64").specs, (first, "c"))
        self.assertEqual(self.read("more", "linux-64").specs, (first, "b", more))
        self.assertEqual(self.read("alone", "linux-64").specs, (more,))

    def test_what_is_not_read_asks_for_nothing_known(self):
        self.assertIsNone(self.read("source", "linux-64").specs)
        self.assertIsNone(self.read("unheard-of", "linux-64").specs)
        self.assertIsNone(self.read("default", "linux-64", "a = {\n").specs)

    def test_a_lock_file_names_records_and_its_own_platforms(self):
        found = self.read("default", "gpu")
        self.assertEqual(found.locked, {("main", "noarch", "a-1-0.conda"):
                                        {"depends": ["b"], "constrains": []}})
        self.assertEqual((found.subdir, found.channels, found.channel_priority),
                         ("linux-64", ("main",), "disabled"))
        self.assertEqual(found.virtual, (("__unix", "0", "0"), ("__cuda", "12.8", "0")))


if __name__ == "__main__":
    unittest.main()
