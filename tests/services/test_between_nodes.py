"""Several nodes of one database: what one stores the others tell, whatever is lost between them."""

import asyncio
import json
from contextlib import asynccontextmanager

import msgspec
import pytest
from house import houses, until
from sample_rooms import SINGLE

from game.phases import Phase
from game.room import Event
from realtime.codes import CloseCode
from services.errors import Forbidden
from services.hints import Hint, News

RIGHT, WRONG = {"choices": [1]}, {"choices": [0]}


def told(connection):
    """The notifications a connection was sent, as (method, params)."""
    messages = [json.loads(text) for text in connection.transport.sent]
    return [(message["method"], message["params"]) for message in messages]


def seqs(connection):
    return [params["seq"] for _, params in told(connection) if "seq" in params]


async def move(node, room, *names):
    for name in names:
        await node.services.transitions.command(room["id"], name)


async def watch(node, identity, room):
    """A connection that looks at the room, and the reply it got."""
    connection = node.connect(identity)
    return connection, await node.services.subscriptions.subscribe(connection, identity, room["pin"], None, None)


@asynccontextmanager
async def lesson(folder, count=2, **settings):
    """The nodes, and a room whose host is at the first of them."""
    calm = {"read_time_s": 0, "close_when_all_answered": False}
    async with houses(folder, count=count) as nodes:
        teacher = await nodes[0].teacher()
        room = await nodes[0].room(teacher, SINGLE, SINGLE, **(calm | settings))
        room["host"], _ = await watch(nodes[0], teacher, room)
        yield (room, *nodes)


def count_reads(node):
    """What the node asks its database from now on."""
    asked, real = [], node.services.db.read

    async def read(run, *args):
        asked.append(run.__name__)
        return await real(run, *args)

    node.services.db.read = read
    return asked


def deafen(node, *prefixes):
    """The node misses every message on these topics, as when they are lost on the way."""
    real = node.services.node.broker._receiver
    missed = []

    def receive(name, payload):
        if name.startswith(prefixes):
            missed.append(name)
        else:
            real(name, payload)

    node.services.node.broker.set_receiver(receive)
    return missed


@pytest.mark.gen_test
async def test_all_nodes_tell_the_same_events_in_the_same_order(tmp_path):
    """The host is on one, a participant on each; grades and places come to each of them too."""
    async with lesson(tmp_path, count=3) as (room, a, b, c):
        (ada, first), (_, second) = await b.seat(room["pin"], "Ada"), await c.seat(room["pin"], "Bo")
        await move(a, room, "room.start")
        await until(lambda: seqs(first) == seqs(second) == [1])
        await b.answer(room["pin"], ada, 1, RIGHT)
        await move(a, room, "round.close", "room.standings", "room.next", "round.close", "room.end")
        await until(lambda: seqs(first) == seqs(second) == seqs(room["host"]) == list(range(1, 7)))
        for name in ("answer.graded", "participant.finished"):
            mine, theirs = [[params for method, params in told(one) if method == name] for one in (first, second)]
            assert (mine[-1]["score"], mine[-1]["rank"]) == (1000, 1)
            assert (theirs[-1]["score"], theirs[-1]["rank"]) == (0, 2)
        assert [params["round"] for method, params in told(first) if method == "answer.graded"] == [1, 2]


@pytest.mark.gen_test
async def test_a_small_move_comes_with_its_hint(tmp_path):
    """Whoever stands where it begins reads nothing, and tells the same; grades come along too."""
    async with lesson(tmp_path) as (room, a, b):
        ada, connection = await b.seat(room["pin"], "Ada")
        asked = count_reads(b)
        await move(a, room, "room.start")
        await until(lambda: seqs(connection) == [1])
        await b.answer(room["pin"], ada, 1, RIGHT)
        await move(a, room, "round.close", "room.standings", "room.next", "room.end")
        await until(lambda: seqs(connection) == seqs(room["host"]) == list(range(1, 7)))
        assert asked == []
        assert b.services.figures.received() > 0
        held = [node.services.live.held(room["id"]) for node in (a, b)]
        assert held[0].room == held[1].room
        assert held[0].log == held[1].log
        graded = [params for method, params in told(connection) if method == "answer.graded"]
        assert [(params["round"], params["score"]) for params in graded] == [(1, 1000), (2, 1000)]


