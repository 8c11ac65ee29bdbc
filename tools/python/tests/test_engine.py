"""The built engine through real pipes: every method that it has, from threads and from tasks."""

from __future__ import annotations

import asyncio
import os
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import accord
import pytest

FLASK: accord.Request = {"requirements": ["flask"], "target": {"python": "3.11"}}


def test_an_engine_says_what_it_is(binary: str) -> None:
    with accord.Engine(binary) as engine:
        assert engine.initialized["protocolVersion"] == 1
        assert engine.initialized["engine"]["name"] == "accord"
        assert engine.stats()["requests"]["received"] >= 1


def test_versions_are_parsed_compared_and_matched(binary: str) -> None:
    with accord.Engine(binary) as engine:
        assert engine.version_parse("pypi", "1.0RC1")["normal"] == "1.0rc1"
        assert engine.version_compare("pypi", "1.0", "1.0.0")["order"] == "equal"
        assert engine.version_compare("conda", "1.0.post1", "1.0")["order"] == "greater"
        assert engine.version_match("pypi", "1.5", ">=1,<2")["matches"]
        assert not engine.version_match("conda", "1.5", ">=2", dialect="cep")["matches"]


def test_a_universe_is_resolved_explained_changed_and_verified(binary: str, corpus: Path) -> None:
    with accord.Engine(binary, roots=[corpus.parent]) as engine:
        with engine.open_universe("pypi") as universe:
            assert universe.load(corpus)["revision"] == universe.revision == 1
            answer = universe.resolve(**FLASK)
            assert answer["status"] == "sat" and answer["solution"]
            assert universe.verify(answer["solution"], **FLASK)["valid"]
            assert not universe.verify([{"package": "flask", "version": "0.1"}], **FLASK)["valid"]
            explained = universe.explain(versions=True, why="click", why_not="click==0.1", **FLASK)
            assert explained["why"]["kind"] == "inAnswer" and "whyNot" in explained
            assert explained["digest"] == answer["digest"]
            older = universe.what_if({"requirements": ["flask<2"]}, **FLASK)
            assert older["before"]["digest"] == answer["digest"]
            assert "flask" in {change["package"] for change in older["changes"]}


def test_no_solution_is_an_answer(binary: str, corpus: Path) -> None:
    with accord.Engine(binary, roots=[corpus.parent]) as engine:
        universe = engine.open_universe("pypi")
        universe.load(corpus)
        answer = universe.resolve(
            requirements=["flask>=2.2", "click<8"], target={"python": "3.11"}
        )
        assert answer["status"] == "unsat" and answer["solution"] is None and answer["conflict"]


def test_a_snapshot_takes_no_changes_and_a_fork_takes_its_own(binary: str, corpus: Path) -> None:
    with accord.Engine(binary, roots=[corpus.parent]) as engine:
        with engine.open_universe("pypi") as universe, universe.snapshot() as snapshot:
            with universe.fork() as fork:
                fork.load(corpus)
                assert (fork.revision, universe.revision) == (1, 0)
            with pytest.raises(accord.AccordError):
                snapshot.load(corpus)


def test_errors_have_the_protocols_kind_and_a_class(binary: str, corpus: Path) -> None:
    with accord.Engine(binary, roots=[corpus.parent]) as engine:
        with pytest.raises(accord.BadVersion) as bad:
            engine.version_parse("pypi", "one")
        assert (bad.value.kind, bad.value.code, bad.value.retryable) == ("badVersion", 10, False)
        with pytest.raises(accord.MethodNotFound):
            engine.call("no/such", {})
        universe = engine.open_universe("pypi")
        with pytest.raises(accord.PathNotAllowed) as outside:
            universe.load(__file__)
        assert outside.value.path == "/path"
        with pytest.raises(accord.DigestMismatch):
            universe.load(corpus, sha256="0" * 64)
        universe.close()
        universe.close()
        with pytest.raises(accord.UnknownHandle):
            universe.resolve(**FLASK)


def test_many_threads_ask_at_once(binary: str) -> None:
    with accord.Engine(binary) as engine, ThreadPoolExecutor(16) as pool:

        def order(number: int) -> str:
            return engine.version_compare("pypi", str(number), "250")["order"]

        orders = list(pool.map(order, range(500)))
    assert orders == ["less"] * 250 + ["equal"] + ["greater"] * 249


def test_a_killed_engine_is_told_of_with_its_status(binary: str) -> None:
    with accord.Engine(binary) as engine:
        process = engine._connection._process
        assert process is not None
        os.kill(process.pid, signal.SIGKILL)
        for _ in range(2):  # who was waiting, and who comes later
            with pytest.raises(accord.EngineDied) as died:
                engine.stats()
        assert died.value.exit_status == -signal.SIGKILL


def test_an_engine_is_started_once(binary: str) -> None:
    with accord.Engine(binary).start() as engine:
        process = engine._connection._process
        engine.start()
        assert engine._connection._process is process


def test_a_closed_engine_is_gone_and_ended_well(binary: str) -> None:
    engine = accord.Engine(binary)
    with pytest.raises(accord.EngineDied, match="not started"):
        engine.stats()
    universe = engine.start().open_universe("pypi")
    engine.close()
    engine.close()
    universe.close()
    with pytest.raises(accord.EngineDied, match="closed"):
        engine.stats()
    process = engine._connection._process
    assert process is not None and process.returncode == 0


def test_tasks_ask_at_once(binary: str, corpus: Path) -> None:
    async def ask() -> tuple[list[str], str]:
        async with accord.AsyncEngine(binary, roots=[corpus.parent]) as engine:
            compared = await asyncio.gather(
                *(engine.version_compare("pypi", str(number), "50") for number in range(100))
            )
            async with await engine.open_universe("pypi") as universe:
                await universe.load(corpus)
                answer = await universe.resolve(**FLASK)
            with pytest.raises(accord.UnknownHandle):
                await universe.resolve(**FLASK)
            return [one["order"] for one in compared], answer["status"]

    orders, status = asyncio.run(ask())
    assert orders == ["less"] * 50 + ["equal"] + ["greater"] * 49
    assert status == "sat"


def test_a_killed_engine_is_told_of_to_all_tasks(binary: str) -> None:
    async def ask() -> list[object]:
        async with accord.AsyncEngine(binary) as engine:
            process = engine._connection._process
            assert process is not None
            process.kill()
            calls = [engine.stats() for _ in range(3)]
            return [*await asyncio.gather(*calls, return_exceptions=True)]

    for died in asyncio.run(ask()):
        assert isinstance(died, accord.EngineDied) and died.exit_status == -signal.SIGKILL
