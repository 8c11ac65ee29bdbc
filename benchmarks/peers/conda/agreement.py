"""Where Accord's answer to a request differs from a rival's, and whether a published rule says why.

Surface: Known, Outcome, Agreement. A rival's answer is led back to ours: of the first decision (in
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
from judge import Difference, Judge, Request, exact, records_of
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
            self.files.update({f"{subdir}/{file}": tuple(raw[key] for key in
                                                         ("name", "version", "build")) + (subdir,)
                               for file, raw in files.items()})
        self.channel = channel.name
        self.judge = functools.cache(self.judge)

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


class Agreement:
    """Asks Accord and all rivals, each once."""

    def __init__(self, in_turn: Rounds):
        self.in_turn = in_turn

    def ask(self, job: Job, known: Known) -> list[Outcome]:
        job.file.write_text(json.dumps(job.request))
        judge = known.judge_of(job.request)
        try:
            ours, fault = self.ours(job, known), ""
        except Fault as error:
            ours, fault = None, str(error)
        outcomes = []
        for rival in self.in_turn.rivals:
            _, theirs = self.in_turn.once(rival, job)
            try:
                if fault:
                    raise Fault(fault)
                found = self.outcome(job, known, judge, rival, theirs, ours)
            except Fault as error:
                found = Outcome(job.request, rival.name, FAULT, said=str(error))
            outcomes.append(found)
        return outcomes

    def ours(self, job: Job, known: Known, given: Sequence[str] = ()) -> dict[str, dict] | None:
        """Accord's answer where `given` holds too; None: there is no solution."""
        request = {**job.request, "constraints": list(given)}
        answer = self.in_turn.details(dataclasses.replace(job, request=request))
        if not answer.decided:
            raise Fault(f"Accord: {answer.status} {answer.said}")
        if answer.status == "unsat":
            return None
        judge = known.judge_of(job.request)
        asked = judge.request(request["specs"], given)
        found = known.answer(judge, answer.records)
        if not asked.is_solution(found):
            raise Fault("ours is no solution")
        order = [one["package"] for one in json.loads(job.out.read_text())["priorities"]]
        if order != asked.priorities():
            raise Fault(f"ours decides {order}, the oracle {asked.priorities()}")
        return found

    def refusal(self, job: Job, records: Iterable[str]) -> str:
        """Why `accord verify` refuses an answer; empty: it does not."""
        file = job.folder / "explicit.txt"
        file.write_text("@EXPLICIT\n" + "".join(f"{job.channel.name}/{record}\n"
                                                for record in sorted(records)))
        run = self.in_turn.meter.run(self.in_turn.accord.verifying(job, file))
        lines = self.in_turn.meter.said().strip().splitlines()
        return "" if run.status == 0 else "; ".join(line.strip() for line in lines[1:])

    def outcome(self, job: Job, known: Known, judge: Judge, rival: Tool, theirs: Answer,
                ours: dict[str, dict] | None) -> Outcome:
        def of(kind: str, **more) -> Outcome:
            return Outcome(job.request, rival.name, kind, **more)
        if not theirs.decided:
            return of("no answer", said=f"{theirs.status} {theirs.said}")
        if theirs.status == "unsat":
            if ours is not None:
                raise Fault("ours is a solution, and theirs is that there is none")
            return of("no solution")
        asked = judge.request(job.request["specs"])
        taken = known.answer(judge, theirs.records)
        refusal = self.refusal(job, theirs.records)
        if asked.is_solution(taken) == bool(refusal):
            raise Fault(f"`accord verify` says of theirs '{refusal}', the oracle does not")
        if refusal:
            self.hold_refused(job, known, asked, ours, taken)
            return of("refused", said=refusal)
        if ours is None:
            raise Fault("ours is that there is no solution, and theirs is one")
        choices = self.choices(job, known, asked, ours, taken)
        return of("other records" if choices else "same records", choices=choices)

    def choices(self, job: Job, known: Known, asked: Request, ours: dict[str, dict],
                theirs: dict[str, dict]) -> tuple[Difference, ...]:
        """In both a solution."""
        found: list[Difference] = []
        while difference := asked.first_difference(ours, theirs):
            if not difference.is_better:
                raise Fault(f"theirs is better: {difference}, after {len(found)} choices")
            found.append(difference)
            ours = self.ours(job, known, [exact(one.theirs) for one in found])
            if ours is None:
                raise Fault(f"theirs is impossible for Accord: {difference}")
        return tuple(found)

    def hold_refused(self, job: Job, known: Known, asked: Request, ours: dict[str, dict] | None,
                     theirs: dict[str, dict]) -> None:
        """Of an answer that is no solution a better record must be impossible for us there."""
        difference = asked.first_difference(ours, theirs) if ours is not None else None
        if difference is None or difference.is_better or difference.theirs is None:
            return
        before = asked.decisions(ours)[:difference.place - 1]
        given = [*(exact(ours[name]) for name in before), exact(difference.theirs)]
        if self.ours(job, known, given) is not None:
            raise Fault(f"theirs is no solution, but possible there and better: {difference}")
