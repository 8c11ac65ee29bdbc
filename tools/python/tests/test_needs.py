"""Needs mode: who is asked for what, wave by wave. The engine's part is played by a script."""

from __future__ import annotations

import asyncio
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


def test_the_real_engine_answers_in_needs_mode_as_in_closed_mode(binary: str) -> None:
    with accord.Engine(binary) as engine:
        if "needs" not in engine.initialized["capabilities"]["modes"]:
            pytest.skip("this engine has no needs mode")
        with engine.open_universe("plain") as lazy, engine.open_universe("plain") as closed:
            answer = lazy.resolve_with(fetch, **ASKED)
            closed.update({"put": list(MENU.values())})
            assert answer["status"] == "sat"
            assert answer["digest"] == closed.resolve(**ASKED)["digest"]
            assert lazy.query("dropdown")["state"] == "known"
