"""A ticket is worth one handshake within 30 seconds on any node, and nothing when it was changed in the least."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clock import ManualClock
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


def refusal(tickets: Tickets, ticket: str) -> str:
    with pytest.raises(Unauthorized) as refused:
        tickets.redeem(ticket)
    return str(refused.value.details["reason"])


@pytest.mark.parametrize("who", [ADA, MIA])
def test_a_ticket_says_whose_it_is(tickets: Tickets, who: Identity) -> None:
    """All that decides what a socket may do; the name is looked up when it is used."""
    found = tickets.redeem(tickets.issue(who))
    same = ("id", "kind", "role", "ver", "jti", "room", "exp")
    assert [getattr(found, name) for name in same] == [getattr(who, name) for name in same]


def test_a_ticket_works_on_every_node(tickets: Tickets, clock: ManualClock) -> None:
    """They share the secret and nothing else."""
    assert Tickets(SECRET, now=clock.now_ms).redeem(tickets.issue(MIA)).id == "mia"


def test_a_ticket_works_once(tickets: Tickets) -> None:
    """Whoever reads it in a log comes too late."""
    ticket = tickets.issue(ADA)
    tickets.redeem(ticket)
    assert refusal(tickets, ticket) == "ticket_used"
    assert tickets.redeem(tickets.issue(ADA)).id == "ada"


def test_a_ticket_is_valid_for_thirty_seconds(tickets: Tickets, clock: ManualClock) -> None:
    """To the millisecond; used or not, it is then expired."""
    used, late, just = tickets.issue(ADA), tickets.issue(ADA), tickets.issue(ADA)
    tickets.redeem(used)
    clock.advance((VALID_MS - 1) / 1000)
    tickets.redeem(just)
    clock.advance(0.001)
    assert refusal(tickets, late) == "ticket_expired"
    assert refusal(tickets, used) == "ticket_expired"


def test_used_tickets_are_forgotten_when_they_expire(tickets: Tickets, clock: ManualClock) -> None:
    """What is remembered is bounded by what is used in 30 seconds, in whatever order."""
    first = tickets.issue(ADA)
    clock.advance(10)
    second = tickets.issue(ADA)
    for ticket in (second, first):
        tickets.redeem(ticket)
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
