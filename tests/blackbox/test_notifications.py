"""Two nodes with one Redis and one database, as another back end meets them: by PUBLISH and by the HTTP API."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass

import pytest
import redis as redis_py
from blackbox_http import Api, Json
from blackbox_live import Peer
from blackbox_process import OTHER_TEACHER, PASSWORD, TEACHER, Service

from prove.redis_process import RedisProcess

pytestmark = pytest.mark.process
SECRET = "the same secret on all of the nodes"
TOKEN = "what the other back end proves itself with"
HELLO = {"type": "message", "payload": {"title": "Hello", "text": "Ada"}}


@pytest.fixture(scope="module")
def redis() -> Iterator[RedisProcess]:
    process = RedisProcess().start()
    yield process
    process.stop()


@pytest.fixture(scope="module")
def nodes(make_service: Callable[..., Service], redis: RedisProcess) -> Iterator[list[Service]]:
    settings = {"REDIS_URL": redis.url, "JWT_SECRET_KEY": SECRET, "SERVICE_TOKEN": TOKEN}
    one = make_service(**settings)
    # A second one in the same folder, with the same database.
    two = Service(one.directory, settings)
    two.start()
    yield [one, two]
    two.stop()


@dataclass
class Account:
    """One person's program on one node."""

    api: Api
    id: str

    @property
    def device(self) -> Peer:
        return Peer(self.api.port, "", self.api.token or "", bearer_header=True)


def sign_in(node: Service, email: str = TEACHER) -> Account:
    answer = Api(node.port).expect(200, "POST", "/api/v1/login", {"email": email, "password": PASSWORD})
    return Account(Api(node.port, answer["token"]), answer["user"]["id"])


@contextlib.asynccontextmanager
async def connected(*peers: Peer) -> AsyncIterator[tuple[Peer, ...]]:
    async with contextlib.AsyncExitStack() as stack:
        for peer in peers:
            await stack.enter_async_context(peer)
        yield peers


def publish(redis: RedisProcess, user: str, message: str, nodes: int) -> None:
    """As any back end does it; once so many nodes listen, which each does a moment after the handshake."""
    with redis_py.Redis.from_url(redis.url) as client:
        while client.pubsub_numsub(f"user_noti:{user}")[0][1] != nodes:
            pass
        assert client.publish(f"user_noti:{user}", message) == nodes


def notices(peer: Peer) -> list[Json]:
    return [event["params"] for event in peer.others if event["method"] == "notification.new"]


def test_a_publish_reaches_every_connection_on_every_node(nodes: list[Service], redis: RedisProcess) -> None:
    """Three of the same person over two nodes, each once; nobody else. What is wrong reaches nobody."""

    async def scenario() -> None:
        here, there, bo = sign_in(nodes[0]), sign_in(nodes[1]), sign_in(nodes[1], OTHER_TEACHER)
        async with connected(here.device, here.device, there.device, bo.device) as (*devices, other):
            publish(redis, here.id, '{"type":"message"', nodes=2)
            publish(redis, here.id, '{"type":"message","payload":{"title":"Hello"}}', nodes=2)
            for device in devices:
                told = await device.event("notification.new")
                assert set(told) == {"type", "payload", "timestamp"}
                assert (told["type"], told["payload"]) == ("message", {"title": "Hello"})
                assert len(notices(device)) == 1
            publish(redis, bo.id, '{"type":"message","payload":{"title":"Bo"}}', nodes=1)
            assert (await other.event("notification.new"))["payload"] == {"title": "Bo"}
            assert (len(notices(other)), len(notices(devices[0]))) == (1, 1)
        assert here.api.expect(200, "GET", "/api/v1/notifications")["notifications"] == []
        assert "bad notifications: 1 not_json" in nodes[0].log_text()
        assert "Traceback" not in nodes[0].log_text() + nodes[1].log_text()

    asyncio.run(scenario())


def test_a_participant_is_reached_by_the_id_of_the_seat(nodes: list[Service], redis: RedisProcess) -> None:
    """They come in by a shorter way than accounts do."""

    async def scenario() -> None:
        host = sign_in(nodes[0])
        room = host.api.room(host.api.quiz([{"kind": "info", "prompt": "Welcome"}]))
        seat = Api(nodes[1].port).join(room.pin, "Mia")
        async with connected(Peer(nodes[0].port, "", seat["token"]), Peer(nodes[1].port, "", seat["token"])) as phones:
            publish(redis, seat["participant"]["id"], '{"type":"message","payload":{"text":"Hello, Mia"}}', nodes=2)
            for phone in phones:
                assert (await phone.event("notification.new"))["payload"] == {"text": "Hello, Mia"}

    asyncio.run(scenario())


def test_a_stored_one_is_live_and_kept_and_read_everywhere(nodes: list[Service], redis: RedisProcess) -> None:
    """Sent to one node, seen on both; read on one device, known on the other."""

    async def scenario() -> None:
        here, there, bo = sign_in(nodes[0]), sign_in(nodes[1]), sign_in(nodes[1], OTHER_TEACHER)
        sender = Api(nodes[0].port, TOKEN)
        async with connected(here.device, there.device) as (laptop, phone):
            publish(redis, here.id, '{"type":"x","payload":{}}', nodes=2)
            body = {"users": [here.id, bo.id], **HELLO}
            sent = sender.expect(201, "POST", "/api/v1/notifications", body)["notifications"]
            assert [each["user"] for each in sent] == [here.id, bo.id]
            for device in (laptop, phone):
                told = await device.event("notification.new", type="message")
                assert (told["id"], told["payload"]) == (sent[0]["id"], HELLO["payload"])
                assert len(notices(device)) == 2
            ids = [sent[0]["id"]]
            assert there.api.expect(200, "POST", "/api/v1/notifications/read", {"ids": ids}) == {"unread": 0}
            for device in (laptop, phone):
                assert await device.event("notifications.read") == {"ids": ids, "unread": 0}
        # Bo was away.
        listed = bo.api.expect(200, "GET", "/api/v1/notifications")
        assert (listed["unread"], [each["id"] for each in listed["notifications"]]) == (1, [sent[1]["id"]])

    asyncio.run(scenario())


def test_without_redis_they_are_kept_and_told_here(nodes: list[Service], redis: RedisProcess) -> None:
    """The other node's people find them in the list; afterwards everything is as before."""

    async def scenario() -> None:
        here, there = sign_in(nodes[0]), sign_in(nodes[1])
        async with connected(here.device, there.device) as (laptop, phone):
            publish(redis, here.id, '{"type":"x","payload":{}}', nodes=2)
            redis.kill()
            sender = Api(nodes[0].port, TOKEN)
            sent = sender.expect(201, "POST", "/api/v1/notifications", {"user": here.id, **HELLO})["notifications"]
            assert (await laptop.event("notification.new", type="message"))["id"] == sent[0]["id"]
            listed = there.api.expect(200, "GET", "/api/v1/notifications")["notifications"]
            assert sent[0]["id"] in [each["id"] for each in listed]
            redis.start()
            publish(redis, here.id, '{"type":"back","payload":{}}', nodes=2)
            for device in (laptop, phone):
                await device.event("notification.new", type="back")

    asyncio.run(scenario())
