"""What was measured, as tables, and whether it keeps the bars.

Surface: BARS, Report. Figures are medians of the rounds; a ratio is Accord's median through the
rival's. Of a rival that gave no answer there is no ratio.
"""

import dataclasses
import os
import statistics

import page
from corpora import Facts
from measure import Run
from page import megabytes, mib, ms, verdict
from pairs import Result


@dataclasses.dataclass(frozen=True)
class Bars:
    """Beside uv; the start is `accord --version`."""
    cpu_ratio_median: float = 0.15
    cpu_ratio_each: float = 0.4
    rss_ratio_each: float = 0.6
    start_cpu_ms: float = 3.0
    start_rss_mb: float = 10.0


BARS = Bars()
REQUEST_HEAD = ["request", "answer", "pins that differ", "CPU ms: Accord", "{rival}", "ratio",
                "wall ms: Accord", "{rival}", "MiB: Accord", "{rival}", "ratio"]
TSV_HEAD = ["rival", "request", "accord", "theirs", "pins", "differing", "rounds", "accord_cpu_us",
            "cpu_us", "accord_wall_us", "wall_us", "accord_rss_kib", "rss_kib"]


def code(words: list[str]) -> str:
    return f"`{' '.join(words)}`"


def answer_cell(result: Result) -> str:
    if result.differs:
        return (f"**DIFFERS**: Accord {result.our_answer.status}, "
                f"{result.rival} {result.their_answer.status}")
    if not result.decided:
        return f"{result.our_answer.status} ({result.rival}: {result.their_answer.status})"
    pins = len(result.our_answer.pins)
    return f"{pins} pins" if pins else "unsat"


def request_cells(result: Result) -> list[str]:
    ratio = [f"{value:.2f}" if result.decided else "-"
             for value in (result.cpu_ratio, result.rss_ratio)]
    ours, theirs = result.ours, result.theirs
    pins = str(len(result.differing)) if result.our_answer.pins else ""
    return [result.row["name"], answer_cell(result), pins, ms(ours.cpu_us), ms(theirs.cpu_us),
            ratio[0], ms(ours.wall_us), ms(theirs.wall_us), mib(ours.rss_kib), mib(theirs.rss_kib),
            ratio[1]]


def tsv_cells(result: Result) -> list[str]:
    ours, theirs = result.ours, result.theirs
    return [result.rival, result.row["name"], result.our_answer.status, result.their_answer.status,
            str(len(result.our_answer.pins)), " ".join(result.differing), str(result.rounds),
            *map(str, (ours.cpu_us, theirs.cpu_us, ours.wall_us, theirs.wall_us, ours.rss_kib,
                       theirs.rss_kib))]


