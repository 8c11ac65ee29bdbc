"""Everything that can go wrong, as one tree below `AccordError`.

What the engine answers has the protocol's kind and code (docs/protocol.md, "Errors"), and a class
per kind. What happens on this side of the pipe has code 0 and a kind of its own. A kind that is
newer than this package is an `AccordError` itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar


class AccordError(Exception):
    """`kind` is the name to rely on; `path` a JSON Pointer into the params, or a text's place."""

    default_kind: ClassVar[str] = ""

    def __init__(
        self,
        detail: str,
        *,
        kind: str = "",
        code: int = 0,
        path: str = "",
        retryable: bool = False,
        data: Mapping[str, Any] | None = None,
    ) -> None:
        self.detail = detail
        self.kind = kind or self.default_kind
        self.code = code
        self.path = path
        self.retryable = retryable
        self.data: Mapping[str, Any] = data or {}  # all of the error's data, e.g. `revision`
        super().__init__(detail)

    def __str__(self) -> str:
        return ": ".join(part for part in (self.kind, self.path, self.detail) if part)


class ParseError(AccordError):
    default_kind = "parseError"


class InvalidRequest(AccordError):
    default_kind = "invalidRequest"


class MethodNotFound(AccordError):
    default_kind = "methodNotFound"


class InvalidParams(AccordError):
    default_kind = "invalidParams"


class InternalError(AccordError):
    default_kind = "internal"


class Cancelled(AccordError):
    default_kind = "cancelled"


class NotInitialized(AccordError):
    default_kind = "notInitialized"


class UnsupportedProtocolVersion(AccordError):
    default_kind = "unsupportedProtocolVersion"


class ShuttingDown(AccordError):
    default_kind = "shuttingDown"


class DuplicateId(AccordError):
    default_kind = "duplicateId"


class BatchUnsupported(AccordError):
    default_kind = "batchUnsupported"


class MessageTooLarge(AccordError):
    default_kind = "messageTooLarge"


class LimitExceeded(AccordError):
    default_kind = "limitExceeded"


class UnknownHandle(AccordError):
    default_kind = "unknownHandle"


class RevisionMismatch(AccordError):
    default_kind = "revisionMismatch"


class BadVersion(AccordError):
    default_kind = "badVersion"


class BadRequirement(AccordError):
    default_kind = "badRequirement"


class PathNotAllowed(AccordError):
    default_kind = "pathNotAllowed"


class LoadFailed(AccordError):
    default_kind = "loadFailed"


class DigestMismatch(AccordError):
    default_kind = "digestMismatch"


class MetadataUnavailable(AccordError):
    default_kind = "metadataUnavailable"


# What the engine has no part in.


class EngineNotFound(AccordError):
    """There is no program to start; the text says where it was looked for."""

    default_kind = "engineNotFound"


class EngineDied(AccordError):
    """The engine is gone, or was given up: everyone who waits is told, and so are later calls.

    `exit_status` as `subprocess` has it (-9: killed by SIGKILL), `stderr_end` the last it wrote.
    """

    default_kind = "engineDied"

    def __init__(self, why: str, *, exit_status: int | None = None, stderr_end: str = "") -> None:
        super().__init__(why)
        self.exit_status = exit_status
        self.stderr_end = stderr_end

    def __str__(self) -> str:
        status = "" if self.exit_status is None else f", exit status {self.exit_status}"
        words = self.stderr_end.strip()
        return f"{super().__str__()}{status}" + (f"; its last words: {words}" if words else "")


class CallTimedOut(AccordError, TimeoutError):
    """No answer within the call's `timeout`; the engine was told to cancel it."""

    default_kind = "callTimedOut"


class NothingNew(AccordError):
    """`fetch` was asked twice for the same facts: it would be asked for ever."""

    default_kind = "nothingNew"


_LOCAL = (EngineNotFound, EngineDied, CallTimedOut, NothingNew)
_BY_KIND: dict[str, type[AccordError]] = {
    one.default_kind: one for one in AccordError.__subclasses__() if one not in _LOCAL
}


def error_of(error: Mapping[str, Any]) -> AccordError:
    """The exception of a response's `error`; what it lacks is empty."""
    data = error.get("data")
    data = data if isinstance(data, dict) else {}
    kind = str(data.get("kind", ""))
    code = error.get("code")
    return _BY_KIND.get(kind, AccordError)(
        str(data.get("detail") or error.get("message", "")),
        kind=kind,
        code=code if isinstance(code, int) else 0,
        path=str(data.get("path", "")),
        retryable=bool(data.get("retryable", False)),
        data=data,
    )
