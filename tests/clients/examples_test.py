"""The frontends of docs/examples: each prints what the engine says of their world file at once.

    python3 examples_test.py ACCORD

Those whose language is not on this machine are skipped, and the output names them; Python's runs
always.
"""

import json
import pathlib
import re
import shutil
import subprocess
import sys

EXAMPLES = pathlib.Path(__file__).resolve().parents[2] / "docs" / "examples"
LANGUAGES = {  # file: what must be there, and what runs it
    "frontend.py": ([], [sys.executable, "-B"]),
    "frontend.mjs": (["node"], ["node"]),
    "frontend.sh": (["bash", "jq"], ["bash"]),
    "frontend.go": (["go"], ["go", "run"]),
}
CODE_LINES_MAX = 40
NO_CODE = re.compile(r"\s*(//.*|#.*|[\])}]*;?|} else {"
                     r"|import .*|package \w+|\w* ?\"[\w/]+\")$")


def expected(accord):
    """The lines of the world file's answer."""
    done = subprocess.run([accord, "resolve", "--ecosystem", "plain", EXAMPLES / "menu.json",
                           "--json"], text=True, capture_output=True, timeout=60, check=True)
    return [f"{one['package']} {one['version']}" for one in json.loads(done.stdout)["solution"]]


def code_lines(text):
    """Those that do something: no comments, imports, docstrings and lone brackets."""
    text = re.sub(r'^""".*?"""', "", text, flags=re.S)
    return [line for line in text.splitlines() if not NO_CODE.match(line)]


def fault_of(name, command, accord, lines):
    """What is wrong with an example; empty: nothing."""
    count = len(code_lines((EXAMPLES / name).read_text(encoding="utf-8")))
    if count > CODE_LINES_MAX:
        return f"{count} lines of code, at most {CODE_LINES_MAX}"
    done = subprocess.run([*command, EXAMPLES / name, accord], text=True, capture_output=True,
                          timeout=200)
    if done.returncode != 0 or done.stdout.splitlines() != lines:
        return f"exit status {done.returncode}, printed {done.stdout!r}, {done.stderr!r}"
    return ""


def main():
    accord = sys.argv[1]
    lines = expected(accord)
    ran, skipped, failed = [], [], []
    for name, (programs, command) in LANGUAGES.items():
        missing = [program for program in programs if not shutil.which(program)]
        if missing:
            skipped.append(f"{name}: no {' and no '.join(missing)}")
            continue
        fault = fault_of(name, command, accord, lines)
        (failed if fault else ran).append(f"{name}: {fault}" if fault else name)
    for words, names in (("ran", ran), ("skipped", skipped), ("failed", failed)):
        for name in names:
            print(f"{words} {name}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
