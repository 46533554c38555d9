"""Finds dead peers and measures round trips: one timing wheel sends the pings of all connections of a node.

A peer that dies is gone after `ping_interval_s + pong_wait_s` at the latest, if the ticks come on time.
"""

import asyncio
import logging
import zlib

from clock import Clock
from realtime.connection import Connection
from realtime.hub import Hub

logger = logging.getLogger(__name__)

_TICKS_PER_WAIT = 32  # 0.25 s with the default settings


class _Beat:
    """A connection's place on the wheel: at `due_s` its pong is overdue, or its next ping is due."""

    __slots__ = ("conn", "due_s", "is_waiting", "pinged_s", "slot")

    def __init__(self, conn: Connection) -> None:
        self.conn = conn
        self.is_waiting = False
        self.pinged_s = 0.0
        self.due_s = 0.0
        self.slot = 0


class Heartbeat:
    """Call `tick` every `tick_interval_s`, or `start` it, which does that."""

    def __init__(self, hub: Hub, clock: Clock, ping_interval_s: float, pong_wait_s: float) -> None:
        self._hub = hub
        self._clock = clock
        self._ping_interval_s = ping_interval_s
        self._pong_wait_s = pong_wait_s
        self.tick_interval_s = min(ping_interval_s, pong_wait_s) / _TICKS_PER_WAIT
        self._beats: dict[str, _Beat] = {}
        self._slots: dict[int, dict[str, _Beat]] = {}
        self._timer: asyncio.TimerHandle | None = None
        self._let_pass = False
        hub.on_unregister.append(self.remove)

    def add(self, conn: Connection) -> None:
        """Pings at once: the round trip must be known before the first answer."""
        if conn.id not in self._beats:
            beat = self._beats[conn.id] = _Beat(conn)
            self._ping(beat)

    def remove(self, conn: Connection) -> None:
        """The hub calls this for every connection that it forgets."""
        beat = self._beats.pop(conn.id, None)
        if beat is not None:
            self._take_off(beat)

    def tick(self) -> int:
        """Does what is due; returns how many peers were found dead."""
        now_s = self._clock.monotonic_s()
        current = self._slot_at(now_s)
        removed = 0
        for slot in sorted(slot for slot in self._slots if slot <= current):
            for beat in [beat for beat in self._slots[slot].values() if beat.due_s <= now_s]:
                try:
                    removed += self._come_due(beat, now_s)
                except Exception:  # one bad connection must not end everyone's heartbeat
                    logger.exception("heartbeat failed", extra={"connection": beat.conn.id})
                    self.remove(beat.conn)
        return removed

    def _come_due(self, beat: _Beat, now_s: float) -> bool:
        """True when the peer was found dead."""
        conn = beat.conn
        if not conn.is_open:
            self.remove(conn)
            return False
        if beat.is_waiting and conn.awaits_pong:
            if not conn.in_flight:
                self._remove_dead(conn)
                return True
            # Frames are read in turn: while a command of this peer is being answered, its pong lies unread.
            self._put_on(beat, now_s + self._pong_wait_s)
            return False
        next_ping_s = beat.pinged_s + self._interval_of(conn)
        if beat.is_waiting and next_ping_s > now_s:
            beat.is_waiting = False
            self._put_on(beat, next_ping_s)
        else:
            self._ping(beat)
        return False

    def _ping(self, beat: _Beat) -> None:
        beat.pinged_s = self._clock.monotonic_s()
        beat.is_waiting = True
        self._put_on(beat, beat.pinged_s + self._pong_wait_s)
        beat.conn.ping()

    def _interval_of(self, conn: Connection) -> float:
        # Up to a tenth shorter, by id, so that a class that joined in one second is not pinged in one tick;
        # and two ticks shorter, since this ping and the look for its pong may each come one tick late.
        share = (zlib.crc32(conn.id.encode()) % 64) / 640
        return self._ping_interval_s * (1 - share) - 2 * self.tick_interval_s

    def _remove_dead(self, conn: Connection) -> None:
        logger.info("peer is silent", extra={"connection": conn.id})
        conn.abort()
        self._hub.unregister(conn)
        self.remove(conn)  # also when the hub did not know it

    def _slot_at(self, at_s: float) -> int:
        return int(at_s // self.tick_interval_s)

    def _put_on(self, beat: _Beat, due_s: float) -> None:
        self._take_off(beat)
        beat.due_s = due_s
        beat.slot = self._slot_at(due_s)
        self._slots.setdefault(beat.slot, {})[beat.conn.id] = beat

    def _take_off(self, beat: _Beat) -> None:
        slot = self._slots.get(beat.slot)
        if slot is not None and slot.pop(beat.conn.id, None) is not None and not slot:
            del self._slots[beat.slot]

    def start(self) -> None:
        """Ticks on the running loop until `stop`."""
        self._schedule()

    def stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _schedule(self) -> None:
        due_s = self._clock.monotonic_s() + self.tick_interval_s
        self._timer = asyncio.get_running_loop().call_later(self.tick_interval_s, self._on_timer, due_s)

    def _on_timer(self, due_s: float) -> None:
        # Where the process stood still (a suspended laptop, a blocked loop) the pongs of living peers lie
        # unread in their sockets. One tick is let pass, in which the loop reads them; never two in a row.
        late_s = self._clock.monotonic_s() - due_s
        self._let_pass = late_s > self._pong_wait_s / 8 and not self._let_pass
        if not self._let_pass:
            self.tick()
        self._schedule()
