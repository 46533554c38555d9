"""Reading thousands of sockets at once: wire.c, made with `cc` when it is first needed, or plain Python without one.

The Python way is several times slower than most servers here: its figures are the generator's own, as a report says.
"""

import ctypes
import select
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from benchmarks.lab.compiled import compiled
from benchmarks.lab.sockets import NO_MASK
from load.frames import FrameReader, Opcode, encode

NO_COMPILER = "no C compiler here: the generator is Python, and the figures are as slow as it is"
CROWD, FORGOTTEN = -1, -2


@cache
def library() -> ctypes.CDLL | None:
    """None where there is no C compiler."""
    made = compiled("wire")
    if made is None:
        return None
    found = ctypes.CDLL(str(made))
    found.crowd_open.restype = ctypes.c_void_p
    found.crowd_receive.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_double, ctypes.c_void_p, ctypes.c_void_p]
    found.crowd_close.argtypes = found.crowd_lost.argtypes = [ctypes.c_void_p]
    return found


@dataclass
class Probes:
    """Small rooms that go on meanwhile: a command every `every_s` to one of them in turn, `frames` two for each room.

    `latencies_ms` are of the last receiving, each from when the command was due until the event was there;
    `due_at` says when that was.
    """

    senders: Sequence[socket.socket]
    frames: Sequence[tuple[bytes, bytes]]
    event: str
    every_s: float = 0.002
    until_more_s: float = 0.0
    most: int = 20_000
    due_at: list[float] = field(default_factory=list)
    latencies_ms: list[float] = field(default_factory=list)


class _Probes(ctypes.Structure):
    _fields_ = (
        ("rooms", ctypes.c_int),
        ("senders", ctypes.c_void_p),
        ("frames", ctypes.c_void_p),
        ("sizes", ctypes.c_void_p),
        ("event", ctypes.c_char_p),
        ("every_s", ctypes.c_double),
        ("until_more_s", ctypes.c_double),
        ("most", ctypes.c_int),
        ("sent", ctypes.c_int),
        ("due_at", ctypes.c_void_p),
        ("got_at", ctypes.c_void_p),
        ("waiting", ctypes.c_void_p),
        ("turn", ctypes.c_void_p),
    )


class Crowd:
    """Sockets that are read together. `rooms` has for each CROWD, the number of a probed room, or FORGOTTEN."""

    def __init__(self, socks: Sequence[socket.socket], rooms: Sequence[int] | None = None) -> None:
        self._socks = socks
        self._rooms = list(rooms or [CROWD] * len(socks))
        found = library()
        assert found is not None
        self._library = found
        ints = ctypes.c_int * len(socks)
        self._at = (ctypes.c_double * len(socks))()
        self._crowd = ctypes.c_void_p(
            found.crowd_open(ints(*(sock.fileno() for sock in socks)), ints(*self._rooms), len(socks))
        )

    def receive(self, event: str, patience_s: float, probes: Probes | None = None) -> list[float]:
        """When each of the crowd got the event, in no order. ConnectionError when somebody did not."""
        return self._run(event.encode(), patience_s, probes)

    def wait(self, patience_s: float, probes: Probes) -> None:
        """Only the probes, for their `until_more_s`."""
        self._run(None, patience_s, probes)

    def drain(self) -> None:
        """Reads what is there, and answers pings."""
        self._library.crowd_receive(self._crowd, None, time.monotonic() + 1, None, None)

    def close(self) -> None:
        self._library.crowd_close(self._crowd)
        for sock in self._socks:
            sock.close()

    def _run(self, event: bytes | None, patience_s: float, probes: Probes | None) -> list[float]:
        table, kept = _table(probes) if probes else (None, ())
        deadline = time.monotonic() + patience_s
        argument = ctypes.byref(table) if table else None
        had = self._library.crowd_receive(self._crowd, event, deadline, self._at, argument)
        if probes is not None and table is not None:
            due, got = kept[-2], kept[-1]
            probes.due_at = list(due[: table.sent])
            probes.latencies_ms = [(got[i] - due[i]) * 1000 if got[i] else patience_s * 1000 for i in range(table.sent)]
        found = [at for at, room in zip(self._at, self._rooms, strict=True) if room == CROWD and at]
        expected = self._rooms.count(CROWD)
        lost = self._library.crowd_lost(self._crowd)
        if event is None and lost:
            raise ConnectionError(f"{lost} sockets were closed")
        if event is not None and had < expected:
            raise ConnectionError(f"{expected - had} of {expected} never got {event.decode()}; {lost} were closed")
        return found


def _table(probes: Probes) -> tuple[_Probes, tuple]:
    """The C side's view, and what has to stay alive while it is used."""
    rooms = len(probes.senders)
    senders = (ctypes.c_int * rooms)(*(sock.fileno() for sock in probes.senders))
    flat = [frame for pair in probes.frames for frame in pair]
    frames = (ctypes.c_char_p * len(flat))(*flat)
    sizes = (ctypes.c_int * len(flat))(*map(len, flat))
    waiting, turn = (ctypes.c_int * rooms)(*[-1] * rooms), (ctypes.c_int * rooms)()
    due, got = (ctypes.c_double * probes.most)(), (ctypes.c_double * probes.most)()
    kept = (senders, frames, sizes, waiting, turn, due, got)
    at = [ctypes.cast(part, ctypes.c_void_p) for part in kept]
    table = _Probes(
        rooms, at[0], at[1], at[2], probes.event.encode(), probes.every_s, probes.until_more_s, probes.most, 0,
        at[5], at[6], at[3], at[4],
    )  # fmt: skip
    return table, kept


class SlowCrowd:
    """The same in Python, without probes."""

    def __init__(self, socks: Sequence[socket.socket]) -> None:
        self._socks = {sock.fileno(): (sock, FrameReader()) for sock in socks}
        self._epoll = select.epoll()
        for fd in self._socks:
            self._epoll.register(fd, select.EPOLLIN)

    def receive(self, event: str, patience_s: float, probes: Probes | None = None) -> list[float]:
        if probes is not None:
            raise ValueError(NO_COMPILER)
        found: dict[int, float] = {}
        deadline = time.monotonic() + patience_s
        while len(found) < len(self._socks):
            if time.monotonic() > deadline:
                raise ConnectionError(f"{len(self._socks) - len(found)} never got {event}")
            for fd in self._read_all(0.1, event.encode()):
                found.setdefault(fd, time.monotonic())
        return list(found.values())

    def drain(self) -> None:
        while self._read_all(0, b""):
            pass

    def _read_all(self, wait_s: float, event: bytes) -> list[int]:
        """The sockets that had a text with the event in it."""
        having = []
        for fd, _ in self._epoll.poll(wait_s, 512):
            sock, reader = self._socks[fd]
            for frame in reader.feed(sock.recv(65536, socket.MSG_DONTWAIT)):
                if frame.opcode == Opcode.PING:
                    sock.sendall(encode(Opcode.PONG, frame.payload, NO_MASK))
                elif frame.opcode == Opcode.TEXT and event in frame.payload:
                    having.append(fd)
        return having

    def close(self) -> None:
        self._epoll.close()
        for sock, _ in self._socks.values():
            sock.close()


def gather(socks: Sequence[socket.socket]) -> Crowd | SlowCrowd:
    """The fast one where it can be had."""
    return Crowd(socks) if library() else SlowCrowd(socks)
