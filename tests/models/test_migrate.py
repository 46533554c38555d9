"""Specification of models/migrate.py on SQLite; several nodes on one machine may share the file."""

import shutil
import threading

from playhouse.migrations import Runner

from models.engine import connect
from models.migrate import DIRECTORY, migrate


def test_nodes_that_start_together_migrate_once(tmp_path):
    applied = []

    def run():
        engine = connect(f"sqlite:///{tmp_path}/quizhall.db")
        applied.append(migrate(engine))
        engine.close()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(map(bool, applied)) == [False, False, False, True]


def test_the_ids_of_answers_that_were_stored_before_are_kept(tmp_path):
    """Migration 6 takes away the index that found them."""
    before = tmp_path / "before"
    before.mkdir()
    for path in sorted(DIRECTORY.glob("000[1-4]_*.py")):
        shutil.copy(path, before)
    engine = connect(f"sqlite:///{tmp_path}/quizhall.db")
    with engine.connection_context():
        Runner(engine, directory=str(before)).up()
        engine.pragma("foreign_keys", 0)
        for number, who in ((1, "p2"), (1, "p1"), (2, "p1")):
            values = ("r", number, who, f"id{number}", "{}", 7, 0)
            engine.execute_sql("INSERT INTO answer VALUES (?, ?, ?, ?, ?, ?, ?)", values)
    assert migrate(engine) != []
    with engine.connection_context():
        asked = "SELECT participant_id, submission_id, round, received_at FROM given_answer ORDER BY 3, 1"
        found = engine.execute_sql(asked).fetchall()
    assert found == [("p1", "id1", 1, 7), ("p2", "id1", 1, 7), ("p1", "id2", 2, 7)]
