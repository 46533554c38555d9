"""Specification of models/migrate.py on SQLite; several nodes on one machine may share the file."""

import threading

from models.engine import connect
from models.migrate import migrate


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
