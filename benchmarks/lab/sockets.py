"""Plain blocking WebSockets by the thousand, for setting up; while it is measured, receive.c reads them.

Frames are masked with a key of zeros: legal, and the generator need not do the arithmetic.
"""

import socket
from collections.abc import Iterator, Mapping, Sequence

from load.frames import Opcode, encode, request

KEY = "MDEyMzQ1Njc4OWFiY2RlZg=="
NO_MASK = bytes(4)
# Upgrades, or commands, that are on the way at the same time.
AT_ONCE = 64
PATIENCE_S = 60.0


def text_frame(text: str) -> bytes:
    return encode(Opcode.TEXT, text.encode(), NO_MASK)


def batches(total: int, size: int = AT_ONCE) -> Iterator[range]:
    for start in range(0, total, size):
        yield range(start, min(total, start + size))


def open_sockets(port: int, path: str, headers: Sequence[Mapping[str, str]]) -> list[socket.socket]:
    """One upgraded socket for each of the headers, in their order."""
    opened = []
    for batch in batches(len(headers)):
        some = [socket.create_connection(("127.0.0.1", port), PATIENCE_S) for _ in batch]
        for sock, number in zip(some, batch, strict=True):
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            sock.sendall(request(f"127.0.0.1:{port}", path, KEY, headers[number]))
        for sock in some:
            read_head(sock)
        opened += some
    return opened


def read_head(sock: socket.socket) -> None:
    """Takes the head of the answer and not a byte more: what follows is the first frame."""
    while True:
        seen = sock.recv(4096, socket.MSG_PEEK)
        end = seen.find(b"\r\n\r\n")
        if end >= 0 or not seen:
            break
    head = sock.recv(end + 4) if seen else b"nothing"
    if not head.startswith(b"HTTP/1.1 101"):
        raise ConnectionError(f"the upgrade was answered {head.splitlines()[0].decode('latin-1')}")


def read_text(sock: socket.socket) -> str:
    """The next text message; pings are answered on the way. ConnectionError when the peer closes."""
    while True:
        first, second = _exactly(sock, 2)
        size = second & 0x7F
        if size > 125:
            size = int.from_bytes(_exactly(sock, 2 if size == 126 else 8), "big")
        payload = _exactly(sock, size)
        opcode = first & 0x0F
        if opcode == Opcode.TEXT:
            return payload.decode()
        if opcode == Opcode.PING:
            sock.sendall(encode(Opcode.PONG, payload, NO_MASK))
        elif opcode == Opcode.CLOSE:
            raise ConnectionError(f"closed with {int.from_bytes(payload[:2], 'big')} {payload[2:].decode()}")


def _exactly(sock: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        part = sock.recv(size - len(data))
        if not part:
            raise ConnectionError("the socket ended")
        data += part
    return data


def ask_all(socks: Sequence[socket.socket], text: str, answer: str) -> list[str]:
    """Sends the text on each, and gives each one's first message that has `answer` in it."""
    frame = text_frame(text)
    answers = []
    for batch in batches(len(socks)):
        for number in batch:
            socks[number].sendall(frame)
        answers += [read_until(socks[number], answer) for number in batch]
    return answers


def read_until(sock: socket.socket, part: str) -> str:
    """The next message with `part` in it; those before are thrown away."""
    while part not in (text := read_text(sock)):
        pass
    return text