@pytest.mark.gen_test
async def test_catching_up_reads_what_is_missing_and_never_the_whole_room(tmp_path):
    """A hint that was lost makes the next one's move a later one: one read for both."""
    async with lesson(tmp_path) as (room, a, b):
        _, connection = await b.seat(room["pin"], "Ada")
        asked, heard = count_reads(b), b.services.node.broker._receiver
        missed = deafen(b, "log:", "people:")
        await move(a, room, "room.start")
        await until(lambda: any(name.startswith("log:") for name in missed))
        b.services.node.broker.set_receiver(heard)
        await move(a, room, "round.close")
        await until(lambda: seqs(connection) == [1, 2])
        assert set(asked) == {"load_tail"}
        assert len(asked) <= 2


@pytest.mark.gen_test
async def test_the_grades_of_a_large_room_are_read(tmp_path, monkeypatch):
    """They would make the hint as large as they are."""
    monkeypatch.setattr("services.hints.GRADES_MOST", 1)
    async with lesson(tmp_path) as (room, a, b):
        seats = [await b.seat(room["pin"], name) for name in ("Ada", "Bo")]
        asked = count_reads(b)
        await move(a, room, "room.start", "round.close")
        await until(lambda: all(seqs(connection) == [1, 2] for _, connection in seats))
        assert set(asked) == {"load_tail"}
        for _, connection in seats:
            assert "answer.graded" in [method for method, _ in told(connection)]


@pytest.mark.gen_test
async def test_news_of_another_life_of_the_room_is_not_believed(tmp_path):
    """Of before a restore, from a node that has not heard of it: what happened is read."""
    async with lesson(tmp_path) as (room, _, b):
        _, connection = await b.seat(room["pin"], "Ada")
        held = b.services.live.held(room["id"]).room
        event = Event(1, "round.opened", {"round": 1}, 0)
        old = msgspec.structs.replace(held, seq=1, epoch="another", phase=Phase.OPEN, round=1)
        asked = count_reads(b)
        b.services.hints.on_hint(room["id"], Hint("other", 1, 0, news=News(old, [event])))
        await b.services.catch_up.settle()
        assert seqs(connection) == []
        assert b.services.live.held(room["id"]).room == held
        assert asked == ["load_tail"]


@pytest.mark.gen_test
async def test_a_late_finder_tells_each_rounds_grades_once(tmp_path):
    """A node that hears of nothing finds two closed rounds at its next check."""
    async with lesson(tmp_path) as (room, a, b):
        ada, connection = await b.seat(room["pin"], "Ada")
        missed = deafen(b, "log:", "people:")
        await move(a, room, "room.start")
        await b.answer(room["pin"], ada, 1, RIGHT)
        await move(a, room, "round.close", "room.next", "round.close")
        await until(lambda: missed)
        assert seqs(connection) == []
        await b.services.catch_up.check()
        graded = [params for method, params in told(connection) if method == "answer.graded"]
        assert [(params["round"], params["points"], params["score"]) for params in graded] == [
            (1, 1000, 1000),
            (2, 0, 1000),
        ]
        assert seqs(connection) == [1, 2, 3, 4]


@pytest.mark.gen_test
async def test_who_joined_on_one_node_is_known_to_the_others(tmp_path):
    """By their shares at once; by the database when the share is lost."""
    async with lesson(tmp_path) as (room, a, b):
        await b.services.live.hold(room["id"])
        await a.services.participants.join(room["pin"], "Ada")
        held = b.services.live.held(room["id"])
        await until(lambda: list(held.seats.values()) == ["Ada"])
        missed = deafen(b, "people:")
        await a.services.participants.join(room["pin"], "Bo")
        await until(lambda: missed)
        await b.services.catch_up.check()
        assert list(held.seats.values()) == ["Ada", "Bo"]


@pytest.mark.gen_test
async def test_a_seat_that_a_node_has_not_heard_of_is_looked_up_before_it_is_refused(tmp_path):
    """And somebody without one is refused all the same."""
    async with lesson(tmp_path) as (room, a, b):
        await b.services.live.hold(room["id"])
        deafen(b, "people:", "log:")
        seat = await a.services.participants.join(room["pin"], "Ada")
        identity = await b.services.accounts.authenticate(seat["token"])
        _, reply = await watch(b, identity, room)
        assert reply["you"]["participant"]["nickname"] == "Ada"
        await a.services.participants.remove(room["id"], identity.id, ban=False)
        await b.services.catch_up.check()
        with pytest.raises(Forbidden):
            await watch(b, identity, room)


