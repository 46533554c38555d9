"""How many connections an address has: as many as came from it and have not gone."""

from house import FakeTransport

from clock import ManualClock
from realtime.connection import Connection
from realtime.hub import Hub
from services.addresses import Addresses


def test_connections_are_counted_as_they_come_and_go() -> None:
    """Each for its own address; one that was never counted does no harm, one that goes twice goes once."""
    hub = Hub(2, ManualClock(0))
    addresses = Addresses(hub)

    def connect(id: str, **claims: str) -> Connection:
        connection = Connection(id, f"user {id}", "participant", dict(claims), FakeTransport(), ManualClock(0))
        hub.register(connection)
        return connection

    first, second, other = (connect(id, address=a) for id, a in (("1", "::1"), ("2", "::1"), ("3", "192.0.2.1")))
    for connection in (first, second, other):
        addresses.came(connection)
    hub.unregister(connect("4"))
    hub.unregister(first)
    hub.unregister(first)
    assert [addresses.connections(a) for a in ("::1", "192.0.2.1", "192.0.2.9")] == [1, 1, 0]
    hub.unregister(second)
    assert addresses.connections("::1") == 0
