"""Accord and one rival on one request, in turn: A B A B ...

Surface: Pairs, Result. One process a run. A rival that can work offline is measured so, with a
cache that an uncounted run filled (that run is kept as `fill`); another one starts from an empty
cache each time and reads the loopback index. Accord is run once uncounted, so that its corpus is in
memory as the rival's cache is.
"""

import dataclasses
import fnmatch
import pathlib
import shutil

from corpora import Facts, tree_bytes
from measure import TIMED_OUT, Meter, Run, medians
from tools import ACCORD, Answer, Job, Tool, differing, python_of


@dataclasses.dataclass
class Result:
    row: dict[str, str]
    rival: str
    ours: Run
    theirs: Run
    our_answer: Answer
    their_answer: Answer
    rounds: int
    fill: Run | None
    cache_bytes: int

    @property
    def decided(self) -> bool:
        return self.their_answer.status in ("sat", "unsat")

    @property
    def differs(self) -> bool:
        """One has a solution where the other has none, or ours is no answer at all."""
        known = ("sat", "unsat")
        ours, theirs = self.our_answer.status, self.their_answer.status
        return ours not in known or (theirs in known and ours != theirs)

    @property
    def differing(self) -> list[str]:
        both = self.our_answer.pins and self.their_answer.pins
        return differing(self.our_answer.pins, self.their_answer.pins) if both else []

    @property
    def cpu_ratio(self) -> float:
        return self.ours.cpu_us / max(1, self.theirs.cpu_us)

    @property
    def rss_ratio(self) -> float:
        return self.ours.rss_kib / max(1, self.theirs.rss_kib)


class Pairs:
    """Measures requests beside one rival."""

    def __init__(self, tool: Tool, venv: pathlib.Path, accord: pathlib.Path, meter: Meter,
                 policies: dict, work: pathlib.Path):
        self.tool, self.venv, self.accord, self.meter = tool, venv, accord, meter
        self.policies, self.work = policies, work
        self.python = python_of(venv)

    def words(self, row: dict[str, str], side: str) -> list[str]:
        """The policies that policies.toml has for this request."""
        words = list(self.policies["tool"][self.tool.name]["accord"]) if side == "accord" else []
        for one in self.policies.get("request", []):
            if fnmatch.fnmatch(row["name"], one["name"]) and self.tool.name in one:
                words += one.get(side, [])
        return [word.replace("{python}", self.python) for word in words]

    def job(self, row: dict, facts: Facts, side: str) -> Job:
        folder = self.work / "run" / side
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        return Job(request=row["file"], corpus=facts.compiled, index=facts.index.url,
                   cache=self.work / "run" / "cache", folder=folder,
                   venv=self.accord if side == "accord" else self.venv,
                   words=self.words(row, side))

    def once(self, tool: Tool, job: Job) -> tuple[Run, Answer]:
        run = self.meter.run(tool.command(job), job.folder, tool.variables(job))
        return run, tool.answer(job, run, self.meter.said())

    def ask_accord(self, row: dict, facts: Facts) -> tuple[Run, Answer]:
        return self.once(ACCORD, self.job(row, facts, "accord"))

    def ask_rival(self, row: dict, facts: Facts, offline: bool) -> tuple[Run, Answer]:
        job = self.job(row, facts, self.tool.name)
        if not offline:
            shutil.rmtree(job.cache, ignore_errors=True)
        job.offline = offline
        return self.once(self.tool, job)

    def measure(self, row: dict, facts: Facts, rounds: int) -> Result:
        fill, answer = self.ask_rival(row, facts, offline=False)  # uncounted, for the index too
        self.ask_accord(row, facts)
        ours: list[Run] = []
        theirs: list[Run] = []
        cache_bytes = tree_bytes(self.work / "run" / "cache")
        while len(ours) < rounds:
            run, our_answer = self.ask_accord(row, facts)
            ours.append(run)
            if answer.status == "timeout":  # once is enough to know
                theirs.append(fill)
                break
            run, answer = self.ask_rival(row, facts, offline=self.tool.warm)
            theirs.append(run)
        return Result(row, self.tool.name, medians(ours), medians(theirs), our_answer, answer,
                      len(ours), fill if self.tool.warm and fill.status != TIMED_OUT else None,
                      cache_bytes)
