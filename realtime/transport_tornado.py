"""The transport over Tornado's own WebSocket. Owns what that leaves open: tasks per message, stuck sockets.

Tornado's write buffer has no limit of its own: ask `buffered` before `send`, as Connection does.
"""

import contextlib
import logging
import socket
import struct

from tornado.iostream import IOStream, StreamClosedError
from tornado.websocket import WebSocketClosedError, WebSocketHandler, WebSocketProtocol13

logger = logging.getLogger(__name__)

# What the kernel may hold for a peer that does not read; left alone it grows to megabytes, uncounted.
_KERNEL_BUFFER = 64 * 1024
_TEXT_FRAME = 0x1
_REASON_BYTES = 123  # a control frame carries 125, two of them the code
_RESET_ON_CLOSE = struct.pack("ii", 1, 0)


class TornadoTransport:
    """Made in the handler's `open` or later; the handler passes its `on_pong` on to the connection."""

    def __init__(self, handler: WebSocketHandler) -> None:
        # The handler forgets its protocol object when it begins to close; abort needs it still.
        protocol = handler.ws_connection
        if not isinstance(protocol, WebSocketProtocol13):
            raise ValueError("the handler has no open WebSocket")
        self._handler = handler
        self._protocol = protocol
        self._stream: IOStream = protocol.stream
        handler.set_nodelay(True)
        with contextlib.suppress(OSError):  # gone already: the read side will say so
            self._stream.socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _KERNEL_BUFFER)

    def send(self, text: str) -> None:
        if self._protocol.is_closing():
            return
        try:
            # What write_message does, without the task that it makes for every message: a peer that is stuck at
            # the high mark would hold a thousand of them. The stream reads the error of its own future.
            self._protocol._write_frame(True, _TEXT_FRAME, text.encode())
        except StreamClosedError:
            return
        except Exception:  # the seam to Tornado; the contract is that nothing gets out
            logger.exception("write failed")

    def buffered(self) -> int:
        # No public way to ask. None once the stream is closed.
        buffer = self._stream._write_buffer
        return len(buffer) if buffer else 0

    def ping(self, payload: bytes) -> None:
        try:
            self._handler.ping(payload)
        except WebSocketClosedError:
            pass
        except Exception:  # as in send
            logger.exception("ping failed")

    def close(self, code: int, reason: str) -> None:
        """Tornado gives the peer five seconds to answer, then aborts by itself."""
        short = reason.encode()[:_REASON_BYTES].decode(errors="ignore")
        try:
            self._handler.close(code, short)
        except Exception:  # as in send
            logger.exception("close failed")
            self.abort()

    def abort(self) -> None:
        """Resets the socket: else the kernel goes on offering a stuck peer what it never takes."""
        # Closed already, the stream has no socket any more.
        with contextlib.suppress(OSError, AttributeError):
            self._stream.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
        try:
            self._protocol._abort()
        except Exception:  # as in send
            logger.exception("abort failed")
