"""Backup and restore over real database files, as an operator would do it."""

import asyncio
import sqlite3
from pathlib import Path

import pytest
from house import house

from cli.backup import BackupError, back_up, restore, restored

QUESTION = {"kind": "single", "prompt": "2 + 2?", "choices": [{"text": "4", "correct": True}, {"text": "5"}]}


async def lesson(folder: Path, backup: Path | None = None) -> tuple[str, str, list[str]]:
    """A room with one answer; a backup in the middle, then another answer. (PIN, epoch, who has answered)."""
    async with house(folder) as here:
        room = await here.room(await here.teacher(), QUESTION, read_time_s=0)
        people = [(await here.seat(room["pin"], name))[0] for name in ("Ada", "Bob")]
        await here.services.transitions.command(room["id"], "room.start")
        await here.answer(room["pin"], people[0], 1, {"choices": [0]})
        if backup is not None:
            back_up(url(folder), backup)
        await here.answer(room["pin"], people[1], 1, {"choices": [0]}, "s2")
        return room["pin"], room["epoch"], [person.id for person in people]


def url(folder: Path) -> str:
    return f"sqlite:///{folder}/quizhall.db"


def test_a_backup_of_a_running_service_holds_what_was_acknowledged(tmp_path):
    """And nothing of what came later; a browser that saw more is told by the epoch that time went back."""
    before, after = tmp_path / "before", tmp_path / "after"
    after.mkdir()
    before.mkdir()
    pin, epoch, (ada, bob) = asyncio.run(lesson(before, tmp_path / "copy.db"))
    said = restore(url(after), tmp_path / "copy.db")
    assert "Rooms that are not over have a new epoch: 1." in said

    async def look():
        async with house(after) as here:
            live = await here.services.live.by_pin(pin)
            assert set(live.answered) == {ada}
            assert set(live.seats) == {ada, bob}
            assert live.room.epoch != epoch
            identity = await here.services.accounts.identity_of("t@school.example")
            reply = await here.services.subscriptions.subscribe(here.connect(identity), identity, pin, 1, epoch)
            assert "snapshot" in reply

    asyncio.run(look())


def test_what_a_restore_replaces_is_kept(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    asyncio.run(lesson(folder))
    back_up(url(folder), tmp_path / "copy.db")
    said = restore(url(folder), tmp_path / "copy.db")
    (kept,) = folder.glob("quizhall.db.before-*")
    assert str(kept) in said
    assert sqlite3.connect(kept).execute("SELECT count(*) FROM answer").fetchone() == (2,)


def test_a_restore_under_a_running_node_is_refused(tmp_path):
    """It would go on writing into the file that was taken away."""
    asyncio.run(lesson(tmp_path))
    back_up(url(tmp_path), tmp_path / "copy.db")
    with sqlite3.connect(tmp_path / "quizhall.db") as database:
        now = "CAST(strftime('%s', 'now') AS INTEGER) * 1000"
        database.execute(f"INSERT INTO node (id, started_at, seen_at) VALUES ('n', 1, {now})")
    with pytest.raises(BackupError, match="A node is running"):
        restore(url(tmp_path), tmp_path / "copy.db")


@pytest.mark.parametrize("content", [b"", b"not a database", b"SQLite format 3\x00" + b"\x00" * 200])
def test_a_file_that_is_no_backup_changes_nothing(tmp_path, content):
    asyncio.run(lesson(tmp_path))
    (tmp_path / "copy.db").write_bytes(content)
    with pytest.raises(BackupError, match=r"copy\.db is no database of ours"):
        restore(url(tmp_path), tmp_path / "copy.db")
    assert (tmp_path / "quizhall.db").exists()


def test_a_backup_never_overwrites_and_a_missing_file_is_named(tmp_path):
    asyncio.run(lesson(tmp_path))
    (tmp_path / "there").write_bytes(b"mine")
    with pytest.raises(BackupError, match="is there already"):
        back_up(url(tmp_path), tmp_path / "there")
    with pytest.raises(BackupError, match="There is no file"):
        restore(url(tmp_path), tmp_path / "missing.db")
    with pytest.raises(BackupError, match="There is no database"):
        back_up(url(tmp_path / "elsewhere"), tmp_path / "copy.db")
    with pytest.raises(BackupError, match="pg_dump"):
        back_up("postgresql://localhost/quizhall", tmp_path / "copy.db")


def test_a_database_restored_by_other_means_is_made_fit_for_service(tmp_path):
    asyncio.run(lesson(tmp_path))
    assert restored(url(tmp_path)) == "Rooms that are not over have a new epoch: 1."
