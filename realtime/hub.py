"""All connections of a node over its shards, and every way of reaching them from here. Local only: see Node.

Plain functions on the event loop's thread; none of them waits, none fails because of one connection.
"""

import logging
import zlib
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from clock import Clock, SystemClock
from realtime.codes import CloseCode
from realtime.connection import Connection
from realtime.fanout import SLICE, Chunk, Fanout
from realtime.frames import encode_text
from realtime.ignore import ignore
from realtime.shard import FrameFor, Shard

logger = logging.getLogger(__name__)

# A user's own text, by user id, made when its turn comes; None is nothing.
TextFor = Callable[[str], str | None]


class _Topic:
    """What a topic is over all shards."""

    __slots__ = ("subscribers", "turn")

    def __init__(self) -> None:
        self.subscribers = 0
        self.turn = 0  # broadcasts so far: who comes first moves on with it


class Hub:
    """Connections are found by user and by topic; a user's connections are all in one shard.

    `on_first_subscriber` and `on_last_leaver` are called with a topic when its first connection comes and
    its last one goes; `on_first_connection` and `on_last_connection` with a user's id in the same way;
    the listeners in `on_unregister` with each connection that goes, after it went;
    `on_broadcast` with the seconds that each broadcast took, its last slice included.
    """

    def __init__(self, shards: int = 16, clock: Clock | None = None, slice_size: int = SLICE) -> None:
        if shards < 1:
            raise ValueError("a hub has at least one shard")
        self._clock = clock = clock or SystemClock()
        self.shards = tuple(Shard(clock) for _ in range(shards))
        self._topics: dict[str, _Topic] = {}
        self._slice_size = slice_size
        self._chunk_size = max(1, slice_size // 2)
        self.fanout = Fanout(lambda conn: self._shard_of(conn.user_id), slice_size)
        self.on_first_subscriber: Callable[[str], None] = ignore
        self.on_last_leaver: Callable[[str], None] = ignore
        self.on_first_connection: Callable[[str], None] = ignore
        self.on_last_connection: Callable[[str], None] = ignore
        self.on_unregister: list[Callable[[Connection], None]] = []
        self.on_broadcast: Callable[[float], None] = ignore

    def _shard_of(self, user_id: str) -> Shard:
        # Not hash(): that differs from process to process, and a hot shard should be the same one tomorrow.
        return self.shards[zlib.crc32(user_id.encode("utf-8", "surrogatepass")) % len(self.shards)]

    def register(self, conn: Connection) -> None:
        """ValueError when a connection of that id is here already."""
        shard = self._shard_of(conn.user_id)
        is_first = not shard.has_user(conn.user_id)
        shard.add(conn)
        conn.fanout = self.fanout
        conn.delivered = self.fanout.number
        if is_first:
            self.on_first_connection(conn.user_id)

    def unregister(self, conn: Connection) -> None:
        """Forgets the connection and its subscriptions; harmless when it is gone already."""
        shard = self._shard_of(conn.user_id)
        if not shard.holds(conn):
            return
        conn.mark_closed()
        for topic in sorted(conn.topics):
            self.unsubscribe(conn, topic)
        shard.remove(conn)
        if not shard.has_user(conn.user_id):
            self.on_last_connection(conn.user_id)
        for listener in self.on_unregister:
            try:
                listener(conn)
            except Exception:  # each listener keeps books of its own; one must not spoil another's
                logger.exception("on_unregister failed", extra={"connection": conn.id})

    def subscribe(self, conn: Connection, topic: str) -> bool:
        """False, and nothing changes, when the connection is gone: it may go while its command waits."""
        shard = self._shard_of(conn.user_id)
        if not conn.is_open or not shard.holds(conn):
            return False
        # What is under way now is history for it: the next event it gets begins after this.
        self.fanout.catch_up(conn)
        if shard.subscribe(conn, topic):
            entry = self._topics.setdefault(topic, _Topic())
            entry.subscribers += 1
            if entry.subscribers == 1:
                self.on_first_subscriber(topic)
        return True

    def unsubscribe(self, conn: Connection, topic: str) -> None:
        self.fanout.catch_up(conn)
        if not self._shard_of(conn.user_id).unsubscribe(conn, topic):
            return
        entry = self._topics[topic]
        entry.subscribers -= 1
        if entry.subscribers == 0:
            del self._topics[topic]
            self.on_last_leaver(topic)

    def subscribers(self, topic: str) -> int:
        entry = self._topics.get(topic)
        return entry.subscribers if entry else 0

    def broadcast(
        self,
        topic: str,
        text: str,
        *,
        ephemeral: bool,
        own: TextFor | None = None,
        done: Callable[[], None] = ignore,
    ) -> int:
        """Sends one text to all local subscribers of the topic; returns to how many.

        To more than a slice it goes on after this has returned, and the number is of those it begins with. The
        order turns from call to call, by shard and within the shard, so that nobody is always last. With `own` each
        one's own text follows in the same write: half the calls of the kernel, which are most of what it costs.
        `done` is called when the last of them has been served; never when there is nobody.
        """
        entry = self._topics.get(topic)
        if entry is None:
            return 0
        began_s = self._clock.monotonic_s()
        turn, entry.turn = entry.turn, entry.turn + 1
        shards = [shard for shard in self.shards if shard.has_topic(topic)]
        rounds, first = divmod(turn, len(shards))
        groups = [(shard, shard.subscribers(topic)) for shard in shards[first:] + shards[:first]]
        chunks = _cut(groups, rounds, self._chunk_size)
        frame = encode_text(text) if own is None else _with_own(encode_text(text), own)
        if entry.subscribers > self._slice_size:
            chunks = self._timed(chunks, began_s, done)
            self.fanout.begin(chunks, lambda conn: topic in conn.topics, frame, ephemeral=ephemeral)
            return entry.subscribers
        sent = self.fanout.send_now(list(chunks), frame, ephemeral=ephemeral)
        self._finish(began_s, done)
        return sent

    def send_each(self, users: Iterable[str], text_for: TextFor, *, ephemeral: bool) -> None:
        """To every connection of each user a text of its own."""
        chosen = frozenset(users)

        def frame_for(conn: Connection) -> bytes | None:
            text = text_for(conn.user_id)
            return None if text is None else encode_text(text)

        chunks = self._timed(self._chunks_of(chosen), self._clock.monotonic_s())
        self.fanout.begin(chunks, lambda conn: conn.user_id in chosen, frame_for, ephemeral=ephemeral)

    def _timed(self, chunks: Iterator[Chunk], began_s: float, done: Callable[[], None] = ignore) -> Iterator[Chunk]:
        """The same chunks; asked for one more than there are, the fan-out has handed out the last."""
        yield from chunks
        self._finish(began_s, done)

    def _finish(self, began_s: float, done: Callable[[], None]) -> None:
        self.on_broadcast(self._clock.monotonic_s() - began_s)
        done()

    def _chunks_of(self, users: Iterable[str]) -> Iterator[Chunk]:
        """Found when their turn comes: whoever connects meanwhile knows that this is not theirs."""
        left = iter(users)
        while batch := list(islice(left, self._chunk_size)):
            members: dict[Shard, list[Connection]] = {}
            for user_id in batch:
                shard = self._shard_of(user_id)
                members.setdefault(shard, []).extend(shard.connections_of(user_id))
            yield from members.items()

    def send_to_user(self, user_id: str, text: str, *, ephemeral: bool, without_role: str | None = None) -> int:
        """Sends to every connection of that user here, save those of one role; returns to how many."""
        shard = self._shard_of(user_id)
        members = [conn for conn in shard.connections_of(user_id) if conn.role != without_role]
        return self.fanout.send_now([(shard, members)], encode_text(text), ephemeral=ephemeral) if members else 0

    def connections_of(self, user_id: str) -> list[Connection]:
        """Oldest first."""
        return self._shard_of(user_id).connections_of(user_id)

    def close_user(self, user_id: str, code: CloseCode, *, jti: str | None = None) -> int:
        """Closes and drops the user's connections, with `jti` those of that token only; returns how many."""
        chosen = [c for c in self.connections_of(user_id) if jti is None or c.claims.get("jti") == jti]
        return self._close(chosen, code)

    def limit_user(self, user_id: str, keep: int = 3) -> int:
        """Closes and forgets the user's oldest connections beyond `keep`, as replaced; returns how many."""
        connections = [c for c in self.connections_of(user_id) if c.is_open]
        return self._close(connections[: max(0, len(connections) - keep)], CloseCode.REPLACED)

    def _close(self, connections: list[Connection], code: CloseCode) -> int:
        for conn in connections:
            conn.close(code)
            self.unregister(conn)
        return len(connections)

    def connections(self) -> Iterator[Connection]:
        """Shard by shard; they may come and go while one looks."""
        for shard in self.shards:
            yield from shard.connections()

    def __len__(self) -> int:
        """Connections of the node; cheap enough to ask at every handshake."""
        return sum(map(len, self.shards))

    def stats(self) -> dict[int, dict[str, int]]:
        """Figures by number of the shard: `connections`, `users`, `subscriptions`, `queue_bytes` as they are now, the
        rest as counted so far.
        """
        return {number: shard.stats() for number, shard in enumerate(self.shards)}


def _with_own(frame: bytes, own: TextFor) -> FrameFor:
    """Both as one piece: what is queued, skipped or cut short is cut the same for a frame of two messages."""

    def frame_for(conn: Connection) -> bytes:
        text = own(conn.user_id)
        return frame if text is None else frame + encode_text(text)

    return frame_for


def _cut(groups: list[tuple[Shard, tuple[Connection, ...]]], first: int, size: int) -> Iterator[Chunk]:
    """Each shard's members, from number `first` modulo their number on and round to it again."""
    for shard, members in groups:
        start = first % len(members)
        for low, high in ((start, len(members)), (0, start)):
            for at in range(low, high, size):
                yield shard, members[at : min(at + size, high)]
