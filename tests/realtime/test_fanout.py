"""Specification of realtime/fanout.py, seen through the hub that owns it."""

import asyncio
from itertools import count, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recording import RecordingTransport

from clock import ManualClock
from realtime.codes import CloseCode
from realtime.connection import Connection
from realtime.hub import Hub


class Hall:
    """A hub that serves two connections a turn, and those who are in it."""

    def __init__(self, size=0, slice_size=2):
        self.clock = ManualClock()
        self.hub = Hub(shards=3, clock=self.clock, slice_size=slice_size)
        self.numbers = count()
        self.people = [self.enter() for _ in range(size)]

    def enter(self, user_id=None, *, is_subscribed=True):
        number = next(self.numbers)
        user_id = user_id or f"u{number}"
        conn = Connection(f"c{number}", user_id, "participant", {}, RecordingTransport(), self.clock)
        self.hub.register(conn)
        if is_subscribed:
            self.hub.subscribe(conn, "t")
        return conn

    def broadcast(self, text, topic="t"):
        return self.hub.broadcast(topic, text, ephemeral=False)

    def reached(self, text):
        return sum(text in conn.transport.sent for conn in self.people)

    def not_reached(self, text):
        return next(conn for conn in self.people if text not in conn.transport.sent)

    async def settle(self):
        while self.hub.fanout.runs:
            await asyncio.sleep(0)


def run(scenario):
    asyncio.run(scenario())


def test_few_are_served_at_once():
    """Without a turn of the loop, and without a loop."""
    hall = Hall(size=2)
    assert hall.broadcast("x") == hall.reached("x") == 2


def test_many_are_served_in_slices():
    """The first at once; each turn of the loop brings about as many more, and each gets it once."""

    async def scenario():
        hall = Hall(size=20)
        assert hall.broadcast("x") == 20
        seen = [hall.reached("x")]
        while hall.hub.fanout.runs:
            await asyncio.sleep(0)
            seen.append(hall.reached("x"))
        assert all(1 <= after - before <= 3 for before, after in pairwise(seen[:-1]))
        assert all(conn.transport.sent == ["x"] for conn in hall.people)
        assert sum(figures["sent"] for figures in hall.hub.stats().values()) == 20

    run(scenario)


def test_runs_follow_each_other():
    """Everyone gets them in the order in which they began."""

    async def scenario():
        hall = Hall(size=9)
        for text in "abc":
            hall.broadcast(text)
        await hall.settle()
        assert all(conn.transport.sent == ["a", "b", "c"] for conn in hall.people)

    run(scenario)


@pytest.mark.parametrize("how", ["send", "send_to_user", "small broadcast"])
def test_what_is_owed_comes_before_anything_else(how):
    """A reply, a personal event, or a broadcast to few: none overtakes the run, none waits for it."""

    async def scenario():
        hall = Hall(size=20)
        hall.broadcast("a")
        hall.broadcast("b")
        late = hall.not_reached("a")
        if how == "send":
            late.send("reply")
        elif how == "send_to_user":
            hall.hub.send_to_user(late.user_id, "reply", ephemeral=False)
        else:
            hall.hub.subscribe(late, "few")
            hall.broadcast("reply", "few")
        assert late.transport.sent == ["a", "b", "reply"]
        await hall.settle()
        assert late.transport.sent == ["a", "b", "reply"]

    run(scenario)


def test_who_subscribes_meanwhile_gets_only_what_begins_later():
    """What is under way is in the reply to the subscription already; the next event is not missed."""

    async def scenario():
        hall = Hall(size=20)
        hall.broadcast("1")
        new = hall.enter()
        new.send("reply: seq 1")
        hall.broadcast("2")
        await hall.settle()
        assert new.transport.sent == ["reply: seq 1", "2"]

    run(scenario)


def test_who_was_here_before_and_subscribes_meanwhile_gets_only_what_begins_later():
    """The usual way: the socket is open before the room is asked for."""

    async def scenario():
        hall = Hall(size=20)
        new = hall.enter(is_subscribed=False)
        hall.broadcast("1")
        hall.hub.subscribe(new, "t")
        new.send("reply: seq 1")
        hall.broadcast("2")
        await hall.settle()
        assert new.transport.sent == ["reply: seq 1", "2"]

    run(scenario)


def test_who_subscribes_again_meanwhile_gets_nothing_twice_or_late():
    """What was under way comes before the reply, not after it."""

    async def scenario():
        hall = Hall(size=20)
        hall.broadcast("1")
        again = hall.not_reached("1")
        hall.hub.subscribe(again, "t")
        again.send("reply: seq 1")
        hall.broadcast("2")
        await hall.settle()
        assert again.transport.sent == ["1", "reply: seq 1", "2"]

    run(scenario)


def test_who_unsubscribes_meanwhile_gets_what_began_before_and_no_more():
    """It was a subscriber when that happened."""

    async def scenario():
        hall = Hall(size=20)
        hall.broadcast("1")
        leaver = hall.not_reached("1")
        hall.hub.unsubscribe(leaver, "t")
        leaver.send("reply")
        hall.broadcast("2")
        await hall.settle()
        assert leaver.transport.sent == ["1", "reply"]

    run(scenario)


def test_who_goes_meanwhile_disturbs_nobody():
    """Nor is it counted as a loss."""

    async def scenario():
        hall = Hall(size=20)
        hall.broadcast("x")
        gone, closed = hall.not_reached("x"), hall.people[-1]
        hall.hub.unregister(gone)
        closed.close(CloseCode.KICKED)
        await hall.settle()
        assert hall.reached("x") >= 18
        assert sum(figures["failed"] for figures in hall.hub.stats().values()) == 0

    run(scenario)


