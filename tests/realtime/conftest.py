"""A clock moved by hand, and connections over transports that record."""

from itertools import count

import pytest
from recording import RecordingTransport

from clock import ManualClock
from realtime.connection import Connection
from realtime.hub import Hub


@pytest.fixture
def clock():
    return ManualClock(1_700_000_000_000)


@pytest.fixture
def hub(clock):
    return Hub(shards=4, clock=clock)


@pytest.fixture
def make_connection(clock):
    """`make_connection(user_id, role=…, claims=…)`: an unregistered connection named c1, c2, …"""
    numbers = count(1)

    def make(user_id="u1", role="participant", claims=None, **limits):
        transport = RecordingTransport()
        return Connection(f"c{next(numbers)}", user_id, role, claims or {}, transport, clock, **limits)

    return make


@pytest.fixture
def join(hub, make_connection):
    """`join(user_id, *topics)`: a connection that is registered and subscribed."""

    def make(user_id="u1", *topics, **more):
        conn = make_connection(user_id, **more)
        hub.register(conn)
        for topic in topics:
            hub.subscribe(conn, topic)
        return conn

    return make
