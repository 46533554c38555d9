"""The transport that holds the plain socket: the loop's reader callback, no task and no stream in between.

A frame goes straight to the kernel while nothing is queued. The queue holds the frames themselves, which all slow
peers of a broadcast share. It has no bound of its own: ask `queued` before `write`, as Connection does.

Invariant: the outlet's `direct` is the socket's descriptor when the state is OPEN and `queued` is 0, else None.
"""

import asyncio
import contextlib
import logging
import socket
import struct
from collections import deque
from itertools import islice

from realtime.frames import CLOSE, PING, PONG, FrameDecoder, encode_close, encode_frame
from realtime.readers import readers_of
from realtime.transport import Outlet, Receiver
from realtime.wire import receive

logger = logging.getLogger(__name__)

# What the kernel may hold for a peer that does not read; left alone it grows to megabytes, uncounted.
KERNEL_BUFFER = 64 * 1024
# How long a peer has for its half of the closing handshake.
CLOSE_DEADLINE_S = 5.0
# How long a peer that was dropped for being behind may go on taking nothing.
STUCK_S = 1.0
_FRAMES_PER_WRITE = 64
# Of what comes within a message, or after our goodbye, no text is taken by itself.
_NO_TEXT = -1
# A peer that sends pings and reads nothing gets no more pongs than this; RFC 6455 lets us answer the last one only.
_PONGS_BELOW = 4 * 1024
_RESET_ON_CLOSE = struct.pack("ii", 1, 0)

# OPEN → CLOSING (we said close, the peer has not) → LINGERING (both did, or it broke the protocol) → CLOSED.
# We never close right after our last frame: with unread bytes in the kernel that is a reset, and the peer loses it.
_OPEN, _CLOSING, _LINGERING, _CLOSED = range(4)


def prepare(sock: socket.socket) -> None:
    """Sets what every socket of ours needs; one that is gone already will say so when it is read."""
    with contextlib.suppress(OSError):
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    with contextlib.suppress(OSError):
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, KERNEL_BUFFER)


def reset_on_close(sock: socket.socket) -> None:
    """Else the kernel goes on offering a stuck peer what it never takes."""
    with contextlib.suppress(OSError):
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)