@pytest.mark.gen_test
async def test_a_kick_on_one_node_closes_the_sockets_on_all(tmp_path):
    """At once by the hint, within a second without it."""
    async with lesson(tmp_path) as (room, a, b):
        (ada, first), (bo, second) = await b.seat(room["pin"], "Ada"), await b.seat(room["pin"], "Bo")
        await a.services.participants.remove(room["id"], ada.id, ban=False)
        await until(lambda: first.transport.closed == CloseCode.KICKED)
        assert told(first)[-1] == ("participant.kicked", {"room": room["pin"], "participant": ada.id})
        missed = deafen(b, "log:")
        await a.services.participants.remove(room["id"], bo.id, ban=False)
        await until(lambda: missed)
        await b.services.catch_up.check()
        assert second.transport.closed == CloseCode.KICKED


@pytest.mark.gen_test
async def test_an_answer_stored_on_one_node_is_in_the_resume_on_another(tmp_path):
    """Also for somebody whom the other node has never seen, before it has heard of the answer."""
    async with lesson(tmp_path, count=3) as (room, a, b, c):
        ada, _ = await b.seat(room["pin"], "Ada")
        await c.services.live.hold(room["id"])
        deafen(c, "people:")
        await move(a, room, "room.start")
        await b.answer(room["pin"], ada, 1, RIGHT, "mine")
        for node in (a, c):
            _, reply = await watch(node, ada, room)
            assert reply["you"]["answer"]["answer"] == RIGHT
            assert reply["you"]["answer"]["id"] == "mine"


@pytest.mark.gen_test
async def test_people_whom_a_node_knows_resume_without_a_query(tmp_path):
    """And a class that comes over from another node shares a read or two."""
    async with lesson(tmp_path) as (room, a, b):
        people = [(await b.seat(room["pin"], f"P{number}"))[0] for number in range(30)]
        await move(a, room, "room.start")
        await until(lambda: b.services.live.held(room["id"]).room.seq == 1)
        await asyncio.gather(*[b.answer(room["pin"], who, 1, RIGHT, who.id) for who in people[:10]])
        asked = count_reads(b)
        for who in people:
            _, reply = await watch(b, who, room)
            assert ("answer" in reply["you"]) is (who in people[:10])
        assert asked == []
        asked = count_reads(a)
        replies = await asyncio.gather(*[watch(a, who, room) for who in people])
        assert ["answer" in reply["you"] for _, reply in replies] == [True] * 10 + [False] * 20
        assert len(asked) <= 4


@pytest.mark.gen_test
async def test_a_browser_that_is_ahead_of_its_new_node_is_not_sent_back(tmp_path):
    """The node catches up before it answers."""
    async with lesson(tmp_path) as (room, a, b):
        ada, _ = await a.seat(room["pin"], "Ada")
        await b.services.live.hold(room["id"])
        deafen(b, "log:", "people:")
        await move(a, room, "room.start", "round.close")
        connection = b.connect(ada)
        reply = await b.services.subscriptions.subscribe(connection, ada, room["pin"], 2, room["epoch"])
        assert (reply["seq"], reply["events"]) == (2, [])


@pytest.mark.gen_test
async def test_everyone_has_answered_means_on_all_nodes(tmp_path):
    """A node with nobody missing waits for the others' people; then the round is closed, once."""
    async with lesson(tmp_path, count=3, close_when_all_answered=True) as (room, a, b, c):
        (ada, first), (bo, second) = await b.seat(room["pin"], "Ada"), await c.seat(room["pin"], "Bo")
        await move(a, room, "room.start")
        live = b.services.live.held(room["id"])
        await until(lambda: seqs(first) == seqs(second) == [1])
        await b.answer(room["pin"], ada, 1, RIGHT)
        await until(lambda: ada.id in a.services.live.held(room["id"]).answered)
        b.services.deadlines.judge_all()
        await b.services.deadlines.settle()
        assert live.room.phase is Phase.OPEN
        await c.answer(room["pin"], bo, 1, WRONG)
        await until(lambda: seqs(first) == seqs(second) == seqs(room["host"]) == [1, 2])


