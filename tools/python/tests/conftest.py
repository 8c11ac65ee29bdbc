"""What the tests share: the built engine ($ACCORD_BINARY), a corpus, and engines that misbehave."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from accord._binary import find_binary

ROOT = Path(__file__).resolve().parents[3]
Fake = Callable[[str], str]

# Speaks the first words well, then does what the test says. `hear` reads a message, `say` writes
# one, `tell` writes to stderr, where `on_log` finds it.
FAKE_HEAD = """#!{python} -B
import json, os, signal, sys, time

def hear():
    line = sys.stdin.readline()
    return json.loads(line) if line else sys.exit(0)

def write(text):
    sys.stdout.write(text)
    sys.stdout.flush()

def say(**message):
    write(json.dumps({{"jsonrpc": "2.0", **message}}) + "\\n")

def tell(what):
    sys.stderr.write(f"{{what}}\\n")
    sys.stderr.flush()

say(id=hear()["id"], result={{"protocolVersion": 1, "limits": {{"frameBytes": 1000}}}})
"""


@pytest.fixture
def fake(tmp_path: Path) -> Fake:
    """Makes an engine of the text of what it does once it has been initialized."""

    def make(body: str) -> str:
        program = tmp_path / "fake-accord"
        program.write_text(FAKE_HEAD.format(python=sys.executable) + body, encoding="utf-8")
        program.chmod(0o755)
        return str(program)

    return make


@pytest.fixture(scope="session")
def binary() -> str:
    return find_binary()


@pytest.fixture(scope="session")
def corpus(binary: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The recorded corpus, compiled."""
    compiled = tmp_path_factory.mktemp("corpora") / "pypi.acx"
    recorded = ROOT / "corpora" / "pypi-recorded.jsonl.zst"
    command = [binary, "corpus", "build", str(recorded), "-o", str(compiled)]
    subprocess.run(command, check=True, capture_output=True)
    return compiled
