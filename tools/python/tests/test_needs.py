"""Facts that come while a search waits: who is asked for what, wave by wave.

A script plays the engine first, to see each message; then it is the built one.
"""

from __future__ import annotations

import asyncio
import queue
import threading
from typing import Any

import accord
import pytest
from conftest import Fake

MENU: dict[str, accord.PlainPackage] = {
    "menu": {
        "package": "menu",
        "candidates": [{"version": "1.0", "requires": [{"package": "dropdown"}]}],
    },
    "dropdown": {"package": "dropdown", "candidates": [{"version": "2.0"}]},
}

# Waits for `menu`, then for `dropdown`, and tells each message that it hears.
TWO_WAVES = """
known, solves = set(), 0

def solve():
    for name in ("menu", "dropdown"):
        if name not in known:
            return {"status": "needs", "solve": "s1", "revision": len(known),
                    "wants": [{"package": name}], "hints": []}
    return {"status": "sat", "solution": [], "revision": len(known)}

while True:
    message = hear()
    method, params = message["method"], message["params"]
    tell(method)
    if method == "universe/open":
        result = {"universe": "u1", "revision": 0}
    elif method == "universe/update":
        known |= {package["package"] for package in params.get("put", [])}
        result = {"revision": len(known)}
    elif method == "resolve/finish":
        result = {"status": "stopped"}
    else:
        result = solve() if method in ("resolve", "resolve/continue") else {}
    say(id=message["id"], result=result)
"""
ASKED: accord.Request = {"requires": [{"package": "menu"}]}


def fetch(needs: accord.Needs) -> accord.Update:
    return {"put": [MENU[want["package"]] for want in needs["wants"]]}


def test_each_wave_is_fetched_once(fake: Fake) -> None:
    heard: list[str] = []
    with accord.Engine(fake(TWO_WAVES), on_log=heard.append) as engine:
        with engine.open_universe("plain") as universe:
            answer = universe.resolve_with(fetch, **ASKED)
            assert answer["status"] == "sat" and universe.revision == 2
    assert heard == [
        "universe/open",
        "resolve",
        *["universe/update", "resolve/continue"] * 2,
        "universe/close",
    ]


def test_a_coroutine_fetches_for_tasks(fake: Fake) -> None:
    async def fetch_later(needs: accord.Needs) -> accord.Update:
        await asyncio.sleep(0)
        return fetch(needs)

    async def ask() -> accord.Answer:
        async with accord.AsyncEngine(fake(TWO_WAVES)) as engine:
            universe = await engine.open_universe("plain")
            return await universe.resolve_with(fetch_later, **ASKED)

    assert asyncio.run(ask())["status"] == "sat"


def test_more_than_was_wanted_may_be_said(fake: Fake) -> None:
    with accord.Engine(fake(TWO_WAVES)) as engine:
        universe = engine.open_universe("plain")
        answer = universe.resolve_with(lambda needs: {"put": list(MENU.values())}, **ASKED)
        assert answer["status"] == "sat"


def test_a_fetch_that_says_nothing_new_is_told_and_the_search_closed(fake: Fake) -> None:
    heard: list[str] = []
    says: list[accord.Update] = [{}]  # for one call
    with accord.Engine(fake(TWO_WAVES), on_log=heard.append) as engine:
        universe = engine.open_universe("plain")
        with pytest.raises(accord.NothingNew, match="menu"):
            universe.resolve_with(lambda needs: says.pop(), **ASKED)
    assert heard[-1] == "resolve/close"


def test_a_fetch_that_raises_closes_the_search(fake: Fake) -> None:
    heard: list[str] = []

    def fail(needs: Any) -> accord.Update:
        raise OSError("no network")

    with accord.Engine(fake(TWO_WAVES), on_log=heard.append) as engine:
        with pytest.raises(OSError, match="no network"):
            engine.open_universe("plain").resolve_with(fail, **ASKED)
    assert heard[-1] == "resolve/close"


def test_a_search_can_be_driven_by_hand_and_finished_early(fake: Fake) -> None:
    with accord.Engine(fake(TWO_WAVES)) as engine:
        universe = engine.open_universe("plain")
        with universe.solve(**ASKED) as solve:
            assert solve.wants == [{"package": "menu"}] and solve.answer is None
            universe.update({"put": [MENU["menu"]]}, if_revision=0)
            assert solve.go_on() is None and solve.wants == [{"package": "dropdown"}]
            assert solve.finish()["status"] == "stopped"
            assert solve.wants == []


