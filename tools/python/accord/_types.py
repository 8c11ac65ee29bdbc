"""What is asked and what methods other than `resolve` answer, in the words of docs/protocol.md.

These are hints for type checkers: dicts with more or other fields pass through as they are, and
the engine judges them. `_answer.py` has the types of answers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, TypedDict, Union

from accord._answer import Answer

if TYPE_CHECKING:
    from typing_extensions import NotRequired

Ecosystem = Literal["pypi", "conda", "plain"]


class PlacedText(TypedDict):
    text: str
    place: NotRequired[str]


Text = Union[str, PlacedText]

# The words of plain universes (docs/world-file.md).


class PlainSet(TypedDict):
    package: str
    allowed: NotRequired[Sequence[Sequence[int]]]  # [first, last], positions; left out: all


class Condition(TypedDict, total=False):
    """A set, or one of `and` and `or`: `{"or": [{"package": "a"}, {"package": "b"}]}`."""

    package: str
    allowed: Sequence[Sequence[int]]


class Requirement(TypedDict, total=False):
    """A set, or `any` of several; only `when`, if there is a condition."""

    package: str
    allowed: Sequence[Sequence[int]]
    any: Sequence[PlainSet]
    when: Mapping[str, Any]
    text: str
    priority: int
    reason: str


class Candidate(TypedDict):
    version: str
    requires: NotRequired[Sequence[Requirement]]
    constrains: NotRequired[Sequence[Requirement]]
    unknown: NotRequired[str]
    pending: NotRequired[bool]


class CandidateNeeds(TypedDict):
    """What a pending candidate needs."""

    candidate: int
    requires: NotRequired[Sequence[Requirement]]
    constrains: NotRequired[Sequence[Requirement]]
    unknown: NotRequired[str]


class Package(TypedDict):
    package: str
    candidates: NotRequired[Sequence[Candidate]]
    prefer: NotRequired[str | Sequence[int]]
    coexist: NotRequired[Literal["one", "any"]]
    dependencies: NotRequired[Sequence[CandidateNeeds]]


class PackageError(TypedDict):
    package: str
    reason: str


class Update(TypedDict, total=False):
    put: Sequence[Package]
    drop: Sequence[str]
    absent: Sequence[str]
    error: Sequence[PackageError]


# Requests.


class PypiTarget(TypedDict):
    python: str
    platform: NotRequired[str]
    implementation: NotRequired[str]
    abi: NotRequired[str]
    tags: NotRequired[Sequence[str]]


class VirtualPackage(TypedDict):
    name: str
    version: NotRequired[str]
    build: NotRequired[str]


class CondaTarget(TypedDict):
    subdirs: Sequence[str]
    virtualPackages: NotRequired[Sequence[VirtualPackage]]


class Override(TypedDict):
    requirement: str
    dependant: NotRequired[str]


class DirectMetadata(TypedDict):
    url: str
    metadata: str


class Limits(TypedDict, total=False):
    work: int
    timeMs: int


class Request(TypedDict, total=False):
    """The fields of all ecosystems; which of them there are is the universe's."""

    requirements: Sequence[Text]  # pypi
    specs: Sequence[Text]  # conda
    requires: Sequence[Requirement]  # plain
    soft: Sequence[Requirement]  # plain
    constrains: Sequence[Requirement]  # plain
    constraints: Sequence[Text]
    locked: Sequence[Text] | Sequence[Requirement]
    favored: Sequence[Text] | Sequence[Requirement]
    excluded: Sequence[Text] | Sequence[Requirement]
    overrides: Sequence[Override]  # pypi
    direct: Sequence[DirectMetadata]  # pypi
    target: PypiTarget | CondaTarget
    policies: Mapping[str, Any]
    closed: bool  # plain
    limits: Limits
    explanations: bool


# Results.


class Loaded(TypedDict):
    revision: int
    place: str


class Queried(TypedDict):
    package: str
    state: Literal["known", "absent", "error", "unknown"]
    reason: NotRequired[str]
    candidates: NotRequired[list[Any]]


class Want(TypedDict):
    """A package whose candidates are not known, or candidates whose needs are not."""

    package: str
    candidates: NotRequired[list[int]]


class Needs(TypedDict):
    """What a search in needs mode waits for, and what will be useful soon."""

    status: Literal["needs"]
    solve: str
    revision: int
    wants: list[Want]
    hints: list[Want]


class Wants(TypedDict):
    """What a search in wants mode waits for (`universe/wants`)."""

    id: int
    solve: str
    universe: str
    revision: int
    wants: list[Want]
    hints: list[Want]


class Change(TypedDict):
    package: str
    before: str | None
    after: str | None


class Outcome(TypedDict):
    status: Literal["sat", "unsat", "stopped"]
    digest: str


class WhatIf(TypedDict):
    before: Outcome
    after: Outcome
    changes: list[Change]
    answer: Answer


class Pin(TypedDict):
    package: str
    version: str
    extras: NotRequired[Sequence[str]]
    build: NotRequired[str]
    channel: NotRequired[str]
    subdir: NotRequired[str]
    file: NotRequired[str]


class Violation(TypedDict):
    kind: str
    where: str
    wish: str
    fact: str


class Verified(TypedDict):
    valid: bool
    violations: list[Violation]


class ParsedVersion(TypedDict):
    """The rest is the ecosystem's, as `accord version --json` has it."""

    version: str
    normal: str


class Compared(TypedDict):
    left: str
    right: str
    order: Literal["less", "equal", "greater"]


class Matched(TypedDict):
    version: str
    specifiers: str
    matches: bool


class RequestCounts(TypedDict):
    received: int
    answered: int
    inFlight: int


class Stats(TypedDict):
    requests: RequestCounts
    universes: int
    solves: NotRequired[int]
    uptimeMs: int
    memoryBytes: int


class EngineInfo(TypedDict):
    name: str
    version: str


class Capabilities(TypedDict):
    methods: list[str]
    modes: list[str]
    loads: list[str]
    progress: bool
    log: bool


class Initialized(TypedDict):
    protocolVersion: int
    engine: EngineInfo
    capabilities: Capabilities
    ecosystems: list[Ecosystem]
    limits: dict[str, int]
    schemaHash: NotRequired[str]
