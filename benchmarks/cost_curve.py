"""What a participant costs while a room plays: CPU, memory and delivered messages at 100 to 10,000 participants.

Ten seconds of play at a time, as in a lesson: a round opens, everybody thinks and answers, the round is closed and
graded, its result and the standings are looked at, and the next one opens. Pings are answered meanwhile, at the pace of
the service's own settings.
"""

import random
import time
from collections.abc import Callable

from benchmarks.lab.compiled import compiled
from benchmarks.lab.figures import Figures, linear_fit, medians, percentile
from benchmarks.lab.options import Options
from benchmarks.lab.report import Column, Report
from benchmarks.lab.storm import Shot
from benchmarks.lab.storm_room import StormRoom
from benchmarks.lab.usage import cpu_s, resident_kib, settle

TITLE = "Cost of play: one room; a round takes 10 s, everybody thinks for 1 to 6 s"
FULL = Options(sizes=(100, 300, 1000, 3000, 10000), rounds=7)
QUICK = Options(sizes=(20, 50), rounds=1)
COLUMNS = (
    Column("cpu_s_minute", "CPU s/min", 2),
    Column("cpu_ms_each", "ms/min each", 2),
    Column("core_percent", "% of core"),
    Column("mib", "MiB"),
    Column("kib_each", "KiB each"),
    Column("events_minute", "events/min", 0),
    Column("answers_minute", "answers/min", 0),
    Column("p50_ms", "receipt p50", 2),
    Column("p99_ms", "p99", 2),
    Column("opened_ms", "opened ms"),
    Column("graded_ms", "graded ms"),
)
# The heartbeat belongs to what a participant costs: as it comes, not as the other benchmarks set it.
HEARTBEAT = {"WS_PING_INTERVAL": "10s", "WS_PONG_WAIT": "8s"}
THINK_S = (1.0, 6.0)
# From the opening of one round to that of the next; the standings follow the result after this long.
ROUND_S, STANDINGS_AFTER_S = 10.0, 1.5
NAME = "one room"


def run(options: Options) -> Report:
    report = Report("cost_curve", TITLE, COLUMNS)
    round_s, think = (2.0, (0.2, 0.6)) if max(options.sizes) < FULL.sizes[0] else (ROUND_S, THINK_S)
    for size in options.sizes:
        report.add(size, NAME, measure(size, options.rounds, round_s, think))
    if len(report.rows) > 1:
        report.remark(fit(report))
    if not compiled("storm"):
        report.remark("No C compiler here: the generator is Python, and the times are its own as well.")
    return report


def measure(size: int, rounds: int, round_s: float, think: tuple[float, float]) -> Figures:
    with StormRoom.open(size, HEARTBEAT) as room:
        play(room, round_s, think)
        found = [play(room, round_s, think) for _ in range(rounds)]
        settle(room.pid)
        memory = resident_kib(room.pid)
        if room.check() != len(room.acknowledged) or room.storm.lost:
            raise RuntimeError(f"{room.storm.lost} sockets were lost")
        return medians(found) | {"mib": memory / 1024, "kib_each": (memory - room.empty_kib) / size}


def play(room: StormRoom, round_s: float, think: tuple[float, float]) -> Figures:
    """One round from its opening to the next, and what it came to, for a minute."""
    cpu, began, messages = cpu_s(room.pid), time.monotonic(), room.storm.messages
    opened_ms = timed_ms(room.open_round)
    took_ms = room.fire(thinking(room.answer_shots(), think)).took_ms
    graded_ms = timed_ms(room.close_round)
    room.storm.wait_for("nothing", 1, STANDINGS_AFTER_S * round_s / ROUND_S)
    room.host.ask("room.standings")
    room.storm.wait_for("nothing", 1, began + round_s - time.monotonic())
    minutes = (time.monotonic() - began) / 60
    used, size = cpu_s(room.pid) - cpu, len(room.seats)
    return {
        "cpu_s_minute": used / minutes,
        "cpu_ms_each": used / minutes / size * 1000,
        "core_percent": used / minutes / 60 * 100,
        "events_minute": (room.storm.messages - messages - len(took_ms)) / minutes,
        "answers_minute": len(took_ms) / minutes,
        "p50_ms": percentile(took_ms, 0.5),
        "p99_ms": percentile(took_ms, 0.99),
        "opened_ms": opened_ms,
        "graded_ms": graded_ms,
    }


def thinking(shots: list[Shot], think: tuple[float, float]) -> list[Shot]:
    return sorted((shot._replace(due_s=random.uniform(*think)) for shot in shots), key=lambda shot: shot.due_s)


def timed_ms(work: Callable[[], None]) -> float:
    began = time.monotonic()
    work()
    return (time.monotonic() - began) * 1000


def fit(report: Report) -> str:
    """CPU per minute = a + b × participants, by least squares."""
    points = [(row["size"], row["cpu_s_minute"]) for row in report.rows]
    base, each = linear_fit(points)
    return (
        f"Linear fit: {base:.2f} s of CPU a minute for the service with its room, and {each * 1000:.2f} ms for each"
        " participant and minute of play."
    )
