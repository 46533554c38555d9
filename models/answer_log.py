"""Answers to open rounds as SQLite has them: one row for what was stored together, in the order in which it came.

A row of its own for each would go to a place of its own in an index, and a burst would write every page of it again and
again. Whoever closes the round puts them all into `answer`, in order. The view `given_answer` shows both as one.

Whoever appends holds the room, as SQLite's one writer does, and knows from `length` that nobody else has since.
"""

from collections.abc import Sequence
from operator import itemgetter

import msgspec

from models.answers import INSERT
from models.engine import execute, has_server
from models.many_rows import in_sizes

# participant, submission id, answer as JSON text, received at, response time in ms
Row = tuple[str, str, str, int, int]

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(list[Row]).decode


def length(room_id: str, number: int) -> int:
    """How many answers of the round are in it."""
    found: int | None = execute(_LENGTH, (room_id, number)).fetchone()[0]
    return found or 0


def append(room_id: str, number: int, rows: Sequence[Row], before: int) -> int:
    """`before` is the log's length, and nobody of the rows has answered the round; returns the new length."""
    after = before + len(rows)
    execute(_APPEND, (room_id, number, after, _encode(rows).decode()))
    return after


def given(room_id: str, number: int) -> list[tuple[str, str, int]]:
    """(participant, submission id, received at) of all who have answered the round."""
    rows: list[tuple[str, str, int]] = execute(_GIVEN, (room_id, number)).fetchall()
    return rows


def settle(room_id: str, number: int) -> None:
    """Puts the round's answers where those of closed rounds are. For whoever closes it, in the same transaction."""
    if has_server():
        return
    logged = execute(_LOGGED, (room_id, number))
    rows = sorted((row for (text,) in logged.fetchall() for row in _decode(text)), key=itemgetter(0))
    for _, size, values in in_sizes([(room_id, number, *row) for row in rows]):
        execute(INSERT[size], values)
    execute("DELETE FROM answer_log WHERE room_id = ? AND round = ?", (room_id, number))


def remove(room_id: str) -> None:
    """With the rest of the room."""
    if not has_server():
        execute("DELETE FROM answer_log WHERE room_id = ?", (room_id,))


_LENGTH = "SELECT MAX(length) FROM answer_log WHERE room_id = ? AND round = ?"
_APPEND = "INSERT INTO answer_log (room_id, round, length, answers) VALUES (?, ?, ?, ?)"
_LOGGED = "SELECT answers FROM answer_log WHERE room_id = ? AND round = ? ORDER BY length"
_GIVEN = "SELECT participant_id, submission_id, received_at FROM given_answer WHERE room_id = ? AND round = ?"
