"""What pixi_project.py reads of a manifest and a lock file. Needs tools/requirements-test.txt."""

import pathlib
import tempfile
import unittest

from pixi_project import environments

MANIFEST = """\
[workspace]
channel-priority = "disabled"
exclude-newer = "2025-11-03"
[dependencies]
a = ">=1, <2"
[target.unix.dependencies]
b = "*"
[target.win-64.dependencies]
c = "*"
[constraints]
k = { version = "<3" }
[feature.more.host-dependencies]
d = {
  version = "1.*",
  build-number = ">=2",  # TOML 1.1
  channel = "main",
}
[environments]
more = ["more"]
alone = { features = ["more"], no-default-feature = true }
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
TOGETHER = """\
version: 6
environments:
  one: {packages: {linux-64: [{conda: https://host.example/main/noarch/a-1-0.conda}]}}
  two: {packages: {linux-64: [{conda: https://host.example/main/noarch/b-1-0.conda}]}}
  three: {packages: {linux-64: [{conda: https://host.example/main/noarch/b-1-0.conda}]}}
packages:
- {kind: conda, url: https://host.example/main/noarch/a-1-0.conda, extra_depends: {x: [b]}}
- {kind: conda, url: https://host.example/main/noarch/b-1-0.conda}
"""
BUILT = """\
version: 7
environments:
  default:
    packages:
      linux-64:
      - {conda: ., build: h_1}
      - conda_source: tool[0123abcd] @ tools/tool
packages:
- {conda: ., build: h_0, name: app, depends: [old]}
- {conda: ., build: h_1, name: app, depends: [tool >=1, python >=3.11], constrains: [k <3]}
- {conda_source: "tool[0123abcd] @ tools/tool", depends: [libc]}
"""
PLACE_A, PLACE_B = (("main", "noarch", f"{name}-1-0.conda") for name in "ab")


def read_all(manifest, lock, file="pixi.toml"):
    with tempfile.TemporaryDirectory() as text:
        folder = pathlib.Path(text)
        if manifest is not None:
            (folder / file).write_text(manifest)
        (folder / "pixi.lock").write_text(lock)
        return {found.name: found for found in environments(folder)}


def read(name="default", platform="linux-64", manifest=MANIFEST, **more):
    return read_all(manifest, LOCK % {"name": name, "platform": platform}, **more)[name]


def asked(dependencies, **more):
    return read(manifest="[workspace]\n[dependencies]\n" + dependencies, **more).request.specs


class Manifests(unittest.TestCase):
    def test_an_environment_asks_for_what_its_features_and_the_platform_have(self):
        first = 'a[version=">=1, <2"]'
        more = 'd[version="1.*",build_number=">=2",channel="main"]'
        self.assertEqual(read("default", "osx-64").request.specs, (first, "b"))
        self.assertEqual(read("default", "win-64").request.specs, (first, "c"))
        self.assertEqual(read("more", "linux-64").request.specs, (first, "b", more))
        self.assertEqual(read("alone", "linux-64").request.specs, (more,))
        self.assertEqual(read("default").request.constraints, ('k[version="<3"]',))

    def test_within_a_feature_the_narrower_table_counts(self):
        tables = ('a = "1"\n[target.linux-64.dependencies]\na = "4"\n'
                  '[target.linux.dependencies]\na = "3"\n[target.unix.dependencies]\na = "2"\n')
        self.assertEqual(asked(tables), ('a[version="4"]',))
        self.assertEqual(asked('a = "1"\n[build-dependencies]\na = "2"\n'), ('a[version="2"]',))

    def test_features_ask_for_a_package_together(self):
        tables = ('a = "1"\n[feature.f.dependencies]\na = "1.*"\n'
                  '[environments]\nmore = ["f"]\n')
        self.assertEqual(asked(tables, name="more"), ('a[version="1"]', 'a[version="1.*"]'))

    def test_an_environment_is_a_feature_of_its_own(self):
        tables = 'a = "*"\n[environments.own.dependencies]\nb = "*"\n'
        self.assertEqual(asked(tables, name="own"), ("a", "b"))

    def test_extras_and_conditions_are_asked_for(self):
        self.assertEqual(asked('a = { version = "*", extras = ["x", "y"] }'), ("a[extras=[x,y]]",))
        self.assertEqual(asked('a = { version = "*", when = "__cuda>=12" }'),
                         ('a[when="__cuda>=12"]',))

    def test_python_is_what_the_project_requires_unless_pixi_is_told_otherwise(self):
        project = '[project]\nrequires-python = ">= 3.11"\n[tool.pixi.workspace]\n'
        more = '[tool.pixi.dependencies]\npython = "3.12.*"\n'
        for manifest, version in ((project, ">=3.11"), (project + more, "3.12.*")):
            self.assertEqual(read(manifest=manifest, file="pyproject.toml").request.specs,
                             (f'python[version="{version}"]',))

    def test_policies_are_the_first_features_or_the_workspace_s(self):
        found = read().request
        self.assertEqual((found.channel_priority, found.resolution, found.exclude_newer),
                         ("disabled", "highest", "2025-11-03"))
        found = read("more", manifest="""\
            workspace = { exclude-newer = "7d", channel-priority = "strict" }
            feature.first.solve-strategy = "lowest"
            feature.second = { solve-strategy = "highest", channel-priority = "disabled" }
            environments.more = ["first", "second"]
            """).request
        self.assertEqual((found.channel_priority, found.resolution, found.exclude_newer),
                         ("disabled", "lowest", ""))

    def test_of_what_the_system_must_have_the_highest_counts(self):
        found = read("more", manifest="""\
            system-requirements = { macos = "12.0", libc = { family = "glibc", version = "2.9" } }
            feature.f.system-requirements = { libc = "2.17" }
            environments.more = ["f"]
            """)
        self.assertEqual(found.system, {"__osx": "12.0", "__glibc": "2.17"})

    def test_what_cannot_be_known_is_told(self):
        for dependencies, why in (('a = { md5 = "0" }', "keys that are not read"),
                                  ('a = { path = "." }', "whose needs nobody wrote down"),
                                  ('[dev]\na = { path = "." }', "only its build backend knows")):
            found = read(manifest="[workspace]\n[dependencies]\n" + dependencies)
            self.assertIsNone(found.request)
            self.assertIn(why, found.not_read)
        for found in (read("unheard-of"), read(manifest=None)):
            self.assertEqual(found.not_read, "no manifest of it is there")


class LockFiles(unittest.TestCase):
    def test_a_lock_file_names_records_and_its_own_platforms(self):
        found = read("default", "gpu")
        self.assertEqual(found.locked, {PLACE_A: {"depends": ["b"], "constrains": []}})
        self.assertEqual((found.subdir, found.channels), ("linux-64", ("main",)))
        self.assertEqual(found.virtual, (("__unix", "0", "0"), ("__cuda", "12.8", "0")))

    def test_environments_of_a_solve_group_ask_together(self):
        found = read_all("""\
            feature.a.dependencies.a = "*"
            feature.b.dependencies.b = "*"
            [environments]
            one = { features = ["a"], solve-group = "g" }
            two = { features = ["b"], solve-group = "g" }
            three = { features = ["b"], solve-group = "other" }
            """, TOGETHER)
        for name, specs, places in (("one", ("a", "b"), {PLACE_A, PLACE_B}),
                                    ("two", ("a", "b"), {PLACE_A, PLACE_B}),
                                    ("three", ("b",), {PLACE_B})):
            self.assertEqual(found[name].request.specs, specs)
            self.assertEqual(set(found[name].solved_with), places)
        self.assertEqual(set(found["one"].locked), {PLACE_A})
        self.assertEqual(found["one"].locked[PLACE_A]["extra_depends"], {"x": ["b"]})

    def test_instead_of_what_is_built_from_source_its_needs_are_asked_for(self):
        found = read_all('dependencies = { app = { path = "." }, z = "*" }', BUILT)["default"]
        self.assertEqual(found.request.specs, ("libc", "python >=3.11", "z"))
        self.assertEqual(found.request.constraints, ("k <3",))
        self.assertEqual(found.locked, {})


if __name__ == "__main__":
    unittest.main()
