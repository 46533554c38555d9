"""What connections are told, and how a browser that was away is brought up to date."""

import asyncio
import json

import pytest
from house import house
from sample_rooms import SINGLE, TEXT

from game.views import Audience
from realtime.fanout import SLICE
from services.errors import Forbidden
from services.live import topic


async def play(here, room, *commands):
    for name in commands:
        await here.services.transitions.command(room["id"], name)


def told(connection):
    """The notifications a connection was sent, as (method, params)."""
    messages = [json.loads(text) for text in connection.transport.sent]
    return [(message["method"], message["params"]) for message in messages]


@pytest.mark.gen_test
async def test_subscribing_gives_a_snapshot_and_the_next_event_follows(tmp_path):
    """No event is lost or doubled between the reply and what is broadcast after it."""
    async with house(tmp_path) as here:
        room = await here.room(await here.teacher(), SINGLE, SINGLE, read_time_s=0)
        await play(here, room, "room.start")
        seat = await here.services.participants.join(room["pin"], "Ada")
        identity = await here.services.accounts.authenticate(seat["token"])
        connection = here.connect(identity)
        reply = await here.services.subscriptions.subscribe(connection, identity, room["pin"], None, None)
        assert (reply["seq"], reply["epoch"]) == (1, room["epoch"])
        assert reply["snapshot"]["phase"] == "OPEN"
        assert reply["you"]["participant"]["nickname"] == "Ada"
        await play(here, room, "round.close")
        seqs = [params["seq"] for _, params in told(connection) if "seq" in params]
        assert seqs == [2]


@pytest.mark.gen_test
async def test_resuming_gives_exactly_what_was_missed(tmp_path):
    """With its own seq and the epoch a browser gets the tail of the log."""
    async with house(tmp_path) as here:
        room = await here.room(await here.teacher(), SINGLE, TEXT, read_time_s=0)
        who, _ = await here.seat(room["pin"], "Ada")
        await play(here, room, "room.start", "round.close", "room.standings", "room.next")
        connection = here.connect(who)
        reply = await here.services.subscriptions.subscribe(connection, who, room["pin"], 1, room["epoch"])
        assert [event["params"]["seq"] for event in reply["events"]] == [2, 3, 4]
        assert "snapshot" not in reply
        for after, epoch in ((1, "foreign"), (99, room["epoch"]), (None, None)):
            reply = await here.services.subscriptions.subscribe(connection, who, room["pin"], after, epoch)
            assert reply["snapshot"]["round"] == 2


@pytest.mark.gen_test
async def test_you_holds_the_answer_and_the_last_grade(tmp_path):
    """A reload shows the answer that was given and what it was worth."""
    async with house(tmp_path) as here:
        room = await here.room(await here.teacher(), SINGLE, read_time_s=0, close_when_all_answered=False)
        who, connection = await here.seat(room["pin"], "Ada")
        await play(here, room, "room.start")
        receipt = await here.answer(room["pin"], who, 1, {"choices": [1]}, "mine")
        reply = await here.services.subscriptions.subscribe(connection, who, room["pin"], None, None)
        assert reply["you"]["answer"] == {
            "round": 1,
            "answer": {"choices": [1]},
            "id": "mine",
            "received_at": receipt.received_at,
        }
        await play(here, room, "round.close")
        reply = await here.services.subscriptions.subscribe(connection, who, room["pin"], None, None)
        assert reply["you"]["graded"]["correct"] is True
        assert reply["you"]["score"] == reply["you"]["graded"]["score"] == 1000
        graded = [params for method, params in told(connection) if method == "answer.graded"]
        assert graded == [{"room": room["pin"]} | reply["you"]["graded"]]


@pytest.mark.gen_test
async def test_each_one_is_told_how_far_the_next_place_is(tmp_path):
    """Nobody is ahead of the first; equals have the same distance; who is removed changes nothing of what was told."""
    async with house(tmp_path) as here:
        room = await here.room(await here.teacher(), SINGLE, read_time_s=0, close_when_all_answered=False)
        people = [await here.seat(room["pin"], name) for name in ("Ada", "Bo", "Cy", "Di")]
        await play(here, room, "room.start")
        for (who, _), waits_s in zip(people[:2], (0, 5), strict=True):
            here.clock.advance(waits_s)
            await here.answer(room["pin"], who, 1, {"choices": [1]})
        await play(here, room, "round.close")
        graded = [dict(told(connection))["answer.graded"] for _, connection in people]
        first, second = graded[0]["score"], graded[1]["score"]
        assert first > second > 0
        assert [params["behind"] for params in graded] == [None, first - second, second, second]
        live = await here.services.live.by_pin(room["pin"])
        live.standing.pop(people[0][0].id)
        assert live.you(people[1][0].id)["graded"]["behind"] == first - second


@pytest.mark.gen_test
async def test_the_end_tells_each_one_their_place(tmp_path):
    """participant.finished follows room.ended, to those who never answered too."""
    async with house(tmp_path) as here:
        room = await here.room(await here.teacher(), SINGLE, read_time_s=0, close_when_all_answered=False)
        ada, first = await here.seat(room["pin"], "Ada")
        _, second = await here.seat(room["pin"], "Bo")
        await play(here, room, "room.start")
        await here.answer(room["pin"], ada, 1, {"choices": [1]})
        await play(here, room, "round.close", "room.next")
        assert told(first)[-1] == ("participant.finished", {"room": room["pin"], "rank": 1, "score": 1000, "of": 2})
        assert told(second)[-1] == ("participant.finished", {"room": room["pin"], "rank": 2, "score": 0, "of": 2})
        ended = next(params for method, params in told(first) if method == "room.ended")
        assert ended["podium"] == [{"rank": 1, "nickname": "Ada", "score": 1000}]


