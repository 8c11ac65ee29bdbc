"""The package as such: its types, what is generated, what is found and what a wheel carries."""

from __future__ import annotations

import copy
import os
import pickle
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import accord
import pytest
from accord import _binary, _errors
from conftest import ROOT

PACKAGE = Path(__file__).resolve().parents[1]


def run(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *words],
        cwd=PACKAGE,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
    )


def test_every_kind_of_the_protocol_has_a_class() -> None:
    text = (ROOT / "docs" / "protocol.md").read_text(encoding="utf-8")
    kinds = set(re.findall(r"^\| -?\d+ \| `(\w+)` \|", text, re.M))
    assert len(kinds) > 15
    assert kinds == set(_errors._BY_KIND)
    assert {kind.__name__ for kind in _errors._BY_KIND.values()} <= set(accord.__all__)


def test_errors_can_be_copied_and_sent_to_other_processes() -> None:
    error = _errors.error_of({"code": 10, "data": {"kind": "badVersion", "path": "/left"}})
    died = accord.EngineDied("the engine ended", exit_status=3, stderr_end="why")
    for one in (error, died):
        for again in (copy.copy(one), pickle.loads(pickle.dumps(one))):
            assert type(again) is type(one) and vars(again) == vars(one) and str(again) == str(one)


def test_what_is_generated_is_up_to_date() -> None:
    checked = run("generate.py", "--check")
    assert checked.returncode == 0, checked.stderr


def test_the_types_hold(tmp_path: Path) -> None:
    checked = run("-m", "mypy", "--no-incremental", f"--cache-dir={tmp_path}")
    assert checked.returncode == 0, checked.stdout


def test_the_version_is_the_engines() -> None:
    text = (ROOT / "CMakeLists.txt").read_text(encoding="utf-8")
    assert f"project(accord VERSION {accord.__version__} " in text


def test_the_binary_is_the_named_one_or_the_carried_one_or_paths(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("argument", "variable", "carried", "path"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "accord").write_text("#!/bin/sh\n")
        (tmp_path / folder / "accord").chmod(0o755)
    monkeypatch.setenv(_binary.VARIABLE, str(tmp_path / "variable" / "accord"))
    monkeypatch.setattr(_binary, "CARRIED", tmp_path / "carried" / "accord")
    monkeypatch.setenv("PATH", str(tmp_path / "path"))
    find = _binary.find_binary
    assert find(tmp_path / "argument" / "accord") == str(tmp_path / "argument" / "accord")
    assert find() == str(tmp_path / "variable" / "accord")
    monkeypatch.delenv(_binary.VARIABLE)
    assert find() == str(tmp_path / "carried" / "accord")
    (tmp_path / "carried" / "accord").unlink()
    assert find() == str(tmp_path / "path" / "accord")
    (tmp_path / "path" / "accord").unlink()
    with pytest.raises(accord.EngineNotFound) as lost:
        find()
    for place in (_binary.VARIABLE, "carried", "path"):
        assert place in str(lost.value)
    with pytest.raises(accord.EngineNotFound, match="argument says 'gone'"):
        find("gone")


@pytest.mark.parametrize("programs", [(), ("accord", "accord-full")])
def test_a_wheel_carries_what_was_built(tmp_path: Path, programs: tuple[str, ...]) -> None:
    source, built, wheels = tmp_path / "source", tmp_path / "built", tmp_path / "wheels"
    copied = ["accord", "pyproject.toml", "setup.py", "README.md"]
    source.mkdir()
    subprocess.run(["cp", "-r", *(PACKAGE / name for name in copied), source], check=True)
    built.mkdir()
    for name in programs:
        (built / name).write_text(f"#!/bin/sh\n# {name}\n")
        (built / name).chmod(0o755)
    made = run(
        *["-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"],
        *["--wheel-dir", str(wheels), str(source)],
        ACCORD_BUILD=str(built),
    )
    assert made.returncode == 0, made.stderr
    [wheel] = wheels.iterdir()
    assert wheel.name.endswith("-py3-none-any.whl") == (not programs)
    with zipfile.ZipFile(wheel) as contents:
        names = contents.namelist()
        assert "accord/py.typed" in names
        carried = [name for name in names if name.startswith("accord/bin/")]
        assert carried == [f"accord/bin/{name}" for name in programs]
        for name in carried:
            assert contents.getinfo(name).external_attr >> 16 & 0o111
