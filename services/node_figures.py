"""The figures that stand somewhere already and are read when somebody asks: shards, rooms, the writer's queue."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from clock import Clock
from game.phases import Phase
from models.database import Database
from realtime.node import Node
from realtime.presence import Presence
from services.figures import Figures
from services.live import LiveRooms

SERVICE = "quizhall"

# Figure of a shard (Hub.stats) → what is said of it. Those that go up and down, then those that only grow.
SHARD_NOW = {
    "connections": "Open connections",
    "users": "People with an open connection",
    "subscriptions": "Subscriptions to topics",
    "queue_bytes": "Bytes that wait for connections which are behind",
}
SHARD_SO_FAR = {
    "sent": "Messages handed to a connection",
    "received": "Messages that came from a connection",
    "failed": "Messages that a connection could not take: gone, or closed as too slow",
    "skipped": "Ephemeral events that a connection which is behind did without",
    "removed_inactive": "Connections closed because nobody used them",
}


@dataclass(frozen=True, slots=True)
class NodeFigures(Collector):
    """Asked by Prometheus' registry on the event loop's thread, as everything it looks at lives there."""

    clock: Clock
    started_at: int
    db: Database
    node: Node
    presence: Presence
    live: LiveRooms
    figures: Figures

    def __post_init__(self) -> None:
        self.figures.registry.register(self)

    def collect(self) -> Iterator[Metric]:
        yield from self._shards()
        held = list(self.live)
        phases = Counter(live.room.phase for live in held)
        rooms = GaugeMetricFamily("quizhall_rooms_held", "Rooms in this node's memory", labels=["phase"])
        for phase in Phase:
            rooms.add_metric([phase.value], phases[phase])
        yield rooms
        real = [live.room.id for live in held if not live.room.is_rehearsal]
        present = sum(map(self.presence.count_here, real))
        yield GaugeMetricFamily("quizhall_participants_present", "Participants connected to rooms", value=present)
        node = self.node
        yield CounterMetricFamily("quizhall_broker_published", "Messages published to nodes", value=node.published)
        yield CounterMetricFamily(
            "quizhall_broker_unheard", "Of those, how many reached nobody though others live", value=node.unheard
        )
        up = node.broker.is_up
        yield GaugeMetricFamily("quizhall_broker_up", "1 while messages get through, or there is one node", value=up)
        alive = node.others_alive
        yield GaugeMetricFamily("quizhall_nodes_alive", "Other nodes seen by their heartbeat", value=alive)
        waiting = self.db.waiting_writes
        yield GaugeMetricFamily("quizhall_writes_waiting", "Writes that the writer has not taken yet", value=waiting)
        yield GaugeMetricFamily("quizhall_uptime_seconds", "Since this node started", value=self._uptime_ms() / 1000)

    def _shards(self) -> Iterator[Metric]:
        stats = self.node.hub.stats()
        families: list[tuple[str, Any, float]] = []
        for key, about in SHARD_NOW.items():
            families.append((key, GaugeMetricFamily(f"quizhall_shard_{key}", about, labels=["shard"]), 1))
        for key, about in SHARD_SO_FAR.items():
            families.append((key, CounterMetricFamily(f"quizhall_shard_{key}", about, labels=["shard"]), 1))
        busy = CounterMetricFamily("quizhall_shard_busy_seconds", "Time spent on handing out events", labels=["shard"])
        families.append(("busy_ms", busy, 0.001))
        for key, family, unit in families:
            for number, figures in stats.items():
                family.add_metric([str(number)], figures[key] * unit)
            yield family

    def summary(self) -> dict[str, Any]:
        """The contract's JSON form of /metrics."""
        stats = self.node.hub.stats().values()
        has_redis = self.node.broker.is_shared
        return {
            "service": SERVICE,
            "timestamp": self.clock.now_ms(),
            "uptime_seconds": self._uptime_ms() // 1000,
            "connections": {
                "active": _sum(stats, "connections"),
                # Each user is in one shard, so nobody is counted twice.
                "total_unique_users": _sum(stats, "users"),
            },
            "messages": {
                "received_from_redis": self.figures.received() if has_redis else 0,
                "sent_to_clients": _sum(stats, "sent"),
                "failed": _sum(stats, "failed"),
            },
        }

    def _uptime_ms(self) -> int:
        return max(0, self.clock.now_ms() - self.started_at)


def _sum(stats: Iterable[dict[str, int]], key: str) -> int:
    return sum(figures[key] for figures in stats)
