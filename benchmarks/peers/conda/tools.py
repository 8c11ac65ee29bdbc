"""How Accord and each rival are asked one request, and what they answered.

Surface: Job, Answer, Accord, rivals(). All get the same specifiers, subdirs and virtual packages
and strict channel priority, and no configuration of the user. Accord writes what a frontend would
take, an environment file; rivals a line of JSON with the records.
"""

import dataclasses
import json
import pathlib
from collections.abc import Sequence

from data import Channel
from measure import TIMED_OUT, Run

HERE = pathlib.Path(__file__).resolve().parent
DECIDED = ("sat", "unsat")
SAID_MAX = 300  # letters of a failure that are told


@dataclasses.dataclass(frozen=True)
class Job:
    """One request: what requests.json says of it, and where it is asked."""
    request: dict
    channel: Channel
    folder: pathlib.Path
    timeout_s: int

    @property
    def file(self) -> pathlib.Path:
        return self.folder / "request.json"

    @property
    def out(self) -> pathlib.Path:
        return self.folder / "answer"

    @property
    def subdirs(self) -> str:
        return ",".join(self.request["subdirs"])

    @property
    def virtual(self) -> list[str]:
        return ["=".join(package) for package in self.request["virtual"]]


@dataclasses.dataclass(frozen=True)
class Answer:
    status: str  # sat, unsat, timeout, or failed (N)
    records: frozenset[str] = frozenset()  # SUBDIR/FILE
    load_us: int | None = None  # CPU time inside the process, as the tool says it
    solve_us: int | None = None
    said: str = ""  # the last of it, if it failed

    @property
    def decided(self) -> bool:
        return self.status in DECIDED


def without_answer(run: Run, said: str) -> Answer:
    status = "timeout" if run.status == TIMED_OUT else f"failed ({run.status})"
    return Answer(status, said=" ".join(said.split())[-SAID_MAX:] if run.status >= 0 else "")


def each(option: str, values: Sequence[str]) -> list[str]:
    return [word for value in values for word in (option, value)]


class Tool:
    """A rival, which prints its answer as solv_driver.c says."""

    def __init__(self, name: str, words: Sequence[str | pathlib.Path]):
        self.name, self.words = name, list(words)

    def arguments(self, job: Job) -> list[str | pathlib.Path]:
        raise NotImplementedError

    def command(self, job: Job) -> list[str | pathlib.Path]:
        return self.words + self.arguments(job)

    def times(self, line: dict) -> tuple[int, int]:
        return line["load_us"], line["solve_us"]

    def answer(self, run: Run, said: str) -> Answer:
        lines = [line for line in said.splitlines() if line.startswith("{")]
        if run.status != 0 or not lines:
            return without_answer(run, said)
        line = json.loads(lines[-1])
        if line["status"] not in DECIDED:
            return Answer(line["status"])
        return Answer(line["status"], frozenset(line["records"]), *self.times(line))


class Rattler(Tool):
    def arguments(self, job: Job) -> list[str | pathlib.Path]:
        return [job.channel.folder, job.file]


class Libsolv(Tool):
    def arguments(self, job: Job) -> list[str | pathlib.Path]:
        return [job.channel.folder, job.subdirs, *each("-v", job.virtual), *job.request["specs"]]


class Resolvo(Tool):
    """The driver of the shared folder, which RATTLER_BENCH names: rattler without Python."""

    def arguments(self, job: Job) -> list[str | pathlib.Path]:
        return [job.channel.folder, job.subdirs, "sparse", "resolvo", job.file, "1",
                str(job.timeout_s)]

    def times(self, line: dict) -> tuple[int, int]:
        return round(line["load_cpu"] * 1e6), round(line["solve_cpu"] * 1e6)


class Accord(Tool):
    """What is measured writes an environment; another run, uncounted, the JSON that tells more."""
    STATUS = {0: "sat", 1: "unsat"}
    READING, SOLVING = ("openUs", "parseUs", "universeUs"), ("solveUs", "explainUs", "checkUs")

    def target(self, job: Job) -> list[str | pathlib.Path]:
        return ["--ecosystem", "conda", "--corpus", job.channel.compiled,
                *each("--subdir", job.request["subdirs"]),
                *each("--virtual-package", job.virtual),
                *each("--constraint", job.request.get("constraints", []))]

    def arguments(self, job: Job, form: str = "environment") -> list[str | pathlib.Path]:
        return ["resolve", *self.target(job), "--format", form, "-o", job.out,
                *job.request["specs"]]

    def verifying(self, job: Job, answer: pathlib.Path) -> list[str | pathlib.Path]:
        return [*self.words, "verify", *self.target(job), "--answer", answer,
                *job.request["specs"]]

    def answer(self, run: Run, said: str) -> Answer:
        if run.status not in self.STATUS:
            return without_answer(run, said)
        return Answer(self.STATUS[run.status])

    def detailed(self, run: Run, said: str, document: str) -> Answer:
        if run.status not in self.STATUS:
            return without_answer(run, said)
        answer = json.loads(document)
        records = (f"{one['subdir']}/{one['files'][0]['name']}"
                   for one in answer["solution"] or [])
        times = answer["stats"]["timings"]
        return Answer(self.STATUS[run.status], frozenset(records),
                      *(sum(times[name] for name in names)
                        for names in (self.READING, self.SOLVING)))


def rivals(python: pathlib.Path, solv_driver: pathlib.Path, rattler_bench: str | None
           ) -> list[Tool]:
    found: list[Tool] = [Rattler("py-rattler", [python, HERE / "rattler_driver.py"]),
                         Libsolv("libsolv .solv", [solv_driver, "solv"]),
                         Libsolv("libsolv json", [solv_driver, "json"])]
    if rattler_bench:
        found.insert(1, Resolvo("resolvo sparse", [pathlib.Path(rattler_bench).absolute()]))
    return found
