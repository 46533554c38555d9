"""One slice of a node's connections: their index by user and by topic, their fan-out and its figures."""

import logging
from collections.abc import Callable, Iterable, Iterator
from os import write

from clock import Clock
from realtime.connection import Connection

logger = logging.getLogger(__name__)

# Makes a connection's own frame when its turn comes; None sends nothing.
FrameFor = Callable[[Connection], bytes | None]


class Shard:
    """Owned by a hub, which alone decides what is in which shard."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._connections: dict[str, Connection] = {}
        self._by_user: dict[str, dict[str, Connection]] = {}  # inner dicts keep the order of arrival
        self._by_topic: dict[str, dict[str, Connection]] = {}
        # The same as they were at the last broadcast: to make it anew each time means to touch everyone twice.
        self._subscribers: dict[str, tuple[Connection, ...]] = {}
        self._subscriptions = 0
        # Messages, not control frames: replies, events for many and personal ones; commands that came.
        self.sent = 0
        self.received = 0
        self.failed = 0
        self.skipped = 0
        self.removed_inactive = 0
        self._busy_s = 0.0

    def add(self, conn: Connection) -> None:
        if conn.id in self._connections:
            raise ValueError(f"connection {conn.id} is registered already")
        self._connections[conn.id] = conn
        conn.shard = self
        self._by_user.setdefault(conn.user_id, {})[conn.id] = conn

    def remove(self, conn: Connection) -> bool:
        """Takes the connection out, whose topics must be gone before. False when it is not here."""
        if not self.holds(conn):
            return False
        del self._connections[conn.id]
        _remove(self._by_user, conn.user_id, conn)
        return True

    def __len__(self) -> int:
        """Connections."""
        return len(self._connections)

    def holds(self, conn: Connection) -> bool:
        return self._connections.get(conn.id) is conn

    def subscribe(self, conn: Connection, topic: str) -> bool:
        """True when that is new."""
        if topic in conn.topics:
            return False
        conn.topics.add(topic)
        self._by_topic.setdefault(topic, {})[conn.id] = conn
        self._subscribers.pop(topic, None)
        self._subscriptions += 1
        return True

    def unsubscribe(self, conn: Connection, topic: str) -> bool:
        """True when it was subscribed."""
        if topic not in conn.topics:
            return False
        conn.topics.discard(topic)
        _remove(self._by_topic, topic, conn)
        self._subscribers.pop(topic, None)
        self._subscriptions -= 1
        return True

    def has_user(self, user_id: str) -> bool:
        return user_id in self._by_user

    def users(self) -> Iterator[str]:
        """Everybody who has a connection here; they may come and go while one looks."""
        return iter(list(self._by_user))

    def has_topic(self, topic: str) -> bool:
        return topic in self._by_topic

    def subscribers(self, topic: str) -> tuple[Connection, ...]:
        """Those of this moment, in the order in which they came."""
        members = self._subscribers.get(topic)
        if members is None:
            members = tuple(self._by_topic.get(topic, {}).values())
            if members:
                self._subscribers[topic] = members
        return members

    def deliver(self, members: Iterable[Connection], number: int, frame: bytes | FrameFor, *, ephemeral: bool) -> int:
        """The fan-out's run of that number, for those whom it has not reached yet; returns to how many it went.

        The hot loop of the service. For a peer that keeps up, nothing of ours is called between two calls of the
        kernel; everyone else goes the slow way. One bad peer costs its own message only.
        """
        began_s = self._clock.monotonic_s()
        frame_for = None if isinstance(frame, bytes) else frame
        own = frame if isinstance(frame, bytes) else b""
        size = len(own)
        sent = 0
        for conn in members:
            if conn.delivered >= number:
                continue
            conn.delivered = number
            if frame_for is not None:
                made = frame_for(conn)
                if made is None:
                    continue
                own, size = made, len(made)
            direct = conn.direct
            try:
                taken = write(direct, own) if direct is not None else 0
            except OSError:  # full or gone: the slow way meets the same, and deals with it
                taken = 0
            if taken == size:
                sent += 1
            elif taken:
                conn.transport.queue_rest(own, taken)
                sent += 1
            else:
                sent += self._deliver_slowly(conn, own, ephemeral)
        self.sent += sent
        self._busy_s += self._clock.monotonic_s() - began_s
        return sent

    def _deliver_slowly(self, conn: Connection, frame: bytes, ephemeral: bool) -> bool:
        """Whether it was sent; who was closed before counts as nothing."""
        try:
            return conn.is_open and (conn.put(frame, ephemeral) or self.count_miss(conn))
        except Exception:  # a transport that breaks its contract costs the others nothing
            self.failed += 1
            logger.exception("send failed", extra={"connection": conn.id})
            return False

    def count_miss(self, conn: Connection) -> bool:
        """Skipping is policy, failing is loss. Nothing was sent."""
        if conn.is_open:
            self.skipped += 1
        else:
            self.failed += 1
        return False

    def connections_of(self, user_id: str) -> list[Connection]:
        return list(self._by_user.get(user_id, {}).values())

    def connections(self) -> Iterator[Connection]:
        """Those there are now; they may come and go while one looks."""
        return iter(list(self._connections.values()))

    def stats(self) -> dict[str, int]:
        """The bytes queued are summed here, over all connections: ask a few times a second, not more often."""
        return {
            "connections": len(self._connections),
            "users": len(self._by_user),
            "subscriptions": self._subscriptions,
            "queue_bytes": sum(conn.transport.queued for conn in self._connections.values()),
            "sent": self.sent,
            "received": self.received,
            "failed": self.failed,
            "skipped": self.skipped,
            "removed_inactive": self.removed_inactive,
            "busy_ms": round(self._busy_s * 1000),
        }


def _remove(index: dict[str, dict[str, Connection]], key: str, conn: Connection) -> None:
    members = index[key]
    del members[conn.id]
    if not members:
        del index[key]