@pytest.mark.gen_test
async def test_nobody_judges_for_others_while_the_line_is_down(tmp_path):
    """Other nodes live and cannot be heard: the round waits for its deadline."""
    async with lesson(tmp_path, close_when_all_answered=True) as (room, a, b):
        ada, _ = await b.seat(room["pin"], "Ada")
        await a.services.recovery.beat()
        b.services.node.broker.is_up = False
        await b.services.catch_up.check()
        await move(b, room, "room.start")
        await b.answer(room["pin"], ada, 1, RIGHT)
        await b.services.deadlines.settle()
        assert b.services.live.held(room["id"]).room.phase is Phase.OPEN
        a.clock.advance(10)  # the other node says nothing any more
        await b.services.catch_up.check()
        b.services.deadlines.judge_all()
        await b.services.deadlines.settle()
        assert b.services.live.held(room["id"]).room.phase is Phase.REVEAL


@pytest.mark.gen_test
async def test_counts_are_sums_and_ghosts_vanish(tmp_path):
    """The people of a node that says nothing any more are gone within ten seconds."""
    async with lesson(tmp_path) as (room, a, b):
        await a.seat(room["pin"], "Ada")
        await b.seat(room["pin"], "Bo")
        presence = a.services.presence
        await until(lambda: presence.count(room["id"]) == 2)
        deafen(a, "people:")
        a.clock.advance(6.5)
        await a.services.catch_up.check()
        assert (presence.count(room["id"]), presence.count_here(room["id"])) == (1, 1)
        await until(lambda: any(m == "lobby.changed" and p["participants"] == 2 for m, p in told(room["host"])))


@pytest.mark.gen_test
async def test_a_lost_share_of_answers_is_noticed_by_the_next_one(tmp_path):
    """Nobody answers after it; the count in the renewed share is enough."""
    async with lesson(tmp_path) as (room, a, b):
        (ada, _), (bo, _) = await b.seat(room["pin"], "Ada"), await b.seat(room["pin"], "Bo")
        await move(a, room, "room.start")
        held = a.services.live.held(room["id"])
        await until(lambda: a.services.presence.count(room["id"]) == 2)
        hears = a.services.node.broker._receiver
        missed = deafen(a, "people:")
        await b.answer(room["pin"], ada, 1, RIGHT, "one")
        await until(lambda: missed)
        a.services.node.broker.set_receiver(hears)
        assert ada.id not in held.answered
        await b.answer(room["pin"], bo, 1, RIGHT, "two")
        await until(lambda: held.answered.keys() == {ada.id, bo.id})


@pytest.mark.gen_test
async def test_a_deadline_is_met_by_exactly_one(tmp_path):
    """All nodes look at the same moment; the log has one end of the round."""
    async with lesson(tmp_path, count=3) as (room, a, b, c):
        connections = [(await node.seat(room["pin"], f"P{number}"))[1] for number, node in enumerate((a, b, c))]
        await move(a, room, "room.start")
        a.clock.advance(60)
        await asyncio.gather(*(node.services.deadlines.scan() for node in (a, b, c)))
        for connection in connections:
            await until(lambda connection=connection: seqs(connection) == [1, 2])


@pytest.mark.gen_test
async def test_a_timer_that_comes_second_finds_out_instead_of_asking_again_and_again(tmp_path):
    """A regression: a node that had not heard of the move set its timer to the past, without end."""
    async with lesson(tmp_path) as (room, a, b):
        _, connection = await b.seat(room["pin"], "Ada")
        await move(a, room, "room.start")
        await until(lambda: seqs(connection) == [1])
        deafen(b, "log:", "people:")
        a.clock.advance(60)
        await a.services.deadlines.scan()
        await b.services.deadlines._move(room["id"])
        assert seqs(connection) == [1, 2]


@pytest.mark.gen_test
async def test_delivery_is_timed_where_the_people_are(tmp_path):
    """From the host's command on another node."""
    async with lesson(tmp_path) as (room, a, b):
        _, connection = await b.seat(room["pin"], "Ada")
        took = []
        b.services.live.on_delivered = took.append
        began_s = a.clock.monotonic_s()
        a.clock.advance(0.25)
        await a.services.transitions.command(room["id"], "room.start", began_s=began_s)
        await until(lambda: seqs(connection) == [1])
        assert took == [pytest.approx(0.25)]


