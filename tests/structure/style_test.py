"""Holds our files to the parts of the style that a machine can read.

Sizes of files and functions, a comment that opens the file, no tabs, no long lines, no unfinished
work, no name of a real package host, no path of one machine, no type called after nothing. Run by
ctest, or by hand: python3 tests/structure/style_test.py. clang-format decides the layout, not this.
"""

import ast
import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SKIPPED_FOLDERS = {".git", "build", ".cache", "__pycache__"}
SKIPPED_FILES = {"LICENSE"}
CPP = {".h", ".cc"}
FILE_LINES_MAX = 600
FUNCTION_LINES_MAX = 60
COLUMNS_MAX = {".h": 100, ".cc": 100, ".py": 100, "script": 120, ".cmake": 120}

# Built from pieces, so that this file does not say what it forbids.
UNFINISHED = re.compile(r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X"]) + r")\b")
HOSTS = re.compile("|".join(re.escape(a + "." + b) for a, b in [
    ("py" + "pi", "org"), ("python" + "hosted", "org"), ("crates", "io"), ("ana" + "conda", "org"),
    ("ana" + "conda", "com"), ("prefix", "dev"), ("npm" + "js", "org"), ("deb.debian", "org"),
    ("snapshot.debian", "org"), ("ruby" + "gems", "org"), ("golang", "org"), ("ocaml", "org"),
    ("maven", "org"), ("pack" + "agist", "org")]))
MACHINE_PATH = re.compile(r"(?<![\w.)}$])/(?:" + "|".join(["wo" + "rk", "ho" + "me", "ro" + "ot",
                                                       "t" + "mp"]) + r")/")
EMPTY_NAME = re.compile(r"\b(?:class|struct)\s+\w*(?:Manager|Helper|Utils?|Context)\b")
LITERALS = re.compile(r'R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"'
                      r"|(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+'|//[^\n]*|/\*.*?\*/", re.S)
CONTROL = re.compile(r"^\s*(?:if|for|while|switch|do|else|try|catch|namespace|class|struct|union"
                     r"|enum|extern)\b")
INITIALISER = re.compile(r"\)\s*(?:noexcept\s*)?:(?!:).*\w\s*$", re.S)


def kind_of(path):
    """How a file is judged: its suffix, 'script' for our bash programs, None if not at all."""
    if path.suffix in COLUMNS_MAX or path.suffix in (".md", ".txt", ".json", ".yml"):
        return path.suffix
    if not path.suffix and path.parent.name in ("tools", ".ci"):
        return "script"
    return None


def blank(match):
    """What stands for a literal or a comment: nothing but its line breaks."""
    return re.sub(r"[^\n]", "", match.group(0)) or " "


