"""Three processes of one database and one Redis, as a class meets them: host, participants and answers anywhere.

Redis and nodes die in the middle of rounds here; what people see must not show it.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from blackbox_class import RIGHT, SINGLE, WRONG, run
from blackbox_http import Api, Json, Room
from blackbox_live import Host, LostError, Peer, Player
from blackbox_process import Service
from databases import database_url

from prove.redis_process import RedisProcess

pytestmark = pytest.mark.process
SECRET = "the same secret on all of the nodes"
GHOSTS_GONE_WITHIN_S = 10.0
# Together with a round's time, the grace after it and a check; far less than what waits forever.
ROUND_WITHIN_S = 20.0


class Nodes:
    """Three nodes, and the Redis between them."""

    def __init__(self, redis: RedisProcess, services: list[Service]) -> None:
        self.redis = redis
        self.services = services
        self.ports = [service.port for service in services]


@pytest.fixture(scope="module")
def redis() -> Iterator[RedisProcess]:
    process = RedisProcess().start()
    yield process
    process.stop()


@pytest.fixture(scope="module")
def nodes(
    tmp_path_factory: pytest.TempPathFactory, make_service: Callable[..., Service], redis: RedisProcess
) -> Iterator[Nodes]:
    url = database_url(tmp_path_factory.mktemp("shared"))
    settings = {"REDIS_URL": redis.url, "JWT_SECRET_KEY": SECRET, "DATABASE_URL": url}
    services = [make_service(**settings)]
    services += [Service(tmp_path_factory.mktemp("node"), settings) for _ in range(2)]
    try:
        for service in services[1:]:
            service.start()
        yield Nodes(redis, services)
    finally:
        for service in services[1:]:
            service.stop()


class Lesson:
    """A room whose host is with the first node; `seat` joins with one node and opens its sockets with another."""

    def __init__(self, nodes: Nodes, **settings: Any) -> None:
        self.nodes = nodes
        self.api = Api(nodes.ports[0]).login()
        limit = settings.pop("time_limit_s", 60)
        calm = {"read_time_s": 0, "close_when_all_answered": False}
        self.room: Room = self.api.room(self.api.quiz([SINGLE | {"time_limit_s": limit}] * 2), **(calm | settings))
        assert self.api.token is not None
        self.host = Host(nodes.ports[0], self.room.pin, self.api.token)
        self.players: list[Player] = []

    async def seat(self, nickname: str, *, joins: int, plays: int) -> Player:
        seat = Api(self.nodes.ports[joins]).join(self.room.pin, nickname)
        player = Player(self.nodes.ports[plays], self.room.pin, seat)
        self.players.append(player)
        await player.join_room()
        return player

    async def move_to(self, peer: Peer, node: int) -> Json:
        """The same person, from where they left off, with another node."""
        await peer.close()
        peer.port = self.nodes.ports[node]
        return await peer.join_room()

    async def all_saw(self, method: str, **fields: Any) -> None:
        for peer in (self.host, *self.players):
            await peer.event(method, deadline_s=ROUND_WITHIN_S, **fields)

    def check_logs(self) -> None:
        """Everybody saw the room's own log, from where they came in: no event less, none in another order."""
        log = [(event["seq"], event["method"]) for event in self.api.events(self.room)]
        for peer in (self.host, *self.players):
            seen = [(seq, event["method"]) for seq, event in sorted(peer.events.items())]
            assert seen == log[peer.first_seq :], peer
            assert not peer.faults, peer.faults


@asynccontextmanager
async def lesson(nodes: Nodes, **settings: Any) -> AsyncIterator[Lesson]:
    held = Lesson(nodes, **settings)
    await held.host.join_room()
    try:
        yield held
        held.check_logs()
    finally:
        for peer in (held.host, *held.players):
            await peer.close()


def test_a_lesson_over_three_nodes_is_one_lesson(nodes: Nodes) -> None:
    """Joined with one node, connected to another, answered, resumed with a third; scores are the same for all."""

    async def scenario() -> None:
        async with lesson(nodes) as here:
            ada = await here.seat("Ada", joins=0, plays=1)
            bo = await here.seat("Bo", joins=2, plays=2)
            cy = await here.seat("Cy", joins=1, plays=0)
            await here.host.event("lobby.changed", participants=3)
            await here.host.command("room.start")
            await here.all_saw("round.opened", round=1)
            await ada.submit(1, RIGHT)
            await bo.submit(1, WRONG)
            reply = await here.move_to(ada, 2)
            assert reply["you"]["answer"]["answer"] == RIGHT
            await here.host.event("round.progress", round=1, answered=2, connected=3)
            await here.host.command("round.close")
            await here.all_saw("round.closed", round=1)
            graded = [await player.event("answer.graded", round=1) for player in (ada, bo, cy)]
            assert [one["correct"] for one in graded] == [True, False, False]
            await here.move_to(bo, 0)
            await here.host.command("room.next")
            await here.all_saw("round.opened", round=2)
            for player in (ada, bo, cy):
                await player.submit(2, RIGHT)
            await here.host.command("room.end")
            finished = [await player.event("participant.finished") for player in (ada, bo, cy)]
            scores = {one["id"]: one["score"] for one in here.api.results(here.room)["participants"]}
            assert [one["score"] for one in finished] == [scores[player.id] for player in (ada, bo, cy)]
            for port in nodes.ports[1:]:
                assert Api(port, here.api.token).results(here.room) == here.api.results(here.room)

    run(scenario())


