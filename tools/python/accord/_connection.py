"""A child that speaks the protocol, for threads: any number may call at the same time.

One thread reads what the engine answers, another what it logs. `_connection_async.py` is the same
for asyncio.
"""

from __future__ import annotations

import contextlib
import subprocess
import threading
from collections.abc import Mapping
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from typing import IO, Any

from accord._binary import find_binary
from accord._errors import CallTimedOut, EngineDied
from accord._messages import (
    CLOSE_TIMEOUT_S,
    START_TIMEOUT_S,
    Gone,
    Options,
    Pending,
    Words,
    line_of,
)


class Connection:
    """From `start` to `close`. All methods may be called from any thread."""

    def __init__(self, options: Options) -> None:
        self.initialized: Any = None
        self._options = options
        self._words = Words(options.on_log)
        self._lock = threading.Lock()  # of `_pending`; never held while something waits
        self._pending: Pending[Future[Any]] = Pending()
        self._writing = threading.Lock()  # one line at a time
        self._process: subprocess.Popen[bytes] | None = None
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Starts the child and speaks the first words. Errors: EngineNotFound and all of `call`."""
        if self._process is not None:
            return
        try:
            self._process = subprocess.Popen(
                [find_binary(self._options.binary), "serve"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
        except OSError as error:
            raise EngineDied(f"it cannot be started: {error}") from error
        logs = threading.Thread(target=self._read_logs, name="accord logs", daemon=True)
        answers = threading.Thread(
            target=self._read_answers, args=(logs,), name="accord answers", daemon=True
        )
        self._threads = [logs, answers]
        for thread in self._threads:
            thread.start()
        try:
            timeout = self._options.timeout or START_TIMEOUT_S
            self.initialized = self.call("initialize", self._options.initialize(), timeout)
        except BaseException:
            self.close()
            raise
        self._pending.frame_bytes_max = self.initialized["limits"]["frameBytes"]

    def call(self, method: str, params: Mapping[str, Any], timeout: float | None = None) -> Any:
        """The method's result. Errors: an AccordError of the engine's, EngineDied, CallTimedOut."""
        if self._process is None:
            raise EngineDied("it was not started")
        timeout = self._options.timeout if timeout is None else timeout
        future: Future[Any] = Future()
        with self._lock:
            request_id, line = self._pending.add(method, params, future)
        try:
            self._write(line)
            return future.result(timeout)
        except FutureTimeout:
            self._cancel(request_id)
            raise CallTimedOut(f"{method}: no answer in {timeout} s") from None
        except BaseException:  # Ctrl-C; what has been answered needs no cancelling
            self._cancel(request_id)
            raise

    def close(self) -> None:
        """Ends the engine and waits for it; calls in flight are answered or fail. Twice is fine."""
        if self._process is None:
            return
        with self._lock:
            self._pending.closing()
        try:
            self._end_input(_stdin(self._process))
            self._process.wait(CLOSE_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
        for thread in self._threads:
            thread.join(CLOSE_TIMEOUT_S)

    def _end_input(self, stdin: IO[bytes]) -> None:
        if not self._writing.acquire(timeout=CLOSE_TIMEOUT_S):
            return  # it reads no more, and somebody still writes to it
        with contextlib.suppress(OSError):
            stdin.close()
        self._writing.release()

    def _cancel(self, request_id: int) -> None:
        with self._lock:
            is_in_flight = self._pending.forget(request_id)
        if is_in_flight:
            self._write(line_of("$/cancelRequest", {"id": request_id}))

    def _write(self, line: bytes) -> None:
        """A pipe that broke is told of by the thread that reads, with the exit status."""
        assert self._process is not None
        stdin = _stdin(self._process)
        with self._writing, contextlib.suppress(OSError, ValueError):  # ValueError: it is closed
            stdin.write(line)
            stdin.flush()

    def _read_answers(self, logs: threading.Thread) -> None:
        assert self._process is not None and self._process.stdout is not None
        why = "the engine ended"
        try:
            with self._process.stdout as answers:
                for line in answers:
                    self._take(line)
        except Gone as gone:
            why = f"the engine was given up: {gone}"
            self._process.kill()
        except BaseException as error:
            why = f"the engine was given up: on_wants raised {error!r}"
            self._process.kill()
            raise
        finally:
            self._bury(why, logs)

    def _take(self, line: bytes) -> None:
        with self._lock:
            wants = self._pending.take(line)
        if wants is not None and self._options.on_wants is not None:
            self._options.on_wants(wants)

    def _bury(self, why: str, logs: threading.Thread) -> None:
        assert self._process is not None
        try:
            status = self._process.wait(CLOSE_TIMEOUT_S)
        except subprocess.TimeoutExpired:  # it closed stdout and lives on
            self._process.kill()
            status = self._process.wait()
        logs.join(CLOSE_TIMEOUT_S)
        with self._lock:
            self._pending.die(EngineDied(why, exit_status=status, stderr_end=self._words.end))

    def _read_logs(self) -> None:
        assert self._process is not None and self._process.stderr is not None
        with self._process.stderr as logs:
            for line in logs:
                self._words.add(line)


def _stdin(process: subprocess.Popen[bytes]) -> IO[bytes]:
    assert process.stdin is not None
    return process.stdin
