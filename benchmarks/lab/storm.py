"""Frames over thousands of open sockets, each when it is due, and the time of each reply. By storm.c, or in Python."""

import ctypes
import select
import socket
import time
from collections.abc import Sequence
from typing import NamedTuple, Protocol

from benchmarks.lab.compiled import compiled
from load.frames import FrameReader, Opcode, encode

LOOKED_AT = 256


class Shot(NamedTuple):
    """One frame to the peer with this number, so long after the start."""

    peer: int
    frame: bytes
    due_s: float = 0.0


class Fired(NamedTuple):
    """The milliseconds from sending until each reply; seconds from the first sending to the last reply."""

    took_ms: list[float]
    seconds: float
    refused: int
    # The peers whose reply came.
    replied: list[int]


class Storm(Protocol):
    """Open sockets to be fired over. `close` leaves the sockets to whoever opened them."""

    messages: int
    lost: int

    def fire(self, shots: Sequence[Shot], needle: str, patience_s: float = 30) -> Fired:
        """At most one shot for each peer; its reply is the first message with `needle` near its beginning."""

    def wait_for(self, needle: str, wanted: int, patience_s: float = 30) -> int:
        """Reads until so many messages with the needle have come; gives how many did."""

    def close(self) -> None: ...


def open_storm(socks: Sequence[socket.socket]) -> Storm:
    return CStorm(socks) if compiled("storm") else PythonStorm(socks)


REFUSAL = '"error"'


class CStorm:
    """Over storm.c."""

    def __init__(self, socks: Sequence[socket.socket]) -> None:
        self._library = ctypes.CDLL(str(compiled("storm")))
        self._library.storm_open.restype = ctypes.c_void_p
        self._library.storm_messages.restype = ctypes.c_longlong
        fds = (ctypes.c_int * len(socks))(*(sock.fileno() for sock in socks))
        self._storm = ctypes.c_void_p(self._library.storm_open(fds, len(socks)))

    @property
    def messages(self) -> int:
        return int(self._library.storm_messages(self._storm))

    @property
    def lost(self) -> int:
        return int(self._library.storm_lost(self._storm))

    def fire(self, shots: Sequence[Shot], needle: str, patience_s: float = 30) -> Fired:
        count, ends, at = len(shots), [0], 0
        for shot in shots:
            at += len(shot.frame)
            ends.append(at)
        times = ctypes.c_longlong * count
        sent, got, refused = times(), times(), ctypes.c_int()
        self._library.storm_fire(
            self._storm,
            count,
            b"".join(shot.frame for shot in shots),
            (ctypes.c_int * (count + 1))(*ends),
            (ctypes.c_int * count)(*(shot.peer for shot in shots)),
            times(*(int(shot.due_s * 1e9) for shot in shots)),
            needle.encode(),
            REFUSAL.encode(),
            ctypes.c_double(patience_s),
            sent,
            got,
            ctypes.byref(refused),
        )
        return _fired(shots, list(sent), list(got), refused.value)

    def wait_for(self, needle: str, wanted: int, patience_s: float = 30) -> int:
        found = self._library.storm_await(self._storm, needle.encode(), wanted, ctypes.c_double(patience_s))
        return int(found)

    def close(self) -> None:
        self._library.storm_close(self._storm)


class PythonStorm:
    """The same without a compiler. What it measures tells of itself as well: the tables say so."""

    def __init__(self, socks: Sequence[socket.socket]) -> None:
        self._socks = list(socks)
        self._readers = [FrameReader() for _ in socks]
        self._numbers = {sock.fileno(): number for number, sock in enumerate(socks)}
        self._epoll = select.epoll()
        for fd in self._numbers:
            self._epoll.register(fd, select.EPOLLIN)
        self.messages = 0
        self.lost = 0

    def fire(self, shots: Sequence[Shot], needle: str, patience_s: float = 30) -> Fired:
        shot_of = {shot.peer: number for number, shot in enumerate(shots)}
        sent, got = [0] * len(shots), [0] * len(shots)
        at, found, refused = 0, 0, 0
        start = time.monotonic_ns()
        deadline = start + int((shots[-1].due_s + patience_s) * 1e9)
        while found + refused < len(shots) and time.monotonic_ns() < deadline and self.lost < len(self._socks):
            if at < len(shots) and start + shots[at].due_s * 1e9 <= time.monotonic_ns():
                sent[at] = time.monotonic_ns()
                self._socks[shots[at].peer].sendall(shots[at].frame)
                at += 1
            for peer, text in self._read(0):
                number = shot_of.get(peer)
                if needle.encode() in text and number is not None and not got[number]:
                    got[number] = time.monotonic_ns()
                    found += 1
                refused += needle.encode() not in text and REFUSAL.encode() in text
        return _fired(shots, sent, got, refused)

    def wait_for(self, needle: str, wanted: int, patience_s: float = 30) -> int:
        found, deadline = 0, time.monotonic() + patience_s
        while found < wanted and time.monotonic() < deadline and self.lost < len(self._socks):
            found += sum(needle.encode() in text for _, text in self._read(0.001))
        return found

    def close(self) -> None:
        self._epoll.close()

    def _read(self, timeout_s: float) -> list[tuple[int, bytes]]:
        """What came: the peer's number and the beginning of each text."""
        texts = []
        for fd, _ in self._epoll.poll(timeout_s):
            number = self._numbers[fd]
            data = self._socks[number].recv(1 << 16)
            if not data:
                self._epoll.unregister(fd)
                self.lost += 1
            for frame in self._readers[number].feed(data):
                if frame.opcode == Opcode.PING:
                    self._socks[number].sendall(encode(Opcode.PONG, frame.payload, bytes(4)))
                elif frame.opcode == Opcode.TEXT:
                    self.messages += 1
                    texts.append((number, frame.payload[:LOOKED_AT]))
        return texts


def _fired(shots: Sequence[Shot], sent: list[int], got: list[int], refused: int) -> Fired:
    replied = [number for number in range(len(shots)) if got[number]]
    took_ms = [(got[number] - sent[number]) / 1e6 for number in replied]
    seconds = (max(got) - min(sent)) / 1e9 if replied else 0.0
    return Fired(took_ms, seconds, refused, [shots[number].peer for number in replied])
