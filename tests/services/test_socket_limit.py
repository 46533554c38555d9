"""A participant's three newest sockets stay, on whatever nodes they are."""

import pytest
from house import houses, until
from sample_rooms import SINGLE

from realtime.codes import CloseCode


async def seat(node):
    """A participant's identity in a new room."""
    room = await node.room(await node.teacher(), SINGLE)
    joined = await node.services.participants.join(room["pin"], "Ada")
    return await node.services.accounts.authenticate(joined["token"])


def opens(node, who):
    """One more socket, later than those before."""
    node.clock.advance(0.01)
    connection = node.connect(who)
    node.services.socket_limit.opened(who.id)
    return connection


def closed(*connections):
    return [connection.transport.closed for connection in connections]


@pytest.mark.gen_test
async def test_the_oldest_is_closed_on_whatever_node_it_is(tmp_path):
    """The fourth is opened elsewhere than the first."""
    async with houses(tmp_path, count=3) as nodes:
        who = await seat(nodes[0])
        sockets = [opens(node, who) for node in (*nodes, nodes[1])]
        await until(lambda: sockets[0].transport.closed, "the oldest's end")
        assert closed(*sockets) == [CloseCode.REPLACED, None, None, None]
        sockets.append(opens(nodes[2], who))
        await until(lambda: sockets[1].transport.closed, "the next one's end")
        assert closed(*sockets)[2:] == [None, None, None]


@pytest.mark.gen_test
async def test_the_node_of_the_newest_may_have_the_oldest_too(tmp_path):
    """It hears from the others that it is one too many."""
    async with houses(tmp_path) as (here, there):
        who = await seat(here)
        sockets = [opens(node, who) for node in (here, there, there, here)]
        await until(lambda: sockets[0].transport.closed, "the oldest's end")
        assert closed(*sockets) == [CloseCode.REPLACED, None, None, None]


@pytest.mark.gen_test
async def test_three_are_left_in_peace(tmp_path):
    """One on each node, and two others' sockets beside them."""
    async with houses(tmp_path, count=3) as nodes:
        who = await seat(nodes[0])
        sockets = [opens(node, who) for node in nodes]
        heard = []
        nodes[0].services.node.on("sockets", lambda topic, payload: heard.append(payload))
        sockets[0].close(CloseCode.INACTIVE)
        nodes[0].services.hub.unregister(sockets[0])
        sockets.append(opens(nodes[0], who))
        # The question, and the answers of both others.
        await until(lambda: len(heard) >= 3, "what nodes say")
        assert closed(*sockets[1:]) == [None, None, None]


@pytest.mark.gen_test
async def test_a_node_alone_tells_nobody_and_keeps_the_limit(tmp_path):
    async with houses(tmp_path, count=1) as (here,):
        who = await seat(here)
        sockets = [opens(here, who) for _ in range(4)]
        assert closed(*sockets) == [CloseCode.REPLACED, None, None, None]
        assert here.services.node.published == 0
