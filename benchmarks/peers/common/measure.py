"""Runs a program under accord_meter, in a network namespace of its own where that can be had.

Surface: fence(), Meter, Run. A Run is what the kernel counted for one process: user and system time
together, the peak of resident memory, wall time. This interpreter never starts a measured program
itself: a child's peak would count the interpreter's memory (meter.cc says why).
"""

import dataclasses
import fcntl
import os
import pathlib
import shutil
import socket
import statistics
import struct
import subprocess
import sys
from collections.abc import Iterable, Sequence

TIMED_OUT = -1
FLOOR_KIB_MAX = 2048  # what `true` may take; else the meter itself is what was measured
FENCED = "ACCORD_PEERS_FENCED"
SIOCSIFFLAGS, IFF_UP = 0x8914, 0x1


@dataclasses.dataclass(frozen=True)
class Run:
    status: int
    cpu_us: int
    rss_kib: int
    wall_us: int


def medians(runs: Iterable[Run]) -> Run:
    """The median of each figure; the status of the last."""
    runs = list(runs)
    middle = {key: round(statistics.median(getattr(run, key) for run in runs))
              for key in ("cpu_us", "rss_kib", "wall_us")}
    return Run(status=runs[-1].status, **middle)


def loopback_up() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", IFF_UP))


def fence() -> bool:
    """Starts this script again without a network but loopback; False: that cannot be done here."""
    if os.environ.get(FENCED):
        loopback_up()
        return True
    for words in (["unshare", "-n"], ["unshare", "-r", "-n"]):
        if shutil.which(words[0]) and subprocess.run([*words, "true"],
                                                     capture_output=True).returncode == 0:
            os.environ[FENCED] = "1"
            os.execvp(words[0], [*words, sys.executable, *sys.argv])
    return False


class Meter:
    """Runs commands in `folder`; what a command printed is in `log` until the next run."""

    def __init__(self, program: pathlib.Path, folder: pathlib.Path, environment: dict[str, str],
                 timeout_s: int):
        self.program, self.folder, self.environment = program, folder, environment
        self.timeout_s = timeout_s
        self.log = folder / "log"

    def run(self, command: Sequence[str | pathlib.Path], cwd: pathlib.Path | None = None,
            environment: dict[str, str] | None = None) -> Run:
        result = self.folder / "result"
        with open(self.log, "wb") as log:
            done = subprocess.run(
                [self.program, result, str(self.timeout_s), *map(str, command)],
                cwd=cwd or self.folder, env={**self.environment, **(environment or {})},
                stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT)
        if done.returncode != 0:
            raise OSError(f"{command[0]}: cannot be run: {self.said().strip()}")
        return Run(*map(int, result.read_text().split()))

    def said(self) -> str:
        return self.log.read_text(errors="replace")

    def check_floor(self) -> Run:
        """What `true` takes: below that nothing can be told."""
        floor = medians(self.run(["true"]) for _ in range(5))
        if floor.rss_kib > FLOOR_KIB_MAX:
            raise OSError(f"`true` takes {floor.rss_kib} KiB here; memory cannot be measured")
        return floor
