"""What is asked, and what methods answer, as types.

Made by generate.py from docs/schemas/accord-protocol-1.schema.json.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, TypedDict

from accord._answer import AnswerDocument

if TYPE_CHECKING:
    from typing_extensions import NotRequired


Ecosystem = Literal["pypi", "conda", "plain"]


class InitializeResultEngine(TypedDict):
    name: str
    version: str


Texts = Sequence[str]


Mode = Literal["closed", "needs", "wants"]


class InitializeResultCapabilities(TypedDict):
    # sorted
    methods: Texts
    modes: Sequence[Mode]
    # the formats of universe/load
    loads: Texts
    progress: bool
    log: bool


class InitializeResultLimits(TypedDict):
    frameBytes: int
    # of JSON
    depth: int
    requestsInFlight: int
    universes: int
    # that wait for facts
    solves: int
    # of a universe that takes updates
    packages: NotRequired[int]
    # of a plain universe
    candidates: NotRequired[int]
    # that are put into a pypi universe
    files: NotRequired[int]


class InitializeResult(TypedDict):
    protocolVersion: int
    engine: InitializeResultEngine
    capabilities: InitializeResultCapabilities
    ecosystems: Sequence[Ecosystem]
    limits: InitializeResultLimits
    # SHA-256 of accord-protocol-1.schema.json
    schemaHash: str


class StatsResultRequests(TypedDict):
    received: int
    answered: int
    inFlight: int


class StatsResult(TypedDict):
    requests: StatsResultRequests
    # open
    universes: int
    # that wait for facts
    solves: int
    uptimeMs: int
    # resident; 0: the system does not say
    memoryBytes: int


class Want(TypedDict):
    package: str
    candidates: NotRequired[Sequence[int]]
    files: NotRequired[Texts]


Wants = Sequence[Want]


class UniverseWantsParams(TypedDict):
    # of the request that waits
    id: str | int
    solve: str
    universe: str
    revision: int
    wants: Wants
    hints: Wants


class PlainSet(TypedDict):
    package: NotRequired[str]
    # ranges of positions, both ends in it; left out: all
    allowed: NotRequired[Sequence[Sequence[int]]]


PlainCondition = TypedDict(
    'PlainCondition',
    {
        'package': 'NotRequired[str]',
        'allowed': 'NotRequired[Sequence[Sequence[int]]]',
        'and': 'NotRequired[Sequence[PlainCondition]]',
        'or': 'NotRequired[Sequence[PlainCondition]]',
    },
)


class PlainRequirement(TypedDict):
    """a set, or alternatives; with a condition"""

    package: NotRequired[str]
    # ranges of positions, both ends in it; left out: all
    allowed: NotRequired[Sequence[Sequence[int]]]
    any: NotRequired[Sequence[PlainSet]]
    when: NotRequired[PlainCondition]
    text: NotRequired[str]
    # of the request's own; lower first
    priority: NotRequired[int]
    # of locks and exclusions
    reason: NotRequired[str]


class PlainCandidate(TypedDict):
    version: str
    requires: NotRequired[Sequence[PlainRequirement]]
    constrains: NotRequired[Sequence[PlainRequirement]]
    # why its needs cannot be known
    unknown: NotRequired[str]
    # its needs are said later
    pending: NotRequired[bool]


class PlainPackage(TypedDict):
    """in the words of docs/world-file.md"""

    package: str
    # in place of candidates: why they cannot be known
    unknown: NotRequired[str]
    # in place of candidates: there are none
    nonexistent: NotRequired[bool]
    # all of them, oldest first
    candidates: NotRequired[Sequence[PlainCandidate]]
    prefer: NotRequired[Literal["last", "first"] | Sequence[int]]
    coexist: NotRequired[Literal["one", "any"]]


class PlainDependenciesDependency(TypedDict):
    # its position
    candidate: int
    requires: NotRequired[Sequence[PlainRequirement]]
    constrains: NotRequired[Sequence[PlainRequirement]]
    unknown: NotRequired[str]


class PlainDependencies(TypedDict):
    package: str
    dependencies: Sequence[PlainDependenciesDependency]


class PypiFileHashes(TypedDict):
    sha256: NotRequired[str]


PypiFile = TypedDict(
    'PypiFile',
    {
        'filename': 'str',
        'url': 'NotRequired[str]',
        'hashes': 'NotRequired[PypiFileHashes]',
        'requires-python': 'NotRequired[str | None]',
        'yanked': 'NotRequired[bool | str]',
        'size': 'NotRequired[int | None]',
        'upload-time': 'NotRequired[str | None]',
    },
)


class PypiMetadata(TypedDict):
    file: str
    # METADATA
    text: NotRequired[str]
    # of an sdist: the text is that of what was built of it
    built: NotRequired[bool]
    # why it cannot be known
    error: NotRequired[str]


class PypiPackage(TypedDict):
    """files: all of them, as PEP 691 and 700 list them; metadata: of single files, then or later"""

    package: str
    files: NotRequired[Sequence[PypiFile]]
    metadata: NotRequired[Sequence[PypiMetadata]]


class CondaRecord(TypedDict):
    """as repodata.json or a shard has it, with where it is from; other fields of it are ignored"""

    # one of the universe's; the one without a name if it is left out
    channel: NotRequired[str]
    subdir: str
    # its file's name
    fn: str
    name: str
    version: str
    build: NotRequired[str]
    build_number: NotRequired[int]
    depends: NotRequired[Texts]
    constrains: NotRequired[Texts]
    extra_depends: NotRequired[Mapping[str, Texts]]
    track_features: NotRequired[str | Texts]
    flags: NotRequired[str | Texts]
    noarch: NotRequired[str | bool]
    # since 1970: milliseconds, or seconds in old records
    timestamp: NotRequired[int]
    md5: NotRequired[str]
    sha256: NotRequired[str]
    size: NotRequired[int]
    url: NotRequired[str]
    license: NotRequired[str]


class CondaPackage(TypedDict):
    """all records of the name, of all channels"""

    package: str
    records: Sequence[CondaRecord]


class UpdateErrorItem(TypedDict):
    package: str
    reason: str


class Update(TypedDict):
    ifRevision: NotRequired[int]
    put: NotRequired[Sequence[PlainPackage | PlainDependencies | PypiPackage | CondaPackage]]
    # names to forget
    drop: NotRequired[Texts]
    # names that do not exist
    absent: NotRequired[Texts]
    # what cannot be known
    error: NotRequired[Sequence[UpdateErrorItem]]


class UniverseLoadResult(TypedDict):
    revision: int
    # how answers name it
    place: str


class PypiVersionFile(TypedDict):
    filename: str
    # its METADATA were not said
    pending: NotRequired[bool]
    # why they cannot be known
    unknown: NotRequired[str]


class PypiVersion(TypedDict):
    version: str
    files: Sequence[PypiVersionFile]


class CondaCandidate(TypedDict):
    version: str
    build: str
    channel: str
    subdir: str


class UniverseQueryResult(TypedDict):
    package: str
    state: Literal["known", "absent", "error", "unknown"]
    # of an error
    reason: NotRequired[str]
    # of what is known
    candidates: NotRequired[Sequence[PlainCandidate | PypiVersion | CondaCandidate]]


class RequestTextObject(TypedDict):
    text: str
    place: NotRequired[str]


RequestText = str | RequestTextObject


RequestItems = Sequence[RequestText | PlainRequirement]


class RequestOverride(TypedDict):
    requirement: str
    # left out: of everybody
    dependant: NotRequired[str]
    place: NotRequired[str]


class RequestDirectItem(TypedDict):
    url: str
    metadata: str


class TargetVirtualPackage(TypedDict):
    name: str
    version: NotRequired[str]
    build: NotRequired[str]


class Target(TypedDict):
    """pypi: python, platform, implementation, abi, tags; conda: subdirs, virtualPackages"""

    python: NotRequired[str]
    platform: NotRequired[str]
    implementation: NotRequired[str]
    abi: NotRequired[str]
    tags: NotRequired[Texts]
    subdirs: NotRequired[Texts]
    # left out: those of the platform
    virtualPackages: NotRequired[Sequence[TargetVirtualPackage]]


Prereleases = Literal[
    "if-necessary-or-explicit", "if-necessary", "explicit", "allow", "disallow", "pep440"
]


Dialect = Literal["cep", "conda", "libmamba"]


class Policies(TypedDict):
    """docs/policies.md"""

    resolution: NotRequired[Literal["highest", "lowest", "lowest-direct"]]
    order: NotRequired[Literal["requirer-first", "name", "as-given"]]
    # pypi
    prereleases: NotRequired[Prereleases]
    # pypi; by package
    prereleasesOf: NotRequired[Mapping[str, Prereleases]]
    # RFC 3339, in UTC; null: no limit
    excludeNewer: NotRequired[str | None]
    # by package
    excludeNewerOf: NotRequired[Mapping[str, str | None]]
    # conda
    excludeNewerOfChannels: NotRequired[Mapping[str, str | None]]
    missingUploadTime: NotRequired[Literal["refuse", "admit"]]
    # pypi; packages, or :all:
    onlyBinary: NotRequired[Texts]
    # pypi; packages, or :all:
    noBinary: NotRequired[Texts]
    # pypi
    preferBinary: NotRequired[bool]
    # pypi; by package
    allowedHashes: NotRequired[Mapping[str, Texts]]
    # pypi
    requireHashes: NotRequired[bool]
    # pypi
    indexPolicy: NotRequired[Literal["first-index", "best-match"]]
    # pypi
    pythonBounds: NotRequired[Literal["honour", "ignore"]]
    # conda
    channelPriority: NotRequired[Literal["strict", "flexible", "disabled"]]
    dialect: NotRequired[Dialect]
    noDeps: NotRequired[bool]
    absent: NotRequired[Literal["by-corpus", "nonexistent", "unknown"]]


class SolveLimits(TypedDict):
    # the same on every machine
    work: NotRequired[int]
    timeMs: NotRequired[int]


class Request(TypedDict):
    """a universe, and what is asked of it"""

    # pypi
    requirements: NotRequired[RequestItems]
    # pypi
    overrides: NotRequired[Sequence[RequestOverride]]
    # pypi: METADATA of what a URL holds
    direct: NotRequired[Sequence[RequestDirectItem]]
    # conda
    specs: NotRequired[RequestItems]
    # plain
    requires: NotRequired[RequestItems]
    # plain
    soft: NotRequired[RequestItems]
    # plain
    constrains: NotRequired[RequestItems]
    # plain: names that nobody spoke of do not exist
    closed: NotRequired[bool]
    constraints: NotRequired[RequestItems]
    locked: NotRequired[RequestItems]
    favored: NotRequired[RequestItems]
    excluded: NotRequired[RequestItems]
    target: NotRequired[Target]
    policies: NotRequired[Policies]
    limits: NotRequired[SolveLimits]
    # why not newer, and what would help; default true
    explanations: NotRequired[bool]


class Answer(AnswerDocument):
    # what was read
    revision: int


class Needs(TypedDict):
    status: Literal["needs"]
    solve: str
    revision: int
    wants: Wants
    hints: Wants


class Outcome(TypedDict):
    status: Literal["sat", "unsat", "stopped"]
    digest: str


class WhatIfResultChange(TypedDict):
    package: str
    # a version; null: not there
    before: str | None
    after: str | None


class WhatIfResult(TypedDict):
    before: Outcome
    after: Outcome
    # sorted by package
    changes: Sequence[WhatIfResultChange]
    # to the changed request
    answer: Answer


class PinFile(TypedDict):
    name: str
    fits: NotRequired[bool]
    sha256: NotRequired[str]
    md5: NotRequired[str]


class Pin(TypedDict):
    package: str
    version: str
    # of plain: its position, where several have the version
    candidate: NotRequired[int]
    extras: NotRequired[Texts]
    url: NotRequired[str]
    index: NotRequired[str]
    build: NotRequired[str]
    channel: NotRequired[str]
    subdir: NotRequired[str]
    files: NotRequired[Sequence[PinFile]]


class VerifyResultViolation(TypedDict):
    kind: str
    where: str
    wish: str
    fact: str


class VerifyResultNote(TypedDict):
    place: str
    text: str


class VerifyResultStatsCounters(TypedDict):
    checkPins: NotRequired[int]
    checkTexts: NotRequired[int]
    checkMarkers: NotRequired[int]
    checkMatches: NotRequired[int]


class VerifyResultStats(TypedDict):
    counters: VerifyResultStatsCounters


class VerifyResult(TypedDict):
    schemaVersion: Literal[1]
    valid: bool
    violations: Sequence[VerifyResultViolation]
    notes: Sequence[VerifyResultNote]
    stats: VerifyResultStats


class VersionParseResult(TypedDict):
    schemaVersion: Literal[1]
    # as it was given
    version: str
    normal: str
    # pypi
    canonical: NotRequired[str]
    epoch: str
    # pypi
    release: NotRequired[str | Sequence[str]]
    # pypi
    pre: NotRequired[str | None]
    # pypi
    post: NotRequired[str | None]
    # pypi
    dev: NotRequired[str | None]
    # pypi
    isPrerelease: NotRequired[bool]
    # conda
    segments: NotRequired[Sequence[Any]]
    local: str | Sequence[Any] | None


class VersionCompareResult(TypedDict):
    schemaVersion: Literal[1]
    left: str
    right: str
    order: Literal["less", "equal", "greater"]


class VersionMatchResult(TypedDict):
    schemaVersion: Literal[1]
    version: str
    specifiers: str
    matches: bool