class Report:
    def __init__(self, versions: dict[str, str], floor: Run, start: Run, facts: list[Facts]):
        self.versions, self.floor, self.start, self.facts = versions, floor, start, facts
        self.results: list[Result] = []
        self.load = os.getloadavg()[0]

    def of(self, rival: str) -> list[Result]:
        return [result for result in self.results if result.rival == rival]

    def requests_table(self, rival: str) -> str:
        head = [cell.format(rival=rival) for cell in REQUEST_HEAD]
        return page.table(head, map(request_cells, self.of(rival)))

    def summary_rows(self, rival: str) -> list[list[str]]:
        """Of one rival: the ratios' medians and worst, and the bars beside uv."""
        decided = [result for result in self.of(rival) if result.decided]
        if not decided:
            return []
        rows = []
        bars = {"CPU": (BARS.cpu_ratio_median, BARS.cpu_ratio_each),
                "memory": (None, BARS.rss_ratio_each)}
        for what, key in (("CPU", "cpu_ratio"), ("memory", "rss_ratio")):
            middle = statistics.median(getattr(result, key) for result in decided)
            worst = max(decided, key=lambda result, key=key: getattr(result, key))
            bar_middle, bar_each = bars[what] if rival == "uv" else (None, None)
            rows.append([rival, f"{what}, median", f"{middle:.2f}", *verdict(middle, bar_middle)])
            value = getattr(worst, key)
            rows.append([rival, f"{what}, worst ({worst.row['name']})", f"{value:.2f}",
                         *verdict(value, bar_each)])
        return rows

    def start_rows(self) -> list[list[str]]:
        cpu_ms, rss_mb = self.start.cpu_us / 1e3, self.start.rss_kib * 1024 / 1e6
        return [["-", "`accord --version`, CPU ms", f"{cpu_ms:.1f}",
                 *verdict(cpu_ms, BARS.start_cpu_ms)],
                ["-", "`accord --version`, MB", f"{rss_mb:.1f}",
                 *verdict(rss_mb, BARS.start_rss_mb)]]

    def summary_table(self) -> str:
        rivals = dict.fromkeys(result.rival for result in self.results)
        rows = [row for rival in rivals for row in self.summary_rows(rival)]
        return page.table(["beside", "what", "ratio or figure", "bar", ""],
                          rows + self.start_rows())

    def corpus_table(self) -> str:
        """Once for all requests: Accord compiles; once a request: a rival fills its cache."""
        rows = [["`accord corpus build`", facts.name, ms(facts.build.cpu_us),
                 mib(facts.build.rss_kib), megabytes(facts.size)] for facts in self.facts]
        for rival in dict.fromkeys(result.rival for result in self.results if result.fill):
            for facts in self.facts:
                filled = [result for result in self.of(rival)
                          if result.fill and result.row["corpus"] == facts.name]
                if filled:
                    rows.append([f"{rival}, a cache for each of {len(filled)} requests", facts.name,
                                 ms(sum(result.fill.cpu_us for result in filled)),
                                 mib(max(result.fill.rss_kib for result in filled)),
                                 megabytes(sum(result.cache_bytes for result in filled))])
        return page.table(["what", "corpus", "CPU ms", "peak MiB", "MB on the disk"], rows)

    def machine_text(self) -> str:
        versions = ", ".join(f"{name} {version}" for name, version in self.versions.items())
        floor = f"`true` takes {ms(self.floor.cpu_us)} ms and {mib(self.floor.rss_kib)} MiB here"
        load = f"the load average was {self.load:.1f} at the start"
        return f"{page.machine_line()}; {versions}. {floor}; {load}.\n"

    def tables(self, policies: dict) -> dict[str, str]:
        rivals = dict.fromkeys(result.rival for result in self.results)
        others = "\n".join(self.requests_table(rival) for rival in rivals if rival != "uv")
        made = {"machine": self.machine_text(), "summary": self.summary_table(),
                "policies": self.policies_table(policies), "corpora": self.corpus_table()}
        if self.of("uv"):
            made["requests"] = self.requests_table("uv")
        if others:
            made["others"] = others
        return made

    def policies_table(self, policies: dict) -> str:
        """What each side is told beyond the request, and why."""
        rivals = dict.fromkeys(result.rival for result in self.results)
        rows = [[f"every one, beside {rival}", code(policies["tool"][rival]["accord"]), "",
                 policies["tool"][rival]["why"]] for rival in rivals]
        for one in policies.get("request", []):
            rows += [[one["name"], code(one.get("accord", [])), f"{rival}: {code(one[rival])}",
                      one["why"]] for rival in rivals if rival in one]
        return page.table(["request", "Accord", "rival", "why"], rows)

    def notes(self) -> list[str]:
        """What rivals said that gave no answer."""
        return [f"{result.rival}, {result.row['name']}: {answer.status} {answer.said}"
                for result in self.results for answer in (result.our_answer, result.their_answer)
                if answer.said]

    def faults(self) -> list[str]:
        """Bars that were missed, and answers that differ."""
        rivals = dict.fromkeys(result.rival for result in self.results)
        rows = [row for rival in rivals for row in self.summary_rows(rival)] + self.start_rows()
        missed = [f"{row[1]}: {row[2]}, the bar is {row[3]}" for row in rows if row[4] == "MISSED"]
        return missed + [f"{result.row['name']}: Accord says {result.our_answer.status}, "
                         f"{result.rival} {result.their_answer.status}"
                         for result in self.results if result.differs]