@pytest.mark.gen_test
async def test_a_change_made_elsewhere_is_noticed_and_nobody_sees_a_gap(tmp_path):
    """A node that shares the database finds what another one did by comparing seqs."""
    async with house(tmp_path) as here:
        room = await here.room(await here.teacher(), SINGLE, SINGLE, read_time_s=0)
        _, connection = await here.seat(room["pin"], "Ada")
        live = await here.services.live.hold(room["id"])
        # Moves that this node's memory does not hear of, as if another node had made them.
        here.services.transitions._on_made = lambda made: None
        await play(here, room, "room.start", "round.close")
        assert live.room.seq == 0
        await here.services.catch_up.check()
        assert [params["seq"] for _, params in told(connection) if "seq" in params] == [1, 2]
        assert told(connection)[-1][0] == "answer.graded"


@pytest.mark.gen_test
async def test_others_may_not_look(tmp_path):
    """Another teacher, and a seat of another room, are refused."""
    async with house(tmp_path) as here:
        room = await here.room(await here.teacher(), SINGLE)
        other = await here.teacher("other@school.example")
        elsewhere = await here.room(other, SINGLE)
        stranger, connection = await here.seat(elsewhere["pin"], "Bo")
        for identity in (other, stranger):
            with pytest.raises(Forbidden):
                await here.services.subscriptions.subscribe(connection, identity, room["pin"], None, None)


@pytest.mark.gen_test
async def test_a_storm_of_reconnects_does_not_touch_the_database(tmp_path):
    """A held room answers from memory: the same reply while the database is not there."""
    async with house(tmp_path) as here:
        room = await here.room(await here.teacher(), SINGLE, read_time_s=0)
        who, connection = await here.seat(room["pin"], "Ada")
        await play(here, room, "room.start")
        reads = []
        real = here.services.db.read

        async def counting(run, *args):
            reads.append(run)
            return await real(run, *args)

        here.services.db.read = counting
        for _ in range(20):
            await here.services.subscriptions.subscribe(connection, who, room["pin"], None, None)
        assert reads == []


@pytest.mark.gen_test
async def test_a_room_is_read_once_however_many_ask(tmp_path):
    """After a restart a class comes back at once: one read for all of them."""
    async with house(tmp_path) as here:
        room = await here.room(await here.teacher(), SINGLE)
    async with house(tmp_path) as here:
        rooms = await asyncio.gather(*[here.services.live.by_pin(room["pin"]) for _ in range(20)])
        assert len({id(live) for live in rooms}) == 1


async def hall_of(here, size):
    """A room without reading time, and its participants' connections."""
    room = await here.room(await here.teacher(), SINGLE, SINGLE, read_time_s=0, close_when_all_answered=False)
    return room, [(await here.seat(room["pin"], f"P{number}"))[1] for number in range(size)]


@pytest.mark.gen_test
async def test_a_delivery_lasts_from_the_hosts_command_to_the_last_player(tmp_path):
    """All slices and what lies between them; one observation for each event, and the room keeps the last."""
    async with house(tmp_path) as here:
        took = []
        here.services.live.on_delivered = took.append
        room, players = await hall_of(here, 1)
        for _ in range(2 * SLICE):
            players.append(here.connect(players[0].claims["identity"]))
            here.services.hub.subscribe(players[-1], topic(room["id"], Audience.PLAYERS))
        began_s = here.clock.monotonic_s()
        here.clock.advance(0.5)  # the command waits before it is looked at
        await here.services.transitions.command(room["id"], "room.start", began_s=began_s)
        assert took == []
        while here.services.hub.fanout.runs:
            here.clock.advance(1)
            await asyncio.sleep(0)
        assert all("round.opened" in text for text in (player.transport.sent[-1] for player in players))
        (seconds,) = took
        assert seconds == here.clock.monotonic_s() - began_s > 1
        assert here.services.live.held(room["id"]).lag_ms == seconds * 1000


@pytest.mark.gen_test
async def test_a_move_by_the_clock_counts_from_when_it_was_due(tmp_path):
    """A timer that rings late shows."""
    async with house(tmp_path) as here:
        took = []
        here.services.live.on_delivered = took.append
        room, _ = await hall_of(here, 1)
        await here.services.transitions.command(room["id"], "room.start")
        due_at = here.services.live.held(room["id"]).room.due_at
        here.clock.advance((due_at - here.clock.now_ms()) / 1000 + 0.75)
        assert await here.services.transitions.make_due(room["id"])
        assert took == [0, pytest.approx(0.75)]


@pytest.mark.gen_test
async def test_an_event_that_no_player_is_there_for_is_no_delivery(tmp_path):
    """Nobody waited for it."""
    async with house(tmp_path) as here:
        took = []
        here.services.live.on_delivered = took.append
        room, _ = await hall_of(here, 0)
        await here.services.transitions.command(room["id"], "room.start")
        assert took == []
