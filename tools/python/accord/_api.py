"""What can be asked of an engine, for threads.

An engine, a universe and a solve may be used by any threads. Made by generate.py from
_api_async.py.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, cast

from accord._connection import Connection
from accord._errors import EngineDied, NothingNew, UnknownHandle
from accord._messages import OnLog, Options, said
from accord._protocol import (
    Answer,
    Ecosystem,
    InitializeResult,
    Needs,
    Pin,
    Request,
    SolveLimits,
    StatsResult,
    UniverseLoadResult,
    UniverseQueryResult,
    UniverseWantsParams,
    Update,
    VerifyResult,
    VersionCompareResult,
    VersionMatchResult,
    VersionParseResult,
    Want,
    WhatIfResult,
)

if TYPE_CHECKING:
    from typing_extensions import Self, Unpack


class Engine:
    """`accord serve` as a child process. `start` starts it, and so does `with`.

    binary    the program: this, else $ACCORD_BINARY, else the package's own, else PATH's `accord`
    roots     directories; files are loaded from below them only
    limits    `requestsInFlight`, `universes`, `solves`: lower ones than the engine's
    client    (name, version) of who asks, for the engine's log
    timeout   seconds a call waits if it does not say its own; None: until there is an answer
    on_wants  called with what a search in wants mode waits for, by who reads the engine's answers:
              it must not wait for the engine itself
    on_log    called with each line the engine logs ($ACCORD_LOG says how much that is)

    Every method takes `timeout`, in seconds. A call that runs out of it raises `CallTimedOut` and
    is cancelled; `limits={"timeMs": ...}` of a request gives the best answer so far instead.
    """

    def __init__(
        self,
        binary: str | os.PathLike[str] | None = None,
        *,
        roots: Sequence[str | os.PathLike[str]] = (),
        limits: Mapping[str, int] | None = None,
        client: tuple[str, str] | None = None,
        timeout: float | None = None,
        on_wants: Callable[[UniverseWantsParams], None] | None = None,
        on_log: OnLog | None = None,
    ) -> None:
        options = said(client=client)
        self._connection = Connection(
            Options(
                binary=None if binary is None else os.fspath(binary),
                roots=[os.path.abspath(root) for root in roots],
                limits=limits,
                timeout=timeout,
                on_wants=on_wants,
                on_log=on_log,
                **options,
            )
        )

    def start(self) -> Self:
        """Twice is fine. Errors: EngineNotFound, EngineDied, UnsupportedProtocolVersion."""
        self._connection.start()
        return self

    def close(self) -> None:
        """Ends the engine. Calls in flight are answered, or fail; later ones raise EngineDied."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def initialized(self) -> InitializeResult:
        """What the engine said of itself: its version, capabilities, ecosystems, limits."""
        return cast(InitializeResult, self._connection.initialized)

    def call(
        self, method: str, params: Mapping[str, Any], timeout: float | None = None
    ) -> Any:
        """Any method by its name, for those that this package is too old to know."""
        return self._connection.call(method, params, timeout)

    def open_universe(
        self, ecosystem: Ecosystem, *, timeout: float | None = None
    ) -> Universe:
        opened = self.call("universe/open", {"ecosystem": ecosystem}, timeout)
        return Universe(self, opened["universe"], opened["revision"])

    def version_parse(
        self, ecosystem: Ecosystem, version: str, *, timeout: float | None = None
    ) -> VersionParseResult:
        params = {"ecosystem": ecosystem, "version": version}
        return cast(VersionParseResult, self.call("version/parse", params, timeout))

    def version_compare(
        self, ecosystem: Ecosystem, left: str, right: str, *, timeout: float | None = None
    ) -> VersionCompareResult:
        params = {"ecosystem": ecosystem, "left": left, "right": right}
        return cast(VersionCompareResult, self.call("version/compare", params, timeout))

    def version_match(
        self,
        ecosystem: Ecosystem,
        version: str,
        specifiers: str,
        *,
        dialect: str | None = None,
        timeout: float | None = None,
    ) -> VersionMatchResult:
        params = said(
            ecosystem=ecosystem, version=version, specifiers=specifiers, dialect=dialect
        )
        return cast(VersionMatchResult, self.call("version/match", params, timeout))

    def stats(self, *, timeout: float | None = None) -> StatsResult:
        return cast(StatsResult, self.call("stats", {}, timeout))

    def discover(self, *, timeout: float | None = None) -> dict[str, Any]:
        """The OpenRPC document of the protocol."""
        return cast("dict[str, Any]", self.call("rpc.discover", {}, timeout))


