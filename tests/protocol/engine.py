"""An engine as a child process: bytes in, messages out. Knows frames, and no message's meaning.
"""

import json
import os
import select
import signal
import subprocess
import tempfile
import time

LENGTH = b"content-length:"


class EngineFault(Exception):
    """What the engine did that no engine may do."""


class Engine:
    def __init__(self, command, headers=False):
        self.headers = headers
        self._log = tempfile.TemporaryFile()
        self._held = b""
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                         stderr=self._log, bufsize=0)

    def write(self, text):
        """All of it. Where nobody reads any more the rest is lost: what is awaited tells."""
        try:
            while text:
                text = text[self._process.stdin.write(text):]
        except BrokenPipeError:
            pass

    def framed(self, text):
        head = b"Content-Length: %d\r\n\r\n" % len(text) if self.headers else b""
        return head + text + (b"" if self.headers else b"\n")

    def close(self):
        self._process.stdin.close()

    def terminate(self):
        self._process.send_signal(signal.SIGTERM)

    def read(self, seconds):
        """The next message, or None: its output ended."""
        end = time.monotonic() + seconds
        while True:
            frame = self._take_frame()
            if frame is not None:
                return self._message(frame)
            left = end - time.monotonic()
            ready = select.select([self._process.stdout], [], [], max(left, 0))[0]
            if not ready:
                raise EngineFault(f"no message within {seconds} s")
            piece = os.read(self._process.stdout.fileno(), 1 << 20)
            if not piece:
                if self._held:
                    raise EngineFault(f"its output ended inside a frame: {self._held[:200]!r}")
                return None
            self._held += piece

    def _take_frame(self):
        if not self.headers:
            line, end, rest = self._held.partition(b"\n")
            if not end:
                return None
            self._held = rest
            return line
        head, end, rest = self._held.partition(b"\r\n\r\n")
        if not end:
            return None
        if not head.lower().startswith(LENGTH):
            raise EngineFault(f"frames with Content-Length are wanted, found {head[:200]!r}")
        length = int(head[len(LENGTH):])
        if len(rest) < length:
            return None
        self._held = rest[length:]
        return rest[:length]

    @staticmethod
    def _message(frame):
        try:
            return json.loads(frame.decode("utf-8"), object_pairs_hook=_distinct)
        except (UnicodeDecodeError, ValueError) as error:
            raise EngineFault(f"no JSON: {error}: {frame[:200]!r}") from None

    def end(self, seconds):
        """Waits for its end: (exit status, what it wrote on stderr)."""
        try:
            status = self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise EngineFault(f"it lives {seconds} s after its input ended") from None
        self._log.seek(0)
        return status, self._log.read().decode("utf-8", "replace")

    def kill(self):
        """Whatever it does; nothing, if it ended."""
        self._process.kill()
        self._process.wait()
        for file in (self._process.stdin, self._process.stdout, self._log):
            file.close()


def _distinct(pairs):
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError(f"a key stands twice in {sorted(name for name, _ in pairs)}")
    return members
