"""Engines that die, hang or talk rubbish: nobody waits forever, and everyone is told why."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from typing import Any

import accord
import pytest
from conftest import Fake

Ask = Callable[..., Any]


def ask_from_thread(binary: str, timeout: float = 20) -> Any:
    with accord.Engine(binary) as engine:
        return engine.call("echo", {}, timeout)


def ask_from_task(binary: str, timeout: float = 20) -> Any:
    async def ask() -> Any:
        async with accord.AsyncEngine(binary) as engine:
            return await engine.call("echo", {}, timeout)

    return asyncio.run(ask())


both = pytest.mark.parametrize("ask", [ask_from_thread, ask_from_task])


BAD_RESPONSES = ('{"jsonrpc":"2.0","id":2}', '{"jsonrpc":"2.0","id":2,"error":1}')


@both
def test_rubbish_ends_the_conversation(fake: Fake, ask: Ask) -> None:
    for rubbish in ("hello", "[1]", "{}", *BAD_RESPONSES):
        with pytest.raises(accord.EngineDied, match="given up: it wrote"):
            ask(fake(f"hear(); write({rubbish!r} + chr(10)); hear()"))


@both
def test_an_engine_that_exits_leaves_its_status_and_last_words(fake: Fake, ask: Ask) -> None:
    with pytest.raises(accord.EngineDied) as died:
        ask(fake("hear(); tell('out of luck'); sys.exit(3)"))
    assert died.value.exit_status == 3
    assert "out of luck" in died.value.stderr_end and "out of luck" in str(died.value)


@both
def test_an_engine_that_shuts_up_is_ended(
    fake: Fake, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("accord._connection.CLOSE_TIMEOUT_S", 0.2)
    monkeypatch.setattr("accord._connection_async.CLOSE_TIMEOUT_S", 0.2)
    with pytest.raises(accord.EngineDied):
        ask(fake("hear(); os.close(1); time.sleep(60)"))


@both
def test_a_program_that_is_no_engine_is_told_of(ask: Ask) -> None:
    with pytest.raises(accord.EngineDied):
        ask("/bin/true")
    with pytest.raises(accord.EngineNotFound, match="no-such-program"):
        ask("no-such-program")


@both
def test_a_call_times_out(fake: Fake, ask: Ask) -> None:
    with pytest.raises(TimeoutError) as late:
        ask(fake("while True: hear()"), timeout=0.1)
    assert isinstance(late.value, accord.CallTimedOut)


@both
def test_an_error_without_id_fails_who_waits(fake: Fake, ask: Ask) -> None:
    error = {"code": -32700, "message": "x", "data": {"kind": "parseError", "detail": "x"}}
    with pytest.raises(accord.ParseError):
        ask(fake(f"hear(); say(id=None, error={error}); hear()"))


@both
def test_what_is_new_in_the_protocol_is_passed_over(fake: Fake, ask: Ask) -> None:
    news = "say(method='$/new', params={}); say(id=99, result={}); say(id=2, result=1, more=2)"
    assert ask(fake(f"hear(); {news}; hear()")) == 1


@both
def test_an_error_of_a_new_kind_is_an_accord_error(fake: Fake, ask: Ask) -> None:
    with pytest.raises(accord.AccordError) as new:
        ask(fake("hear(); say(id=2, error={'code': 77, 'data': {'kind': 'newKind'}}); hear()"))
    assert (new.value.kind, new.value.code, type(new.value)) == ("newKind", 77, accord.AccordError)


ECHO_AND_TELL = """
while True:
    message = hear()
    tell(message["method"] + " " + str(message.get("params", {}).get("id", "")))
