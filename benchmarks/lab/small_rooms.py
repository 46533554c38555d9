"""Small rooms beside a crowd: in each, one says something and one gets the event, as late as the loop lets it be."""

import socket
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.lab.figures import Figures, percentile
from benchmarks.lab.process import Process
from benchmarks.lab.service import Service, command
from benchmarks.lab.sockets import open_sockets, text_frame
from benchmarks.lab.stage import PATIENCE_S, QUESTION, PeerStage, ServiceStage, spread
from benchmarks.lab.wire import CROWD, FORGOTTEN, Crowd, Probes, library
from benchmarks.peers.obey import PROBED, SMALL_ROOMS

# How long the small rooms are watched while nothing else happens.
QUIET_S = 0.3
REPLY_ID = 7
# Each is a transaction, 0.8 ms of processor time: every 2 ms, as the others, they alone would take 40 % of the core.
LOCK_EVERY_S = 0.01
# Ways of a round: the small rooms alone, beside a broadcast, and the broadcast alone.
QUIET, BUSY, ALONE = "quiet", "busy", "alone"


@dataclass
class Talk:
    """What is said in each room, two texts in turn that each change something, by whom, and a part of the answer."""

    senders: Sequence[socket.socket]
    frames: Sequence[tuple[bytes, bytes]]
    event: str
    every_s: float = 0.002

    def probes(self, until_more_s: float = 0.0) -> Probes:
        return Probes(self.senders, self.frames, self.event, self.every_s, until_more_s)


def gather_beside(
    socks: Sequence[socket.socket], senders: Sequence[socket.socket], receivers: Sequence[socket.socket]
) -> Crowd:
    """The crowd, with the small rooms' sockets read beside it."""
    if library() is None:
        raise RuntimeError("the small rooms need a C compiler")
    rooms = [CROWD] * len(socks) + list(range(len(receivers))) + [FORGOTTEN] * len(senders)
    return Crowd([*socks, *receivers, *senders], rooms)


def quiet(crowd: Crowd, talk: Talk) -> Figures:
    probes = talk.probes(QUIET_S)
    crowd.wait(PATIENCE_S, probes)
    return {"quiet_p50_ms": percentile(probes.latencies_ms, 0.5), "quiet_worst_ms": max(probes.latencies_ms)}


def busy(stage: PeerStage | ServiceStage, way: str, talk: Talk) -> Figures:
    """Only what was due while the broadcast went out counts."""
    probes = talk.probes()
    times, began = stage.round_beside(way, probes)
    meant = zip(probes.due_at, probes.latencies_ms, strict=True)
    during = [latency for due, latency in meant if began <= due <= max(times)]
    last = {"busy_last_ms": spread(times, began)["last_ms"]}
    if not during:
        return last
    return {"busy_p50_ms": percentile(during, 0.5), "busy_worst_ms": max(during), **last}


class PeerWithSmallRooms(PeerStage):
    """A peer's room is a path of two members, where what one says is answered to both."""

    def _gather(self, socks: list[socket.socket]) -> Crowd:
        process: Process = self._process
        pairs = [open_sockets(process.hello["port"], f"/small{n}", [{}, {}]) for n in range(SMALL_ROOMS)]
        self._talk = Talk([a for a, _ in pairs], [(text_frame("x"),) * 2] * SMALL_ROOMS, PROBED)
        return gather_beside(socks, self._talk.senders, [b for _, b in pairs])

    def round(self, way: str) -> Figures:
        """`way` is one of the three and the peer's own way of broadcasting."""
        what, _, how = way.partition(" ")
        self._crowd.drain()
        if what == QUIET:
            return quiet(self._crowd, self._talk)
        return busy(self, how, self._talk) if what == BUSY else super().round(how)


class ServiceWithSmallRooms(ServiceStage):
    """Rooms of one participant. `lock` is a host's command that goes through services, log and commit to an event;
    `ping` a participant's command that is answered from memory."""

    def _gather(self, socks: list[socket.socket]) -> Crowd:
        service: Service = self.service
        rooms = [service.open_room([QUESTION]) for _ in range(SMALL_ROOMS)]
        people = [service.connect(room, service.join(room, 1))[0] for room in rooms]
        hosts = [service.connect_host(room).sock for room in rooms]
        both = [
            [text_frame(command("room.lock", room.pin, id=REPLY_ID, locked=locked)) for locked in (True, False)]
            for room in rooms
        ]
        ping = text_frame(f'{{"jsonrpc":"2.0","id":{REPLY_ID},"method":"ping","params":{{}}}}')
        self._talks = {
            "lock": Talk(hosts, [(lock, unlock) for lock, unlock in both], PROBED, LOCK_EVERY_S),
            "ping": Talk(people, [(ping, ping)] * SMALL_ROOMS, f'"id":{REPLY_ID}'),
        }
        return gather_beside(socks, hosts, people)

    def round(self, way: str) -> Figures:
        what, _, how = way.partition(" ")
        self._crowd.drain()
        if what == QUIET:
            return quiet(self._crowd, self._talks[how])
        return busy(self, "go", self._talks[how]) if what == BUSY else super().round("go")
