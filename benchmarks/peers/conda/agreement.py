"""Where Accord's answer to a request differs from a rival's, and whether a published rule says why.

Surface: Known, Outcome, Question. A rival's answer is led back to ours: of the first decision (in
the order of docs/solver.md) at which the records differ, theirs is demanded of Accord, which is
asked again, until nothing differs. What was demanded are the rival's own choices; every other
differing record follows from one. At each choice ours must be the better record, by a rule of
docs/ecosystems/conda.md. Both, and whether an answer is a solution at all, are judged by the oracle
of tests/conda_worlds, which shares no code with Accord.
"""

import dataclasses
import functools
import json
from collections.abc import Iterable, Sequence

from data import Channel
from judge import Difference, Judge, exact, records_of
from rounds import Rounds
from tools import Answer, Job, Tool

PARTS = ("packages", "packages.conda")
KINDS = ("no answer", "no solution", "same records", "other records", "refused")
FAULT = "fault"


class Known:
    """A channel's records, for judges."""

    def __init__(self, channel: Channel, subdirs: Sequence[str]):
        self.subdirs, self.records, self.files = subdirs, [], {}
        for subdir in subdirs:
            document = json.loads((channel.folder / subdir / "repodata.json").read_bytes())
            files = {file: raw for part in PARTS for file, raw in document.get(part, {}).items()}
            self.records += records_of(files, subdir)
            self.files.update({
                f"{subdir}/{file}": (raw["name"], raw["version"], raw["build"], subdir)
                for file, raw in files.items()})
        self.channel = channel.name

    @functools.cache
    def judge(self, virtual: tuple[tuple[str, ...], ...]) -> Judge:
        return Judge([(self.channel, self.records)], self.subdirs, virtual)

    def judge_of(self, request: dict) -> Judge:
        return self.judge(tuple(map(tuple, request["virtual"])))

    def answer(self, judge: Judge, records: Iterable[str]) -> dict[str, dict]:
        return {self.files[record][0]: judge.find(*self.files[record]) for record in records}


@dataclasses.dataclass(frozen=True)
class Outcome:
    request: dict
    rival: str
    kind: str  # of KINDS, or FAULT
    choices: tuple[Difference, ...] = ()
    said: str = ""  # why it was refused, what the fault is

    def __str__(self) -> str:
        return f"{self.request['id']}, {self.rival}: {self.said} {self.request['specs']}"


class Fault(Exception):
    """Accord, or what judges it, is wrong; the words say in what."""


class Question:
    """One request: Accord is asked, and then each rival."""

    def __init__(self, in_turn: Rounds, job: Job, known: Known):
        self.in_turn, self.job, self.known = in_turn, job, known
        self.judge = known.judge_of(job.request)
        self.asked = self.judge.request(job.request["specs"])

    def outcomes(self) -> list[Outcome]:
        self.job.file.write_text(json.dumps(self.job.request))
        try:
            ours = self.ours()
        except Fault as error:
            return [self.of(rival, FAULT, said=str(error)) for rival in self.in_turn.rivals]
        return [self.beside(rival, ours) for rival in self.in_turn.rivals]

    def of(self, rival: Tool, kind: str, **more) -> Outcome:
        return Outcome(self.job.request, rival.name, kind, **more)

    def ours(self, given: Sequence[str] = ()) -> dict[str, dict] | None:
        """Accord's answer where `given` holds too; None: there is no solution."""
        request = {**self.job.request, "constraints": list(given)}
        answer = self.in_turn.details(dataclasses.replace(self.job, request=request))
        if not answer.decided:
            raise Fault(f"Accord: {answer.status} {answer.said}")
        if answer.status == "unsat":
            return None
        found = self.known.answer(self.judge, answer.records)
        if not self.judge.request(request["specs"], given).is_solution(found):
            raise Fault("ours is no solution")
        order = [one["package"] for one in json.loads(self.job.out.read_text())["priorities"]]
        if order != self.asked.priorities:
            raise Fault(f"ours decides {order}, the oracle {self.asked.priorities}")
        return found

    def refusal(self, records: Iterable[str]) -> str:
        """Why `accord verify` refuses an answer; empty: it does not."""
        file = self.job.folder / "explicit.txt"
        file.write_text("@EXPLICIT\n" + "".join(f"{self.job.channel.name}/{record}\n"
                                                for record in sorted(records)))
        run = self.in_turn.meter.run(self.in_turn.accord.verifying(self.job, file))
        lines = self.in_turn.meter.said().strip().splitlines()
        return "" if run.status == 0 else "; ".join(line.strip() for line in lines[1:])

    def beside(self, rival: Tool, ours: dict[str, dict] | None) -> Outcome:
        _, theirs = self.in_turn.once(rival, self.job)
        try:
            return self.outcome(rival, theirs, ours)
        except Fault as error:
            return self.of(rival, FAULT, said=str(error))

    def outcome(self, rival: Tool, theirs: Answer, ours: dict[str, dict] | None) -> Outcome:
        if not theirs.decided:
            return self.of(rival, "no answer", said=f"{theirs.status} {theirs.said}")
        if theirs.status == "unsat":
            if ours is not None:
                raise Fault("ours is a solution, and theirs is that there is none")
            return self.of(rival, "no solution")
        taken = self.known.answer(self.judge, theirs.records)
        refusal = self.refusal(theirs.records)
        if self.asked.is_solution(taken) == bool(refusal):
            raise Fault(f"of theirs `accord verify` says '{refusal}', and the oracle does not")
        if refusal:
            self.hold_refused(ours, taken)
            return self.of(rival, "refused", said=refusal)
        if ours is None:
            raise Fault("ours is that there is no solution, and theirs is one")
        choices = self.choices(ours, taken)
        return self.of(rival, "other records" if choices else "same records", choices=choices)

    def choices(self, ours: dict[str, dict], theirs: dict[str, dict]) -> tuple[Difference, ...]:
        """Both are solutions."""
        found: list[Difference] = []
        while difference := self.asked.first_difference(ours, theirs):
            if not difference.is_better:
                raise Fault(f"theirs is better: {difference}, after {len(found)} choices")
            found.append(difference)
            ours = self.ours([exact(one.theirs) for one in found])
            if ours is None:
                raise Fault(f"theirs is impossible for Accord: {difference}")
        return tuple(found)

    def hold_refused(self, ours: dict[str, dict] | None, theirs: dict[str, dict]) -> None:
        """Of an answer that is no solution a better record must be impossible for us there."""
        difference = self.asked.first_difference(ours, theirs) if ours is not None else None
        if difference is None or difference.is_better or difference.theirs is None:
            return
        before = self.asked.decisions(ours)[:difference.place - 1]
        given = [*(exact(ours[name]) for name in before), exact(difference.theirs)]
        if self.ours(given) is not None:
            raise Fault(f"theirs is no solution, but possible there and better: {difference}")