def test_to_each_their_own():
    """On every connection of the user, after the event it belongs to; None is nothing."""

    async def scenario():
        hall = Hall(size=9)
        twin = hall.enter("u0")
        hall.broadcast("closed")
        made = []

        def text_for(user_id):
            made.append(user_id)
            return None if user_id == "u5" else f"graded {user_id}"

        hall.hub.send_each([*(conn.user_id for conn in hall.people), "nobody"], text_for, ephemeral=False)
        assert made == [], "made before its turn"
        hall.people[8].send("reply")
        late = hall.enter("u3")
        await hall.settle()
        for conn in [*hall.people[:5], twin, *hall.people[6:8]]:
            assert conn.transport.sent == ["closed", f"graded {conn.user_id}"]
        assert hall.people[5].transport.sent == ["closed"]
        assert hall.people[8].transport.sent == ["closed", "graded u8", "reply"]
        assert late.transport.sent == []

    run(scenario)


def test_the_event_and_one_s_own_go_out_together():
    """In one write, own after common; None is the common one alone. Who comes after the call gets neither."""

    async def scenario():
        hall = Hall(size=9)
        made = []

        def own(user_id):
            made.append(user_id)
            return None if user_id == "u5" else f"graded {user_id}"

        done = []
        hall.hub.broadcast("t", "closed", ephemeral=False, own=own, done=lambda: done.append(len(made)))
        assert len(made) == 2, "made when their turn comes"
        last = hall.not_reached("closed")
        last.send("reply")
        late = hall.enter("u3")
        await hall.settle()
        for conn in hall.people:
            mine = [] if conn.user_id == "u5" else [f"graded {conn.user_id}"]
            assert conn.transport.sent == ["closed", *mine, *(["reply"] if conn is last else [])]
            assert conn.transport.writes == (2 if conn is last else 1)
        assert late.transport.sent == []
        assert done == [9]

    run(scenario)


def test_few_get_their_own_within_the_call():
    """As any other broadcast to few."""
    hall = Hall(size=2)
    assert hall.hub.broadcast("t", "closed", ephemeral=False, own=lambda user_id: user_id) == 2
    assert [conn.transport.sent for conn in hall.people] == [["closed", "u0"], ["closed", "u1"]]


def test_the_loop_turns_between_slices():
    """Whoever else wants something need not wait for ten thousand."""

    async def scenario():
        hall = Hall(size=40)
        hall.broadcast("x")
        turns = 0
        while hall.reached("x") < 40:
            turns += 1
            await asyncio.sleep(0)
        assert turns >= 10

    run(scenario)


steps = st.lists(
    st.tuples(
        st.sampled_from(
            ["broadcast"] * 4 + ["own", "subscribe", "unsubscribe", "send", "each", "to_user", "leave", "turn"]
        ),
        st.integers(0, 7),
        st.sampled_from(["t", "s"]),
    ),
    max_size=40,
)


async def play(plan, slice_size):
    """What each connection got, by its number."""
    hall = Hall(slice_size=slice_size)
    pool = [hall.enter(f"u{number % 6}", is_subscribed=False) for number in range(8)]
    for index, (step, number, topic) in enumerate(plan):
        conn, text = pool[number], f"{index}"
        if step == "broadcast":
            hall.broadcast(text, topic)
        elif step == "own":
            hall.hub.broadcast(topic, text, ephemeral=False, own=lambda user_id, text=text: f"{text} {user_id}")
        elif step == "subscribe":
            hall.hub.subscribe(conn, topic)
        elif step == "unsubscribe":
            hall.hub.unsubscribe(conn, topic)
        elif step == "send":
            conn.send(text)
        elif step == "each":
            users = {other.user_id for other in pool[number:]}
            hall.hub.send_each(users, lambda user_id, text=text: f"{text} {user_id}", ephemeral=False)
        elif step == "to_user":
            hall.hub.send_to_user(conn.user_id, text, ephemeral=False)
        elif step == "leave" and number == 0:
            hall.hub.unregister(conn)
        elif step == "turn":
            await asyncio.sleep(0)
    await hall.settle()
    return [conn.transport.sent for conn in pool if conn.is_open]


@given(steps)
def test_slices_change_nothing_that_a_connection_sees(plan):
    """Whatever happens while they are under way: the same messages in the same order as all at once."""
    assert asyncio.run(play(plan, 1)) == asyncio.run(play(plan, 1000))


def test_a_broadcast_in_slices_is_timed_to_its_end():
    """The time that the loop had in between counts: people wait through it. Personal messages likewise."""

    async def scenario():
        hall = Hall(size=7)
        took = []
        hall.hub.on_broadcast = took.append
        done = []
        hall.hub.broadcast("t", "x", ephemeral=False, done=lambda: done.append(hall.reached("x")))
        assert took == done == []
        while hall.hub.fanout.runs:
            hall.clock.advance(0.5)
            await asyncio.sleep(0)
        assert hall.reached("x") == 7
        (seconds,) = took
        assert done == [7]
        assert seconds >= 1.5
        hall.hub.send_each([conn.user_id for conn in hall.people], lambda user: "own", ephemeral=False)
        await hall.settle()
        assert took == [seconds, 0]

    run(scenario)
