"""Specification of realtime/intake.py."""

import asyncio
import json

import msgspec
import pytest

from realtime.codes import CloseCode
from realtime.dispatch import Command, Dispatcher
from realtime.intake import Intake, IntakeLimits

LIMITS = IntakeLimits(per_s=10, burst=5, violations_most=3, bad_most=4, waiting_most=3)


class Number(msgspec.Struct):
    number: int = 0


class Desk:
    """An intake whose one command, `wait`, is answered when the test says so."""

    def __init__(self, conn, clock, limits):
        self.conn = conn
        self.started = []
        self.gone = []
        self.gate = asyncio.Event()
        dispatcher = Dispatcher([Command("wait", frozenset({"participant"}), Number, self._wait)])
        self.intake = Intake(conn, dispatcher, clock, self.gone.append, limits)

    async def _wait(self, conn, params):
        self.started.append(params.number)
        await self.gate.wait()
        return params.number

    def ask(self, number, method="wait"):
        self.intake.on_message(
            json.dumps({"jsonrpc": "2.0", "id": number, "method": method, "params": {"number": number}})
        )

    @property
    def replies(self):
        return [json.loads(text) for text in self.conn.transport.sent]

    @property
    def codes(self):
        """The id of each reply and its error, or "ok"."""
        return [(r["id"], r["error"]["data"]["code"] if "error" in r else "ok") for r in self.replies]


async def turns():
    for _ in range(20):
        await asyncio.sleep(0)


@pytest.fixture
def run(make_connection, clock):
    """Runs `scenario(desk)` on a loop of its own."""

    def start(scenario, limits=LIMITS):
        async def main():
            await scenario(Desk(make_connection(), clock, limits))

        asyncio.run(main())

    return start


def test_messages_are_handled_one_after_another(run):
    """However they came; a task is there only while one waits."""

    async def scenario(desk):
        before = asyncio.all_tasks()
        for number in range(3):
            desk.ask(number)
        await turns()
        assert desk.started == [0]
        desk.gate.set()
        await turns()
        assert desk.codes == [(0, "ok"), (1, "ok"), (2, "ok")]
        assert asyncio.all_tasks() == before

    run(scenario)


def test_who_sends_more_than_may_wait_is_not_read(run):
    """Until all that waited is answered."""

    async def scenario(desk):
        transport = desk.conn.transport
        desk.ask(0)
        await turns()
        desk.ask(1)
        desk.ask(2)
        assert transport.is_reading
        desk.ask(3)
        assert not transport.is_reading
        desk.gate.set()
        await turns()
        assert transport.is_reading
        assert len(desk.replies) == 4

    run(scenario)


def test_what_was_sent_before_the_end_still_counts(run):
    """The peer is gone and hears nothing; its answers are stored all the same."""

    async def scenario(desk):
        desk.ask(0)
        desk.ask(1)
        await turns()
        desk.intake.on_lost()
        desk.ask(2)
        desk.gate.set()
        await turns()
        assert desk.started == [0, 1]
        assert desk.replies == []
        assert desk.gone == [desk.conn]
        assert not desk.conn.is_open

    run(scenario)


def test_what_waits_when_we_close_is_not_done(run):
    """Whoever was kicked has lost their say."""

    async def scenario(desk):
        desk.ask(0)
        desk.ask(1)
        await turns()
        desk.conn.close(CloseCode.KICKED)
        desk.gate.set()
        await turns()
        assert desk.started == [0]

    run(scenario)


def test_too_fast_is_refused_and_told_when(run, clock):
    """Under the request's own id; after the wait it is taken again."""

    async def scenario(desk):
        desk.gate.set()
        for number in range(6):
            desk.ask(number)
        await turns()
        assert desk.codes[0] == (5, "rate_limited")
        assert desk.replies[0]["error"]["data"]["retry_after_ms"] == 100
        assert [code for _, code in desk.codes[1:]] == ["ok"] * 5
        clock.advance(0.1)
        desk.ask(6)
        await turns()
        assert desk.codes[-1] == (6, "ok")

    run(scenario)


def test_who_never_slows_down_is_closed(run):
    """With a code that tells its page not to come back by itself."""

    async def scenario(desk):
        for number in range(5 + 3):
            desk.ask(number)
        assert desk.conn.is_open
        desk.ask(8)
        assert desk.conn.close_code is CloseCode.RATE_LIMITED
        desk.gate.set()
        await turns()

    run(scenario)


@pytest.mark.parametrize("bad", ["{", "[]", '{"jsonrpc":"2.0","id":1,"method":"no.such"}', b"\x00"])
def test_a_bad_message_costs_an_error_and_a_hundred_the_connection(run, bad):
    """Here four are a hundred; good ones between them change nothing."""

    async def scenario(desk):
        desk.gate.set()
        for number in range(3):
            desk.intake.on_message(bad)
            desk.ask(number)
            await turns()
        assert desk.conn.is_open
        assert len(desk.replies) == 6
        desk.intake.on_message(bad)
        await turns()
        assert desk.conn.close_code is CloseCode.PROTOCOL_ERROR

    run(scenario, IntakeLimits(bad_most=4))


def test_thousands_that_are_answered_at_once_are_answered_in_turn(run):
    """One read may bring that many behind a command that takes its time; each is answered, however deep they lie."""

    async def scenario(desk):
        desk.ask(0)
        for _ in range(3000):
            desk.intake.on_message("{")
        await turns()
        desk.gate.set()
        await turns()
        assert len(desk.replies) == 3001
        assert desk.conn.transport.is_reading

    run(scenario, IntakeLimits(burst=10_000, bad_most=10_000))
