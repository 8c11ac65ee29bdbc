"""What was measured, as tables, and whether it keeps the bars.

Surface: BARS, Report. Figures are medians of the rounds; a ratio is Accord's CPU time through that
of the best rival, which is the one that took least to an answer. MB are 10^6 bytes. Requests of the
synthetic channel have a bar of their own, so they are not in the median of the others.
"""

import dataclasses
import os
import statistics
from collections.abc import Callable, Sequence

import page
from data import Channel
from measure import Run
from page import megabytes, ms, verdict
from rounds import Result, Side

SYNTH = "synth"


@dataclasses.dataclass(frozen=True)
class Bars:
    ratio_median: float = 0.3
    ratio_each: float = 0.8
    ratio_synth: float = 0.2
    rss_mb: float = 20
    compile_cpu_s: float = 8
    compile_rss_mb: float = 500
    size_ratio: float = 1


BARS = Bars()


def mb(kib: float) -> float:
    return kib * 1024 / 1e6


def one_digit(value: float) -> str:
    return f"{value:.1f}"


def outcome(side: Side) -> str:
    answer = side.answer
    return str(len(answer.records)) if answer.status == "sat" else answer.status


def inside(side: Side) -> str:
    answer = side.answer
    return "-" if answer.load_us is None else f"{ms(answer.load_us)} + {ms(answer.solve_us)}"


def heads(title: str, names: Sequence[str]) -> list[str]:
    """The columns of one figure: its title stands over the first."""
    return [f"{title}: {names[0]}", *names[1:]]


def bar_row(what: str, figure: str, value: float, bar: float) -> list[str]:
    return [what, figure, *verdict(value, bar)]


