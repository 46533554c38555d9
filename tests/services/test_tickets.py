"""A ticket is worth one handshake within 30 seconds on any node, and nothing when it was changed in the least."""

import asyncio
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clock import ManualClock
from prove.redis_process import RedisProcess
from realtime.counts_redis import counts_pool
from realtime.once_redis import RedisOnce
from services.errors import Unauthorized
from services.identity import Identity
from services.tickets import VALID_MS, Tickets

SECRET = b"s" * 32
ADA = Identity("ada", "account", "teacher", "Ada", "ada@school.example", 3, "j1", None, 1_700_000_900_000)
MIA = Identity("mia", "participant", "participant", "Mia", "", 1, "j2", "room", 1_700_000_900_000)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(1_700_000_000_000)


@pytest.fixture
def tickets(clock: ManualClock) -> Tickets:
    return Tickets(SECRET, now=clock.now_ms)


def redeem(tickets: Tickets, ticket: str) -> Identity:
    return asyncio.run(tickets.redeem(ticket))


def refusal(tickets: Tickets, ticket: str) -> str:
    with pytest.raises(Unauthorized) as refused:
        redeem(tickets, ticket)
    return str(refused.value.details["reason"])


@pytest.mark.parametrize("who", [ADA, MIA])
def test_a_ticket_says_whose_it_is(tickets: Tickets, who: Identity) -> None:
    """All that decides what a socket may do; the name is looked up when it is used."""
    found = redeem(tickets, tickets.issue(who))
    same = ("id", "kind", "role", "ver", "jti", "room", "exp")
    assert [getattr(found, name) for name in same] == [getattr(who, name) for name in same]


def test_a_ticket_works_on_every_node(tickets: Tickets, clock: ManualClock) -> None:
    """They share the secret and nothing else."""
    assert redeem(Tickets(SECRET, now=clock.now_ms), tickets.issue(MIA)).id == "mia"


def test_a_ticket_works_once(tickets: Tickets) -> None:
    """Whoever reads it in a log comes too late."""
    ticket = tickets.issue(ADA)
    redeem(tickets, ticket)
    assert refusal(tickets, ticket) == "ticket_used"
    assert redeem(tickets, tickets.issue(ADA)).id == "ada"


def test_a_ticket_is_valid_for_thirty_seconds(tickets: Tickets, clock: ManualClock) -> None:
    """To the millisecond; used or not, it is then expired."""
    used, late, just = tickets.issue(ADA), tickets.issue(ADA), tickets.issue(ADA)
    redeem(tickets, used)
    clock.advance((VALID_MS - 1) / 1000)
    redeem(tickets, just)
    clock.advance(0.001)
    assert refusal(tickets, late) == "ticket_expired"
    assert refusal(tickets, used) == "ticket_expired"


def test_used_tickets_are_forgotten_when_they_expire(tickets: Tickets, clock: ManualClock) -> None:
    """What is remembered is bounded by what is used in 30 seconds, in whatever order."""
    first = tickets.issue(ADA)
    clock.advance(10)
    second = tickets.issue(ADA)
    for ticket in (second, first):
        redeem(tickets, ticket)
    assert tickets.remembered == 2
    clock.advance(20)
    assert refusal(tickets, second) == "ticket_used"
    assert tickets.remembered == 1


def test_a_foreign_ticket_is_refused(tickets: Tickets, clock: ManualClock) -> None:
    """Signed with another secret, or with ours for another purpose: a token is no ticket."""
    assert refusal(tickets, Tickets(b"t" * 32, now=clock.now_ms).issue(ADA)) == "ticket_not_valid"


@given(data=st.data())
def test_a_changed_ticket_is_refused(data: st.DataObject) -> None:
    """A letter replaced, put in or left out anywhere."""
    tickets = Tickets(SECRET, now=lambda: 1_700_000_000_000)
    ticket = tickets.issue(MIA)
    at = data.draw(st.integers(0, len(ticket)))
    put = data.draw(st.text(max_size=2))
    changed = ticket[:at] + put + ticket[at + data.draw(st.integers(0, 2)) :]
    if changed != ticket:
        assert refusal(tickets, changed) == "ticket_not_valid"
        assert tickets.remembered == 0


@pytest.mark.parametrize("ticket", ["", ".", "x", "a.b", "ä", "\ud800", "." * 10_000])
def test_what_is_no_ticket_is_refused(tickets: Tickets, ticket: str) -> None:
    """Whatever stands in the address."""
    assert refusal(tickets, ticket) == "ticket_not_valid"


# Over several nodes


@pytest.fixture(scope="module")
def redis() -> Iterator[RedisProcess]:
    process = RedisProcess().start()
    yield process
    process.stop()


class Node:
    """One that shares the secret and Redis with others."""

    def __init__(self, redis: RedisProcess, clock: ManualClock) -> None:
        self._pool = counts_pool(redis.url)
        once = RedisOnce(self._pool, "quizhall:ticket:", "tickets")
        self.tickets = Tickets(SECRET, now=clock.now_ms, take=once.take)

    async def is_taken(self, ticket: str) -> bool:
        """The node lets its bearer in."""
        try:
            await self.tickets.redeem(ticket)
        except Unauthorized as error:
            return error.details["reason"] != "ticket_used"
        return True

    async def close(self) -> None:
        await self._pool.aclose()


@pytest.mark.gen_test
async def test_a_ticket_works_once_over_all_nodes(redis: RedisProcess, clock: ManualClock) -> None:
    """However many of them are asked at the same moment."""
    nodes = [Node(redis, clock) for _ in range(3)]
    for _ in range(20):
        ticket = nodes[0].tickets.issue(MIA)
        taken = await asyncio.gather(*(node.is_taken(ticket) for node in nodes))
        assert sorted(taken) == [False, False, True]
    for node in nodes:
        await node.close()


@pytest.mark.gen_test
async def test_without_redis_each_node_takes_a_ticket_once(
    redis: RedisProcess, clock: ManualClock, caplog: pytest.LogCaptureFixture
) -> None:
    """Nobody is kept out because Redis is; the log says it once, and again when it is over."""
    nodes = [Node(redis, clock) for _ in range(2)]
    await nodes[0].is_taken(nodes[0].tickets.issue(MIA))
    redis.kill()
    for _ in range(3):
        ticket = nodes[0].tickets.issue(MIA)
        assert [await node.is_taken(ticket) for node in nodes] == [True, True]
        assert [await node.is_taken(ticket) for node in nodes] == [False, False]
    said = [record.message for record in caplog.records]
    assert len(said) == len(nodes)
    assert all("tickets are used up by each node for itself" in sentence for sentence in said)
    redis.start()
    async with asyncio.timeout(10):
        while "tickets are used up over all nodes again" not in caplog.text:
            await nodes[0].is_taken(nodes[0].tickets.issue(MIA))
            await asyncio.sleep(0.05)
    for node in nodes:
        await node.close()
