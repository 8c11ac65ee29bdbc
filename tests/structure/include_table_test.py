"""Holds resolver/ to the include table of docs/architecture.md, the one place where it is written.

Reads the two tables there (who may include whom; which folder alone sees an outside library), then
every #include of resolver/ and tests/oracle/ and every DEPS of an accord_library(). Run by ctest,
or by hand: python3 tests/structure/include_table_test.py. It does not follow includes.
"""

import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
TABLES = ROOT / "docs" / "architecture.md"
QUOTED = re.compile(r'^\s*#\s*include\s*"([^"]+)"', re.M)
ANGLED = re.compile(r"^\s*#\s*include\s*<([^>]+)>", re.M)
LIBRARY = re.compile(r"accord_library\(\s*(\S+)(.*?)\)", re.S)
DEPS = re.compile(r"\bDEPS\b((?:\s+[a-z][\w/]*)*)")


def read_table(text, first_header):
    """The rows of the Markdown table whose first column is called first_header.

    Returns {key: [words]} where keys and words are what stands in `code` marks.
    """
    rows = {}
    inside = False
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if not line.lstrip().startswith("|"):
            inside = False
        elif cells[0] == first_header:
            inside = True
        elif inside and not set(cells[0]) <= set("-: "):
            for key in re.findall(r"`([^`]+)`", cells[0]):
                rows[key] = re.findall(r"`([^`]+)`", cells[1])
    return rows


def matches(folder, pattern):
    """True if a folder such as solver/cdcl is named by a pattern such as solver or solver/*."""
    if pattern.endswith("/*"):
        return folder.startswith(pattern[:-1])
    return folder == pattern


def row_of(folder, table):
    """The table's patterns for a folder, or None if the table does not know the folder."""
    found = [row for key, row in table.items() if matches(folder, key)]
    return found[0] if found else None


def may_include(includer, included, table):
    if includer == included:
        return True
    row = row_of(includer, table)
    return row is not None and any(matches(included, pattern) for pattern in row)


def include_faults(path, folder, text, table, outside):
    """What is wrong with the includes of one file, as sentences."""
    faults = []
    if row_of(folder, table) is None:
        return [f"{path}: the include table has no row for folder '{folder}'"]
    rooms = {key.split("/")[0] for key in table}
    libraries = ANGLED.findall(text)
    for name in QUOTED.findall(text):
        included = str(pathlib.PurePosixPath(name).parent)
        if included == "." or ".." in name:
            faults.append(f'{path}: "{name}" must be written from the include root (resolver/)')
        elif name.split("/")[0] not in rooms:
            libraries.append(name)  # abseil's and GoogleTest's headers are written with quotes
        elif not may_include(folder, included, table):
            faults.append(f"{path}: '{folder}' may not include \"{name}\"")
    for name in libraries:
        for prefix, folders in outside.items():
            if name.startswith(prefix) and not any(matches(folder, f) for f in folders):
                faults.append(f"{path}: <{name}> may be seen by {', '.join(folders)} alone")
    return faults


def library_faults(path, text, table):
    """What is wrong with the DEPS of the accord_library() calls of one CMakeLists.txt."""
    faults = []
    for folder, arguments in LIBRARY.findall(text):
        found = DEPS.search(arguments)
        for dep in found.group(1).split() if found else []:
            if not may_include(folder, dep, table):
                faults.append(f"{path}: '{folder}' may not depend on '{dep}'")
    return faults


def all_faults(root, table, outside):
    faults = []
    for base in (root / "resolver", root / "tests" / "oracle"):
        for path in sorted(base.rglob("*")):
            if path.suffix not in (".h", ".cc"):
                continue
            folder = path.parent.relative_to(root / "resolver" if base.name == "resolver" else root)
            shown = path.relative_to(root)
            text = path.read_text(encoding="utf-8")
            faults += include_faults(shown, str(folder), text, table, outside)
    for path in sorted((root / "resolver").rglob("CMakeLists.txt")):
        faults += library_faults(path.relative_to(root), path.read_text(encoding="utf-8"), table)
    return faults


class IncludeTable(unittest.TestCase):
    def setUp(self):
        text = TABLES.read_text(encoding="utf-8")
        self.table = read_table(text, "folder")
        self.outside = read_table(text, "outside header")

    def test_the_tables_are_found_in_the_document(self):
        self.assertIn("solver/*", self.table)
        self.assertEqual(self.table["base"], [])
        self.assertIn("zstd.h", self.outside)

    def test_no_include_skips_the_table(self):
        faults = all_faults(ROOT, self.table, self.outside)
        self.assertEqual(faults, [], "\n" + "\n".join(faults))

    def test_a_row_names_only_rows_above_it(self):
        seen = []
        for key, row in self.table.items():
            for word in row:
                self.assertIn(word, seen, f"row '{key}': '{word}' is not above it")
            seen.append(key)


class TheTestItself(unittest.TestCase):
    """Made-up faults: each must be found, or the test above says nothing."""

    table = {"base": [], "model": ["base"], "solver": ["model", "base"],
             "solver/*": ["solver", "model", "base"], "check": ["model", "base"]}
    outside = {"zstd.h": ["metadata"], "solv/": ["solver/libsolv"]}

    def faults(self, folder, line):
        return include_faults("made/up.cc", folder, line + "\n", self.table, self.outside)

    def test_an_include_that_the_table_allows_passes(self):
        self.assertEqual(self.faults("solver/cdcl", '#include "solver/strategy.h"'), [])
        self.assertEqual(self.faults("solver/cdcl", '#include "solver/cdcl/trail.h"'), [])
        self.assertEqual(self.faults("solver/libsolv", "#include <solv/pool.h>"), [])

    def test_an_include_upwards_is_found(self):
        self.assertEqual(len(self.faults("base", '#include "model/ids.h"')), 1)
        self.assertEqual(len(self.faults("check", '#  include "solver/strategy.h"')), 1)

    def test_an_include_of_a_sibling_strategy_is_found(self):
        self.assertEqual(len(self.faults("solver/cdcl", '#include "solver/libsolv/x.h"')), 1)

    def test_an_include_that_does_not_start_at_the_root_is_found(self):
        self.assertEqual(len(self.faults("model", '#include "ids.h"')), 1)
        self.assertEqual(len(self.faults("model", '#include "../base/id.h"')), 1)

    def test_an_outside_library_in_the_wrong_folder_is_found(self):
        self.assertEqual(len(self.faults("model", "#include <zstd.h>")), 1)
        self.assertEqual(len(self.faults("solver/cdcl", "#include <solv/pool.h>")), 1)

    def test_a_folder_without_a_row_is_found(self):
        self.assertEqual(len(self.faults("attic", "int x;")), 1)

    def test_a_dependency_upwards_in_cmake_is_found(self):
        good = "accord_library(model SOURCES a.cc DEPS base EXTERNAL absl::status)"
        bad = "accord_library(base\n  SOURCES a.cc\n  DEPS model base)"
        self.assertEqual(library_faults("CMakeLists.txt", good, self.table), [])
        self.assertEqual(len(library_faults("CMakeLists.txt", bad, self.table)), 1)


if __name__ == "__main__":
    unittest.main()