class Universe:
    """What is known of packages; closed by `close` or at the end of its `with`.

    `revision` is that of the last change that was made through this object.
    """

    def __init__(self, engine: Engine, handle: str, revision: int) -> None:
        self.engine = engine
        self.handle = handle
        self.revision = revision

    def close(self, *, timeout: float | None = None) -> None:
        """Twice is fine, and so is an engine that is gone."""
        with contextlib.suppress(UnknownHandle, EngineDied):
            self._ask("universe/close", {}, timeout)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def load(
        self,
        path: str | os.PathLike[str],
        *,
        sha256: str | None = None,
        timeout: float | None = None,
    ) -> UniverseLoadResult:
        """A compiled corpus, of `pypi` and `conda`; it stands below one of the engine's roots."""
        params = said(path=os.path.abspath(path), format="acx", sha256=sha256)
        loaded = cast(UniverseLoadResult, self._ask("universe/load", params, timeout))
        self.revision = loaded["revision"]
        return loaded

    def update(
        self, update: Update, *, if_revision: int | None = None, timeout: float | None = None
    ) -> int:
        """Facts of a `plain` or `pypi` universe, all of them or none; returns the revision.

        With `if_revision` only if nobody has changed the universe since: RevisionMismatch.
        """
        params = {**update, **said(ifRevision=if_revision)}
        updated = self._ask("universe/update", params, timeout)
        self.revision = updated["revision"]
        return self.revision

    def snapshot(self, *, timeout: float | None = None) -> Universe:
        """What is known now, for good."""
        return self._another("universe/snapshot", timeout)

    def fork(self, *, timeout: float | None = None) -> Universe:
        """What is known now, and changes of its own."""
        return self._another("universe/fork", timeout)

    def query(self, package: str, *, timeout: float | None = None) -> UniverseQueryResult:
        queried = self._ask("universe/query", {"package": package}, timeout)
        return cast(UniverseQueryResult, queried)

    def resolve(
        self,
        *,
        mode: Literal["closed", "wants"] | None = None,
        timeout: float | None = None,
        **request: Unpack[Request],
    ) -> Answer:
        """The answer; `status` says whether there is a solution: no solution is no error.

        For needs mode there are `resolve_with` and `solve`.
        """
        return cast(Answer, self._ask("resolve", {**request, **said(mode=mode)}, timeout))

    def explain(
        self,
        *,
        versions: bool | None = None,
        why: str | None = None,
        why_not: str | None = None,
        timeout: float | None = None,
        **request: Unpack[Request],
    ) -> Answer:
        """The answer with what was asked about it: `versions`, `why`, `whyNot`."""
        asked = said(versions=versions, why=why, whyNot=why_not)
        return cast(Answer, self._ask("explain", {**request, **asked}, timeout))

    def what_if(
        self,
        changes: Request | Mapping[str, Any],
        *,
        timeout: float | None = None,
        **request: Unpack[Request],
    ) -> WhatIfResult:
        """What another request would change: fields of `changes` take the place of `request`'s."""
        params = {**request, "changes": changes}
        return cast(WhatIfResult, self._ask("whatIf", params, timeout))

    def verify(
        self,
        solution: Sequence[Pin | Mapping[str, Any]],
        *,
        timeout: float | None = None,
        **request: Unpack[Request],
    ) -> VerifyResult:
        """Whether `solution`, of Accord or of anyone, is one."""
        params = {**request, "solution": solution}
        return cast(VerifyResult, self._ask("verify", params, timeout))

    def solve(
        self, *, timeout: float | None = None, **request: Unpack[Request]
    ) -> Solve:
        """Begins a search in needs mode, for who wants each wave in hand."""
        return Solve(self, self._ask("resolve", {**request, "mode": "needs"}, timeout))

    def resolve_with(
        self,
        fetch: Callable[[Needs], Update],
        *,
        timeout: float | None = None,
        **request: Unpack[Request],
    ) -> Answer:
        """Resolves in needs mode: `fetch` is a function that says what is known.

        It is called once per wave, with `wants` (all that the search waits for) and `hints` (what
        it may want soon), and returns an update; saying more than was wanted is fine. `timeout` is
        that of each call to the engine. Errors: NothingNew, and whatever `fetch` raises.
        """
        with self.solve(timeout=timeout, **request) as solve:
            while solve.needs is not None:
                wants = solve.wants
                self.update(fetch(solve.needs), timeout=timeout)
                solve.go_on(timeout=timeout)
                if solve.wants == wants:
                    raise NothingNew(f"fetch said nothing of {wants}")
            return solve.finish()

    def _another(self, method: str, timeout: float | None) -> Universe:
        other = self._ask(method, {}, timeout)
        return Universe(self.engine, other["universe"], other["revision"])

    def _ask(self, method: str, params: Mapping[str, Any], timeout: float | None) -> Any:
        params = {"universe": self.handle, **params}
        return self.engine.call(method, params, timeout)


class Solve:
    """A search in needs mode: `needs` says what it waits for, until there is an `answer`."""

    def __init__(self, universe: Universe, told: Answer | Needs) -> None:
        self.universe = universe
        self.needs: Needs | None = None
        self.answer: Answer | None = None
        self._handle = ""
        self._take(told)

    @property
    def wants(self) -> Sequence[Want]:
        """What it waits for now; empty if there is an answer."""
        return self.needs["wants"] if self.needs is not None else []

    def go_on(
        self, *, limits: SolveLimits | None = None, timeout: float | None = None
    ) -> Answer | None:
        """Goes on with what the universe knows now; None: it waits again."""
        if self.answer is None:
            self._take(self._ask("resolve/continue", timeout, said(limits=limits)))
        return self.answer

    def finish(self, *, timeout: float | None = None) -> Answer:
        """The answer, or the best so far if it still waits."""
        if self.answer is None:
            self._take(self._ask("resolve/finish", timeout))
        assert self.answer is not None
        return self.answer

    def close(self, *, timeout: float | None = None) -> None:
        """Forgets the search, unless it has ended."""
        if self.answer is None:
            with contextlib.suppress(UnknownHandle, EngineDied):
                self._ask("resolve/close", timeout)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _take(self, told: Answer | Needs) -> None:
        if told["status"] == "needs":
            self.needs, self._handle = told, told["solve"]
        else:
            self.needs, self.answer = None, told

    def _ask(
        self, method: str, timeout: float | None, more: Mapping[str, Any] | None = None
    ) -> Any:
        params = {"solve": self._handle, **(more or {})}
        return self.universe.engine.call(method, params, timeout)
