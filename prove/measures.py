"""Times that fall out of the evidence: deliveries, returns, what faults measured. Pure but for the files."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from prove.reading import Json, Reading

# Around a fault deliveries are not those of a calm service.
BEFORE_MS, AFTER_MS = 1000.0, 4000.0
# What was lost so soon after a node's end was lost by it.
BY_DEATH_MS = 1500.0
# What a single fault makes of the deliveries within it.
WEATHER = {"publish_lost": "hint_lost", "both_hints_lost": "both_lost", "redis_freeze_long": "redis_frozen"}
TOLD = frozenset({"room.start", "room.next", "round.close", "room.standings"})


@dataclass
class FaultLog:
    """`windows`: (name, begin, end) of each fault, in milliseconds."""

    windows: list[tuple[str, float, float]] = field(default_factory=list)
    kills: list[tuple[float, str]] = field(default_factory=list)
    died: list[str] = field(default_factory=list)
    resets: list[float] = field(default_factory=list)
    measured: dict[str, list[float]] = field(default_factory=dict)
    sockets: list[int] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)


def read_faults(path: Path) -> FaultLog:
    """What the faults wrote down."""
    log = FaultLog()
    begun: dict[int, float] = {}
    lines: list[Json] = [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []
    for line in lines:
        if line.get("step") == "begin":
            begun[line["number"]] = line["t"]
        elif line.get("step") == "end":
            log.windows.append((line["fault"], begun.pop(line["number"]), line["t"]))
            log.counts[line["fault"]] += 1
        elif "killed" in line:
            log.kills.append((line["t"], line["killed"]))
        elif "died" in line:
            log.died.append(line["died"])
        elif "reset" in line:
            log.resets.append(line["t"])
        elif "sockets" in line:
            log.sockets.append(line["sockets"])
        elif "measure" in line:
            log.measured.setdefault(line["measure"], []).append(line["value"])
    return log


def measure(readings: Sequence[Reading], faults: FaultLog, times: dict[str, list[float]]) -> None:
    """Adds what one room's people saw to `times`, lists of seconds by name."""
    _deliveries(readings, faults, times)
    for reading in readings:
        times.setdefault("receipt_s", []).extend(ms / 1000 for ms in reading.receipt_ms)
        _returns(reading, faults, times)


def _returns(reading: Reading, faults: FaultLog, times: dict[str, list[float]]) -> None:
    for spell in reading.spells:
        if spell.back_ms is None:
            continue
        times.setdefault("away_s", []).append((spell.back_ms - spell.lost_ms) / 1000)
        if any(name == spell.node and -100 <= spell.lost_ms - at < BY_DEATH_MS for at, name in faults.kills):
            times.setdefault("death_s", []).append((spell.back_ms - spell.lost_ms) / 1000)
        if spell.connecting_ms and any(0 <= spell.lost_ms - at < BY_DEATH_MS for at in faults.resets):
            times.setdefault("resume_s", []).append((spell.back_ms - spell.connecting_ms) / 1000)


def _deliveries(readings: Sequence[Reading], faults: FaultLog, times: dict[str, list[float]]) -> None:
    """From the teacher's command to what it led to, at each pupil who had a socket all the while."""
    for teacher in readings:
        for method, sent_ms, node, seq in teacher.moves:
            kind = _kind(sent_ms, faults.windows)
            if method == "room.lock" and kind == "calm":
                kind = "steady"
            elif method not in TOLD or kind is None:
                continue
            for reading in readings:
                came = reading.came.get(seq)
                if reading is not teacher and came:
                    where = "same" if came[1] == node else "cross"
                    times.setdefault(f"{kind}_{where}_s", []).append((came[0] - sent_ms) / 1000)


def _kind(at_ms: float, windows: Sequence[tuple[str, float, float]]) -> str | None:
    """What the weather was: `calm`, `hint_lost`, `redis_frozen`; None when it was anything else."""
    near = {name for name, begin, end in windows if begin - BEFORE_MS <= at_ms <= end + AFTER_MS}
    within = {name for name, begin, end in windows if begin + 50 <= at_ms <= end - 50}
    if not near:
        return "calm"
    return WEATHER.get(next(iter(within))) if len(within) == 1 else None
