"""Draws growth.tsv as an SVG: CPU time and memory over the number of roots and over the cone.

Usage: VENVS/plot/bin/python plot.py DATA.tsv OUT.svg; `growth --write` calls it. Needs matplotlib
(locks/plot.txt). The same data give the same bytes: no date, no random ids, letters as text.
"""

import csv
import pathlib
import statistics
import sys

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as pyplot  # noqa: E402
from matplotlib.axes import Axes  # noqa: E402
from matplotlib.ticker import LogFormatter  # noqa: E402

SETTINGS = {"svg.hashsalt": "accord", "svg.fonttype": "none", "font.size": 9,
            "axes.spines.top": False, "axes.spines.right": False, "axes.grid": True,
            "grid.alpha": 0.3}
# The corpora: colour and mark differ, so that grey prints and colour-blind readers lose nothing.
STYLES = {"universe": {"color": "#1b6ca8", "marker": "o", "label": "universe corpus"},
          "cone": {"color": "#d1741f", "marker": "x", "label": "the closed cone alone"}}
PANELS = [("roots", "cpu", "roots", "CPU, ms"), ("read", "cpu", "packages read", "CPU, ms"),
          ("roots", "rss", "roots", "peak memory, MiB")]


def read(path: pathlib.Path) -> list[dict]:
    with open(path, encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    return [{"corpus": row["corpus"], "roots": int(row["roots"]), "read": int(row["read"]),
             "cpu": int(row["cpu_us"]) / 1e3, "rss": int(row["rss_kib"]) / 1024} for row in rows]


def panel(axes: Axes, rows: list[dict], x: str, y: str) -> None:
    """A mark a group; over the number of roots a line through the medians too."""
    for corpus, style in STYLES.items():
        here = [row for row in rows if row["corpus"] == corpus]
        axes.scatter([row[x] for row in here], [row[y] for row in here], s=14, alpha=0.6,
                     linewidths=1, **style)
        if x == "roots":
            counts = sorted({row[x] for row in here})
            axes.plot(counts, [statistics.median(row[y] for row in here if row[x] == count)
                               for count in counts], color=style["color"], linewidth=1)


def draw(rows: list[dict], out: pathlib.Path) -> None:
    with matplotlib.rc_context(SETTINGS):
        figure, all_axes = pyplot.subplots(1, len(PANELS), figsize=(10.5, 3.4),
                                           layout="constrained")
        for axes, (x, y, x_label, y_label) in zip(all_axes, PANELS):
            panel(axes, rows, x, y)
            axes.set(xscale="log", yscale="log", xlabel=x_label, ylabel=y_label)
            axes.xaxis.set_major_formatter("{x:,.0f}")
            axes.yaxis.set_major_formatter("{x:,g}")
            axes.yaxis.set_minor_formatter(LogFormatter())  # plain numbers, where there is room
        all_axes[0].legend(frameon=False, loc="upper left")
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None,
                                                        "Format": None, "Type": None})
        pyplot.close(figure)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    draw(read(pathlib.Path(sys.argv[1])), pathlib.Path(sys.argv[2]))