@pytest.mark.gen_test
async def test_a_publish_that_reaches_nobody_though_others_live_is_counted(tmp_path):
    """This node would have heard it too."""
    async with lesson(tmp_path) as (_, a, b):
        node = a.services.node
        await node.publish("nobody", b"x")
        assert node.unheard == 0
        await b.services.recovery.beat()
        await a.services.catch_up.check()
        await node.publish("nobody", b"x")
        assert node.unheard == 1


@pytest.mark.gen_test
async def test_answers_of_a_round_that_a_node_has_not_heard_of_are_kept_for_it(tmp_path):
    """The share comes before the hint has been followed."""
    async with lesson(tmp_path) as (room, a, b):
        ada, _ = await a.seat(room["pin"], "Ada")
        held = await b.services.live.hold(room["id"])
        deafen(b, "log:")
        await move(a, room, "room.start")
        await a.answer(room["pin"], ada, 1, RIGHT)
        await until(lambda: ada.id in held.answered)
        assert held.room.seq == 1


@pytest.mark.gen_test
async def test_a_gap_means_a_check_at_once(tmp_path):
    """Whatever was missed while the line was broken."""
    async with lesson(tmp_path) as (room, a, b):
        _, connection = await b.seat(room["pin"], "Ada")
        deafen(b, "log:", "people:")
        await move(a, room, "room.start")
        b.services.node.broker.on_gap()
        await until(lambda: seqs(connection) == [1])


@pytest.mark.gen_test
async def test_nodes_that_start_together_give_the_lost_time_back_once(tmp_path):
    """A regression: each of them found that nobody had lived, and the round got the time as often."""
    async with lesson(tmp_path, count=3) as (room, a, b, c):
        await a.seat(room["pin"], "Ada")
        await a.services.recovery.beat()
        await move(a, room, "room.start")
        closes_at = a.services.live.held(room["id"]).room.closes_at
        a.clock.advance(10)
        extended = await asyncio.gather(*(node.services.recovery.recover() for node in (a, b, c)))
        assert sorted(extended) == [0, 0, 1]
        await a.services.catch_up.check()
        assert a.services.live.held(room["id"]).room.closes_at == closes_at + 10_000


@pytest.mark.gen_test
async def test_the_people_of_a_node_that_died_are_waited_for(tmp_path):
    """Like others who are gone for a moment: they may be on their way to another node."""
    async with lesson(tmp_path, close_when_all_answered=True) as (room, a, b):
        (ada, _), (_, _) = await a.seat(room["pin"], "Ada"), await b.seat(room["pin"], "Bo")
        await move(a, room, "room.start")
        shares, live = a.services.shares, a.services.live.held(room["id"])
        heard = shares._heard[room["id"]]
        await until(lambda: heard["node-2"].round == 1 and heard["node-2"].missing == 1)
        deafen(a, "people:")
        a.clock.advance(8)
        await a.services.catch_up.check()
        assert a.services.presence.count(room["id"]) == 1
        await a.answer(room["pin"], ada, 1, RIGHT)
        await a.services.deadlines.settle()
        assert live.room.phase is Phase.OPEN
        a.clock.advance(8)
        a.services.deadlines.judge_all()
        await a.services.deadlines.settle()
        assert live.room.phase is Phase.REVEAL


@pytest.mark.gen_test
async def test_a_node_that_takes_its_leave_takes_its_people_out_of_the_count(tmp_path):
    """At once, where those of a node that died are counted for some seconds; who has not answered is waited for."""
    async with lesson(tmp_path) as (room, a, b):
        await b.services.live.hold(room["id"])
        await a.seat(room["pin"], "Ada")
        await until(lambda: b.services.presence.count(room["id"]) == 1)
        await a.services.transitions.command(room["id"], "room.start")
        held = b.services.live.held(room["id"])
        await until(lambda: held.room.round == 1)
        await a.services.shares.stop()
        await until(lambda: b.services.presence.count(room["id"]) == 0)
        assert not b.services.shares.nobody_missing_elsewhere(held)
