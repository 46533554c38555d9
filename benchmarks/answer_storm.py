"""Answers into one room, all at once and over a second: how many are stored and acknowledged, and how soon.

Ours is the real service, receipts after the commit, `synchronous=FULL`; in the end each acknowledged answer must be in
the database file exactly once. Beside it the same service with nothing but the storage left out, our own `ping` of the
same size (into the service and out of it, no room, no answer), and the peers: acknowledging only, and with one INSERT
each, as examples do it.
"""

import contextlib
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks.lab.compiled import compiled
from benchmarks.lab.figures import Figures, percentile
from benchmarks.lab.joins import TOKEN, Plan, coming_in
from benchmarks.lab.options import Options
from benchmarks.lab.process import Process
from benchmarks.lab.report import Column, Report
from benchmarks.lab.rounds import RoundError, interleaved
from benchmarks.lab.storm import Fired, Shot, Storm, open_storm
from benchmarks.lab.storm_peers import BARE, FLOOR, INSERTING, LIBRARIES, bearer, start, start_echo
from benchmarks.lab.storm_room import PONGED, STORED, StormRoom, answer_frame
from benchmarks.lab.usage import cpu_s, settle
from compiled import IS_USED

TITLE = "Answers: all at once, and spread over one second; CPU of the server for each answer"
FULL = Options(sizes=(5000,), rounds=7)
QUICK = Options(sizes=(100,), rounds=1)
COLUMNS = (
    Column("per_s", "answers/s", 0),
    Column("per_cpu_s", "a CPU s", 0),
    Column("p50_ms", "p50 ms"),
    Column("p99_ms", "p99 ms"),
    Column("spread_p50_ms", "1 s: p50", 2),
    Column("spread_p99_ms", "p99", 2),
    Column("spread_max_ms", "max", 1),
    Column("spread_cpu_us", "CPU µs"),
)
OURS, PING = "ours, stored (SQLite FULL)", "ours, ping of the same size"
UNSTORED = "ours, the same without storage"
WITHOUT_STORAGE = ("-m", "benchmarks.lab.unstored")
POSTGRES = "ours, stored (PostgreSQL)"
# Where an empty database for it is; its server should run on the core of the service, and flush as it comes.
POSTGRES_URL = "BENCH_POSTGRES_URL"
SPREAD_S = 1.0
AT_ONCE = 256


def run(options: Options) -> Report:
    report = Report("answer_storm", TITLE, COLUMNS)
    for size in options.sizes:
        measure(size, options, report)
    report.remark(
        "A CPU s: how many in a second of the server's processor time, whatever else the machine does meanwhile."
    )
    report.remark(f"Ours runs as {'machine code (make compile)' if IS_USED else 'Python'}.")
    if not compiled("storm"):
        report.remark("No C compiler here: the generator is Python, and the figures are as slow as it is.")
    return report


def measure(size: int, options: Options, report: Report) -> None:
    with contextlib.ExitStack() as stack:
        plan: dict[str, Callable[[], Figures]] = {}
        if options.wants(OURS) or options.wants(PING):
            room = stack.enter_context(StormRoom.open(size))
            plan[OURS] = lambda: ours(room)
            plan[PING] = lambda: pings(room)
        rooms = [room] if OURS in plan else []
        crowds = list(rooms)
        if options.wants(UNSTORED):
            unstored = stack.enter_context(StormRoom.open(size, program=WITHOUT_STORAGE))
            plan[UNSTORED] = lambda: ours(unstored)
            crowds.append(unstored)
        if (url := os.environ.get(POSTGRES_URL)) and options.wants(POSTGRES):
            other = stack.enter_context(StormRoom.open(size, {"DATABASE_URL": url}))
            plan[POSTGRES] = lambda: ours(other)
            rooms.append(other)
            crowds.append(other)
        for name, process, store in peers(stack, options):
            plan[name] = lambda process=process, store=store: of_peer(process, size, store)
        chosen = {name: way for name, way in plan.items() if options.wants(name)}
        chosen = {name: tended(crowds, way) for name, way in chosen.items()}
        made = interleaved(chosen, options.rounds, warm_up=1)
        found = made.medians()
        for name, figures in found.items():
            report.add(size, name, figures)
        for name, reason in made.failed.items():
            report.add_absent(size, name, reason)
        for peer in LIBRARIES:
            if options.wants(peer.name) and (reason := peer.absent()):
                report.add_absent(size, peer.name, reason)
        if POSTGRES not in plan and options.wants(POSTGRES):
            report.add_absent(size, POSTGRES, f"{POSTGRES_URL} names no empty database of one")
        for each in rooms:
            report.remark(f"{size:,}: {each.check()} acknowledged answers are in the database, each exactly once.")
        if OURS in found:
            compare(size, found, report)


