"""A child that speaks the protocol, for asyncio: any number of tasks of one loop may call.

One task reads what the engine answers, another what it logs. `_connection.py` is the same for
threads.
"""

from __future__ import annotations

import asyncio
import contextlib
from asyncio.subprocess import PIPE, Process
from collections.abc import Mapping
from typing import Any

from accord._binary import find_binary
from accord._errors import CallTimedOut, EngineDied
from accord._messages import (
    CLOSE_TIMEOUT_S,
    FRAME_BYTES_MAX,
    START_TIMEOUT_S,
    Gone,
    Options,
    Pending,
    Words,
    line_of,
)


class AsyncConnection:
    """From `start` to `close`, in one event loop."""

    def __init__(self, options: Options) -> None:
        self.initialized: Any = None
        self._options = options
        self._words = Words(options.on_log)
        self._pending: Pending[asyncio.Future[Any]] = Pending()
        self._draining = asyncio.Lock()
        self._process: Process | None = None
        self._reader: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Starts the child and speaks the first words. Errors: EngineNotFound and all of `call`."""
        if self._process is not None:
            return
        try:
            self._process = await asyncio.create_subprocess_exec(
                find_binary(self._options.binary),
                "serve",
                stdin=PIPE,
                stdout=PIPE,
                stderr=PIPE,
                limit=FRAME_BYTES_MAX,
            )
        except OSError as error:
            raise EngineDied(f"it cannot be started: {error}") from error
        self._reader = asyncio.create_task(self._read_answers(), name="accord answers")
        try:
            timeout = self._options.timeout or START_TIMEOUT_S
            self.initialized = await self.call("initialize", self._options.initialize(), timeout)
        except BaseException:
            await self.close()
            raise
        self._pending.frame_bytes_max = self.initialized["limits"]["frameBytes"]

    async def call(
        self, method: str, params: Mapping[str, Any], timeout: float | None = None
    ) -> Any:
        """The method's result. Errors: an AccordError of the engine's, EngineDied, CallTimedOut.

        A task that is cancelled while it waits cancels the request.
        """
        if self._process is None:
            raise EngineDied("it was not started")
        timeout = self._options.timeout if timeout is None else timeout
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        request_id, line = self._pending.add(method, params, future)
        try:
            self._write(line)
            return await asyncio.wait_for(self._answer(future), timeout)
        except asyncio.TimeoutError:
            self._cancel(request_id)
            raise CallTimedOut(f"{method}: no answer in {timeout} s") from None
        except BaseException:  # a cancelled task; what has been answered needs no cancelling
            self._cancel(request_id)
            raise

    async def close(self) -> None:
        """Ends the engine and waits for it; calls in flight are answered or fail. Twice is fine."""
        if self._process is None or self._reader is None:
            return
        self._pending.closing()
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            await asyncio.wait_for(asyncio.shield(self._reader), CLOSE_TIMEOUT_S)
        except asyncio.TimeoutError:
            self._kill()
            await self._reader

    async def _answer(self, future: asyncio.Future[Any]) -> Any:
        assert self._process is not None and self._process.stdin is not None
        async with self._draining:
            with contextlib.suppress(OSError):  # the reader tells of a pipe that broke
                await self._process.stdin.drain()
        return await future

    def _cancel(self, request_id: int) -> None:
        if self._pending.forget(request_id):
            self._write(line_of("$/cancelRequest", {"id": request_id}))

    def _write(self, line: bytes) -> None:
        assert self._process is not None and self._process.stdin is not None
        if not self._process.stdin.is_closing():
            self._process.stdin.write(line)

    def _kill(self) -> None:
        assert self._process is not None
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()

    async def _read_answers(self) -> None:
        assert self._process is not None and self._process.stdout is not None
        logs = asyncio.create_task(self._read_logs(), name="accord logs")
        why = "the engine ended"
        try:
            while line := await self._process.stdout.readline():
                wants = self._pending.take(line)
                if wants is not None and self._options.on_wants is not None:
                    self._options.on_wants(wants)
        except Gone as gone:
            why = f"the engine was given up: {gone}"
            self._kill()
        except Exception as error:  # on_wants raised, or a line is longer than a frame may be
            why = f"the engine was given up: {error!r}"
            self._kill()
        finally:
            await self._bury(why, logs)

    async def _bury(self, why: str, logs: asyncio.Task[None]) -> None:
        assert self._process is not None
        try:
            status = await asyncio.wait_for(self._process.wait(), CLOSE_TIMEOUT_S)
        except asyncio.TimeoutError:  # it closed stdout and lives on
            self._kill()
            status = await self._process.wait()
        await asyncio.wait({logs}, timeout=CLOSE_TIMEOUT_S)
        self._pending.die(EngineDied(why, exit_status=status, stderr_end=self._words.end))

    async def _read_logs(self) -> None:
        assert self._process is not None and self._process.stderr is not None
        while line := await self._process.stderr.readline():
            self._words.add(line)