def digest_of_closed(engine: accord.Engine) -> str:
    with engine.open_universe("plain") as universe:
        universe.update({"put": list(MENU.values())})
        return universe.resolve(**ASKED)["digest"]


def test_the_engine_answers_in_needs_mode_as_in_closed_mode(binary: str) -> None:
    with accord.Engine(binary) as engine, engine.open_universe("plain") as universe:
        answer = universe.resolve_with(fetch, **ASKED)
        assert answer["status"] == "sat"
        assert answer["digest"] == digest_of_closed(engine)
        assert universe.query("dropdown")["state"] == "known"
        assert universe.query("icons")["state"] == "unknown"


def test_what_pending_candidates_need_is_asked_for_too(binary: str) -> None:
    def fetch_in_parts(needs: accord.Needs) -> accord.Update:
        put: list[Any] = []
        for want in needs["wants"]:
            name, known = want["package"], MENU[want["package"]]["candidates"]
            if "candidates" in want:
                told = [
                    {"candidate": at, "requires": known[at].get("requires", [])}
                    for at in want["candidates"]
                ]
                put.append({"package": name, "dependencies": told})
            else:
                pending = [{"version": one["version"], "pending": True} for one in known]
                put.append({"package": name, "candidates": pending})
        return {"put": put}

    with accord.Engine(binary) as engine, engine.open_universe("plain") as universe:
        answer = universe.resolve_with(fetch_in_parts, **ASKED)
        assert answer["digest"] == digest_of_closed(engine)


def test_an_index_is_asked_for_lists_and_then_for_metadata(binary: str) -> None:
    wheel = "menu-1.0-py3-none-any.whl"
    text = "Metadata-Version: 2.1\nName: menu\nVersion: 1.0\n"
    waves: list[Any] = []

    def fetch_from_index(needs: accord.Needs) -> accord.Update:
        waves.append(needs["wants"])
        if "files" in needs["wants"][0]:
            return {"put": [{"package": "menu", "metadata": [{"file": wheel, "text": text}]}]}
        return {"put": [{"package": "menu", "files": [{"filename": wheel}]}]}

    with accord.Engine(binary) as engine, engine.open_universe("pypi") as universe:
        answer = universe.resolve_with(
            fetch_from_index, requirements=["Menu"], target={"python": "3.11"}
        )
        assert answer["status"] == "sat"
        assert waves == [[{"package": "menu"}], [{"package": "menu", "files": [wheel]}]]


def test_in_wants_mode_updates_wake_the_search(binary: str) -> None:
    told: queue.Queue[Any] = queue.Queue()
    with accord.Engine(binary, on_wants=told.put, timeout=20) as engine:
        with engine.open_universe("plain") as universe:

            def feed() -> None:
                while wants := told.get():
                    universe.update(fetch(wants))

            feeder = threading.Thread(target=feed)
            feeder.start()
            answer = universe.resolve(mode="wants", **ASKED)
            told.put(None)
            feeder.join()
        assert answer["digest"] == digest_of_closed(engine)


def test_a_revision_that_has_passed_is_refused(binary: str) -> None:
    with accord.Engine(binary) as engine, engine.open_universe("plain") as universe:
        universe.update({"put": [MENU["menu"]]})
        with pytest.raises(accord.RevisionMismatch) as passed:
            universe.update({"drop": ["menu"]}, if_revision=0)
        assert passed.value.retryable and passed.value.data["revision"] == universe.revision == 1


def test_a_cancelled_task_leaves_no_search_behind(binary: str) -> None:
    async def never(needs: accord.Needs) -> accord.Update:
        await asyncio.sleep(60)
        return {}

    async def ask() -> int:
        async with accord.AsyncEngine(binary) as engine:
            universe = await engine.open_universe("plain")
            search = asyncio.create_task(universe.resolve_with(never, **ASKED))
            await asyncio.sleep(0.1)
            search.cancel()
            with pytest.raises(asyncio.CancelledError):
                await search
            return (await engine.stats())["solves"]

    assert asyncio.run(ask()) == 0
