"""Tables of a Markdown page, between `<!-- table: NAME -->` and `<!-- end -->`.

Surface: table(), replace_tables(), write_tsv(), machine_line(), and the forms of cells. What stands
outside the markers is written by hand and stays.
"""

import os
import pathlib
import platform
import re
from collections.abc import Iterable, Sequence

MARKED = re.compile(r"(<!-- table: (\w+) -->\n).*?(<!-- end -->)", re.S)


class NoMarker(Exception):
    """The page has no place for a table."""


def ms(us: float) -> str:
    return f"{us / 1e3:.1f}"


def mib(kib: float) -> str:
    return f"{kib / 1024:.1f}"


def megabytes(count: float) -> str:
    return f"{count / 1e6:.2f}"


def verdict(value: float, bar: float | None) -> list[str]:
    """The cells of a bar: its figure, and whether it is kept."""
    if bar is None:
        return ["", ""]
    return [f"{bar:g}", "ok" if value <= bar else "MISSED"]


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join("| " + " | ".join(cells) + " |\n" for cells in lines)


def replace_tables(page: pathlib.Path, tables: dict[str, str]) -> None:
    """Writes each table between its markers."""
    text = page.read_text(encoding="utf-8")
    known = {match[2] for match in MARKED.finditer(text)}
    if not tables.keys() <= known:
        raise NoMarker(f"{page.name}: no marker for {', '.join(sorted(tables.keys() - known))}")

    def filled(match: re.Match) -> str:
        return match[1] + tables[match[2]] + match[3] if match[2] in tables else match[0]
    page.write_text(MARKED.sub(filled, text), encoding="utf-8")


def write_tsv(path: pathlib.Path, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join("\t".join(cells) + "\n" for cells in [head, *rows]))


def machine_line() -> str:
    model = re.search(r"(?m)^model name\s*: (.+)$", pathlib.Path("/proc/cpuinfo").read_text())
    memory = re.search(r"(?m)^MemTotal:\s*(\d+)", pathlib.Path("/proc/meminfo").read_text())
    words = [model[1].strip() if model else platform.machine(),
             f"{len(os.sched_getaffinity(0))} cores"]
    if memory:
        words.append(f"{round(int(memory[1]) / 2**20)} GiB")
    return ", ".join([*words, f"{platform.system()} {platform.release().split('-')[0]}"])
