"""What an answer holds, as types.

Made by generate.py from docs/schemas/accord-answer-1.schema.json.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, TypedDict

if TYPE_CHECKING:
    from typing_extensions import NotRequired


Texts = Sequence[str]


class AnswerDocumentCondaTargetVirtualPackage(TypedDict):
    name: str
    version: str
    build: str


class AnswerDocumentCondaTarget(TypedDict):
    """what was resolved for; conda only"""

    # empty: all that the channels have
    subdirs: Texts
    virtualPackages: Sequence[AnswerDocumentCondaTargetVirtualPackage]
    channelPriority: Literal["strict", "flexible", "disabled"]


class AnswerDocumentPipItem(TypedDict):
    requirement: str
    place: str


Prereleases = Literal[
    "if-necessary-or-explicit", "if-necessary", "explicit", "allow", "disallow", "pep440"
]


class PoliciesOverride(TypedDict):
    requirement: str
    # null: of everybody
    dependant: str | None


class Policies(TypedDict):
    """those of docs/policies.md, all of them; pypi only"""

    resolution: Literal["highest", "lowest", "lowest-direct"]
    order: Literal["requirer-first", "name", "as-given"]
    prereleases: Prereleases
    # by package
    prereleasesOf: Mapping[str, Prereleases]
    excludeNewer: str | None
    # by package
    excludeNewerOf: Mapping[str, str | None]
    missingUploadTime: Literal["refuse", "admit"]
    # packages, or :all:
    onlyBinary: Texts
    # likewise
    noBinary: Texts
    preferBinary: bool
    # packages of which only files with given hashes were admitted
    allowedHashesOf: Texts
    requireHashes: bool
    indexPolicy: Literal["first-index", "best-match"]
    overrides: Sequence[PoliciesOverride]
    noDeps: bool
    pythonBounds: Literal["honour", "ignore"]
    absent: Literal["by-corpus", "nonexistent", "unknown"]


class AnswerDocumentNote(TypedDict):
    place: str
    text: str


class AnswerDocumentNeedsBuildItem(TypedDict):
    package: str
    version: str
    file: str


class Line(TypedDict):
    kind: Literal[
        "request", "constraint", "lock", "exclusion", "dependency", "noCandidate",
        "notAdmitted", "nonexistent", "unavailable", "oneVersion"
    ]
    text: str
    # where a text of the request was written
    place: NotRequired[str]


Lines = Sequence[Line]


class AnswerDocumentPythonsTriedItem(TypedDict):
    python: str
    conflict: Lines


class RequiredBy(TypedDict):
    # "request", or "name version"
    who: str
    # canonical text
    requirement: str


class File(TypedDict):
    """what is not known is not there"""

    name: str
    kind: Literal["wheel", "sdist", "conda"]
    # the target can use it and the policies admit it
    fits: bool
    url: NotRequired[str]
    sha256: NotRequired[str]
    # of conda
    md5: NotRequired[str]
    # bytes
    size: NotRequired[int]
    # RFC 3339 in UTC
    uploaded: NotRequired[str]


class Chosen(TypedDict):
    package: str
    # as the source spells it
    version: str
    # the active ones, sorted
    extras: Texts
    requested: bool
    # the requirement that the walk chose it for
    reason: RequiredBy
    # all that ask for it or for its extras
    requiredBy: Sequence[RequiredBy]
    # of a direct reference; then no files are known
    url: NotRequired[str]
    # the source that has it, by its place
    index: NotRequired[str]
    # of conda
    build: NotRequired[str]
    # of conda
    buildNumber: NotRequired[int]
    # of conda
    channel: NotRequired[str]
    # of conda
    subdir: NotRequired[str]
    # of the best file, else of the metadata; as it is spelled there
    requiresPython: NotRequired[str]
    # those that fit first, best first; then what other targets may use
    files: Sequence[File]


class AnswerDocumentClaim(TypedDict):
    kind: Literal["canonical", "feasible"]
    # names, or "name version", that are not known and that the answer takes as not there
    assuming: Texts


class ExplanationNode(TypedDict):
    kind: Literal[
        "request", "constraint", "lock", "exclusion", "dependency", "noVersion", "filtered",
        "nonexistent", "unknown", "needsBuild", "override", "oneVersion", "supposed",
        "impossible", "noSolution"
    ]
    package: str
    text: str
    # filtered: which filter
    filter: NotRequired[Literal[
        "invalidVersion", "yanked", "requiresPython", "unreadableRequirement", "urlRequirement",
        "prerelease", "tags", "onlyBinary", "noBinary", "newer", "noUploadTime", "hash",
        "unusableFiles", "channelPriority", "subdir"
    ]]
    # where a text of the request was written
    place: NotRequired[str]
    # indices of earlier nodes
    because: Sequence[int]


class Explanation(TypedDict):
    """the conflict step by step; only if unsat; empty if a limit was reached"""

    sentences: Texts
    nodes: Sequence[ExplanationNode]


class AnswerDocumentHint(TypedDict):
    kind: Literal[
        "prereleases", "yanked", "pythonBounds", "python", "excludeNewer", "sdists", "wheels",
        "channelPriority", "target", "constraint", "lock", "exclusion", "override",
        "requirement"
    ]
    subject: str
    text: str


class AnswerDocumentHintsUndecidedItem(TypedDict):
    kind: str
    subject: str
    text: str
    why: str


class StepRecord(TypedDict):
    version: str
    build: NotRequired[str]
    channel: NotRequired[str]
    subdir: str


Step = TypedDict(
    'Step',
    {
        'action': 'Literal["install", "remove", "upgrade", "downgrade", "change"]',
        'package': 'str',
        'from': 'NotRequired[StepRecord]',
        'to': 'NotRequired[StepRecord]',
        'reason': 'str',
    },
)


class AnswerDocumentPriority(TypedDict):
    package: str
    priority: int


class BehindTrade(TypedDict):
    package: str
    chosen: str
    instead: str


class Behind(TypedDict):
    package: str
    chosen: str
    newest: str
    kind: Literal["request", "impossible", "traded", "notExamined"]
    # impossible: what cannot hold together with a newer version
    lines: NotRequired[Lines]
    # traded: the newer version that a solution has
    instead: NotRequired[str]
    # traded: requested packages that would be older there
    trades: NotRequired[Sequence[BehindTrade]]


class AnswerDocumentWarning(TypedDict):
    kind: Literal["unknownExtra", "invalidVersion", "unmetSoft", "repaired"]
    package: str
    text: str


class AnswerDocumentCheck(TypedDict):
    """what the checker said; only of solutions"""

    accepted: bool
    violations: Texts


class WhyVersionHolder(TypedDict):
    # request, constraint, lock, exclusion, or "name version" of a package that was chosen
    # before
    who: str
    # null: that it was chosen is enough
    requirement: str | None
    # it leaves no better version by itself
    alone: bool


class LeftOutItem(TypedDict):
    filter: str
    count: int
    # the newest, and what is wrong with it
    example: str
    # with the switch that sets the filter
    sentence: str


LeftOut = Sequence[LeftOutItem]


class WhyVersion(TypedDict):
    package: str
    version: str
    kind: Literal["best", "request", "held", "impossible", "favoured", "notExamined"]
    # admitted
    newest: str
    # admitted: the newest, unless the request prefers others
    best: str
    # what leaves no better version; sorted
    holders: Sequence[WhyVersionHolder]
    # impossible: what follows from the holders
    lines: Lines
    # best: newer versions that are not admitted
    newerLeftOut: LeftOut


class Why(TypedDict):
    asked: str
    kind: Literal["inAnswer", "notNeeded", "nonexistent", "unknown"]
    # of a package that the target decides: what it has
    given: NotRequired[str]
    # null: the package is not in the answer
    version: str | None
    # notNeeded: the newest admitted version
    newest: str | None
    # the shortest ways from the request to it, four at most
    chains: Sequence[Sequence[RequiredBy]]
    # there are further ones as short
    moreChains: bool
    # all who ask for it
    requiredBy: Sequence[RequiredBy]
    # why it is at its version: one entry, if it is in the answer
    versions: Sequence[WhyVersion]


class Change(TypedDict):
    package: str
    # in the answer; null: it is not there
    chosen: str | None
    # in the solution with what was asked about; null: it is not there
    instead: str | None


class WhyNot(TypedDict):
    asked: str
    package: str
    kind: Literal[
        "chosen", "notNeeded", "worse", "impossible", "notAdmitted", "noVersion", "nonexistent",
        "unknown", "stopped"
    ]
    # of a package that the target decides: what it has
    given: NotRequired[str]
    # the version in the answer
    chosen: str | None
    # the version that a solution has
    instead: str | None
    # all packages that would differ there
    changes: Sequence[Change | None]
    # of them the one that is decided first, where the answer's is better
    first: Change | None
    # impossible: what cannot hold together
    conflict: NotRequired[Lines]
    explanation: NotRequired[Explanation]
    # of the versions that are meant
    leftOut: LeftOut
    # noVersion: the nearest that there are
    older: str | None
    newer: str | None
    assuming: Texts


Counts = Mapping[str, int]


class AnswerDocumentStats(TypedDict):
    # the same on every machine
    counters: Counts
    # microseconds
    timings: Counts


class AnswerDocument(TypedDict):
    """What an answer says, under which policies it was made, and what it cost. digest is the
    SHA-256 of the canonical JSON (RFC 8785) of status, reason, solution (without index,
    requiresPython and files), claim, conflict, explanation, hints, priorities, behind,
    warnings, transaction, unlinkOrder and linkOrder, without the places of the request's texts.
    New fields may come; readers ignore those they do not know."""

    schemaVersion: Literal[1]
    ecosystem: Literal["pypi", "conda", "plain"]
    strategy: Literal["cdcl", "libsolv"]
    # the marker variables that were used; pypi only
    environment: NotRequired[Mapping[str, str]]
    # the same with its tags, in words; pypi only
    target: NotRequired[str]
    # what was resolved for; conda only
    condaTarget: NotRequired[AnswerDocumentCondaTarget]
    # what an environment.yml leaves to pip, not resolved; conda only
    pip: NotRequired[Sequence[AnswerDocumentPipItem]]
    policies: NotRequired[Policies]
    # what of the request's files has no effect, or not the one it seems to have; not plain
    notes: NotRequired[Sequence[AnswerDocumentNote]]
    # of claim.assuming, sdists whose metadata nobody knows before they are built; they count as
    # not there
    needsBuild: Sequence[AnswerDocumentNeedsBuildItem]
    # under --python any: better Pythons than the answer's, best first, and why they will not
    # do; all of them if none will
    pythonsTried: Sequence[AnswerDocumentPythonsTriedItem]
    status: Literal["sat", "unsat", "stopped"]
    # why it stopped; only then
    reason: NotRequired[Literal["work", "cancelled"]]
    # sorted by package; null: there is none
    solution: Sequence[Chosen] | None
    claim: AnswerDocumentClaim
    # what cannot hold together; empty unless unsat
    conflict: Lines
    explanation: NotRequired[Explanation]
    # changes of the request with which there is a solution; each was solved; only if unsat
    hints: NotRequired[Sequence[AnswerDocumentHint]]
    # changes that were tried and not decided, and why; no part of the digest; only if unsat
    hintsUndecided: NotRequired[Sequence[AnswerDocumentHintsUndecidedItem]]
    # what changes in the environment that is there: what is only removed, in unlinkOrder, then
    # the others in linkOrder; only of a conda request with an environment
    transaction: NotRequired[Sequence[Step]]
    # the packages with a `from`: who needs one before it. All are unlinked before the first is
    # linked
    unlinkOrder: NotRequired[Texts]
    # the packages with a `to`: what one needs before it; of a cycle the one met first last,
    # noarch Python code behind python
    linkOrder: NotRequired[Texts]
    # in the order of decision
    priorities: Sequence[AnswerDocumentPriority]
    # requested packages that are not at their newest admitted version
    behind: Sequence[Behind]
    warnings: Sequence[AnswerDocumentWarning]
    # what the checker said; only of solutions
    check: NotRequired[AnswerDocumentCheck]
    # why each package is at its version; only if it was asked for
    versions: NotRequired[Sequence[WhyVersion]]
    # why a package is in the answer; only if it was asked for
    why: NotRequired[Why]
    # why the answer does not have a version; only if it was asked for
    whyNot: NotRequired[WhyNot]
    digest: str
    stats: AnswerDocumentStats