class SocketTransport:
    """Owns the socket from its making on. `read_already` is what came behind the handshake."""

    __slots__ = (
        "_decoder", "_fd", "_is_reading", "_loop", "_max_size", "_outlet", "_queue", "_read_already", "_readers",
        "_receiver", "_sock", "_state", "_timer", "queued",
    )  # fmt: skip

    def __init__(
        self, sock: socket.socket, loop: asyncio.AbstractEventLoop, max_size: int, read_already: bytes = b""
    ) -> None:
        prepare(sock)
        self._sock = sock
        self._fd = sock.fileno()
        self._loop = loop
        self._readers = readers_of(loop)
        self._max_size = max_size
        self._decoder: FrameDecoder | None = None  # only while a message is not complete
        self._read_already = read_already
        self._receiver: Receiver | None = None
        # What the socket has not taken: whole frames, the first perhaps only the rest of one (a memoryview).
        self._queue: deque[bytes | memoryview] | None = None
        self.queued = 0
        self._state = _OPEN
        self._outlet = Outlet()
        self._is_reading = False
        self._timer: asyncio.TimerHandle | None = None  # only while it closes

    def attach(self, outlet: Outlet) -> None:
        self._outlet = outlet
        outlet.direct = self._fd if self._state == _OPEN and not self.queued else None

    def start(self, receiver: Receiver) -> None:
        self._receiver = receiver
        self.resume_reading()
        read, self._read_already = self._read_already, b""
        if read:
            self._take(read)

    # Out

    def write(self, frame: bytes) -> None:
        if self._state == _OPEN:
            self._put(frame)

    def _put(self, frame: bytes) -> None:
        if self.queued:
            assert self._queue is not None
            self._queue.append(frame)
            self.queued += len(frame)
            return
        try:
            taken = self._sock.send(frame)
        except (BlockingIOError, InterruptedError):
            taken = 0
        except OSError:
            self._lose_soon()
            return
        if taken < len(frame):
            self.queue_rest(frame, taken)

    def queue_rest(self, frame: bytes, taken: int) -> None:
        self._queue = deque([memoryview(frame)[taken:] if taken else frame])
        self.queued = len(frame) - taken
        self._outlet.direct = None
        self._loop.add_writer(self._fd, self._on_writable)

    def _on_writable(self) -> None:
        queue = self._queue
        if queue:
            try:
                taken = self._sock.sendmsg(islice(queue, _FRAMES_PER_WRITE))
            except (BlockingIOError, InterruptedError):
                return
            except OSError:
                self._lose()
                return
            self.queued -= taken
            while taken:
                size = len(queue[0])
                if taken < size:
                    queue[0] = memoryview(queue[0])[taken:]
                    return
                taken -= size
                queue.popleft()
        if not queue:
            self._queue = None
            self._loop.remove_writer(self._fd)
            if self._state == _OPEN:
                self._outlet.direct = self._fd
            elif self._state == _LINGERING:
                self._half_close()

    def ping(self, payload: bytes) -> None:
        self.write(encode_frame(PING, payload))

    # In

    def pause_reading(self) -> None:
        # While it closes, the peer's half of the handshake is read whatever the receiver wants.
        if self._state == _OPEN and self._is_reading:
            self._is_reading = False
            self._readers.remove_reader(self._fd)

    def resume_reading(self) -> None:
        if self._state != _CLOSED and not self._is_reading:
            self._is_reading = True
            self._readers.add_reader(self._fd, self._on_readable)

    def _on_readable(self) -> None:
        is_plain = self._decoder is None and self._state == _OPEN
        data = receive(self._fd, self._max_size if is_plain else _NO_TEXT)
        if isinstance(data, str):
            if self._receiver is not None:
                self._receiver.on_message(data)
        elif data is None:
            pass
        elif not data:
            self._lose()
        elif self._state != _LINGERING:
            self._take(data)

    def _take(self, data: bytes) -> None:
        decoder = self._decoder or FrameDecoder(self._max_size)
        for opcode, payload in decoder.feed(data):
            if opcode < CLOSE:
                # Between our close and the peer's, what it says is of no interest any more.
                if self._state == _OPEN and self._receiver is not None:
                    self._receiver.on_message(payload)
            elif opcode == CLOSE:
                self._on_close_frame(payload)  # type: ignore[arg-type]
            elif opcode == PING:
                if self.queued < _PONGS_BELOW:
                    self.write(encode_frame(PONG, payload))  # type: ignore[arg-type]
            elif self._receiver is not None:
                self._receiver.on_pong(payload)  # type: ignore[arg-type]
        if decoder.failure is not None and self._state != _CLOSED:
            logger.info("a peer broke the protocol: %s", decoder.failure.reason)
            self.write(encode_close(*decoder.failure))
            self._linger()
        self._decoder = None if decoder.is_idle else decoder

    # The end

    def _on_close_frame(self, payload: bytes) -> None:
        self.write(encode_frame(CLOSE, payload))  # the answer, unless we said it first
        self._linger()

    def close(self, code: int, reason: str) -> None:
        if self._state != _OPEN:
            return
        self.resume_reading()
        self._put(encode_close(code, reason))
        self._leave_open(_CLOSING)
        self._expire(CLOSE_DEADLINE_S)

    def drop(self, code: int, reason: str) -> None:
        if self._state != _OPEN:
            return
        queue = self._queue
        if queue:
            # A frame that the socket has begun to take has to be finished, or nothing behind it can be read.
            begun = queue[0] if isinstance(queue[0], memoryview) else None
            queue.clear()
            self.queued = 0
            if begun is not None:
                queue.append(begun)
                self.queued = len(begun)
        self.close(code, reason)
        self._expire(STUCK_S)

    def _leave_open(self, state: int) -> None:
        self._state = state
        self._outlet.direct = None

    def _expire(self, delay_s: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self._loop.call_later(delay_s, self._on_expired, self.queued, delay_s)

    def _on_expired(self, queued: int, delay_s: float) -> None:
        """A dropped peer that moves gets the rest of the handshake's time; nobody gets more."""
        if delay_s < CLOSE_DEADLINE_S and self.queued < queued:
            self._expire(CLOSE_DEADLINE_S)
        else:
            self.abort()

    def _linger(self) -> None:
        """Nothing more is said: waits for the peer to hang up, so that it gets what was said last."""
        if self._state == _CLOSED:
            return
        self._leave_open(_LINGERING)
        if self._timer is None:
            self._expire(CLOSE_DEADLINE_S)
        self.resume_reading()
        if not self.queued:
            self._half_close()
        self._tell_lost()

    def _half_close(self) -> None:
        with contextlib.suppress(OSError):
            self._sock.shutdown(socket.SHUT_WR)

    def abort(self) -> None:
        if self._state != _CLOSED:
            reset_on_close(self._sock)
            self._free()
            self._loop.call_soon(self._tell_lost)

    def _lose_soon(self) -> None:
        """A write failed: frees the socket in a turn of its own, for a broadcast may be under way."""
        self._leave_open(max(self._state, _CLOSING))
        self._loop.call_soon(self._lose)

    def _lose(self) -> None:
        self._free()
        self._tell_lost()

    def _free(self) -> None:
        if self._state == _CLOSED:
            return
        self._leave_open(_CLOSED)
        self._queue, self.queued = None, 0
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._readers.remove_reader(self._fd)
        self._loop.remove_writer(self._fd)
        self._sock.close()
        self._fd = -1

    def _tell_lost(self) -> None:
        receiver, self._receiver = self._receiver, None
        if receiver is not None:
            receiver.on_lost()
