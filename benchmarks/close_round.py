"""A round closes that everyone has answered: until the last one has its own grade, and where the time goes.

The real service is timed from the host's `round.close` being sent. The same without sockets, in a process of its own,
says what the transaction and the loop take; the floor is one send(2) of 300 bytes to each.
"""

from contextlib import ExitStack
from functools import partial
from typing import Any

from benchmarks.lab.closing_parts import PartsStage
from benchmarks.lab.closing_room import ClosingStage
from benchmarks.lab.figures import Figures
from benchmarks.lab.options import Options
from benchmarks.lab.remote import RemoteStage, StageError
from benchmarks.lab.report import Column, Report
from benchmarks.lab.rounds import WARM_UP, interleaved
from benchmarks.lab.stage import PeerStage
from benchmarks.lab.wire import NO_COMPILER, library
from benchmarks.peers import FLOOR, PEERS

TITLE = "close_round: everyone has answered, the host closes, everyone has a grade (medians)"
FULL = Options(sizes=(1000, 5000, 9900), rounds=7)
QUICK = Options(sizes=(200,), rounds=3)
SERVICE, PARTS = "ours, the real service", "ours, services without sockets"
COLUMNS = (
    Column("first_ms", "first ms"),
    Column("p50_ms", "p50 ms"),
    Column("last_ms", "last ms"),
    Column("to_floor", "÷ floor", 2),
    Column("cpu_us", "CPU µs each"),
    Column("reading_ms", "reading ms"),
    Column("grading_ms", "grading"),
    Column("insert_ms", "insert"),
    Column("commit_ms", "commit"),
    Column("loop_ms", "loop"),
)


def run(options: Options) -> Report:
    report = Report("close_round", TITLE, COLUMNS)
    if library() is None:
        report.remark(NO_COMPILER)
    for size in options.sizes:
        with ExitStack() as stages:
            measure(report, size, options, stages)
    return report


def stages_of(size: int, rounds: int) -> dict[str, tuple[Any, ...]]:
    """By row: what RemoteStage is given."""
    (floor,) = (peer for peer in PEERS if peer.name == FLOOR)
    made: dict[str, tuple[Any, ...]] = {SERVICE: (ClosingStage, size, rounds), PARTS: (PartsStage, size, rounds)}
    return made if library() is None else {FLOOR: (PeerStage, floor, size), **made}


def measure(report: Report, size: int, options: Options, stages: ExitStack) -> None:
    plan, absent = {}, {}
    for name, arguments in stages_of(size, options.rounds + WARM_UP).items():
        if not options.wants(name):
            continue
        try:
            stage = RemoteStage(*arguments)
        except StageError as error:
            absent[name] = str(error)
            continue
        stages.callback(stage.end)
        plan[name] = partial(stage.round, "go")
    rounds = interleaved(plan, options.rounds)
    found = rounds.medians()
    for name, figures in found.items():
        report.add(size, name, {**figures, **to_floor(figures, found)})
    for name, reason in (absent | rounds.failed).items():
        report.add_absent(size, name, reason)


def to_floor(figures: Figures, found: dict[str, Figures]) -> Figures:
    return {"to_floor": figures["last_ms"] / found[FLOOR]["last_ms"]} if FLOOR in found else {}