def cpp_functions(text):
    """(first line, last line) of every function body with its signature; a brace heuristic."""
    text = re.sub(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", "", LITERALS.sub(blank, text), flags=re.M)
    functions = []
    head, line, head_line = "", 1, 1
    stack = []  # per open brace: "function" and its first line, "initialiser" and the head, "other"
    for char in text:
        if char == "\n":
            line += 1
        if stack and stack[-1][0] == "function" and char not in "{}":
            continue
        if char == "{":
            if any(kind == "function" for kind, _ in stack):
                stack.append(("function", 0))
            elif INITIALISER.search(head):
                stack.append(("initialiser", (head, head_line)))
            elif ")" in head and not CONTROL.match(head) and not head.rstrip().endswith("="):
                stack.append(("function", head_line))
            else:
                stack.append(("other", 0))
            head = ""
        elif char == "}":
            kind, value = stack.pop() if stack else ("other", 0)
            if kind == "function" and value:
                functions.append((value, line))
            head, head_line = value if kind == "initialiser" else ("", line)
            head += "}" if kind == "initialiser" else ""
        elif char == ";":
            head = ""
        elif not (stack and stack[-1][0] == "initialiser"):
            if not head.strip() and not char.isspace():
                head, head_line = "", line
            head += char
    return functions


def python_functions(text):
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node.lineno, node.end_lineno


def opens_with_comment(path, kind, text):
    if kind in CPP:
        # A .cc beside its header is opened by the header's comment.
        return text.startswith(("//", "/*")) or (kind == ".cc" and path.with_suffix(".h").exists())
    if kind == ".py":
        return re.match(r'(#![^\n]*\n)?("""|#)', text) is not None
    if kind == "script":
        return re.match(r"#![^\n]*\n# ", text) is not None
    return True


def line_faults(kind, text):
    columns_max = COLUMNS_MAX.get(kind, 10**9)
    rules = [(UNFINISHED, "unfinished work"), (HOSTS, "a real package host"),
             (MACHINE_PATH, "a path of one machine"), (re.compile("\t"), "a tab")]
    if kind in CPP:
        rules.append((EMPTY_NAME, "a type's name that says nothing"))
    for number, line in enumerate(text.splitlines(), 1):
        if len(line) > columns_max:
            yield f"{number}: {len(line)} columns, at most {columns_max}"
        for rule, words in rules:
            found = rule.search(line)
            if found:
                yield f"{number}: {words}: '{found.group(0)}'"


def faults_of(path, kind, text):
    """Everything wrong with one file, each as 'line: words'."""
    faults = list(line_faults(kind, text))
    lines = text.count("\n")
    functions = []
    if kind in CPP:
        functions = cpp_functions(text)
    elif kind == ".py":
        functions = python_functions(text)
    for first, last in functions:
        if last - first + 1 > FUNCTION_LINES_MAX:
            faults.append(f"{first}: a function of {last - first + 1} lines,"
                          f" at most {FUNCTION_LINES_MAX}")
    if kind in COLUMNS_MAX and lines > FILE_LINES_MAX:
        faults.append(f"1: {lines} lines, at most {FILE_LINES_MAX}")
    if not opens_with_comment(path, kind, text):
        faults.append("1: the file does not open with a comment that says what it is for")
    return faults


def our_files(root):
    for path in sorted(root.rglob("*")):
        inside = path.relative_to(root)
        if SKIPPED_FOLDERS.isdisjoint(inside.parts) and path.is_file() and kind_of(path):
            if path.name not in SKIPPED_FILES:
                yield path


class Style(unittest.TestCase):
    def test_our_files_keep_the_style(self):
        faults = []
        seen = 0
        for path in our_files(ROOT):
            seen += 1
            text = path.read_text(encoding="utf-8")
            faults += [f"{path.relative_to(ROOT)}:{fault}"
                       for fault in faults_of(path, kind_of(path), text)]
        self.assertGreater(seen, 20)
        self.assertEqual(faults, [], "\n" + "\n".join(faults))


class TheTestItself(unittest.TestCase):
    """Made-up faults: each must be found, and what only looks like one must pass."""

    def faults(self, text, name="made_up.h"):
        path = ROOT / "nowhere" / name
        return faults_of(path, path.suffix, text)

    def test_a_clean_file_passes(self):
        self.assertEqual(self.faults("// Says what it is for.\nint Answer() { return 42; }\n"), [])

    def test_unfinished_work_is_found(self):
        self.assertEqual(len(self.faults("// " + "TO" + "DO: later\n")), 1)

    def test_a_package_host_is_found(self):
        self.assertEqual(len(self.faults("// https:" + "//files.py" + "thonhosted.org/x\n")), 1)
        self.assertEqual(self.faults("// https://index.example/simple\n"), [])

    def test_a_machine_path_is_found_and_a_json_pointer_is_not(self):
        self.assertEqual(len(self.faults("// in /wo" + "rk/main\n")), 1)
        self.assertEqual(self.faults("// at /requirements/3, net/ho" + "me/x\n"), [])

    def test_tabs_long_lines_and_empty_names_are_found(self):
        self.assertEqual(len(self.faults("//\tx\n")), 1)
        self.assertEqual(len(self.faults("//" + "x" * 100 + "\n")), 1)
        self.assertEqual(len(self.faults("// x\nclass SolverManager;\n")), 1)

    def test_a_missing_opening_comment_is_found(self):
        self.assertEqual(len(self.faults("int x;\n")), 1)
        self.assertEqual(len(self.faults("import os\n", "made_up.py")), 1)

    def test_a_long_file_is_found(self):
        self.assertEqual(len(self.faults("// x\n" * (FILE_LINES_MAX + 1))), 1)

    def test_a_long_function_is_found_behind_an_initialiser_list_and_in_a_class(self):
        body = "  Step('{', \"}\");  // }\n" * FUNCTION_LINES_MAX
        plain = "// x\nnamespace a {\nint Long(int b) {\n" + body + "}\n}\n"
        member = "// x\nclass A {\n explicit A(int b) : b_{b}, c_(b) {\n" + body + "}\n};\n"
        lambda_inside = "// x\nvoid Long() {\n  auto f = [](int y) {\n" + body + "};\n}\n"
        for text in (plain, member, lambda_inside):
            self.assertEqual(len(self.faults(text)), 1, text[:40])

    def test_a_long_table_or_class_is_no_long_function(self):
        rows = "    {1, 2},\n" * FUNCTION_LINES_MAX
        table = "// x\nconstexpr Row kRows[] = {\n" + rows + "};\n"
        methods = "  int x() const { return x_; }\n" * FUNCTION_LINES_MAX
        self.assertEqual(self.faults(table), [])
        self.assertEqual(self.faults("// x\nclass A {\n" + methods + "};\n"), [])

    def test_a_long_python_function_is_found(self):
        body = "    x = 1\n" * FUNCTION_LINES_MAX
        self.assertEqual(len(self.faults("# x\ndef f():\n" + body, "made_up.py")), 1)


if __name__ == "__main__":
    unittest.main()