def compare(size: int, found: dict[str, Figures], report: Report) -> None:
    for name, figures in found.items():
        if name in (UNSTORED, PING, FLOOR, BARE.name) or "INSERT" in name:
            ratio = found[OURS]["per_s"] / figures["per_s"]
            report.remark(f"{size:,}: ours, stored and acknowledged = {ratio:.2f} × {name}.")


def peers(stack: contextlib.ExitStack, options: Options) -> Iterator[tuple[str, Process, Path | None]]:
    """Each peer's row, process, and the file in which it stores."""
    if options.wants(FLOOR) and (echo := start_echo()):
        yield FLOOR, stack.enter_context(echo), None
    if options.wants(BARE.name):
        yield BARE.name, stack.enter_context(start(BARE)), None
    for peer in LIBRARIES:
        if options.wants(peer.name) and not peer.absent():
            yield f"{peer.name}, acknowledged only", stack.enter_context(start(peer)), None
    for peer in INSERTING:
        name = f"{peer.name}, one INSERT each (FULL)"
        if options.wants(name) and not peer.absent():
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="quizhall-bench-"))
            store = Path(folder) / "answers.db"
            yield name, stack.enter_context(start(peer, str(store))), store


def tended(rooms: Sequence[StormRoom], way: Callable[[], Figures]) -> Callable[[], Figures]:
    """Before every turn, whoever has it."""

    def turn() -> Figures:
        for room in rooms:
            room.tend()
        return way()

    return turn


def ours(room: StormRoom) -> Figures:
    """Two rounds of the quiz: one answered by everybody at once, one over a second."""
    found = []
    for over_s in (0.0, SPREAD_S):
        room.open_round()
        found.append(watched(room.fire, room.pid, spread(room.answer_shots(), over_s)))
        room.close_round()
    return figures_of(*found)


def pings(room: StormRoom) -> Figures:
    shots = room.ping_shots()
    return figures_of(
        *(watched(way(room.storm, PONGED), room.pid, spread(shots, over_s)) for over_s in (0.0, SPREAD_S))
    )


def of_peer(process: Process, size: int, store: Path | None) -> Figures:
    """Over connections of its own each time: all peers' at once would be too many open files."""
    plan = Plan(process.hello["port"], ("Authorization", f"Bearer {TOKEN}"), [bearer()] * size)
    before = rows(store) if store else 0
    found = []
    with coming_in(plan, AT_ONCE) as came, contextlib.closing(open_storm(came.socks)) as storm:
        for number, over_s in ((1, 0.0), (2, SPREAD_S)):
            shots = [Shot(peer, answer_frame("482913", number, f"{before}x{number}x{peer}")) for peer in range(size)]
            found.append(watched(way(storm, STORED), process.pid, spread(shots, over_s)))
    if store and rows(store) - before != 2 * size:
        raise RoundError("it acknowledged what it has not stored")
    settle(process.pid)
    return figures_of(*found)


def way(storm: Storm, needle: str) -> Callable[[Sequence[Shot]], Fired]:
    return lambda shots: storm.fire(shots, needle)


def spread(shots: Sequence[Shot], over_s: float) -> list[Shot]:
    return [shot._replace(due_s=number * over_s / len(shots)) for number, shot in enumerate(shots)]


def watched(fire: Callable[[Sequence[Shot]], Fired], pid: int, shots: Sequence[Shot]) -> tuple[Fired, float]:
    """What came of it, and the processor seconds of the server until it rests again."""
    settle(pid)
    before = cpu_s(pid)
    fired = fire(shots)
    settle(pid)
    if len(fired.replied) < len(shots):
        raise RoundError(f"{len(shots) - len(fired.replied)} of {len(shots)} were not acknowledged")
    return fired, cpu_s(pid) - before


def figures_of(burst: tuple[Fired, float], slowly: tuple[Fired, float]) -> Figures:
    (fired, cpu), (slow, slow_cpu) = burst, slowly
    count = len(fired.took_ms)
    return {
        "per_s": count / fired.seconds,
        "per_cpu_s": count / cpu,
        "p50_ms": percentile(fired.took_ms, 0.5),
        "p99_ms": percentile(fired.took_ms, 0.99),
        "spread_p50_ms": percentile(slow.took_ms, 0.5),
        "spread_p99_ms": percentile(slow.took_ms, 0.99),
        "spread_max_ms": max(slow.took_ms),
        "spread_cpu_us": slow_cpu / count * 1e6,
    }


def rows(store: Path) -> int:
    with contextlib.closing(sqlite3.connect(store)) as database:
        return int(database.execute("SELECT count(*) FROM answer").fetchone()[0])
