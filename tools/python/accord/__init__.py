"""Dependency answers from Accord's engine, which runs as a child process (`accord serve`).

    import accord

    with accord.Engine(roots=["corpora"]) as engine, engine.open_universe("pypi") as universe:
        universe.load("corpora/pypi.acx")
        answer = universe.resolve(requirements=["flask"], target={"python": "3.12"})

`Engine` is for threads, `AsyncEngine` for asyncio; both have the same methods. What goes wrong is
an `AccordError`. docs/protocol.md says what requests and results hold.
"""

from accord._answer import Answer, Chosen
from accord._api import Engine, Solve, Universe
from accord._api_async import AsyncEngine, AsyncSolve, AsyncUniverse
from accord._errors import (
    AccordError,
    BadRequirement,
    BadVersion,
    BatchUnsupported,
    CallTimedOut,
    Cancelled,
    DigestMismatch,
    DuplicateId,
    EngineDied,
    EngineNotFound,
    InternalError,
    InvalidParams,
    InvalidRequest,
    LimitExceeded,
    LoadFailed,
    MessageTooLarge,
    MetadataUnavailable,
    MethodNotFound,
    NothingNew,
    NotInitialized,
    ParseError,
    PathNotAllowed,
    RevisionMismatch,
    ShuttingDown,
    UnknownHandle,
    UnsupportedProtocolVersion,
)
from accord._types import Needs, Package, Request, Update, Want, Wants
from accord._version import __version__

__all__ = [
    "AccordError",
    "Answer",
    "AsyncEngine",
    "AsyncSolve",
    "AsyncUniverse",
    "BadRequirement",
    "BadVersion",
    "BatchUnsupported",
    "CallTimedOut",
    "Cancelled",
    "Chosen",
    "DigestMismatch",
    "DuplicateId",
    "Engine",
    "EngineDied",
    "EngineNotFound",
    "InternalError",
    "InvalidParams",
    "InvalidRequest",
    "LimitExceeded",
    "LoadFailed",
    "MessageTooLarge",
    "MetadataUnavailable",
    "MethodNotFound",
    "Needs",
    "NothingNew",
    "NotInitialized",
    "Package",
    "ParseError",
    "PathNotAllowed",
    "Request",
    "RevisionMismatch",
    "ShuttingDown",
    "Solve",
    "Universe",
    "UnknownHandle",
    "UnsupportedProtocolVersion",
    "Update",
    "Want",
    "Wants",
    "__version__",
]
