"""Taking rooms out of the database a part at a time, and names out of rooms. To be called inside Database.write."""

from collections.abc import Callable, Sequence
from typing import Any

from models import answer_log
from models.engine import execute

# Participants who go in one transaction, with all that is theirs: nobody who stores answers waits longer than for that.
PART = 100
AT_ONCE = 100

# Rooms that are over for long, were deleted, or were never ended and have seen nobody for as long. A room whose PIN
# rests keeps its row, without anything in it, until the PIN has rested.
_DUE = """SELECT id FROM room WHERE (deleted_at < ? OR ended_at < ?) AND (ended_at < ?
    OR EXISTS (SELECT 1 FROM room_content AS c WHERE c.room_id = room.id)) LIMIT ?"""
_FORGOTTEN = """SELECT id FROM room WHERE ended_at IS NULL AND created_at < ?
    AND NOT EXISTS (SELECT 1 FROM room_event AS e WHERE e.room_id = room.id AND e.at >= ?)
    AND NOT EXISTS (SELECT 1 FROM participant AS p WHERE p.room_id = room.id AND p.joined_at >= ?) LIMIT ?"""


def due(deleted_before: int, ended_before: int, rested_before: int) -> list[str]:
    """Ids of rooms that are to go, some at a time. Rooms that nobody ended count from when they saw somebody last."""
    over = execute(_DUE, (deleted_before, ended_before, rested_before, AT_ONCE)).fetchall()
    forgotten = execute(_FORGOTTEN, (ended_before, ended_before, ended_before, AT_ONCE)).fetchall()
    return [row[0] for row in (*over, *forgotten)]


def remove_part(room_id: str, rested_before: int) -> bool:
    """Some of the room's people with their answers, or when nobody is left the rest of it; True when that is done."""
    ids = [
        row[0] for row in execute("SELECT id FROM participant WHERE room_id = ? LIMIT ?", (room_id, PART)).fetchall()
    ]
    answer_log.remove(room_id)
    if ids:
        _remove_people(room_id, ids)
        return False
    for table in ("answer", "grade", "room_event", "room_content", "room_media"):
        execute(f"DELETE FROM {table} WHERE room_id = ?", (room_id,))  # noqa: S608 - our own names
    gone = "DELETE FROM room WHERE id = ? AND (ended_at IS NULL OR ended_at < ?)"
    if execute(gone, (room_id, rested_before)).rowcount == 0:
        execute("UPDATE room SET title = '' WHERE id = ?", (room_id,))
    return True


def _remove_people(room_id: str, ids: list[str]) -> None:
    row = execute("SELECT rounds FROM room WHERE id = ?", (room_id,)).fetchone()
    rounds = list(range(1, row[0] + 1)) if row else []
    people = _marks(ids)
    # By round too: the keys of these tables begin with room and round.
    for table in ("answer", "grade") if rounds else ():
        sql = f"DELETE FROM {table} WHERE room_id = ? AND round IN ({_marks(rounds)}) AND participant_id IN ({people})"  # noqa: S608 - only question marks
        execute(sql, (room_id, *rounds, *ids))
    execute(f"DELETE FROM participant WHERE id IN ({people})", tuple(ids))  # noqa: S608


def _marks(values: Sequence[Any]) -> str:
    return ", ".join("?" * len(values))


_NAMES = "SELECT id, nickname FROM participant WHERE room_id = ? ORDER BY removed_at IS NULL"
# Numbered by lot: in the order of joining the names could be guessed again.
_RENAME = """UPDATE participant SET nickname = 'Participant ' || lot.number, nickname_key = NULL, client_id = NULL
    FROM (SELECT id, ROW_NUMBER() OVER (ORDER BY removed_at IS NOT NULL, RANDOM()) AS number
        FROM participant WHERE room_id = ?) AS lot WHERE participant.id = lot.id"""


def rename_all(room_id: str) -> dict[str, str]:
    """Everybody becomes "Participant 1…n", those who have a seat first; devices are forgotten. Returns old → new.

    Where somebody who was removed had the name of one who stayed, it is the one who stayed that is meant.
    """
    before = execute(_NAMES, (room_id,)).fetchall()
    execute(_RENAME, (room_id,))
    after = dict(execute(_NAMES, (room_id,)).fetchall())
    return {nickname: after[participant_id] for participant_id, nickname in before}


def rewrite_events(room_id: str, change: Callable[[str], str], names: Sequence[str]) -> None:
    """`change(params)` of each event that is called by one of `names`."""
    select = f"SELECT seq, params FROM room_event WHERE room_id = ? AND name IN ({_marks(names)})"  # noqa: S608
    for seq, params in execute(select, (room_id, *names)).fetchall():
        execute("UPDATE room_event SET params = ? WHERE room_id = ? AND seq = ?", (change(params), room_id, seq))