def test_a_round_ends_when_everyone_on_all_nodes_has_answered(nodes: Nodes) -> None:
    """Long before its deadline, once, and not before the last one has."""

    async def scenario() -> None:
        async with lesson(nodes, close_when_all_answered=True) as here:
            players = [await here.seat(f"P{number}", joins=0, plays=number % 3) for number in range(6)]
            await here.host.command("room.start")
            await here.all_saw("round.opened", round=1)
            for player in players[:-1]:
                await player.submit(1, RIGHT)
            await here.host.event("round.progress", answered=5)
            assert not [one for one in here.host.frames if one.get("method") == "round.closed"]
            await players[-1].submit(1, RIGHT)
            await here.all_saw("round.closed", round=1)

    run(scenario())


def test_a_kick_reaches_the_node_where_the_person_is(nodes: Nodes) -> None:
    """Their socket closes with 4502, and no node lets them in again."""

    async def scenario() -> None:
        async with lesson(nodes) as here:
            ada = await here.seat("Ada", joins=1, plays=2)
            await here.host.command("participant.kick", participant=ada.id)
            assert await ada.lost() == 4502

    run(scenario())


def test_the_hosts_node_dies_and_the_room_goes_on(nodes: Nodes) -> None:
    """kill -9 in an open round: its deadline is met, the host comes back elsewhere, ghosts are gone."""

    async def scenario() -> None:
        async with lesson(nodes, time_limit_s=8) as here:
            ada = await here.seat("Ada", joins=1, plays=1)
            ghost = await here.seat("Bo", joins=0, plays=0)
            await here.host.command("room.start")
            await here.all_saw("round.opened", round=1)
            await ghost.submit(1, RIGHT)
            nodes.services[0].signal_kill()
            await asyncio.gather(here.host.lost(), ghost.lost())
            here.api.port = nodes.ports[1]
            await here.move_to(here.host, 1)
            here.host.others.clear()
            await here.host.event("round.progress", deadline_s=GHOSTS_GONE_WITHIN_S, connected=1, answered=1)
            await ada.submit(1, RIGHT)
            await ada.event("round.closed", deadline_s=ROUND_WITHIN_S, round=1)
            reply = await here.move_to(ghost, 2)
            assert reply["you"]["graded"]["correct"]
            await here.host.command("room.next")
            await here.all_saw("round.opened", round=2)

    try:
        run(scenario())
    finally:
        nodes.services[0].reap()
        nodes.services[0].start()


@pytest.mark.parametrize("fault", ["freeze", "kill", "flush", "cut"])
def test_redis_fails_in_an_open_round_and_the_room_goes_on(nodes: Nodes, fault: str) -> None:
    """Frozen, killed, emptied or its lines cut: every event comes to all, in order, answers are kept and graded."""
    redis = nodes.redis

    async def scenario() -> None:
        async with lesson(nodes) as here:
            players = [await here.seat(f"P{number}", joins=0, plays=number) for number in range(3)]
            await here.host.command("room.start")
            await here.all_saw("round.opened", round=1)
            fail = {
                "freeze": redis.freeze,
                "kill": redis.kill,
                "flush": lambda: redis.command("FLUSHALL"),
                "cut": lambda: redis.command("CLIENT", "KILL", "TYPE", "pubsub"),
            }
            fail[fault]()
            for player in players:
                await player.submit(1, RIGHT)
            await here.host.command("round.close")
            await here.all_saw("round.closed", round=1)
            for player in players:
                assert (await player.event("answer.graded", round=1))["correct"]
            if fault == "freeze":
                redis.thaw()
            elif fault == "kill":
                redis.start()
            await here.host.command("room.next")
            await here.all_saw("round.opened", round=2)
            assert here.host.close_code is None

    run(scenario())


def test_somebody_who_never_got_a_receipt_sends_again_to_another_node(nodes: Nodes) -> None:
    """The same id gets the same receipt, whichever node is asked, and counts once."""

    async def scenario() -> None:
        async with lesson(nodes) as here:
            ada = await here.seat("Ada", joins=0, plays=1)
            await here.host.command("room.start")
            await here.all_saw("round.opened", round=1)
            await ada.submit(1, RIGHT, "mine")
            for node in (2, 0):
                await here.move_to(ada, node)
                try:
                    await ada.resend("mine")
                except LostError as error:  # a refusal would say so; the socket must not end
                    raise AssertionError("the socket ended") from error
            await here.host.event("round.progress", answered=1)

    run(scenario())
