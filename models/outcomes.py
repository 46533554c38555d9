"""Queries for the pages of results: figures of rounds, answers of a few people. To be called inside Database.read.

A lecture hall has half a million answers: what can be counted is counted by the database.
"""

from collections.abc import Sequence
from typing import NamedTuple

from models.engine import execute


class RoundFigures(NamedTuple):
    """Of those who have a seat. `right` is how many of the answers were right."""

    answered: int
    right: int
    median_ms: float | None


# Who was removed is few, found by an index, and asked for as a set: joins with everybody would be planned by figures of
# the tables that PostgreSQL has not yet when the teacher opens the results, a minute after the answers came.
_STAYED = "participant_id NOT IN (SELECT id FROM participant WHERE room_id = ? AND removed_at IS NOT NULL)"
_TIMES = f"""SELECT round, answered, AVG(response_ms) FROM (
    SELECT round, response_ms, COUNT(*) OVER (PARTITION BY round) AS answered,
        ROW_NUMBER() OVER (PARTITION BY round ORDER BY response_ms) AS place
    FROM given_answer WHERE room_id = ? AND {_STAYED}) AS timed
    WHERE place IN ((answered + 1) / 2, (answered + 2) / 2) GROUP BY round, answered"""  # noqa: S608 - our own words
_RIGHT = f"SELECT round, COUNT(*) FROM grade WHERE room_id = ? AND correct AND {_STAYED} GROUP BY round"  # noqa: S608


def figures(room_id: str) -> dict[int, RoundFigures]:
    """By round; those that nobody answered are not in it."""
    right = dict(execute(_RIGHT, (room_id, room_id)).fetchall())
    return {
        number: RoundFigures(answered, right.get(number, 0), None if median is None else float(median))
        for number, answered, median in execute(_TIMES, (room_id, room_id)).fetchall()
    }


def complete_count(room_id: str, numbers: Sequence[int]) -> int:
    """How many of those who have a seat answered all of these rounds."""
    if not numbers:
        return 0
    marks = ", ".join("?" * len(numbers))
    sql = f"""SELECT COUNT(*) FROM (SELECT participant_id FROM given_answer
        WHERE room_id = ? AND round IN ({marks}) AND {_STAYED}
        GROUP BY participant_id HAVING COUNT(*) = ?) AS complete"""  # noqa: S608 - only question marks
    count: int = execute(sql, (room_id, *numbers, room_id, len(numbers))).fetchone()[0]
    return count


class Entry(NamedTuple):
    """An answer with its grade, which it has once its round is closed."""

    round: int
    participant_id: str
    answer: str
    response_ms: int
    received_at: int
    correct: bool
    credit: float
    points: int


def entries(room_id: str, numbers: Sequence[int], participant_ids: Sequence[str]) -> list[Entry]:
    """What these few answered in these rounds, all of them closed."""
    if not numbers or not participant_ids:
        return []
    rounds, people = ", ".join("?" * len(numbers)), ", ".join("?" * len(participant_ids))
    where = f"WHERE room_id = ? AND round IN ({rounds}) AND participant_id IN ({people})"
    values = (room_id, *numbers, *participant_ids)
    given = f"SELECT round, participant_id, answer, response_ms, received_at FROM answer {where}"  # noqa: S608
    graded = f"SELECT round, participant_id, correct, credit, points FROM grade {where}"  # noqa: S608 - as above
    grades = {tuple(row[:2]): row[2:] for row in execute(graded, values).fetchall()}
    return [Entry(*row, *grades[tuple(row[:2])]) for row in execute(given, values).fetchall()]


def points_of_round(room_id: str, number: int) -> dict[str, int]:
    """What those who answered got for it."""
    answered = {row[0] for row in execute(_ANSWERED, (room_id, number)).fetchall()}
    graded = execute("SELECT participant_id, points FROM grade WHERE room_id = ? AND round = ?", (room_id, number))
    return {participant_id: points for participant_id, points in graded.fetchall() if participant_id in answered}


_ANSWERED = "SELECT participant_id FROM given_answer WHERE room_id = ? AND round = ?"
_MISSING = f"""SELECT id, nickname FROM participant WHERE room_id = ? AND removed_at IS NULL
    AND id NOT IN ({_ANSWERED}) ORDER BY joined_at, id LIMIT ?"""  # noqa: S608 - our own words


def missing(room_id: str, number: int, most: int) -> list[tuple[str, str]]:
    """(id, nickname) of some who have a seat and did not answer the round."""
    return list(execute(_MISSING, (room_id, room_id, number, most)).fetchall())