class Report:
    def __init__(self, versions: dict[str, str], floor: Run):
        self.versions, self.floor = versions, floor
        self.load = os.getloadavg()[0]
        self.channels: list[Channel] = []
        self.results: list[Result] = []

    @property
    def sides(self) -> list[str]:
        return ["Accord", *self.results[0].theirs]

    def figures_table(self, columns: dict[str, Callable[[Side], str]], ratio: bool = False) -> str:
        """For each request and each figure a cell of every side."""
        head = ["request", *[cell for title in columns for cell in heads(title, self.sides)]]
        rows = []
        for result in self.results:
            name = f"**DIFFERS** {result.name}" if result.differs else result.name
            rows.append([name, *[form(side) for form in columns.values()
                                 for side in result.sides]])
            if ratio:
                rows[-1].append("-" if result.ratio is None else f"{result.ratio:.2f}")
        return page.table(head + ["ratio"] * ratio, rows)

    def ratio_rows(self) -> list[list[str]]:
        rows = []
        compared = [result for result in self.results if result.ratio is not None]
        plain = [result for result in compared if result.request["channel"] != SYNTH]
        synthetic = [result for result in compared if result.request["channel"] == SYNTH]
        if plain:
            middle = statistics.median(result.ratio for result in plain)
            rows.append(bar_row("CPU beside the best rival, median", f"{middle:.2f}", middle,
                                BARS.ratio_median))
        for results, where, bar in ((plain, "", BARS.ratio_each),
                                    (synthetic, " of 550,000 records", BARS.ratio_synth)):
            if results:
                worst = max(results, key=lambda result: result.ratio)
                rows.append(bar_row(f"CPU beside the best rival{where}, worst ({worst.name})",
                                    f"{worst.ratio:.2f}", worst.ratio, bar))
        return rows

    def summary_rows(self) -> list[list[str]]:
        largest = max(self.results, key=lambda result: result.ours.run.rss_kib)
        rss_mb = mb(largest.ours.run.rss_kib)
        rows = self.ratio_rows() + [bar_row(f"memory, worst ({largest.name}), MB",
                                            one_digit(rss_mb), rss_mb, BARS.rss_mb)]
        for channel in self.channels:
            if channel.name == SYNTH:
                cpu_s, build_mb = channel.build.cpu_us / 1e6, mb(channel.build.rss_kib)
                size = channel.compiled.stat().st_size / channel.size("repodata.json.zst")
                rows += [bar_row("compiling 550,000 records, CPU s", one_digit(cpu_s), cpu_s,
                                 BARS.compile_cpu_s),
                         bar_row("compiling them, MB", one_digit(build_mb), build_mb,
                                 BARS.compile_rss_mb),
                         bar_row("what is compiled beside its repodata.json.zst, bytes",
                                 f"{size:.2f}", size, BARS.size_ratio)]
        return rows

    def channels_table(self) -> str:
        rows = []
        for channel in self.channels:
            ours, theirs = channel.build, channel.cache
            rows.append([channel.name, ms(ours.cpu_us), one_digit(mb(ours.rss_kib)),
                         megabytes(channel.compiled.stat().st_size),
                         megabytes(channel.size("repodata.json.zst")), ms(theirs.cpu_us),
                         one_digit(mb(theirs.rss_kib)), megabytes(channel.size("repodata.solv"))])
        return page.table(["channel", "Accord: CPU ms", "MB", ".acx, MB", "repodata.json.zst, MB",
                           "libsolv: CPU ms", "MB", ".solv, MB"], rows)

    def machine_text(self) -> str:
        versions = ", ".join(f"{name} {version}" for name, version in self.versions.items())
        return (f"{page.machine_line()}; {versions}. `true` takes {ms(self.floor.cpu_us)} ms here; "
                f"the load average was {self.load:.1f} at the start.\n")

    def tables(self) -> dict[str, str]:
        return {
            "conda_machine": self.machine_text(),
            "conda_summary": page.table(["what", "ratio or figure", "bar", ""],
                                        self.summary_rows()),
            "conda_requests": self.figures_table(
                {"records": outcome, "CPU ms": lambda side: ms(side.run.cpu_us)}, ratio=True),
            "conda_whole": self.figures_table(
                {"wall ms": lambda side: ms(side.run.wall_us),
                 "MB": lambda side: one_digit(mb(side.run.rss_kib))}),
            "conda_inside": self.figures_table({"load + solve, ms": inside}),
            "conda_channels": self.channels_table()}

    def notes(self) -> list[str]:
        """Each request above its bar, and what those said that gave no answer."""
        above = [f"{result.name}: {result.ratio:.2f} beside {result.best}"
                 for result in self.results if result.ratio is not None
                 and result.ratio > (BARS.ratio_synth if result.request["channel"] == SYNTH
                                     else BARS.ratio_each)]
        return above + [f"{name}, {result.name}: {side.answer.status} {side.answer.said}".strip()
                        for result in self.results
                        for name, side in zip(self.sides, result.sides)
                        if not side.answer.decided]

    def faults(self) -> list[str]:
        """Bars that were missed, and outcomes that differ."""
        missed = [f"{row[0]}: {row[1]}, the bar is {row[2]}" for row in self.summary_rows()
                  if row[3] == "MISSED"]
        return missed + [
            f"{result.name}: " + ", ".join(f"{name} {outcome(side)}" for name, side
                                           in zip(self.sides, result.sides))
            for result in self.results if result.differs]

    def document(self) -> dict:
        """All of it, for other programs."""
        return {"versions": self.versions, "load": self.load,
                "channels": [channel_json(channel) for channel in self.channels],
                "requests": [result_json(result, self.sides) for result in self.results],
                "faults": self.faults()}


def channel_json(channel: Channel) -> dict:
    return {"name": channel.name, "accord": dataclasses.asdict(channel.build),
            "libsolv": dataclasses.asdict(channel.cache),
            "bytes": {"acx": channel.compiled.stat().st_size,
                      **{name: channel.size(f"repodata.{name}")
                         for name in ("json", "json.zst", "solv")}}}


def result_json(result: Result, names: Sequence[str]) -> dict:
    ours = result.ours.answer.records
    sides = {name: {"status": side.answer.status, "records": len(side.answer.records),
                    "differing": len(side.answer.records ^ ours), "rounds": side.rounds,
                    "load_us": side.answer.load_us, "solve_us": side.answer.solve_us,
                    **dataclasses.asdict(side.run)}
             for name, side in zip(names, result.sides)}
    return {"request": result.name, "channel": result.request["channel"], "best": result.best,
            "ratio": result.ratio, "sides": sides}
