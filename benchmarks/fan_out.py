"""A broadcast of 300 bytes to N connections: when the last one has it, and what that costs, beside the peers.

Ours is measured twice: the engine alone, as the peers are, and the real service, from the host's command on.
"""

from contextlib import ExitStack
from functools import partial

from benchmarks.lab.figures import Figures, medians
from benchmarks.lab.options import Options
from benchmarks.lab.remote import RemoteStage, StageError
from benchmarks.lab.report import Column, Report
from benchmarks.lab.rounds import WARM_UP, interleaved
from benchmarks.lab.stage import PeerStage, ServiceStage
from benchmarks.lab.wire import NO_COMPILER, library
from benchmarks.peers import ENGINE, FLOOR, PEERS

TITLE = "fan_out: a broadcast of 300 bytes to so many connections (medians)"
FULL = Options(sizes=(1000, 5000, 10000), rounds=9)
QUICK = Options(sizes=(500,), rounds=3)
SERVICE = "ours, the real service"
WATCHED_ROUNDS = 5
COLUMNS = (
    Column("first_ms", "first ms"),
    Column("p50_ms", "p50 ms"),
    Column("p99_ms", "p99 ms"),
    Column("last_ms", "last ms"),
    Column("to_floor", "÷ floor", 2),
    Column("to_engine", "÷ engine", 2),
    Column("cpu_us", "CPU µs each"),
    Column("cpu_to_floor", "÷ floor", 2),
    Column("kib_each", "KiB each"),
    Column("gap_ms", "worst gap ms"),
)


def run(options: Options) -> Report:
    report = Report("fan_out", TITLE, COLUMNS)
    if library() is None:
        report.remark(NO_COMPILER)
    report.remark(
        "The real service is timed from the host's command being sent; all others from the call that broadcasts."
    )
    for size in options.sizes:
        with ExitStack() as stages:
            measure(report, size, options, stages)
    return report


def measure(report: Report, size: int, options: Options, stages: ExitStack) -> None:
    """One size: all who are here at the same time, taking turns."""
    plan, memory, absent = {}, {}, {}
    rounds = options.rounds + WARM_UP
    wanted = [(SERVICE, None, [(SERVICE, "go")])] + [(peer.name, peer, peer.ways) for peer in PEERS]
    engine = None
    for name, peer, ways in wanted:
        chosen = [(row, way) for row, way in ways if options.wants(row)]
        if not chosen:
            continue
        try:
            if peer is not None and (reason := peer.absent()):
                raise StageError(reason)
            made = RemoteStage(PeerStage, peer, size) if peer else RemoteStage(ServiceStage, size, rounds)
        except StageError as error:
            absent |= dict.fromkeys([row for row, _ in chosen], str(error))
            continue
        stages.callback(made.end)
        engine = made if name == ENGINE else engine
        for row, way in chosen:
            plan[row] = partial(made.round, way)
            memory[row] = made.kib_each
    rounds_made = interleaved(plan, options.rounds)
    found = rounds_made.medians()
    if engine is not None and ENGINE in found:
        found[ENGINE] |= {"gap_ms": medians([engine.round("watch") for _ in range(WATCHED_ROUNDS)])["gap_ms"]}
    for row, figures in sorted(found.items(), key=lambda item: item[1]["last_ms"]):
        kib = {} if row == FLOOR else {"kib_each": memory[row]}
        report.add(size, row, {**figures, **kib, **ratios(row, figures, found)})
    for row, reason in (absent | rounds_made.failed).items():
        report.add_absent(size, row, reason)


def ratios(row: str, figures: Figures, found: dict[str, Figures]) -> Figures:
    """To the floor; for the service also to the bare engine, for what services, log and commit add."""
    made = {}
    if floor := found.get(FLOOR):
        made["to_floor"] = figures["last_ms"] / floor["last_ms"]
        made["cpu_to_floor"] = figures["cpu_us"] / floor["cpu_us"]
    if row == SERVICE and ENGINE in found:
        made["to_engine"] = figures["last_ms"] / found[ENGINE]["last_ms"]
    return made
