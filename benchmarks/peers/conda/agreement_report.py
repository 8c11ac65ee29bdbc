"""What agreed, as a table: how each rival's answers are beside Accord's, and by which rules of
docs/ecosystems/conda.md its own choices are the lesser ones.

Surface: Report.
"""

import collections
import dataclasses

import page
from agreement import FAULT, KINDS, Outcome
from judge import RULES

SAID_MAX = 200  # letters of a refusal that are told


class Report:
    def __init__(self, versions: dict[str, str], seed: int):
        self.versions, self.seed = versions, seed
        self.outcomes: dict[str, list[Outcome]] = {}  # by where the requests are from

    def add(self, source: str, outcomes: list[Outcome]) -> None:
        self.outcomes.setdefault(source, []).extend(outcomes)

    @property
    def all(self) -> list[Outcome]:
        return [outcome for outcomes in self.outcomes.values() for outcome in outcomes]

    def kinds(self) -> list[str]:
        """Those that there were."""
        seen = {outcome.kind for outcome in self.all}
        return [kind for kind in (*KINDS, FAULT) if kind in seen]

    def rules(self) -> list[str]:
        seen = {choice.rule for outcome in self.all for choice in outcome.choices}
        return [rule for rule in RULES if rule in seen]

    def row(self, source: str, rival: str, outcomes: list[Outcome]) -> list[str]:
        kinds = collections.Counter(outcome.kind for outcome in outcomes)
        rules = collections.Counter(choice.rule for outcome in outcomes
                                    for choice in outcome.choices)
        return [source, rival, *(str(kinds[kind]) for kind in self.kinds()),
                *(str(rules[rule]) for rule in self.rules())]

    def tables(self) -> dict[str, str]:
        rows = []
        for source, outcomes in self.outcomes.items():
            for rival in dict.fromkeys(outcome.rival for outcome in outcomes):
                rows.append(self.row(source, rival, [outcome for outcome in outcomes
                                                     if outcome.rival == rival]))
        rules = [f"choices: {rule}" if i == 0 else rule for i, rule in enumerate(self.rules())]
        versions = ", ".join(f"{name} {version}" for name, version in self.versions.items())
        return {"conda_agreement": f"{versions}; seed {self.seed}.\n\n" + page.table(
            ["requests", "rival", *self.kinds(), *rules], rows)}

    def notes(self) -> list[str]:
        return [str(dataclasses.replace(outcome, said=f"{outcome.kind}: {outcome.said[:SAID_MAX]}"))
                for outcome in self.all if outcome.kind in ("refused", "no answer")]

    def faults(self) -> list[str]:
        return [str(outcome) for outcome in self.all if outcome.kind == FAULT]

    def document(self) -> dict:
        """All of it, for other programs."""
        return {"versions": self.versions, "seed": self.seed, "outcomes": [
            {"source": source, "request": outcome.request, "rival": outcome.rival,
             "kind": outcome.kind, "choices": list(map(str, outcome.choices)),
             "said": outcome.said}
            for source, outcomes in self.outcomes.items() for outcome in outcomes]}
