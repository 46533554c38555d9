"""One open socket as the node sees it: whose it is, what it may still queue, how far away it is.

Invariant: the transport's queue never grows past `queue_high`, save by one message that met an empty queue.
"""

import logging
import struct
from os import write
from typing import TYPE_CHECKING, Any

from clock import Clock
from realtime.codes import CloseCode
from realtime.frames import TEXT, encode_frame, encode_text
from realtime.transport import Outlet, Transport
from realtime.wire import send_text

if TYPE_CHECKING:
    from realtime.fanout import Fanout
    from realtime.shard import Shard

logger = logging.getLogger(__name__)

QUEUE_LOW = 16 * 1024
QUEUE_HIGH = 256 * 1024
_ROUND_TRIPS_KEPT = 5


class Connection(Outlet):
    """Compared and hashed by identity. `id` is unique on the node; `claims` are those of the token."""

    __slots__ = (
        "_clock", "_close_code", "_ping_count", "_ping_payload", "_ping_sent_s",
        "_round_trips_ms", "bad_messages", "claims",
        "fanout", "id", "in_flight", "is_open", "last_activity_s", "opened_ms", "queue_high",
        "queue_low", "role", "rtt_ms", "shard", "topics", "transport", "user_id", "who",
    )  # fmt: skip

    def __init__(
        self,
        id: str,
        user_id: str,
        role: str,
        claims: dict[str, Any],
        transport: Transport,
        clock: Clock,
        queue_low: int = QUEUE_LOW,
        queue_high: int = QUEUE_HIGH,
    ) -> None:
        super().__init__()
        self.id = id
        self.user_id = user_id
        self.role = role
        self.claims = claims
        # The claims' "identity", which every command asks for.
        self.who: Any = claims.get("identity")
        self.transport = transport
        self.queue_low = queue_low
        self.queue_high = queue_high
        self.topics: set[str] = set()  # written by the shard only, as the next
        self.shard: Shard | None = None  # where it is counted; None before it is registered
        # Written by the hub only: broadcasts under way that may not have reached this connection.
        self.fanout: Fanout | None = None
        self.in_flight = 0  # commands being answered; see Heartbeat for why it matters
        self.bad_messages = 0  # that were no command of ours; see Intake
        self.opened_ms = clock.now_ms()
        self.last_activity_s = clock.monotonic_s()
        # False from the moment we closed it or learned that it is gone; never true again. Written here only.
        self.is_open = True
        self._clock = clock
        self._close_code: CloseCode | None = None
        self._round_trips_ms: list[int] = []  # the last few, oldest first
        # The link's round trip: the smallest of them, since delay only adds; 0 when unknown.
        self.rtt_ms = 0
        self._ping_count = 0
        self._ping_payload: bytes | None = None  # of the ping that waits for its pong
        self._ping_sent_s = 0.0
        transport.attach(self)

    def __repr__(self) -> str:
        return f"<Connection {self.id} of {self.user_id}>"

    @property
    def close_code(self) -> CloseCode | None:
        """Why we closed it; None when we did not."""
        return self._close_code

    def send(self, text: str, *, ephemeral: bool = False) -> bool:
        """Sends a message. False when it did not: closed, ephemeral and behind, or too far behind."""
        return self.is_open and self.send_frame(encode_text(text), ephemeral=ephemeral)

    def send_frame(self, frame: bytes, *, ephemeral: bool = False) -> bool:
        """Like send, with a frame that is encoded already."""
        if not self.is_open:
            return False
        fanout = self.fanout
        if fanout is not None and fanout.runs:
            fanout.catch_up(self)
        is_sent = self.put(frame, ephemeral)
        shard = self.shard
        if shard is None:
            return is_sent
        if is_sent:
            shard.sent += 1
        else:
            shard.count_miss(self)
        return is_sent

    def send_payload(self, payload: bytes) -> bool:
        """Like send, with UTF-8 that nobody else gets: it is framed on its way."""
        if not self.is_open:
            return False
        fanout, direct = self.fanout, self.direct
        if direct is None or (fanout is not None and fanout.runs):
            return self.send_frame(encode_frame(TEXT, payload))
        left = send_text(direct, payload)
        if left:
            frame = encode_frame(TEXT, payload)
            if left == len(frame):  # full or gone, or too large for the short way
                return self.send_frame(frame)
            self.transport.queue_rest(frame, len(frame) - left)
        if self.shard is not None:
            self.shard.sent += 1
        return True

    def put(self, frame: bytes, ephemeral: bool) -> bool:
        """Sends out of turn, which only the fan-out may: everybody else's messages come after what is owed.

        A message that is larger than the whole mark still goes to a peer that has nothing queued: the peer
        is not slow, and the queue holds no more than that one message.
        """
        if not self.is_open:
            return False
        transport, direct = self.transport, self.direct
        if direct is not None:
            try:
                taken = write(direct, frame)
            except OSError:  # full or gone: the transport meets the same, and deals with it
                taken = 0
            if taken:
                if taken < len(frame):
                    transport.queue_rest(frame, taken)
                return True
        queued = transport.queued
        if queued and not self._may_queue(queued, len(frame), ephemeral):
            return False
        transport.write(frame)
        return True

    def _may_queue(self, queued: int, size: int, ephemeral: bool) -> bool:
        if ephemeral and queued > self.queue_low:
            return False
        if queued + size > self.queue_high:
            self._drop_slow(queued)
            return False
        return True

    def _drop_slow(self, queued: int) -> None:
        """Instead of what it cannot take, the peer gets the word to come back and resume from its own seq."""
        logger.info("closing a slow connection", extra={"connection": self.id, "queued_bytes": queued})
        self.is_open = False
        self._close_code = CloseCode.SLOW_CONNECTION
        self.transport.drop(int(CloseCode.SLOW_CONNECTION), CloseCode.SLOW_CONNECTION.code_name)

    def ping(self) -> None:
        """Sends a ping; until its pong comes, `awaits_pong`."""
        if not self.is_open:
            return
        self._ping_count += 1
        self._ping_payload = struct.pack("!I", self._ping_count & 0xFFFFFFFF)
        self._ping_sent_s = self._clock.monotonic_s()
        self.transport.ping(self._ping_payload)

    @property
    def awaits_pong(self) -> bool:
        return self._ping_payload is not None

    def on_pong(self, payload: bytes) -> None:
        """Takes the pong of the last ping. Others, which RFC 6455 lets a peer send unasked, prove nothing."""
        if self._ping_payload is None or bytes(payload) != self._ping_payload:
            return
        self._ping_payload = None
        elapsed_ms = round((self._clock.monotonic_s() - self._ping_sent_s) * 1000)
        self._round_trips_ms.append(max(1, elapsed_ms))  # 0 is kept for "unknown"
        del self._round_trips_ms[:-_ROUND_TRIPS_KEPT]
        self.rtt_ms = min(self._round_trips_ms)

    def touch(self) -> None:
        """Its person did something just now."""
        self.last_activity_s = self._clock.monotonic_s()

    def close(self, code: CloseCode, reason: str = "") -> None:
        """Closes with a word to the browser, by default the code's name. Does nothing the second time."""
        if not self.is_open:
            return
        self.is_open = False
        self._close_code = code
        self.transport.close(int(code), reason or code.code_name)

    def abort(self) -> None:
        """Ends it without a word: the peer is not there to hear one."""
        self.is_open = False
        self.transport.abort()

    def mark_closed(self) -> None:
        """The socket told us that it is gone."""
        self.is_open = False
