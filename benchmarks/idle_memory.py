"""What a connection costs in memory while it says nothing: resident memory of the server, divided by the connections.

Ours is the real service, all state of the room and of its participants included. The kernel's part, the same for all,
is not in it.
"""

from functools import partial

from benchmarks.lab.figures import Figures
from benchmarks.lab.options import Options
from benchmarks.lab.remote import RemoteStage
from benchmarks.lab.report import Column, Report
from benchmarks.lab.rounds import interleaved
from benchmarks.lab.stage import MEMORY, PeerStage, ServiceStage
from benchmarks.peers import FLOOR, PEERS, Peer

TITLE = "idle_memory: resident KiB per idle connection, of so many (medians of fresh processes)"
FULL = Options(sizes=(1000, 10000), rounds=3)
QUICK = Options(sizes=(500,), rounds=1)
SERVICE = "ours, the real service: seats, room and all"
COLUMNS = (Column("kib_each", "KiB each"), Column("kib_after", "after a broadcast"))


def run(options: Options) -> Report:
    report = Report("idle_memory", TITLE, COLUMNS)
    report.remark(
        "Without the kernel's memory for each socket. Garbage is collected first where a peer has a collector."
    )
    peers = {peer.name: peer for peer in PEERS if peer.name != FLOOR and options.wants(peer.name)}
    here = {name: peer for name, peer in peers.items() if peer.absent() is None}
    for size in options.sizes:
        plan = {name: partial(measure, size, peer) for name, peer in here.items()}
        if options.wants(SERVICE):
            plan[SERVICE] = partial(measure, size, None)
        found = interleaved(plan, options.rounds, warm_up=0)
        for name, figures in sorted(found.medians().items(), key=lambda item: item[1]["kib_each"]):
            report.add(size, name, figures)
        absent = {name: str(peer.absent()) for name, peer in peers.items() if name not in here}
        for name, reason in (absent | found.failed).items():
            report.add_absent(size, name, reason)
    return report


def measure(size: int, peer: Peer | None) -> Figures:
    """In a process that lives for this alone. None is the service."""
    stage = RemoteStage(PeerStage, peer, size) if peer else RemoteStage(ServiceStage, size, 1)
    try:
        stage.round(peer.ways[0][1] if peer else "go")
        return {"kib_each": stage.kib_each, "kib_after": stage.round(MEMORY)["kib_each"]}
    finally:
        stage.end()
