"""Messages as lines of JSON, and who waits for which answer: what both connections have in common.

Nothing here reads, writes or waits.
"""

from __future__ import annotations

import copy
import itertools
import json
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

from accord._errors import AccordError, EngineDied, MessageTooLarge, error_of
from accord._version import __version__

PROTOCOL_VERSION = 1
FRAME_BYTES_MAX = 64 * 1024 * 1024  # until `initialize` has said it
START_TIMEOUT_S = 30.0  # a program that is no engine may never answer `initialize`
CLOSE_TIMEOUT_S = 3.0  # the protocol promises one second
STDERR_BYTES_KEPT = 8 * 1024

OnWants = Callable[[Any], None]
OnLog = Callable[[str], None]


class Answerable(Protocol):
    """What `concurrent.futures.Future` and `asyncio.Future` have in common."""

    def done(self) -> bool: ...

    def set_result(self, result: Any, /) -> None: ...

    def set_exception(self, exception: Any, /) -> None: ...


FutureT = TypeVar("FutureT", bound=Answerable)


@dataclass(frozen=True)
class Options:
    """How an engine is started; the fields of `Engine`'s constructor."""

    binary: str | None = None
    roots: Sequence[str] = ()
    limits: Mapping[str, int] | None = None
    client: tuple[str, str] = ("accord-python", __version__)
    timeout: float | None = None
    on_wants: OnWants | None = None
    on_log: OnLog | None = None

    def initialize(self) -> dict[str, Any]:
        name, version = self.client
        return said(
            protocolVersions=[PROTOCOL_VERSION],
            client={"name": name, "version": version},
            capabilities={"wants": self.on_wants is not None},
            roots=list(self.roots),
            limits=dict(self.limits) if self.limits else None,
        )


def said(**fields: Any) -> dict[str, Any]:
    """The fields that have a value: a field that is not said is not sent."""
    return {name: value for name, value in fields.items() if value is not None}


def line_of(method: str, params: Mapping[str, Any], request_id: int | None = None) -> bytes:
    """One message; without an id it is a notification.

    Errors: ValueError for what JSON or UTF-8 cannot say (NaN, half a surrogate pair).
    """
    message: dict[str, Any] = {"jsonrpc": "2.0", "method": method, "params": params}
    if request_id is not None:
        message["id"] = request_id
    text = json.dumps(message, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode() + b"\n"


class Gone(Exception):
    """The peer does not speak the protocol."""


@dataclass
class Pending(Generic[FutureT]):
    """The calls in flight. Not safe for threads: the connection guards it."""

    frame_bytes_max: int = FRAME_BYTES_MAX
    _ids: itertools.count[int] = field(default_factory=lambda: itertools.count(1))
    _futures: dict[int, FutureT] = field(default_factory=dict)
    _death: EngineDied | None = None

    def add(self, method: str, params: Mapping[str, Any], future: FutureT) -> tuple[int, bytes]:
        """The id and the line to write. Errors: EngineDied, MessageTooLarge, ValueError."""
        if self._death is not None:
            raise copy.copy(self._death)
        request_id = next(self._ids)
        line = line_of(method, params, request_id)
        if len(line) > self.frame_bytes_max:
            raise MessageTooLarge(f"{len(line)} bytes, at most {self.frame_bytes_max}")
        self._futures[request_id] = future
        return request_id, line

    def forget(self, request_id: int) -> bool:
        """Nobody waits for this any more; whether the engine may still work on it."""
        return self._futures.pop(request_id, None) is not None and self._death is None

    def closing(self) -> None:
        """No calls from now on; those in flight are still answered."""
        self._death = self._death or EngineDied("the engine was closed")

    def take(self, line: bytes) -> Any:
        """Hands an answer to who waits for it; returns the params of `universe/wants`, else None.

        Errors: Gone.
        """
        try:
            message = json.loads(line)
        except (ValueError, RecursionError) as fault:
            raise Gone(f"it wrote what is no JSON: {line[:80]!r}") from fault
        if not isinstance(message, dict) or message.get("jsonrpc") != "2.0":
            raise Gone(f"it wrote what is no JSON-RPC 2.0: {line[:80]!r}")
        if "method" in message:
            return message.get("params") if message["method"] == "universe/wants" else None
        error = message.get("error")
        if error is not None and not isinstance(error, dict):
            raise Gone(f"it wrote an error that is no object: {line[:80]!r}")
        if error is None and "result" not in message:
            raise Gone(f"it wrote a response without result and error: {line[:80]!r}")
        self._answer(message, None if error is None else error_of(error))
        return None

    def _answer(self, message: dict[str, Any], error: AccordError | None) -> None:
        request_id = message.get("id")
        if request_id is None and error is not None:
            # It could not read which call this was about: one of these, and none may wait forever.
            return self._fail_all(error)
        future = self._futures.pop(request_id, None) if isinstance(request_id, int) else None
        if future is None or future.done():
            return  # nobody waits any more
        if error is not None:
            future.set_exception(error)
        else:
            future.set_result(message["result"])

    def die(self, death: EngineDied) -> None:
        """Tells all who wait, and from now on everyone who calls. The first death counts."""
        self._death = self._death or death
        self._fail_all(self._death)

    def _fail_all(self, error: AccordError) -> None:
        futures, self._futures = self._futures, {}
        for future in futures.values():
            if not future.done():
                future.set_exception(copy.copy(error))  # each is raised with a traceback of its own


@dataclass
class Words:
    """The end of what the engine wrote to stderr."""

    on_log: OnLog | None = None
    _end: bytes = b""

    def add(self, line: bytes) -> None:
        self._end = (self._end + line)[-STDERR_BYTES_KEPT:]
        if self.on_log is None:
            return
        try:
            self.on_log(line.decode(errors="replace").rstrip("\r\n"))
        except Exception:  # who logs must not keep the engine from being read
            traceback.print_exc()
            self.on_log = None

    @property
    def end(self) -> str:
        return self._end.decode(errors="replace")
