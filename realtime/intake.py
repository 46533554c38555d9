"""What comes in over one connection: one message after another, no faster than allowed, answered by the dispatcher.

While a command is being answered, be it an answer on its way to the disk, what the peer sent behind it waits: every
command finds done what its sender asked for before. A peer that sends much more meanwhile is read no further.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from clock import Clock
from realtime.codes import CloseCode
from realtime.connection import Connection
from realtime.dispatch import Dispatcher
from realtime.protocol import RpcError, encode_error


@dataclass(frozen=True, slots=True)
class IntakeLimits:
    """Of one connection. What is sent beyond a rate of `per_s`, after `burst` at once, is refused unread."""

    per_s: float = 50
    burst: int = 200
    # How many messages may be refused for the rate, and how many may be no command of ours, before we hang up.
    violations_most: int = 100
    bad_most: int = 100
    # Messages that wait behind the one being answered before the socket is read no further.
    waiting_most: int = 32


DEFAULT_LIMITS = IntakeLimits()


class Intake:
    """The receiver of a connection's transport. `on_gone(conn)` is called when the socket is gone."""

    __slots__ = (
        "_conn", "_dispatcher", "_filled_s", "_is_busy", "_is_going_on", "_is_paused", "_limits", "_monotonic_s",
        "_on_gone", "_tokens", "_violations", "_waiting",
    )  # fmt: skip

    def __init__(
        self,
        conn: Connection,
        dispatcher: Dispatcher,
        clock: Clock,
        on_gone: Callable[[Connection], None],
        limits: IntakeLimits = DEFAULT_LIMITS,
    ) -> None:
        self._conn = conn
        self._dispatcher = dispatcher
        self._monotonic_s = clock.monotonic_s
        self._on_gone = on_gone
        self._limits = limits
        # Made when first needed; short: `waiting_most` and what one read still brought.
        self._waiting: deque[str] | None = None
        self._is_busy = False  # a command is being answered
        self._is_going_on = False
        self._is_paused = False
        self._tokens = float(limits.burst)
        self._filled_s = clock.monotonic_s()
        self._violations = 0

    def on_message(self, message: str | bytes) -> None:
        conn = self._conn
        if conn.shard is not None:
            conn.shard.received += 1
        if not conn.is_open:
            return
        if not self._takes_token():
            self._refuse(message)
        elif isinstance(message, bytes):
            conn.bad_messages += 1
            self._send(encode_error(None, RpcError("invalid_request", "messages are text, not binary")))
            self._judge()
        elif self._is_busy:
            self._keep(message)
        else:
            self._begin(message)

    def _begin(self, message: str) -> None:
        self._is_busy = True
        self._dispatcher.handle(self._conn, message, self._answer)

    def _answer(self, payload: bytes) -> None:
        conn = self._conn
        conn.send_payload(payload)
        if conn.bad_messages:
            self._judge()
        self._is_busy = False
        if self._waiting:
            self._go_on()

    def _keep(self, message: str) -> None:
        if self._waiting is None:
            self._waiting = deque()
        self._waiting.append(message)
        if len(self._waiting) >= self._limits.waiting_most and not self._is_paused:
            self._is_paused = True
            self._conn.transport.pause_reading()

    def _go_on(self) -> None:
        """Begins with what waits, until one of them takes its time."""
        if self._is_going_on:
            return  # answered at once: the loop below is at it
        self._is_going_on = True
        waiting = self._waiting
        # What a peer sent before it went is still done, for its answers count; what we closed has lost its say.
        while waiting and not self._is_busy and self._conn.close_code is None:
            self._begin(waiting.popleft())
        self._is_going_on = False
        if self._conn.close_code is not None:
            self._waiting = None
        elif self._is_paused and not waiting:
            self._is_paused = False
            self._conn.transport.resume_reading()

    def _send(self, payload: bytes) -> None:
        self._conn.send_payload(payload)

    def _takes_token(self) -> bool:
        limits = self._limits
        now_s = self._monotonic_s()
        tokens = self._tokens + (now_s - self._filled_s) * limits.per_s
        if tokens > limits.burst:
            tokens = float(limits.burst)
        self._filled_s = now_s
        if tokens < 1:
            self._tokens = tokens
            return False
        self._tokens = tokens - 1
        return True

    def _refuse(self, message: str | bytes) -> None:
        self._violations += 1
        limits = self._limits
        if self._violations > limits.violations_most:
            self._conn.close(CloseCode.RATE_LIMITED)
            return
        # In how many milliseconds the next message would be taken.
        wait_ms = max(1, round((1 - self._tokens) / limits.per_s * 1000))
        error = RpcError("rate_limited", "too many messages", {"retry_after_ms": wait_ms})
        self._send(self._dispatcher.refuse(message, error))

    def _judge(self) -> None:
        """One message that we cannot read costs its sender an error, a hundred the connection."""
        if self._conn.bad_messages >= self._limits.bad_most:
            self._conn.close(CloseCode.PROTOCOL_ERROR)

    def on_pong(self, payload: bytes) -> None:
        self._conn.on_pong(payload)

    def on_lost(self) -> None:
        self._conn.mark_closed()
        self._on_gone(self._conn)
