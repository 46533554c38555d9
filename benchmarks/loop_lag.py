"""What small rooms feel while one room of N gets a broadcast: the latency of their events, quiet and meanwhile.

Every 2 ms one of 32 small rooms is told something (every 10 ms where that is a transaction); the times count from when
that was due. The engine is there twice, with its slices and without: the last column has what they cost the broadcast.
"""

from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from typing import Any

from benchmarks.lab.figures import Figures
from benchmarks.lab.options import Options
from benchmarks.lab.remote import RemoteStage, StageError
from benchmarks.lab.report import Column, Report
from benchmarks.lab.rounds import WARM_UP, interleaved
from benchmarks.lab.small_rooms import ALONE, BUSY, QUIET, PeerWithSmallRooms, ServiceWithSmallRooms
from benchmarks.lab.wire import library
from benchmarks.peers import ENGINE, PEERS, STREAM, Peer

TITLE = "loop_lag: latency in small rooms while one room of so many gets a broadcast (medians of the rounds)"
FULL = Options(sizes=(1000, 10000), rounds=9)
QUICK = Options(sizes=(500,), rounds=3)
SERVICE = "ours, the real service"
UNSLICED = "ours, bare engine, without slices"
COLUMNS = (
    Column("quiet_p50_ms", "quiet p50 ms", 2),
    Column("quiet_worst_ms", "worst", 2),
    Column("busy_p50_ms", "meanwhile p50", 2),
    Column("busy_worst_ms", "worst"),
    Column("last_ms", "broadcast, last ms"),
    Column("busy_last_ms", "beside the rooms"),
    Column("to_unsliced", "÷ without slices", 2),
)
OTHERS = ("socketify (uWebSockets) publish", "ws 8 (Node)", "Tornado write_message loop", STREAM)


def rows() -> dict[str, tuple[Callable[..., Any], str, Peer | None]]:
    """By name: who stands for it, how its rounds are called, and the peer."""
    by_name = {peer.name: peer for peer in PEERS}
    engine = by_name[ENGINE]
    found: dict[str, tuple[Callable[..., Any], str, Peer | None]] = {
        f"{SERVICE}: room.locked, through log and commit": (ServiceWithSmallRooms, "lock", None),
        f"{SERVICE}: ping": (ServiceWithSmallRooms, "ping", None),
        ENGINE: (PeerWithSmallRooms, "go", engine),
        UNSLICED: (PeerWithSmallRooms, "go", Peer(UNSLICED, engine.file, [], arguments=("--slice", "1000000"))),
    }
    for peer in (by_name[name] for name in OTHERS):
        found |= {name: (PeerWithSmallRooms, how, peer) for name, how in peer.ways}
    return found


def run(options: Options) -> Report:
    report = Report("loop_lag", TITLE, COLUMNS)
    report.remark("Ours includes the host's command, its transaction and the event; a peer's room answers from memory.")
    for size in options.sizes:
        with ExitStack() as stages:
            measure(report, size, options, stages)
    return report


def measure(report: Report, size: int, options: Options, stages: ExitStack) -> None:
    """One size, all at the same time. Rows that share a server share its stage."""
    made: dict[str, RemoteStage | str] = {}
    plan: dict[str, Callable[[], Figures]] = {}
    wanted = {name: row for name, row in rows().items() if options.wants(name)}
    absent = {}
    for name, (make, how, peer) in wanted.items():
        key = peer.name if peer else SERVICE
        if key not in made:
            made[key] = set_up(make, peer, size, 2 * (options.rounds + WARM_UP) * 2, stages)
        stage = made[key]
        if isinstance(stage, str):
            absent[name] = stage
        else:
            plan[name] = partial(all_three, stage, how)
    rounds = interleaved(plan, options.rounds)
    found = rounds.medians()
    for name, figures in found.items():
        more = {}
        if name == ENGINE and UNSLICED in found:
            more["to_unsliced"] = figures["last_ms"] / found[UNSLICED]["last_ms"]
        report.add(size, name, {**figures, **more})
    for name, reason in (absent | rounds.failed).items():
        report.add_absent(size, name, reason)


def set_up(make: Callable[..., Any], peer: Peer | None, size: int, rounds: int, stages: ExitStack) -> RemoteStage | str:
    """The stage, or why there is none."""
    if library() is None:
        return "there is no C compiler on this machine"
    if peer is not None and (reason := peer.absent()):
        return reason
    try:
        stage = RemoteStage(make, peer, size) if peer else RemoteStage(make, size, rounds)
    except StageError as error:
        return str(error)
    stages.callback(stage.end)
    return stage


def all_three(stage: RemoteStage, how: str) -> Figures:
    return stage.round(f"{QUIET} {how}") | stage.round(f"{BUSY} {how}") | stage.round(f"{ALONE} {how}")
