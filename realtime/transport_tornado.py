"""The transport over Tornado's own WebSocket, for where the socket itself cannot be had. See `handover`.

Tornado's write buffer has no limit of its own: ask `queued` before `write`, as Connection does.
"""

import asyncio
import logging

from tornado.iostream import IOStream, StreamClosedError
from tornado.websocket import WebSocketClosedError, WebSocketHandler, WebSocketProtocol13

from realtime.frames import encode_close
from realtime.transport import Outlet, Receiver
from realtime.transport_socket import prepare, reset_on_close

logger = logging.getLogger(__name__)


class TornadoTransport:
    """Made in the handler's `open`; the handler passes on what it hears to `on_message`, `on_pong`, `on_close`."""

    def __init__(self, handler: WebSocketHandler) -> None:
        # The handler forgets its protocol object when it begins to close; abort needs it still.
        protocol = handler.ws_connection
        if not isinstance(protocol, WebSocketProtocol13):
            raise ValueError("the handler has no open WebSocket")
        self._handler = handler
        self._protocol = protocol
        self._stream: IOStream = protocol.stream
        self._receiver: Receiver | None = None
        self._paused: asyncio.Future[None] | None = None
        prepare(self._stream.socket)

    def attach(self, outlet: Outlet) -> None:
        """Leaves it alone: what waits is known to the stream only."""

    def start(self, receiver: Receiver) -> None:
        self._receiver = receiver

    def on_message(self, message: str | bytes) -> "asyncio.Future[None] | None":
        """What it returns, Tornado waits for before it reads on."""
        if self._receiver is not None:
            self._receiver.on_message(message)
        return self._paused

    def on_pong(self, payload: bytes) -> None:
        if self._receiver is not None:
            self._receiver.on_pong(payload)

    def on_close(self) -> None:
        receiver, self._receiver = self._receiver, None
        if receiver is not None:
            receiver.on_lost()

    @property
    def queued(self) -> int:
        # No public way to ask. None once the stream is closed.
        buffer = self._stream._write_buffer
        return len(buffer) if buffer else 0

    def write(self, frame: bytes) -> None:
        if self._protocol.is_closing():
            return
        try:
            # What write_message does, without the encoding and the task that it makes for every message: a peer that is
            # stuck at the high mark would hold a thousand of them. The stream reads the error of its own future.
            self._stream.write(frame)
        except StreamClosedError:
            return
        except Exception:  # the seam to Tornado; the contract is that nothing gets out
            logger.exception("write failed")

    def queue_rest(self, frame: bytes, taken: int) -> None:
        raise AssertionError("there is no direct way")

    def ping(self, payload: bytes) -> None:
        try:
            self._handler.ping(payload)
        except WebSocketClosedError:
            pass
        except Exception:  # as in write
            logger.exception("ping failed")

    def pause_reading(self) -> None:
        if self._paused is None:
            self._paused = asyncio.get_running_loop().create_future()

    def resume_reading(self) -> None:
        paused, self._paused = self._paused, None
        if paused is not None and not paused.done():
            paused.set_result(None)

    def close(self, code: int, reason: str) -> None:
        """Tornado gives the peer five seconds to answer, then aborts by itself."""
        self.resume_reading()
        short = encode_close(code, reason)[4:].decode()
        try:
            self._handler.close(code, short)
        except Exception:  # as in write
            logger.exception("close failed")
            self.abort()

    def drop(self, code: int, reason: str) -> None:
        """The close lies behind a queue that cannot be emptied here, so nobody would ever answer it."""
        self.close(code, reason)
        self.abort()

    def abort(self) -> None:
        self.resume_reading()
        if self._stream.socket is not None:  # closed already, the stream has none any more
            reset_on_close(self._stream.socket)
        try:
            self._protocol._abort()
        except Exception:  # as in write
            logger.exception("abort failed")
