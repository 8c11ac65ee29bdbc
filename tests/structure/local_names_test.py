"""Holds names of anonymous namespaces apart: no two files of a folder give one name two meanings.

Nor does a local name hide a function of the folder's headers. The presets that compile several
files at once (docs/decisions/008) need it, and a reader of a folder is glad of it. Types, aliases
and constants have names of their own; functions may overload each other across files, with other
parameters. Run by ctest, or by hand: python3 tests/structure/local_names_test.py. What this
overlooks, the compiler or a test finds.
"""

import collections
import pathlib
import re
import unittest

from style_test import LITERALS, blank

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDERS = ("resolver", "tests")
OPENING = re.compile(r"\bnamespace\s*\{")
NAMED_OPENING = re.compile(r"\bnamespace\s+[\w:]+\s*\{")
TYPE = re.compile(r"(?:class|struct|union|enum(?:\s+class)?)\s+(\w+)\s*(?:final\b)?\s*(?::[^;]*)?$")
ALIAS = re.compile(r"using\s+(\w+)\s*$")
FUNCTION = re.compile(r"(?:^|[\s*&>])(\w+)\s*\((.*)\)[\w\s]*(?:->.*)?$", re.S)
CONSTANT = re.compile(r"[\s*&>](\w+)\s*(?:\[[^\]]*\]\s*)*$")
NAME_OF_PARAMETER = re.compile(r"(?<=[\w>&*])\s*\b\w+\s*$")
GTEST = re.compile(r"(?:TYPED_)?TEST(?:_[FP])?|INSTANTIATE_TEST_SUITE_P|MATCHER\w*")


def balanced(head):
    return head.count("(") == head.count(")")  # else '=' begins a parameter's default


def heads(text, opens=OPENING):
    """What stands before the first '{', '=' or ';' of each declaration in these namespaces."""
    for opening in opens.finditer(text):
        depth, head, ended = 1, "", False
        for char in text[opening.end():]:
            if char == "{":
                if depth == 1 and not ended:
                    yield head, char
                depth, ended = depth + 1, True
            elif char == "}":
                depth -= 1
                if depth == 0:
                    break
                if depth == 1 and FUNCTION.search(head):
                    head, ended = "", False
            elif depth == 1 and char == ";":
                if not ended:
                    yield head, char
                head, ended = "", False
            elif depth == 1 and char == "=" and not ended and balanced(head):
                yield head, char
                ended = True
            elif depth == 1 and not ended:
                head += char


def parameters_of(text):
    """The types of a parameter list, near enough: its texts without names and spaces."""
    depth, parts = 0, [""]
    for char in text:
        depth += {"<": 1, "(": 1, ">": -1, ")": -1}.get(char, 0)
        if char == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += char
    types = [re.sub(r"\s*=.*", "", part.strip()) for part in parts]
    types = [NAME_OF_PARAMETER.sub("", part) if " " in part else part for part in types]
    return tuple(re.sub(r"\s+", " ", part) for part in types)


