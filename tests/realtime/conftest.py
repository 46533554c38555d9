"""A transport that records, a clock moved by hand, and connections made of both."""

from collections.abc import Callable
from itertools import count

import pytest

from clock import ManualClock
from realtime.connection import Connection
from realtime.hub import Hub


def text_of(frame: bytes) -> str:
    """What stands in a text frame of ours."""
    assert frame[0] == 0x81, frame
    return frame[2 + {126: 2, 127: 8}.get(frame[1], 0) :].decode()


class RecordingTransport:
    """Remembers what it was asked to do, in order; `queued` plays the bytes that the socket has not taken."""

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.pings: list[bytes] = []
        self.ended: list[tuple[object, ...]] = []  # ("close", code, reason) and ("abort",)
        self.queued = 0
        self.is_reading = True
        self.on_send: Callable[[str], None] = lambda text: None

    def start(self, receiver: object) -> None:
        pass

    def write(self, frame: bytes) -> None:
        text = text_of(frame)
        self.on_send(text)
        self.sent.append(text)

    def ping(self, payload: bytes) -> None:
        self.pings.append(payload)

    def pause_reading(self) -> None:
        self.is_reading = False

    def resume_reading(self) -> None:
        self.is_reading = True

    def drop(self, code: int, reason: str) -> None:
        self.ended.append(("drop", code, reason))

    def close(self, code: int, reason: str) -> None:
        self.ended.append(("close", code, reason))

    def abort(self) -> None:
        self.ended.append(("abort",))


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
