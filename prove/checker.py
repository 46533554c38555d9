"""Decides over a folder of evidence: reads journals, results and event logs, and says which promises were broken.

Shares nothing with the service; points, ranks and sums are worked out by load/oracle.py from docs/scoring.md.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from load.oracle import judge
from load.questions import Asked, asked
from load.record import Given, Record
from prove.early_keys import early_keys
from prove.reading import Json, Problem, Reading, read

PROMISES = {
    "lost": "acknowledged answers that are lost",
    "doubled": "answers that count twice, or have two receipts",
    "missed": "events that somebody never got",
    "order": "events that differ or came in another order",
    "holes": "holes in what an open socket was sent",
    "scores": "grades, scores and ranks that are wrong",
    "keys": "keys that were told before the reveal",
    "stuck": "rooms that did not come to their end",
    "died": "nodes that ended by themselves",
}


@dataclass
class RoomFound:
    """One room: how much of everything, and what was wrong."""

    name: str
    readings: list[Reading] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    events: int = 0


def check_room(folder: Path) -> RoomFound:
    """All promises of one room. A folder without room.json is a room that did not come to its end."""
    found = RoomFound(folder.name)
    journals = sorted(folder.glob("*.jsonl"))
    found.readings = [read(path) for path in journals]
    found.problems = [problem for reading in found.readings for problem in reading.problems]
    if not (folder / "room.json").exists():
        found.problems.append(Problem("stuck", "It was not over when the run was"))
        return _named(found)
    room: Json = json.loads((folder / "room.json").read_text())
    found.events = len(room["events"])
    found.problems += [Problem("stuck", sentence) for sentence in room["trouble"]]
    found.problems += check_log(room["events"], found.readings)
    found.problems += check_answers(room, found.readings)
    explanations = {number: one["explanation"] for number, one in enumerate(room["questions"], start=1)}
    for path in journals:
        found.problems += early_keys(path, explanations)
    return _named(found)


def _named(found: RoomFound) -> RoomFound:
    for problem in found.problems:
        problem.sentence = f"Room {found.name}: {problem.sentence}"
    return found


def check_log(log: Sequence[Json], readings: Sequence[Reading]) -> list[Problem]:
    """Every witness has come to the log's end, and was told the same as all the others."""
    problems = []
    if [event["seq"] for event in log] != list(range(1, len(log) + 1)):
        problems.append(Problem("order", f"The log's seq are not 1 to {len(log)}."))
    names = {event["seq"]: event["method"] for event in log}
    first: dict[tuple[str, int], tuple[str, Any]] = {}
    end_ms = max((reading.last_ms for reading in readings), default=0.0)
    for reading in readings:
        if reading.seq != len(log):
            last = f"ended at seq {reading.seq}, {reading.whereabouts(end_ms)}; the log has {len(log)}"
            problems.append(Problem("missed", f"{reading.name} {last}."))
        for seq, told in reading.events.items():
            known = first.setdefault((reading.who.get("role", ""), seq), (reading.name, told))
            if names.get(seq) != told[0]:
                sentence = f"{reading.name} was told {told[0]} as seq {seq}; the log has {names.get(seq)}."
                problems.append(Problem("order", sentence))
            elif known[1] != told:
                problems.append(
                    Problem("order", f"{reading.name} and {known[0]} were told different things as seq {seq}.")
                )
    return problems


def check_answers(room: Json, readings: Sequence[Reading]) -> list[Problem]:
    """What had a receipt is in the results as it was given, once; all of it adds up."""
    rows = {row["id"]: row for row in room["results"]["participants"]}
    pupils = [reading for reading in readings if reading.who.get("role") == "player"]
    records = [_record(reading, rows.get(reading.who["id"])) for reading in pupils]
    kinds = asked(len(room["questions"]), 1)
    questions = [Asked(question, one.answers) for question, one in zip(room["questions"], kinds, strict=True)]
    findings = judge(room["results"], records, questions, _opened_at(room["events"]), room["scoring"])
    named = (("lost", findings.lost), ("doubled", findings.doubled), ("scores", findings.wrong))
    return [Problem(promise, sentence) for promise, sentences in named for sentence in sentences]


def _opened_at(log: Sequence[Json]) -> dict[int, int]:
    opened = [event["params"] for event in log if event["method"] == "round.opened"]
    return {params["round"]: params["opened_at"] for params in opened if "round" in params}


def _record(reading: Reading, row: Json | None) -> Record:
    """What load/oracle.py reads. Who was away for a whole round was not told its grade and claims none."""
    record = Record(reading.who["id"], reading.who["nickname"])
    for answer_id, params in reading.answers.items():
        given = Given(params["round"], params["answer"], answer_id)
        receipts = reading.receipts.get(answer_id)
        given.receipt = receipts[0] if receipts else None
        if given.receipt is None:
            given.refused = reading.refused.get(answer_id)
        record.given[given.round] = given
    record.finished = reading.finished
    record.graded = dict(reading.graded)
    score = 0
    for entry in row["answers"] if row else ():
        score += entry["points"]
        record.graded.setdefault(entry["round"], entry | {"score": score})
    return record
