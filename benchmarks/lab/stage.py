"""A server and the crowd that is connected to it, ready to be broadcast to: a peer's, or a room of the real service."""

import socket
import time
from typing import Protocol

from benchmarks.lab.figures import Figures, percentile
from benchmarks.lab.process import Process
from benchmarks.lab.service import Host, Service
from benchmarks.lab.sockets import open_sockets, read_text, text_frame
from benchmarks.lab.usage import cpu_s, resident_kib
from benchmarks.lab.wire import Crowd, Probes, SlowCrowd, gather
from benchmarks.peers import Peer
from benchmarks.peers.obey import EVENT

PATIENCE_S = 60.0
# After which a server that was told to rest has done what it puts off.
SETTLE_S = 0.05
# The way of a round that broadcasts nothing, and tells the memory as it is now.
MEMORY = "memory"
# A question whose round.opened is about as long as the text that the peers send.
QUESTION = {
    "kind": "single",
    "prompt": "2 + 2 = ?",
    "choices": [{"text": "3"}, {"text": "4", "correct": True}],
    "time_limit_s": None,
}


class Stage(Protocol):
    """`kib_each` is the memory of the server per connection, all of them idle and nothing broadcast yet."""

    kib_each: float

    def round(self, way: str) -> Figures:
        """One broadcast: p50_ms, p99_ms, last_ms from the call until they had it, cpu_us for each message."""
        ...

    def rest(self) -> None:
        """Between rounds, now and then: answers pings."""
        ...

    def end(self) -> None: ...


def spread(times: list[float], began: float) -> Figures:
    """What the receive times of a broadcast come to."""
    after = [(at - began) * 1000 for at in times]
    shares = {"p50_ms": percentile(after, 0.5), "p99_ms": percentile(after, 0.99)}
    return {"first_ms": min(after), **shares, "last_ms": max(after)}


class Meter:
    """Processor time that a process uses for something, without what it burns while it has nothing to do."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        idle_s = cpu_s(pid)
        time.sleep(SETTLE_S)
        self._before_s = cpu_s(pid)
        self._idle_s = self._before_s - idle_s

    def used_s(self) -> float:
        """Waits until the process rests: the kernel's figure is exact only then."""
        time.sleep(SETTLE_S)
        return max(0.0, cpu_s(self._pid) - self._before_s - self._idle_s)


class PeerStage:
    """A peer in a process of its own."""

    def __init__(self, peer: Peer, size: int) -> None:
        self._size = size
        self._process = Process(peer.command)
        try:
            self._before_kib = self._resident_kib()
            socks = connect(peer, self._process.hello["port"], size)
            self.kib_each = self._kib_each()
            self._crowd = self._gather(socks)
        except BaseException:
            self._process.end()
            raise

    def _gather(self, socks: list[socket.socket]) -> Crowd | SlowCrowd:
        return gather(socks)

    def _kib_each(self) -> float:
        return (self._resident_kib() - self._before_kib) / self._size

    def _resident_kib(self) -> int:
        """With the garbage of the handshakes collected, where there is a collector."""
        self._process.ask("rest")
        time.sleep(SETTLE_S)
        return resident_kib(self._process.pid)

    def round(self, way: str) -> Figures:
        self._crowd.drain()
        if way == MEMORY:
            return {"kib_each": self._kib_each()}
        meter = Meter(self._process.pid)
        self._process.tell(way)
        times = self._crowd.receive(EVENT, PATIENCE_S)
        answer = self._process.hear()
        gap = {"gap_ms": answer["gap_ms"]} if "gap_ms" in answer else {}
        return {**spread(times, answer["began"]), "cpu_us": meter.used_s() * 1e6 / self._size, **gap}

    def round_beside(self, way: str, probes: Probes) -> tuple[list[float], float]:
        """A broadcast while small rooms go on: when each of the crowd had it, and the moment of the call."""
        self._process.tell(way)
        times = self._crowd.receive(EVENT, PATIENCE_S, probes)
        return times, self._process.hear()["began"]

    def rest(self) -> None:
        self._crowd.drain()

    def end(self) -> None:
        self._process.end()
        self._crowd.close()


def connect(peer: Peer, port: int, size: int) -> list[socket.socket]:
    """That many sockets in the peer's crowd."""
    if peer.speaks == "ws":
        return open_sockets(port, "/crowd", [{}] * size)
    socks = open_sockets(port, "/socket.io/?EIO=4&transport=websocket", [{}] * size)
    for sock in socks:
        sock.sendall(text_frame("40"))
    for sock in socks:
        # Engine.IO's greeting, then Socket.IO's.
        read_text(sock)
        read_text(sock)
    return socks


class ServiceStage:
    """A room of the real service: everyone joined over HTTP and subscribed; the host opens the next question.

    Measured from the host's command being sent, through socket, services, the room's log and its commit.
    """

    def __init__(self, size: int, rounds: int, settings: dict[str, str] | None = None) -> None:
        self._size = size
        self.service = Service(settings)
        try:
            # A second room has every code path loaded and the accounts' memory spent before the first figure is taken.
            rehearse(self.service)
            self.room = room = self.service.open_room([QUESTION] * min(200, rounds + 1), scoring="accuracy")
            self._before_kib = resident_kib(self.service.pid)
            socks = self.service.connect(room, self.service.join(room, size))
            self.host: Host = self.service.connect_host(room)
            time.sleep(1)
            self.kib_each = self._kib_each()
            self._crowd = self._gather(socks)
        except BaseException:
            self.service.end()
            raise
        self._is_open = False
        self._is_started = False

    def _gather(self, socks: list[socket.socket]) -> Crowd | SlowCrowd:
        return gather(socks)

    def _kib_each(self) -> float:
        return (resident_kib(self.service.pid) - self._before_kib) / self._size

    def ready(self) -> str:
        """Closes the round that is open, and gives the command that opens the next one."""
        if self._is_open:
            self.host.ask("round.close")
            # Each participant has a grade of its own coming.
            self._crowd.receive("answer.graded", PATIENCE_S)
            time.sleep(SETTLE_S)
        self._crowd.drain()
        command = "room.next" if self._is_started else "room.start"
        self._is_open = self._is_started = True
        return command

    def round(self, way: str) -> Figures:
        if way == MEMORY:
            self._crowd.drain()
            return {"kib_each": self._kib_each()}
        command = self.ready()
        meter = Meter(self.service.pid)
        began = time.monotonic()
        number = self.host.send(command)
        times = self._crowd.receive(EVENT, PATIENCE_S)
        self.host.reply(number)
        return {**spread(times, began), "cpu_us": meter.used_s() * 1e6 / self._size}

    def round_beside(self, way: str, probes: Probes) -> tuple[list[float], float]:
        command = self.ready()
        began = time.monotonic()
        number = self.host.send(command)
        times = self._crowd.receive(EVENT, PATIENCE_S, probes)
        self.host.reply(number)
        return times, began

    def rest(self) -> None:
        self._crowd.drain()

    def end(self) -> None:
        self.service.end()
        self.host.sock.close()
        self._crowd.close()


def rehearse(service: Service) -> None:
    """A small room from the first seat to the end."""
    room = service.open_room([QUESTION])
    socks = service.connect(room, service.join(room, 20))
    host = service.connect_host(room)
    for command in ("room.start", "round.close", "room.end"):
        host.ask(command)
    for sock in (*socks, host.sock):
        sock.close()
