"""What an admin sees of all nodes, live: figures, rooms and alerts, once a second while somebody watches.

Reads what others count; owns the last minutes' points, which are collected whether anybody watches or not.
"""

import time
from collections import deque
from heapq import nlargest
from typing import Any

from realtime.connection import Connection
from realtime.protocol import encode_event
from services.admin_nodes import Share, merge
from services.admin_rooms import room_line
from services.alerting import AlertWatch
from services.figures import TIMES
from services.inquiries import Inquiries
from services.live_room import LiveRoom
from services.loop_lag import LoopLag
from services.node_figures import NodeFigures
from services.readings import Reading, Readings

TOPIC = "admin"
STATS = "stats"
# Ten minutes of points.
POINTS_KEPT = 600
ROOMS_MOST = 200
# A plotted percentile is of the last few seconds: long enough to have something in it, short enough to move.
PLOTTED_S = 10
# After a commit that failed a node counts as not ready for this long.
UNREADY_S = 10.0
OF_SHARD = (
    "connections", "users", "subscriptions", "sent", "received",
    "failed", "skipped", "queue_bytes", "removed_inactive", "busy_ms",
)  # fmt: skip
TOTALS = ("connections", "users", "failed", "skipped", "removed_inactive", "queue_bytes")


class AdminStats:
    """`tick` wants to be called once a second."""

    def __init__(
        self, node_figures: NodeFigures, alert_watch: AlertWatch, loop_lag: LoopLag, inquiries: Inquiries
    ) -> None:
        self._inquiries = inquiries
        self._clock = node_figures.clock
        self._started_at = node_figures.started_at
        self._db = node_figures.db
        self._node = node_figures.node
        self._presence = node_figures.presence
        self._live = node_figures.live
        self._figures = node_figures.figures
        self._alert_watch = alert_watch
        self._worst_lag_s = 0.0  # since the last tick
        self.readings = Readings()
        self.history: deque[dict[str, Any]] = deque(maxlen=POINTS_KEPT)
        loop_lag.on_lag.append(self._note_lag)
        inquiries.tell(STATS, lambda about: self._share())

    def _note_lag(self, seconds: float) -> None:
        self._worst_lag_s = max(self._worst_lag_s, seconds)

    async def tick(self) -> None:
        """Adds a point, and tells those who watch; who is behind does without."""
        self._add_point()
        if self._node.hub.subscribers(TOPIC):
            event = encode_event("admin.stats", await self.stats())
            self._node.hub.broadcast(TOPIC, event, ephemeral=True)

    def _add_point(self) -> None:
        self.readings.add(self._read())
        lag_s, self._worst_lag_s = self._worst_lag_s, 0.0
        self.history.append(
            {
                "at": self._clock.now_ms(),
                "connections": len(self._node.hub),
                "events_per_s": self.readings.per_second("events"),
                "answers_per_s": self.readings.per_second("answers"),
                "delivery_p99_ms": self.readings.p99_ms("delivery", PLOTTED_S),
                "loop_lag_ms": round(lag_s * 1000, 2),
            }
        )

    def _read(self) -> Reading:
        """Cheap, as nobody may be watching: no figure that somebody would have to sum over all connections."""
        shards = self._node.hub.shards
        return Reading(
            at_s=self._clock.monotonic_s(),
            events=sum(shard.sent for shard in shards),
            answers=self._figures.answers(),
            received=sum(shard.received for shard in shards),
            **{name: self._figures.times(name) for name in TIMES},
        )

    async def subscribe(self, connection: Connection) -> dict[str, Any]:
        """From now on the connection gets `admin.stats`; what was until now is in the reply."""
        overview = await self.overview()
        self._node.hub.subscribe(connection, TOPIC)
        return overview

    async def overview(self) -> dict[str, Any]:
        stats = await self.stats()
        return {"server_time": self._clock.now_ms(), "history": list(self.history), "stats": stats}

    async def stats(self) -> dict[str, Any]:
        """Of all nodes that answer; the shards and the point are this one's."""
        others = await self._inquiries.ask(STATS)
        whole = merge(self._share(), others.values(), ROOMS_MOST)
        shards = [_shard(number, figures) for number, figures in self._node.hub.stats().items()]
        point = self.history[-1]
        return whole | {"at": point["at"], "node": self._node.id, "shards": shards, "point": point}

    def _share(self) -> Share:
        """What this node says of itself."""
        if not self.history:
            self._add_point()
        shards, held = self._node.hub.stats(), list(self._live)
        participants = sum(len(live.seats) for live in held if not live.room.is_rehearsal)
        rates = {f"{name}_per_s": self.readings.per_second(name) for name in ("events", "answers", "received")}
        totals = {name: _sum(shards, name) for name in TOTALS}
        return {
            "node": self._of_node(totals["connections"], len(held), self.history[-1]["loop_lag_ms"]),
            "totals": totals | rates | {"rooms": len(held), "participants": participants},
            "p99_ms": {name: self.readings.p99_ms(name) for name in TIMES},
            "rooms": [self._room(live) for live in nlargest(ROOMS_MOST, held, key=lambda live: len(live.seats))],
            "alerts": self._alerts(),
        }

    def _of_node(self, connections: int, rooms: int, loop_lag_ms: float) -> dict[str, Any]:
        failed_at = self._db.failed_at
        return {
            "node": self._node.id,
            "started_at": self._started_at,
            "uptime_seconds": max(0, self._clock.now_ms() - self._started_at) // 1000,
            "connections": connections,
            "rooms": rooms,
            "loop_lag_ms": loop_lag_ms,
            # On the database's own clock, which is the machine's.
            "is_ready": failed_at is None or time.monotonic() - failed_at > UNREADY_S,
        }

    def _room(self, live: LiveRoom) -> dict[str, Any]:
        return room_line(live, self._presence.count(live.room.id))

    def _alerts(self) -> list[dict[str, Any]]:
        return [
            {
                "node": self._node.id,
                "name": raised.rule.name,
                "severity": raised.rule.severity,
                "since": raised.since_ms,
                "value": round(raised.value, 4),
                "threshold": raised.rule.raise_above,
                "message": raised.rule.told(raised.value),
            }
            for raised in self._alert_watch.alerts.raised()
        ]


def _shard(number: int, figures: dict[str, int]) -> dict[str, int]:
    return {"shard": number} | {name: figures[name] for name in OF_SHARD}


def _sum(shards: dict[int, dict[str, int]], name: str) -> int:
    return sum(figures[name] for figures in shards.values())
