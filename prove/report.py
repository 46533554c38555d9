"""The verdict over a folder of evidence, as one table or as JSON."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from load.figures import percentile
from prove.checker import PROMISES, RoomFound, check_room
from prove.measures import measure, read_faults
from prove.reading import Problem

# Seconds at the 99th percentile: name → (promise, target); a target of None only tells.
TIMES: dict[str, tuple[str, float | None]] = {
    "steady_cross_s": ("delivery to other nodes, ten events a second", 0.030),
    "steady_same_s": ("the same on the teacher's node", 0.020),
    "calm_cross_s": ("a lesson's moves, told on other nodes", None),
    "calm_same_s": ("a lesson's moves, told on the teacher's node", None),
    "hint_lost_cross_s": ("healed after a lost PUBLISH", 1.5),
    "redis_frozen_cross_s": ("delivery to other nodes while Redis is frozen", None),
    "frozen_noticed_s": ("a frozen Redis is noticed", 3.0),
    "frozen_normal_s": ("normal after it thaws", 2.0),
    "resume_s": ("resumed after all sockets were reset at once", 0.250),
    "death_s": ("playing elsewhere after a node's death", 3.0),
    "exit_s": ("a node ends politely", 5.0),
    "silent_gone_s": ("a dead peer is gone", 18.5),
    "both_lost_cross_s": ("healed after both hints were lost", 1.5),
    "ghosts_s": ("a dead node's people are not counted any more", 10.0),
    "class_joined_s": ("40 pupils at one address get in beside 1,000 bots", 5.0),
    "receipt_s": ("receipt of an answer, faults or not", None),
    "away_s": ("without a socket, whatever the reason", None),
    "stood_still_s": ("the people's own process stood still, each time", None),
}
# Targets hold where the scenario measures that alone; among all the other faults they only tell.
JUDGED_IN = {
    "steady_cross_s": "calm",
    "steady_same_s": "calm",
    "hint_lost_cross_s": "quiet",
    "frozen_noticed_s": "frozen",
    "frozen_normal_s": "frozen",
    "resume_s": "resume",
    "both_lost_cross_s": "deaf",
    "ghosts_s": "ghosts",
    "class_joined_s": "bots",
    "death_s": "death",
    "silent_gone_s": "dead",
}
ENDING = frozenset({"rolling", "exit"})
SHOWN_MOST = 12
COUNTED = (
    "rooms", "people", "events", "deliveries", "messages",
    "receipts", "reconnects", "snapshots", "repeated", "refused",
)  # fmt: skip


@dataclass
class Row:
    """`verdict`: kept, broken, or empty where there is no target."""

    promise: str
    measured: str
    target: str
    verdict: str


@dataclass
class Verdict:
    """`problems` are all that was found, `counts` how much was looked at."""

    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def is_kept(self) -> bool:
        """No promise was broken."""
        return all(row.verdict != "BROKEN" for row in self.rows)


def judge_evidence(folder: Path, scenario: str) -> Verdict:
    """Reads the whole folder, one room after the other: what a long run leaves does not fit into memory at once."""
    faults = read_faults(folder / "faults.jsonl")
    times: dict[str, list[float]] = {name: list(values) for name, values in faults.measured.items()}
    counts: Counter[str] = Counter(dict.fromkeys(COUNTED, 0))
    refusals: Counter[str] = Counter()
    verdict = Verdict()
    for room in sorted((folder / "rooms").glob("*")):
        if room.is_dir():
            found = check_room(room)
            verdict.problems += found.problems
            counts.update(_counts(found))
            refusals.update(code for reading in found.readings for code in reading.refused.values())
            measure(found.readings, faults, times)
    verdict.problems += [Problem("died", f"{name} ended: see its log.") for name in faults.died]
    verdict.counts = {"faults": faults.counts.total(), "kills": len(faults.kills), **counts}
    if not verdict.counts["receipts"] or not verdict.counts["deliveries"]:
        verdict.problems.append(Problem("stuck", "Nothing was played at all."))
    for name, promise in PROMISES.items():
        count = sum(problem.promise == name for problem in verdict.problems)
        verdict.rows.append(Row(promise, str(count), "0", "BROKEN" if count else "kept"))
    if faults.sockets:
        verdict.counts["sockets of a node at its end, fewest"] = min(faults.sockets)
    if scenario == "rolling":
        codes = ", ".join(f"{count} {code}" for code, count in refusals.items())
        verdict.rows.append(Row("answers that were refused", codes or "0", "0", "BROKEN" if codes else "kept"))
    verdict.rows += [_row(name, times[name], scenario) for name in TIMES if times.get(name)]
    return verdict


def _counts(found: RoomFound) -> dict[str, int]:
    readings = found.readings
    return {
        "rooms": 1,
        "people": len(readings),
        "events": found.events,
        "deliveries": sum(len(reading.events) for reading in readings),
        "messages": sum(reading.messages for reading in readings),
        "receipts": sum(len(reading.receipts) for reading in readings),
        "reconnects": sum(len(reading.spells) for reading in readings),
        "snapshots": sum(reading.snapshots for reading in readings),
        "repeated": sum(reading.repeated for reading in readings),
        "refused": sum(len(reading.refused) for reading in readings),
    }


def _row(name: str, seconds: list[float], scenario: str) -> Row:
    promise, target_s = TIMES[name]
    p99_s = percentile(seconds, 0.99)
    shown = f"p99 {p99_s * 1000:,.0f} ms of {len(seconds)} (p50 {percentile(seconds, 0.5) * 1000:,.0f})"
    is_judged = JUDGED_IN.get(name) == scenario or (name == "exit_s" and scenario in ENDING)
    if target_s is None or not is_judged:
        return Row(promise, shown, "", "")
    return Row(promise, shown, f"<= {target_s * 1000:,.0f} ms", "kept" if p99_s <= target_s else "BROKEN")


def as_text(verdict: Verdict) -> str:
    """The table, and when something was broken what shows it."""
    lines = [", ".join(f"{count:,} {name}" for name, count in verdict.counts.items()), ""]
    lines.append(f"{'promise':50} {'measured':40} {'target':14} verdict")
    lines += [f"{row.promise:50} {row.measured:40} {row.target:14} {row.verdict}" for row in verdict.rows]
    for name in PROMISES:
        problems = [problem for problem in verdict.problems if problem.promise == name]
        if problems:
            lines += ["", f"{PROMISES[name]}: {len(problems)}"]
        for problem in problems[:SHOWN_MOST]:
            lines += [f"  {problem.sentence}", *([f"    {problem.line}"] if problem.line else [])]
    return "\n".join([*lines, "", "Every promise was kept." if verdict.is_kept else "A promise was BROKEN."])


def as_dict(verdict: Verdict) -> dict[str, Any]:
    """The same for programs."""
    return {
        "is_kept": verdict.is_kept,
        "counts": verdict.counts,
        "rows": [vars(row) for row in verdict.rows],
        "problems": [vars(problem) for problem in verdict.problems],
    }
