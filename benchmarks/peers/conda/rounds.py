"""Accord and all rivals on one request, in turn: A B C A B C ...

Surface: Rounds, Result, Side. One process a run. Each is run once uncounted, so that what it reads
is in memory; of a rival that took long then, that run counts and is the only one.
"""

import dataclasses
import json
import pathlib
from collections.abc import Sequence

from measure import Meter, Run, medians
from tools import Accord, Answer, Job, Tool

SLOW_US = 5_000_000  # of CPU; what is so slow needs no median


@dataclasses.dataclass(frozen=True)
class Side:
    run: Run  # medians
    answer: Answer
    rounds: int


@dataclasses.dataclass(frozen=True)
class Result:
    request: dict
    ours: Side
    theirs: dict[str, Side]

    @property
    def name(self) -> str:
        return self.request["id"]

    @property
    def sides(self) -> list[Side]:
        return [self.ours, *self.theirs.values()]

    @property
    def best(self) -> str | None:
        """The rival that took the least CPU time to an answer."""
        decided = [name for name, side in self.theirs.items() if side.answer.decided]
        return min(decided, key=lambda name: self.theirs[name].run.cpu_us, default=None)

    @property
    def ratio(self) -> float | None:
        best = self.best
        return self.ours.run.cpu_us / max(1, self.theirs[best].run.cpu_us) if best else None

    @property
    def differs(self) -> bool:
        """One has a solution where another has none, or ours is no answer at all."""
        statuses = {side.answer.status for side in self.sides if side.answer.decided}
        return not self.ours.answer.decided or len(statuses) > 1


class Rounds:
    def __init__(self, accord: Accord, rivals: Sequence[Tool], meter: Meter, folder: pathlib.Path):
        self.accord, self.rivals, self.meter, self.folder = accord, rivals, meter, folder

    def once(self, tool: Tool, job: Job) -> tuple[Run, Answer]:
        run = self.meter.run(tool.command(job), self.folder)
        return run, tool.answer(run, self.meter.said())

    def details(self, job: Job) -> Answer:
        job.out.unlink(missing_ok=True)
        run = self.meter.run([*self.accord.words, *self.accord.arguments(job, "json")], self.folder)
        document = job.out.read_text() if job.out.exists() else ""
        return self.accord.detailed(run, self.meter.said(), document)

    def measure(self, job: Job, rounds: int) -> Result:
        job.file.write_text(json.dumps(job.request))
        tools = [self.accord, *self.rivals]
        runs: dict[str, list[Run]] = {tool.name: [] for tool in tools}
        answers = {self.accord.name: self.details(job)}
        slow = set()
        for tool in self.rivals:
            run, answers[tool.name] = self.once(tool, job)
            if run.cpu_us > SLOW_US or answers[tool.name].status == "timeout":
                slow.add(tool.name)
                runs[tool.name].append(run)
        for _ in range(rounds):
            for tool in (tool for tool in tools if tool.name not in slow):
                run, answer = self.once(tool, job)
                runs[tool.name].append(run)
                if answer.status != answers[tool.name].status:
                    answers[tool.name] = answer
        sides = {name: Side(medians(runs[name]), answers[name], len(runs[name])) for name in runs}
        ours = sides.pop(self.accord.name)
        return Result(job.request, ours, sides)
