"""How many nodes one Redis carries: simulated nodes with the product's own broker, rooms spread over them, real hints.

Each simulated node is a RedisBroker that follows its rooms and publishes what a node publishes while it plays: a hint
for each move of a room, and its share of who is there twice a second. Redis has one core, the nodes share the other.
"""

import asyncio
import contextlib
import json
import random
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from multiprocessing import get_context
from multiprocessing.connection import Connection

from benchmarks.lab.cores import pin_server
from benchmarks.lab.figures import Figures, medians, percentile
from benchmarks.lab.options import Options
from benchmarks.lab.report import Column, Report
from benchmarks.lab.usage import cpu_s
from realtime.broker_redis import RedisBroker

TITLE = "many_nodes: one Redis between so many simulated nodes (rooms = 10 × nodes, each on three of them; medians)"
FULL = Options(sizes=(3, 10, 30, 100, 300), rounds=3)
QUICK = Options(sizes=(3, 10), rounds=1)
COLUMNS = (
    Column("published_per_s", "sent /s", 0),
    Column("delivered_per_s", "delivered /s", 0),
    Column("p50_ms", "p50 ms", 2),
    Column("p99_ms", "p99 ms", 2),
    Column("redis_share", "Redis' core", 2),
    Column("redis_us", "Redis µs each", 1),
    Column("lost", "lost", 0),
)
NODES_OF_A_ROOM = 3
ROOMS_PER_NODE = 10
# A room in play: a move every ten seconds, and each of its nodes tells its share when something changed.
MOVES_PER_S = 0.1
SHARES_PER_S = 2.0
SHARE = (
    b'{"node":"n1","round":3,"present":98,"missing":12,"answers":['
    + b'["0123456789abcdef",1700000000000],' * 8
    + b"0]}"
)
LASTS_S = 5.0
STEP_S = 0.02


def run(options: Options) -> Report:
    report = Report("many_nodes", TITLE, COLUMNS)
    report.remark(
        f"Each room: {MOVES_PER_S:g} moves and {SHARES_PER_S:g} shares of {len(SHARE)} bytes a second and node."
    )
    if shutil.which("redis-server") is None:
        for size in options.sizes:
            report.add_absent(size, "Redis", "redis-server is not installed")
        return report
    for size in options.sizes:
        report.add(size, "one Redis", medians([measure(size) for _ in range(options.rounds)]))
    return report


@contextlib.contextmanager
def redis() -> Iterator[tuple[str, int]]:
    """(address, process id) of a Redis of its own on the server's core."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = tempfile.mkdtemp(prefix="quizhall-bench-")
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, preexec_fn=pin_server)
    try:
        yield f"redis://127.0.0.1:{port}/0", process.pid
    finally:
        process.kill()
        process.wait()
        shutil.rmtree(folder, ignore_errors=True)


def measure(nodes: int) -> Figures:
    with redis() as (url, pid):
        ours, theirs = get_context("spawn").Pipe()
        child = get_context("spawn").Process(target=play_in_process, args=(theirs, url, nodes))
        child.start()
        try:
            ours.recv()
            began_s, began_cpu_s = time.monotonic(), cpu_s(pid)
            ours.send("go")
            found: Figures = ours.recv()
            share = (cpu_s(pid) - began_cpu_s) / (time.monotonic() - began_s)
        finally:
            child.join(30)
            child.kill()
    found["redis_share"] = share
    handled = found["published_per_s"] + found["delivered_per_s"]
    found["redis_us"] = share / handled * 1e6 if handled else 0.0
    return found


def play_in_process(pipe: Connection, url: str, nodes: int) -> None:
    asyncio.run(play(pipe, url, nodes))


class Crowd:
    """The simulated nodes, their rooms, and what they sent and heard."""

    def __init__(self, url: str, nodes: int) -> None:
        self._chance = random.Random(1)
        self.brokers = [RedisBroker(url, f"n{number}") for number in range(nodes)]
        self._rooms = {
            number: self._chance.sample(self.brokers, min(NODES_OF_A_ROOM, nodes))
            for number in range(nodes * ROOMS_PER_NODE)
        }
        self._publishing: set[asyncio.Future[int]] = set()
        self.latencies_ms: list[float] = []
        self.sent = self.expected = self.received = 0
        for broker in self.brokers:
            broker.set_receiver(self._hear)

    def _hear(self, topic: str, payload: bytes) -> None:
        self.received += 1
        if topic.startswith("log:"):
            self.latencies_ms.append((time.monotonic() - json.loads(payload)["at"]) * 1000)

    async def start(self) -> None:
        for broker in self.brokers:
            await broker.start()
        for number, members in self._rooms.items():
            topics = (f"log:{number}", f"people:{number}")
            await asyncio.gather(*(broker.subscribe(topic) for broker in members for topic in topics))

    async def stop(self) -> None:
        for broker in self.brokers:
            await broker.stop()

    def step(self) -> None:
        """What STEP_S of play publishes."""
        for number, members in self._rooms.items():
            if self._chance.random() < MOVES_PER_S * STEP_S:
                self._publish(self._chance.choice(members), f"log:{number}", b'{"at":%.6f}' % time.monotonic(), members)
            for member in members:
                if self._chance.random() < SHARES_PER_S * STEP_S:
                    self._publish(member, f"people:{number}", SHARE, members)

    def _publish(self, broker: RedisBroker, topic: str, payload: bytes, members: list[RedisBroker]) -> None:
        publishing = asyncio.ensure_future(broker.publish(topic, payload))
        self._publishing.add(publishing)
        publishing.add_done_callback(self._publishing.discard)
        self.sent += 1
        self.expected += len(members)

    async def finish(self) -> None:
        """Waits for what is under way, for a while."""
        await asyncio.gather(*self._publishing)
        end_s = time.monotonic() + 2
        while self.received < self.expected and time.monotonic() < end_s:  # noqa: ASYNC110 - lost ones set no event
            await asyncio.sleep(STEP_S)


async def play(pipe: Connection, url: str, nodes: int) -> None:
    crowd = Crowd(url, nodes)
    await crowd.start()
    pipe.send("ready")
    await asyncio.to_thread(pipe.recv)
    began_s = time.monotonic()
    while (now_s := time.monotonic()) - began_s < LASTS_S:
        crowd.step()
        await asyncio.sleep(max(0.0, STEP_S - (time.monotonic() - now_s)))
    took_s = time.monotonic() - began_s
    await crowd.finish()
    figures = {
        "published_per_s": crowd.sent / took_s,
        "delivered_per_s": crowd.received / took_s,
        "p50_ms": percentile(crowd.latencies_ms, 0.5),
        "p99_ms": percentile(crowd.latencies_ms, 0.99),
        "lost": float(crowd.expected - crowd.received),
    }
    pipe.send(figures)
    await crowd.stop()
