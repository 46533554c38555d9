"""Peers that never read, beside many that do: do the others see a difference, and how soon are the slow ones out?

Two engines take turns, one with and one without the deaf: a text of 1 KB to everyone, 50 times a second; `--rounds` is
how many of them there are, a minute's as it comes. The deaf pass the mark by themselves, when their queue is full.
"""

import socket
import time
from contextlib import ExitStack

from benchmarks.lab.figures import Figures, percentile
from benchmarks.lab.options import Options
from benchmarks.lab.process import Process
from benchmarks.lab.report import Column, Report
from benchmarks.lab.sockets import open_sockets
from benchmarks.lab.wire import Crowd, SlowCrowd, gather
from benchmarks.peers import ENGINE, PEERS
from benchmarks.peers.obey import EVENT

TITLE = "slow_peers: 1 KB 50 times a second, with and without peers that never read"
FULL = Options(sizes=(280,), rounds=3000)
QUICK = Options(sizes=(280,), rounds=600)
EVERY_S = 0.02
DEAF = 20
BESIDE, ALONE = f"beside {DEAF} that never read", "alone"
PATIENCE_S = 10.0
# What the peer's own system takes for it before ours has to hold anything.
DEAF_BUFFER = 16 * 1024
COLUMNS = (
    Column("p50_ms", "p50 ms", 2),
    Column("p99_ms", "p99 ms", 2),
    Column("worst_ms", "worst ms"),
    Column("got", "got", 0),
    Column("passed", "passed the mark", 0),
    Column("freed", "out", 0),
    Column("worst_s", "out after s, worst", 2),
    Column("lines", "log lines", 0),
)


class Room:
    """An engine and those who read, and the deaf beside them."""

    def __init__(self, size: int, deaf: int, stack: ExitStack) -> None:
        (engine,) = (peer for peer in PEERS if peer.name == ENGINE)
        self._process = stack.enter_context(Process([*engine.command, "--text-size", "1024"]))
        port: int = self._process.hello["port"]
        self._crowd: Crowd | SlowCrowd = gather(open_sockets(port, "/crowd", [{}] * size))
        stack.callback(self._crowd.close)
        for sock in open_sockets(port, "/crowd", [{}] * deaf):
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, DEAF_BUFFER)
            stack.callback(sock.close)
        self.took_ms: list[float] = []

    def say(self) -> None:
        """A broadcast, and when each of those who read had it."""
        self._process.tell("go")
        times = self._crowd.receive(EVENT, PATIENCE_S)
        began = self._process.hear()["began"]
        self.took_ms += [(at - began) * 1000 for at in times]

    def figures(self) -> Figures:
        """Waits until all who have passed the mark are out."""
        deadline = time.monotonic() + PATIENCE_S
        while (left := self._process.ask("left"))["freed"] < left["passed"] and time.monotonic() < deadline:
            time.sleep(EVERY_S)
        shares = {"p50_ms": percentile(self.took_ms, 0.5), "p99_ms": percentile(self.took_ms, 0.99)}
        counts = {name: left[name] for name in ("passed", "freed", "worst_s", "lines")}
        return {**shares, "worst_ms": max(self.took_ms), "got": len(self.took_ms), **counts}


def run(options: Options) -> Report:
    report = Report("slow_peers", TITLE, COLUMNS)
    for size in options.sizes:
        with ExitStack() as stack:
            rooms = {BESIDE: Room(size, DEAF, stack), ALONE: Room(size, 0, stack)}
            play(list(rooms.values()), options.rounds)
            for name, room in rooms.items():
                report.add(size, name, room.figures())
    return report


def play(rooms: list[Room], rounds: int) -> None:
    """At its pace, or slower where the machine is."""
    due = time.monotonic()
    for number in range(rounds):
        for room in rooms[number % 2 :] + rooms[: number % 2]:
            room.say()
        due += EVERY_S
        time.sleep(max(0.0, due - time.monotonic()))
