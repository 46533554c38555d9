"""What concerns people on whatever node is done by all nodes."""

import asyncio
import json

import pytest
from recording import RecordingTransport

from clock import ManualClock
from realtime.broker_memory import MemoryBroker, MemoryBus
from realtime.connection import Connection
from realtime.hub import Hub
from realtime.node import Node
from services.orders import Orders

HELLO = json.dumps({"method": "notification.new"})


class Place:
    """A node with its orders, and connections that record."""

    def __init__(self, name, bus):
        self.name = name
        self.clock = ManualClock()
        self.hub = Hub(4, self.clock)
        self.node = Node(name, self.hub, MemoryBroker(bus))
        self.orders = Orders(self.node)

    async def start(self):
        await self.node.start()
        await self.orders.start()

    def connect(self, user_id, *topics, jti="a"):
        transport = RecordingTransport()
        name = f"{self.name}-{user_id}-{jti}"
        connection = Connection(name, user_id, "participant", {"jti": jti}, transport, self.clock)
        self.hub.register(connection)
        for topic in topics:
            self.hub.subscribe(connection, topic)
        return transport


async def two_places():
    bus = MemoryBus()
    places = [Place("here", bus), Place("there", bus)]
    for place in places:
        await place.start()
    return places


async def settle(places):
    """Lets what was published come round, then ends the nodes."""
    for _ in range(5):
        await asyncio.sleep(0)
    for place in places:
        await place.node.stop()


@pytest.mark.gen_test
async def test_somebody_is_disconnected_wherever_they_are():
    """Their sockets on both nodes, and nobody else's."""
    here, there = places = await two_places()
    sockets = [here.connect("ada"), there.connect("ada")]
    others = [here.connect("bo"), there.connect("bo")]
    assert await here.orders.disconnect("ada") == 1
    await settle(places)
    assert [socket.ended for socket in sockets] == [[("close", 4507, "inactive")]] * 2
    assert [socket.ended for socket in others] == [[], []]


@pytest.mark.gen_test
async def test_who_signs_out_is_signed_out_everywhere():
    """The sockets of that sign-in, while another one of the same account goes on; or all of them."""
    here, there = places = await two_places()
    sockets = [here.connect("root"), there.connect("root")]
    other = there.connect("root", jti="b")
    assert await here.orders.sign_out("root", "a") == 1
    assert [socket.ended for socket in (*sockets[:1], other)] == [[("close", 4500, "token_invalid")], []]
    await here.orders.sign_out("root", None)
    await settle(places)
    assert [socket.ended for socket in (*sockets, other)] == [[("close", 4500, "token_invalid")]] * 3


@pytest.mark.gen_test
async def test_an_order_of_a_newer_program_is_let_be(caplog):
    """Nodes are not all renewed at the same time."""
    here, there = places = await two_places()
    socket = there.connect("ada")
    await here.node.publish("nodes", b'{"node":"here","kind":"dance","user":"ada","how":"well"}')
    await settle(places)
    assert (socket.sent, socket.ended, caplog.records) == ([], [], [])


@pytest.mark.gen_test
async def test_everybody_is_told_once():
    """On the node that was asked, and on the other."""
    here, there = places = await two_places()
    sockets = [here.connect("ada"), here.connect("bo"), there.connect("ada")]
    assert await here.orders.announce(HELLO, None) == 2
    await settle(places)
    assert [socket.sent for socket in sockets] == [[HELLO]] * 3


@pytest.mark.gen_test
async def test_a_room_is_told_and_no_other():
    """All its audiences, on both nodes."""
    here, there = places = await two_places()
    sockets = [here.connect("ada", "room:r:players"), there.connect("host", "room:r:host")]
    screen = there.connect("screen", "room:r:screen")
    other = there.connect("bo", "room:other:players")
    assert await here.orders.announce(HELLO, "r") == 1
    await settle(places)
    assert [socket.sent for socket in (*sockets, screen)] == [[HELLO]] * 3
    assert other.sent == []


@pytest.mark.gen_test
async def test_a_line_that_is_down_is_told_in_the_log(caplog):
    """What could be done here is done."""
    here, _ = places = await two_places()
    socket = here.connect("ada")
    await here.node.unfollow("nodes")
    await places[1].node.stop()
    assert await here.orders.announce(HELLO, None) == 1
    assert socket.sent == [HELLO]
    assert [record.message for record in caplog.records] == ["other nodes did not hear of an order: announce"]
    await here.node.stop()
