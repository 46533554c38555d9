"""One socket to `/ws`: shakes hands, answers pings, gives whole texts to its owner. Knows nothing of rooms."""

import asyncio
import base64
import socket
import struct
from collections.abc import Mapping
from typing import Protocol, cast

from load.errors import LinkError
from load.frames import Frame, FrameReader, Opcode, check_response, encode, request
from load.scene import Scene

OPEN_DEADLINE_S = 30.0
LARGEST_HEAD = 16384


class Owner(Protocol):
    """Who is told what came."""

    def on_text(self, payload: bytes) -> None: ...

    def on_lost(self, link: "Link", code: int) -> None: ...


class Link(asyncio.Protocol):
    """Made by `open_link`. `on_lost` is called once, unless the owner closed it himself."""

    def __init__(self, scene: Scene, owner: Owner, headers: Mapping[str, str]) -> None:
        self._rng = scene.rng
        self._inbox = scene.inbox
        self._owner: Owner | None = owner
        self._key = base64.b64encode(self._rng.randbytes(16)).decode()
        self._request = request(scene.plan.target.authority, "/ws", self._key, headers)
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._head = b""
        self._reader = FrameReader()
        self._transport: asyncio.Transport | None = None
        # What the service's close frame said; 1006 when there was none.
        self._code = 1006

    def send(self, text: bytes) -> None:
        """Nothing happens when the socket is gone: the owner has been or will be told."""
        self._write(Opcode.TEXT, text)

    def reset(self) -> None:
        """Ends the socket as a lost network does: no close frame, what is unsent is dropped. The owner is told."""
        if self._transport is None:
            return
        sock = cast(socket.socket, self._transport.get_extra_info("socket"))
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._transport.abort()

    def pause(self) -> None:
        """Reads nothing until `go_on`."""
        if self._transport is not None:
            self._transport.pause_reading()

    def go_on(self) -> None:
        """Reads again, also when the socket has ended meanwhile."""
        if self._transport is not None:
            self._transport.resume_reading()

    def abandon(self) -> None:
        """Lets go of a socket whose upgrade nobody waits for any more."""
        self._owner = None
        if not self.opened.cancel() and not self.opened.cancelled():
            self.opened.exception()  # is heard: else the loop says at the end that nobody did
        self.reset()

    def close(self) -> None:
        """Ends it politely; the owner, who wants it, is not told."""
        self._owner = None
        self._write(Opcode.CLOSE, struct.pack("!H", 1000))
        if self._transport is not None:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        self._inbox.put(self, data)

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        self._inbox.put(self, None)

    def read(self, data: bytes) -> None:
        """What the inbox calls with that which came."""
        try:
            if not self.opened.done():
                data = self._shake_hands(data)
            for frame in self._reader.feed(data):
                self._take(frame)
        except LinkError as error:
            if not self.opened.done():
                self.opened.set_exception(error)
            self.reset()

    def end(self) -> None:
        """What the inbox calls last."""
        if not self.opened.done():
            self.opened.set_exception(LinkError("the socket ended before the upgrade was answered", "upgrade_lost"))
        elif self._owner is not None:
            self._owner.on_lost(self, self._code)

    def _shake_hands(self, data: bytes) -> bytes:
        """What came after the head; empty while the head is not whole."""
        self._head += data
        head, end, rest = self._head.partition(b"\r\n\r\n")
        if not end:
            if len(self._head) > LARGEST_HEAD:
                raise LinkError("the upgrade was answered with too long a head", "upgrade_head")
            return b""
        check_response(head, self._key)
        self.opened.set_result(None)
        self._head = b""
        return rest

    def _take(self, frame: Frame) -> None:
        if frame.opcode == Opcode.TEXT and self._owner is not None:
            self._owner.on_text(frame.payload)
        elif frame.opcode == Opcode.PING:
            self._write(Opcode.PONG, frame.payload)
        elif frame.opcode == Opcode.CLOSE:
            self._code = int.from_bytes(frame.payload[:2], "big") or 1005
            self._write(Opcode.CLOSE, frame.payload[:2])
            if self._transport is not None:
                self._transport.close()

    def _write(self, opcode: int, payload: bytes) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(encode(opcode, payload, self._rng.randbytes(4)))


async def open_link(scene: Scene, owner: Owner, headers: Mapping[str, str], within_s: float = OPEN_DEADLINE_S) -> Link:
    """A link whose upgrade was answered with 101. LinkError otherwise."""
    target = scene.plan.target
    link = Link(scene, owner, headers)
    try:
        async with asyncio.timeout(within_s):
            await asyncio.get_running_loop().create_connection(lambda: link, target.host, target.port, ssl=scene.tls)
            await link.opened
    except BaseException as error:
        # Also when whoever asked wants it no more.
        link.abandon()
        if isinstance(error, TimeoutError):
            raise LinkError(f"no upgrade within {within_s:g} s", "upgrade_timeout") from error
        if isinstance(error, OSError):
            raise LinkError(f"no connection: {error}", "connect") from error
        raise
    return link
