"""tools/dev coverage: which lines of resolver/ the tests run, folder by folder.

Reads the counters that programs built with --coverage left behind, through gcov's JSON. A line of a
header counts as run if any program ran it. Says nothing of branches; tools/dev mutate says more.
Usage: lines.py BUILD [FOLDER]      with a folder: the lines of it that nothing ran
"""

import collections
import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
RESOLVER = ROOT / "resolver"
GCOV = "gcov-12"
NOTES_AT_ONCE = 16


def documents(build):
    """gcov's JSON of every object file of resolver/, also of those that nothing ran."""
    notes = sorted(str(path) for path in (build / "resolver").rglob("*.gcno"))
    if not notes:
        sys.exit(f"coverage: no counters in {build}")
    for begin in range(0, len(notes), NOTES_AT_ONCE):
        printed = subprocess.run([GCOV, "--json-format", "--stdout",
                                  *notes[begin:begin + NOTES_AT_ONCE]],
                                 cwd=build, check=True, stdout=subprocess.PIPE,
                                 stderr=subprocess.DEVNULL).stdout
        for line in printed.decode().splitlines():
            if line.startswith("{"):
                yield json.loads(line)


def counts_of(build):
    """{path below resolver/: {line: how often it ran}}"""
    counts = collections.defaultdict(collections.Counter)
    for document in documents(build):
        for file in document["files"]:
            path = (pathlib.Path(document["current_working_directory"]) / file["file"]).resolve()
            if not path.is_relative_to(RESOLVER):
                continue
            of_file = counts[path.relative_to(RESOLVER)]
            for line in file["lines"]:
                of_file[line["line_number"]] += line["count"]
    return counts


def print_table(counts):
    folders = collections.defaultdict(lambda: [0, 0])
    for path, lines in counts.items():
        for key in (str(path.parent), "all"):
            folders[key][0] += len(lines)
            folders[key][1] += sum(1 for count in lines.values() if count > 0)
    print(f"{'folder':24} {'lines':>7} {'run':>7} {'%':>6}")
    for name in sorted(folders, key=lambda name: (name == "all", name)):
        lines, run = folders[name]
        print(f"{name:24} {lines:7} {run:7} {100 * run / lines:6.1f}")


def print_missed(counts, folder):
    for path in sorted(counts):
        if str(path.parent) != folder:
            continue
        text = (RESOLVER / path).read_text(encoding="utf-8").splitlines()
        for line, count in sorted(counts[path].items()):
            if count == 0:
                print(f"{path}:{line}: {text[line - 1].strip()}")


def main():
    counts = counts_of(pathlib.Path(sys.argv[1]).resolve())
    if len(sys.argv) > 2:
        print_missed(counts, sys.argv[2])
    else:
        print_table(counts)


if __name__ == "__main__":
    main()
