"""What can be asked of an engine, for asyncio.

An engine, a universe and a solve may be used by any tasks of one event loop. `_api.py`, the same
for threads, is made of this file by generate.py: what is written here must read well without its
`await`s.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Awaitable, Callable, Mapping, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, cast

from accord._connection_async import AsyncConnection
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


class AsyncEngine:
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
        self._connection = AsyncConnection(
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

    async def start(self) -> Self:
        """Twice is fine. Errors: EngineNotFound, EngineDied, UnsupportedProtocolVersion."""
        await self._connection.start()
        return self

    async def close(self) -> None:
        """Ends the engine. Calls in flight are answered, or fail; later ones raise EngineDied."""
        await self._connection.close()

    async def __aenter__(self) -> Self:
        return await self.start()

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    @property
    def initialized(self) -> InitializeResult:
        """What the engine said of itself: its version, capabilities, ecosystems, limits."""
        return cast(InitializeResult, self._connection.initialized)

    async def call(
        self, method: str, params: Mapping[str, Any], timeout: float | None = None
    ) -> Any:
        """Any method by its name, for those that this package is too old to know."""
        return await self._connection.call(method, params, timeout)

    async def open_universe(
        self, ecosystem: Ecosystem, *, timeout: float | None = None
    ) -> AsyncUniverse:
        opened = await self.call("universe/open", {"ecosystem": ecosystem}, timeout)
        return AsyncUniverse(self, opened["universe"], opened["revision"])

    async def version_parse(
        self, ecosystem: Ecosystem, version: str, *, timeout: float | None = None
    ) -> VersionParseResult:
        params = {"ecosystem": ecosystem, "version": version}
        return cast(VersionParseResult, await self.call("version/parse", params, timeout))

    async def version_compare(
        self, ecosystem: Ecosystem, left: str, right: str, *, timeout: float | None = None
    ) -> VersionCompareResult:
        params = {"ecosystem": ecosystem, "left": left, "right": right}
        return cast(VersionCompareResult, await self.call("version/compare", params, timeout))

    async def version_match(
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
        return cast(VersionMatchResult, await self.call("version/match", params, timeout))

    async def stats(self, *, timeout: float | None = None) -> StatsResult:
        return cast(StatsResult, await self.call("stats", {}, timeout))

    async def discover(self, *, timeout: float | None = None) -> dict[str, Any]:
        """The OpenRPC document of the protocol."""
        return cast("dict[str, Any]", await self.call("rpc.discover", {}, timeout))


class AsyncUniverse:
    """What is known of packages; closed by `close` or at the end of its `with`.

    `revision` is that of the last change that was made through this object.
    """

    def __init__(self, engine: AsyncEngine, handle: str, revision: int) -> None:
        self.engine = engine
        self.handle = handle
        self.revision = revision

    async def close(self, *, timeout: float | None = None) -> None:
        """Twice is fine, and so is an engine that is gone."""
        with contextlib.suppress(UnknownHandle, EngineDied):
            await self._ask("universe/close", {}, timeout)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def load(
        self,
        path: str | os.PathLike[str],
        *,
        sha256: str | None = None,
        timeout: float | None = None,
    ) -> UniverseLoadResult:
        """A compiled corpus, of `pypi` and `conda`; it stands below one of the engine's roots."""
        params = said(path=os.path.abspath(path), format="acx", sha256=sha256)
        loaded = cast(UniverseLoadResult, await self._ask("universe/load", params, timeout))
        self.revision = loaded["revision"]
        return loaded

    async def update(
        self, update: Update, *, if_revision: int | None = None, timeout: float | None = None
    ) -> int:
        """Facts of a `plain` or `pypi` universe, all of them or none; returns the revision.

        With `if_revision` only if nobody has changed the universe since: RevisionMismatch.
        """
        params = {**update, **said(ifRevision=if_revision)}
        updated = await self._ask("universe/update", params, timeout)
        self.revision = updated["revision"]
        return self.revision

    async def snapshot(self, *, timeout: float | None = None) -> AsyncUniverse:
        """What is known now, for good."""
        return await self._another("universe/snapshot", timeout)

    async def fork(self, *, timeout: float | None = None) -> AsyncUniverse:
        """What is known now, and changes of its own."""
        return await self._another("universe/fork", timeout)

    async def query(self, package: str, *, timeout: float | None = None) -> UniverseQueryResult:
        queried = await self._ask("universe/query", {"package": package}, timeout)
        return cast(UniverseQueryResult, queried)

    async def resolve(
        self,
        *,
        mode: Literal["closed", "wants"] | None = None,
        timeout: float | None = None,
        **request: Unpack[Request],
    ) -> Answer:
        """The answer; `status` says whether there is a solution: no solution is no error.

        For needs mode there are `resolve_with` and `solve`.
        """
        return cast(Answer, await self._ask("resolve", {**request, **said(mode=mode)}, timeout))

    async def explain(
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
        return cast(Answer, await self._ask("explain", {**request, **asked}, timeout))

    async def what_if(
        self,
        changes: Request | Mapping[str, Any],
        *,
        timeout: float | None = None,
        **request: Unpack[Request],
    ) -> WhatIfResult:
        """What another request would change: fields of `changes` take the place of `request`'s."""
        params = {**request, "changes": changes}
        return cast(WhatIfResult, await self._ask("whatIf", params, timeout))

    async def verify(
        self,
        solution: Sequence[Pin | Mapping[str, Any]],
        *,
        timeout: float | None = None,
        **request: Unpack[Request],
    ) -> VerifyResult:
        """Whether `solution`, of Accord or of anyone, is one."""
        params = {**request, "solution": solution}
        return cast(VerifyResult, await self._ask("verify", params, timeout))

    async def solve(
        self, *, timeout: float | None = None, **request: Unpack[Request]
    ) -> AsyncSolve:
        """Begins a search in needs mode, for who wants each wave in hand."""
        return AsyncSolve(self, await self._ask("resolve", {**request, "mode": "needs"}, timeout))

    async def resolve_with(
        self,
        fetch: Callable[[Needs], Awaitable[Update]],
        *,
        timeout: float | None = None,
        **request: Unpack[Request],
    ) -> Answer:
        """Resolves in needs mode: `fetch` is a coroutine that says what is known.

        It is called once per wave, with `wants` (all that the search waits for) and `hints` (what
        it may want soon), and returns an update; saying more than was wanted is fine. `timeout` is
        that of each call to the engine. Errors: NothingNew, and whatever `fetch` raises.
        """
        async with await self.solve(timeout=timeout, **request) as solve:
            while solve.needs is not None:
                wants = solve.wants
                await self.update(await fetch(solve.needs), timeout=timeout)
                await solve.go_on(timeout=timeout)
                if solve.wants == wants:
                    raise NothingNew(f"fetch said nothing of {wants}")
            return await solve.finish()

    async def _another(self, method: str, timeout: float | None) -> AsyncUniverse:
        other = await self._ask(method, {}, timeout)
        return AsyncUniverse(self.engine, other["universe"], other["revision"])

    async def _ask(self, method: str, params: Mapping[str, Any], timeout: float | None) -> Any:
        params = {"universe": self.handle, **params}
        return await self.engine.call(method, params, timeout)


class AsyncSolve:
    """A search in needs mode: `needs` says what it waits for, until there is an `answer`."""

    def __init__(self, universe: AsyncUniverse, told: Answer | Needs) -> None:
        self.universe = universe
        self.needs: Needs | None = None
        self.answer: Answer | None = None
        self._handle = ""
        self._take(told)

    @property
    def wants(self) -> Sequence[Want]:
        """What it waits for now; empty if there is an answer."""
        return self.needs["wants"] if self.needs is not None else []

    async def go_on(
        self, *, limits: SolveLimits | None = None, timeout: float | None = None
    ) -> Answer | None:
        """Goes on with what the universe knows now; None: it waits again."""
        if self.answer is None:
            self._take(await self._ask("resolve/continue", timeout, said(limits=limits)))
        return self.answer

    async def finish(self, *, timeout: float | None = None) -> Answer:
        """The answer, or the best so far if it still waits."""
        if self.answer is None:
            self._take(await self._ask("resolve/finish", timeout))
        assert self.answer is not None
        return self.answer

    async def close(self, *, timeout: float | None = None) -> None:
        """Forgets the search, unless it has ended."""
        if self.answer is None:
            with contextlib.suppress(UnknownHandle, EngineDied):
                await self._ask("resolve/close", timeout)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    def _take(self, told: Answer | Needs) -> None:
        if told["status"] == "needs":
            self.needs, self._handle = told, told["solve"]
        else:
            self.needs, self.answer = None, told

    async def _ask(
        self, method: str, timeout: float | None, more: Mapping[str, Any] | None = None
    ) -> Any:
        params = {"solve": self._handle, **(more or {})}
        return await self.universe.engine.call(method, params, timeout)
