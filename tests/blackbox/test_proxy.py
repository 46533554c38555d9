"""Two nodes behind a real proxy with the file that we ship: people play, a node is stopped, and they play on."""

import asyncio
import http.client
import json
import time
from collections.abc import Callable, Iterator

import pytest
from blackbox_http import Api
from blackbox_live import Host, LostError, Peer, Player
from blackbox_process import Service
from databases import database_url
from haproxy_process import HaproxyProcess
from nginx_process import NginxProcess

from prove.redis_process import RedisProcess

pytestmark = pytest.mark.process
SECRET = "the same secret on all of the nodes"
PLAYERS = 12
READY_WITHIN_S = 30.0
QUIZ = [
    {"kind": "single", "prompt": f"{n} + 1 = ?", "choices": [{"text": str(n)}, {"text": str(n + 1), "correct": True}]}
    for n in range(3)
]


@pytest.fixture(scope="module", params=[NginxProcess, HaproxyProcess])
def kind(request: pytest.FixtureRequest) -> type[NginxProcess | HaproxyProcess]:
    """Each has nodes and a Redis of its own, whose counts begin at nothing."""
    found: type[NginxProcess | HaproxyProcess] = request.param
    return found


@pytest.fixture(scope="module")
def redis(kind: type[NginxProcess | HaproxyProcess]) -> Iterator[RedisProcess]:
    process = RedisProcess().start()
    yield process
    process.stop()


@pytest.fixture(scope="module")
def nodes(
    make_service: Callable[..., Service], redis: RedisProcess, tmp_path_factory: pytest.TempPathFactory
) -> list[Service]:
    """Two of one database, which take the proxy's word."""
    shared = {
        "DATABASE_URL": database_url(tmp_path_factory.mktemp("shared")),
        "REDIS_URL": redis.url,
        "JWT_SECRET_KEY": SECRET,
        "TRUSTED_PROXIES": "127.0.0.1",
        "RATE_LIMIT_LOGIN": "3/hour",
    }
    first = make_service(**shared)
    second = Service(tmp_path_factory.mktemp("second"), shared)
    second.start()
    return [first, second]


@pytest.fixture(scope="module")
def proxy(
    kind: type[NginxProcess | HaproxyProcess], nodes: list[Service], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[NginxProcess | HaproxyProcess]:
    process = kind(tmp_path_factory.mktemp("proxy"), [node.port for node in nodes]).start()
    wait_until_ready(process.port)
    yield process
    process.stop()
    nodes[1].stop()


def wait_until_ready(port: int) -> None:
    """A proxy that asks its nodes how they are sends nobody to them before."""
    end_s = time.monotonic() + READY_WITHIN_S
    while Api(port).call("GET", "/health/live").status != 200:
        assert time.monotonic() < end_s, "the proxy finds no node"
        time.sleep(0.05)


def sign_in_from(port: int, source: str, made_up: str) -> int:
    """The status of a wrong password from one of this machine's own addresses."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20, source_address=(source, 0))
    body = json.dumps({"email": "nobody@school.example", "password": "wrong"})
    try:
        headers = {"Content-Type": "application/json", "X-Forwarded-For": made_up}
        connection.request("POST", "/api/v1/login", body, headers)
        return connection.getresponse().status
    finally:
        connection.close()


def test_the_addresses_counted_are_the_clients_own(proxy: NginxProcess | HaproxyProcess) -> None:
    """Not the proxy's, not a made-up one; one budget over both nodes."""
    first = [sign_in_from(proxy.port, "127.0.0.2", f"10.0.0.{number}") for number in range(6)]
    assert first == [401, 401, 401, 429, 429, 429]
    assert sign_in_from(proxy.port, "127.0.0.3", "10.0.0.1") == 401


def test_figures_are_not_for_the_world(proxy: NginxProcess | HaproxyProcess) -> None:
    assert Api(proxy.port).call("GET", "/metrics").status == 404


class Lesson:
    """One room, everybody in it through the proxy."""

    def __init__(self, port: int) -> None:
        api = Api(port).login()
        self.room = api.room(api.quiz(QUIZ), read_time_s=0, scoring="accuracy", close_when_all_answered=False)
        self.api = api
        assert api.token is not None
        self.host = Host(port, self.room.pin, api.token)
        self.players = [Player(port, self.room.pin, api.join(self.room.pin, f"Pupil {n}")) for n in range(PLAYERS)]

    @property
    def everyone(self) -> list[Peer]:
        return [self.host, *self.players]

    async def play(self, number: int) -> None:
        await self.host.command("room.start" if number == 1 else "room.next")
        await asyncio.gather(*(peer.event("round.opened", round=number) for peer in self.players))
        await asyncio.gather(*(player.submit(number, {"choices": [1]}) for player in self.players))
        await self.host.command("round.close")
        await asyncio.gather(*(peer.event("round.closed", round=number) for peer in self.everyone))

    async def come_back(self) -> None:
        """Those who were told to, or whose socket is gone."""
        await asyncio.gather(*(peer.join_room() for peer in self.everyone if peer.close_code is not None))


def test_everybody_plays_on_when_a_node_is_stopped(proxy: NginxProcess | HaproxyProcess, nodes: list[Service]) -> None:
    """Whoever was on it comes back through the other one; every answer counts, no event is missing."""

    async def scenario() -> None:
        loop = asyncio.get_running_loop()
        lesson = Lesson(proxy.port)
        await asyncio.gather(*(peer.join_room() for peer in lesson.everyone))
        on_each = [Api(node.port).call("GET", "/health").json["websocket"]["active_connections"] for node in nodes]
        assert min(on_each) > 0, f"all are on one node: {on_each}"
        await lesson.play(1)
        nodes[0].signal_term()
        await loop.run_in_executor(None, nodes[0].reap)
        assert nodes[0].status == 0
        gone = [peer for peer in lesson.everyone if await is_gone(peer)]
        assert len(gone) == on_each[0]
        await lesson.come_back()
        await lesson.play(2)
        await loop.run_in_executor(None, nodes[0].start)
        await lesson.play(3)
        await lesson.host.command("room.end")
        results = await loop.run_in_executor(None, lesson.api.results, lesson.room)
        assert {row["score"] for row in results["participants"]} == {3000}
        assert [peer.faults for peer in lesson.everyone] == [[]] * (PLAYERS + 1)
        for peer in lesson.everyone:
            await peer.close()

    asyncio.run(scenario())


async def is_gone(peer: Peer) -> bool:
    """The node that held it has ended, so its close has been sent; else it is answered."""
    try:
        await peer.subscribe()
    except LostError:
        return True
    return False
