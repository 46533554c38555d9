"""Thousands who come in, so many at a time: a seat over HTTP, the upgrade, the subscription. By joins.c or Python."""

import contextlib
import ctypes
import json
import re
import socket
import struct
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.lab.compiled import compiled
from benchmarks.lab.process import ProcessError
from benchmarks.lab.sockets import KEY, batches, read_head, read_until
from load.frames import request

TOKEN = "{token}"


@dataclass(frozen=True)
class Plan:
    """`tokens` are there already, or else `bodies` are posted to `path` and the answers have them.

    The header has {token} where the token stands. With `first_frame` the reply to it is waited for, a message with
    `reply` in it.
    """

    port: int
    header: tuple[str, str]
    tokens: Sequence[str] = ()
    path: str = ""
    bodies: Sequence[dict[str, str]] = ()
    first_frame: bytes = b""
    reply: str = ""
    upgrade_path: str = "/ws"

    @property
    def count(self) -> int:
        return len(self.tokens) or len(self.bodies)

    def head(self) -> str:
        """The upgrade's head with {token} in it."""
        authority, (name, value) = f"127.0.0.1:{self.port}", self.header
        return request(authority, self.upgrade_path, KEY, {name: value}).decode()

    def post(self, body: dict[str, str]) -> bytes:
        data = json.dumps(body)
        lines = f"POST {self.path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nContent-Type: application/json\r\n"
        return f"{lines}Content-Length: {len(data)}\r\n\r\n{data}".encode()


@dataclass(frozen=True)
class CameIn:
    """`took_ms` from each one's first connect; `seconds` from the first connect to the last that is in."""

    socks: Sequence[socket.socket]
    took_ms: Sequence[float]
    seconds: float


@contextlib.contextmanager
def coming_in(plan: Plan, at_once: int, patience_s: float = 60) -> Iterator[CameIn]:
    """Lets all of them in, and takes their sockets away at the end. ProcessError when one was refused."""
    came = _in_c(plan, at_once, patience_s) if compiled("joins") else _in_python(plan, at_once)
    try:
        yield came
    finally:
        for sock in came.socks:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            sock.close()


class _CPlan(ctypes.Structure):
    """`struct plan` of joins.c."""

    _fields_ = (
        ("port", ctypes.c_int),
        ("count", ctypes.c_int),
        ("at_once", ctypes.c_int),
        ("posts", ctypes.POINTER(ctypes.c_char_p)),
        ("before", ctypes.POINTER(ctypes.c_char_p)),
        ("after", ctypes.c_char_p),
        ("first_frame", ctypes.c_char_p),
        ("reply", ctypes.c_char_p),
        ("first_frame_size", ctypes.c_int),
        ("patience_s", ctypes.c_double),
    )


def _in_c(plan: Plan, at_once: int, patience_s: float) -> CameIn:
    count = plan.count
    before, _, after = plan.head().partition(TOKEN)
    texts, times = ctypes.c_char_p * count, ctypes.c_longlong * count
    tokens = plan.tokens or [""] * count
    posts = texts(*(plan.post(body) for body in plan.bodies)) if plan.bodies else None
    heads = texts(*((before + token).encode() for token in tokens))
    whole = _CPlan(
        plan.port, count, at_once, posts, heads, after.encode(),
        plan.first_frame or None, plan.reply.encode(), len(plan.first_frame), patience_s,
    )  # fmt: skip
    fds, began, ended, complaint = (ctypes.c_int * count)(), times(), times(), ctypes.create_string_buffer(256)
    library = ctypes.CDLL(str(compiled("joins")))
    done = library.joins_run(ctypes.byref(whole), fds, began, ended, complaint)
    if done < count:
        library.joins_reset((ctypes.c_int * done)(*(fd for fd in fds if fd >= 0)), done)
        raise ProcessError(
            f"{count - done} of {count} did not come in: {complaint.value.decode(errors='replace')[:100]}"
        )
    took = [(end - begin) / 1e6 for begin, end in zip(began, ended, strict=True)]
    socks = [socket.socket(socket.AF_INET, socket.SOCK_STREAM, fileno=fd) for fd in fds]
    for sock in socks:
        sock.setblocking(True)
    return CameIn(socks, took, (max(ended) - min(began)) / 1e9)


def _in_python(plan: Plan, at_once: int) -> CameIn:
    """In batches, each step of a whole batch at a time."""
    socks: list[socket.socket] = []
    took_ms, start = [], time.monotonic()
    with contextlib.ExitStack() as stack:
        for batch in batches(plan.count, at_once):
            began = time.monotonic()
            tokens = [plan.tokens[number] for number in batch] if plan.tokens else _seats(plan, batch)
            some = [_send(plan.port, plan.head().replace(TOKEN, token).encode()) for token in tokens]
            for sock in some:
                stack.callback(sock.close)
            for sock in some:
                _enter(plan, sock)
                took_ms.append((time.monotonic() - began) * 1000)
            socks += some
        # All are in: whoever asked closes them.
        stack.pop_all()
    return CameIn(socks, took_ms, time.monotonic() - start)


def _enter(plan: Plan, sock: socket.socket) -> None:
    read_head(sock)
    if plan.first_frame:
        sock.sendall(plan.first_frame)
        read_until(sock, plan.reply)


def _seats(plan: Plan, batch: range) -> list[str]:
    tokens = []
    asked = [_send(plan.port, plan.post(plan.bodies[number])) for number in batch]
    for sock in asked:
        with sock:
            answer = b""
            while not (found := re.search(rb'"token": ?"([^"]+)"', answer)):
                part = sock.recv(65536)
                if not part:
                    raise ProcessError(f"a seat was refused: {answer[:100]!r}")
                answer += part
        tokens.append(found[1].decode())
    return tokens


def _send(port: int, data: bytes) -> socket.socket:
    sock = socket.create_connection(("127.0.0.1", port), 60)
    sock.sendall(data)
    return sock