def code_of(text):
    """The text without literals, comments and preprocessor lines."""
    return re.sub(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", "", LITERALS.sub(blank, text), flags=re.M)


def header_names(text):
    """Functions, types and aliases of a header, which a local one of that name would hide."""
    names = set()
    for head, end in heads(code_of(text), NAMED_OPENING):
        head = head.strip()
        found = TYPE.match(head) if end == "{" else ALIAS.match(head) if end == "=" else None
        found = found or FUNCTION.search(head)
        if found:
            names.add(found.group(1))
    return names


def local_names(text):
    """{(name, parameters or None)} that the anonymous namespaces of a file define."""
    names = set()
    for head, end in heads(code_of(text)):
        head = re.sub(r"^template\s*<.*?>\s*(?=\w)", "", head.strip(), flags=re.S)
        head = re.sub(r"\[\[[^\]]*\]\]\s*", "", head)
        found = TYPE.match(head) if end == "{" else ALIAS.match(head) if end == "=" else None
        if found:
            names.add((found.group(1), None))
            continue
        found = FUNCTION.search(head)
        if found and end == "{" and not GTEST.fullmatch(found.group(1)):
            if "::" + found.group(1) not in head:
                names.add((found.group(1), parameters_of(found.group(2))))
        elif not found and (CONSTANT.search(head) and head.split()[0] in ("constexpr", "const")):
            names.add((CONSTANT.search(head).group(1), None))
    return names


def clashes(files):
    """Of {file: text}, 'name: files' where one name has two meanings."""
    where = collections.defaultdict(lambda: collections.defaultdict(list))
    for file, text in files.items():
        if file.endswith(".h"):
            for name in header_names(text):
                where[name][None].append(file)
            continue
        for name, parameters in local_names(text):
            where[name][parameters].append(file)
    for name, meanings in sorted(where.items()):
        everywhere = sorted({file for found in meanings.values() for file in found})
        local = any(file.endswith(".cc") for file in everywhere)
        alone = None in meanings and len(everywhere) > 1
        if local and (alone or any(len(found) > 1 for found in meanings.values())):
            yield f"{name}: {', '.join(everywhere)}"


class LocalNames(unittest.TestCase):
    def test_no_two_files_of_a_folder_define_one_name_in_anonymous_namespaces(self):
        folders = collections.defaultdict(dict)
        for top in FOLDERS:
            for path in sorted((ROOT / top).rglob("*.[ch]*")):
                folders[path.parent][path.name] = path.read_text(encoding="utf-8")
        self.assertGreater(len(folders), 20)
        found = [f"{folder.relative_to(ROOT)}: {clash}"
                 for folder, files in sorted(folders.items()) for clash in clashes(files)]
        self.assertEqual(found, [], "\n" + "\n".join(found))


class TheTestItself(unittest.TestCase):
    """Made-up files: each clash must be found, and what only looks like one must pass."""

    def found(self, first, second):
        return list(clashes({"a.cc": "namespace x {\nnamespace {\n" + first + "\n}\n}\n",
                             "b.cc": "namespace x {\nnamespace {\n" + second + "\n}\n}\n"}))

    def test_types_aliases_and_constants_are_found_whatever_the_other_is(self):
        found = ["A: a.cc, b.cc"]
        for first in ("struct A { int x; };", "class A final : public B {\n};",
                      "enum class A { k };", "using A = int;", "constexpr int A = 3;",
                      "const char* const A[] = {nullptr};", "int A(int x) { return x; }"):
            self.assertEqual(self.found(first, "class A {};"), found, first)

    def test_functions_are_found_where_they_have_the_same_parameters(self):
        first = "const int k = 1;\nint A(const B<C, D>& x, int y = 2) { return y; }"
        self.assertEqual(len(self.found(first, "int A(const B<C, D>& z, int w) { return w; }")), 1)
        self.assertEqual(self.found(first, "int A(const B<C>& z, int w) { return w; }"), [])

    def test_other_names_pass(self):
        self.assertEqual(self.found("int A() { int b = 1; return b; }", "const int b = 2;"), [])
        self.assertEqual(self.found("TEST(A, B) { int c; }", "TEST(A, C) { int c; }"), [])
        self.assertEqual(self.found("class A {};", "void B::A() {}"), [])
        self.assertEqual(self.found("using ::testing::A;", "using ::testing::A;"), [])

    def test_a_name_that_hides_one_of_the_folders_headers_is_found(self):
        header = "namespace x {\n[[nodiscard]] B A(int x = 2);\n}\n"
        local = "namespace x {\nnamespace {\nB A() { return B(); }\n}\n}\n"
        self.assertEqual(list(clashes({"a.cc": local, "a.h": header})), ["A: a.cc, a.h"])
        for type_ in ("struct A {\n  int b = 0;\n};", "using A = int;", "enum class A { k };"):
            self.assertEqual(list(clashes({"a.cc": "namespace {\nusing A = int;\n}\n",
                                           "a.h": "namespace x::y {\n" + type_ + "\n}\n"})),
                             ["A: a.cc, a.h"], type_)
        self.assertEqual(list(clashes({"a.h": header, "b.h": header})), [])

    def test_names_outside_of_anonymous_namespaces_pass(self):
        self.assertEqual(self.found("}\nclass A {};\nnamespace {", "class A {};"), [])


if __name__ == "__main__":
    unittest.main()