"""


def told(heard: list[str], word: str) -> bool:
    """Whether the fake engine has heard it, within two seconds."""
    end = time.monotonic() + 2
    while word not in heard and time.monotonic() < end:
        time.sleep(0.01)
    return word in heard


def test_a_call_that_times_out_is_cancelled(fake: Fake) -> None:
    heard: list[str] = []
    with accord.Engine(fake(ECHO_AND_TELL), on_log=heard.append) as engine:
        with pytest.raises(accord.CallTimedOut):
            engine.call("slow", {}, timeout=0.05)
        assert told(heard, "$/cancelRequest 2")


def test_a_cancelled_task_cancels_its_request(fake: Fake) -> None:
    heard: list[str] = []

    async def ask() -> None:
        async with accord.AsyncEngine(fake(ECHO_AND_TELL), on_log=heard.append) as engine:
            call = asyncio.create_task(engine.call("slow", {}))
            await asyncio.sleep(0.05)
            call.cancel()
            with pytest.raises(asyncio.CancelledError):
                await call

    asyncio.run(ask())
    assert told(heard, "$/cancelRequest 2")


def test_answers_come_in_any_order(fake: Fake) -> None:
    body = """
calls = [hear(), hear(), hear()]
for call in reversed(calls):
    say(id=call["id"], result=call["params"]["n"])
hear()
"""

    async def ask() -> list[Any]:
        async with accord.AsyncEngine(fake(body)) as engine:
            return await asyncio.gather(*(engine.call("echo", {"n": n}) for n in range(3)))

    assert asyncio.run(ask()) == [0, 1, 2]


def test_death_is_told_to_every_thread_that_waits(fake: Fake) -> None:
    deaths: list[accord.EngineDied] = []
    with accord.Engine(fake("hear(); hear(); hear(); sys.exit(9)")) as engine:

        def wait() -> None:
            try:
                engine.call("slow", {})
            except accord.EngineDied as death:
                deaths.append(death)

        threads = [threading.Thread(target=wait) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(5)
    assert [death.exit_status for death in deaths] == [9, 9, 9]
    assert len({id(death) for death in deaths}) == 3  # each has a traceback of its own


def test_what_cannot_be_sent_is_refused_here(fake: Fake) -> None:
    with accord.Engine(fake("while True: hear()"), timeout=5) as engine:
        with pytest.raises(accord.MessageTooLarge):
            engine.call("echo", {"text": "x" * 2000})
        for wrong in (float("nan"), "\ud800"):
            with pytest.raises(ValueError):
                engine.call("echo", {"wrong": wrong})


def test_an_engine_that_does_not_read_is_killed_at_close(
    fake: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("accord._connection.CLOSE_TIMEOUT_S", 0.2)
    engine = accord.Engine(fake("time.sleep(60)")).start()
    engine.close()
    process = engine._connection._process
    assert process is not None and process.returncode == -9


WANTS = "hear(); say(method='universe/wants', params={'wants': [{'package': 'menu'}]}); "


def test_wants_are_handed_on(fake: Fake) -> None:
    wants: list[Any] = []
    program = fake(f"{WANTS} say(id=2, result=1); hear()")
    with accord.Engine(program, on_wants=wants.append) as engine:
        assert engine.call("resolve", {}, timeout=5) == 1
    assert wants == [{"wants": [{"package": "menu"}]}]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_who_raises_where_wants_are_handed_on_ends_the_engine(fake: Fake) -> None:
    def fail(wants: object) -> None:
        raise RuntimeError("no")

    async def ask() -> None:
        async with accord.AsyncEngine(fake(f"{WANTS} hear()"), on_wants=fail) as engine:
            await engine.call("resolve", {}, timeout=5)

    with accord.Engine(fake(f"{WANTS} hear()"), on_wants=fail) as engine:
        with pytest.raises(accord.EngineDied, match="RuntimeError"):
            engine.call("resolve", {}, timeout=5)
    with pytest.raises(accord.EngineDied, match="RuntimeError"):
        asyncio.run(ask())


def test_a_log_that_raises_does_not_stop_the_engine(
    fake: Fake, capfd: pytest.CaptureFixture[str]
) -> None:
    def fail(line: str) -> None:
        raise RuntimeError(f"cannot log {line}")

    body = "hear(); tell('x' * 100000); tell('y'); say(id=2, result=5); hear()"
    with accord.Engine(fake(body), on_log=fail) as engine:
        assert engine.call("echo", {}, timeout=5) == 5
    assert "cannot log" in capfd.readouterr().err
