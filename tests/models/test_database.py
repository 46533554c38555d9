"""What the writer tells of its transactions."""

import pytest

from models.database import Database


@pytest.fixture
def db(tmp_path):
    db = Database(f"sqlite:///{tmp_path}/quizhall.db")
    yield db
    db.stop()


@pytest.mark.gen_test
async def test_each_batch_is_told_with_its_size(db):
    """What had queued up is one transaction."""
    batches = []
    db.on_batch = lambda seconds, writes, is_committed: batches.append((seconds > 0, writes, is_committed))
    waiting = [db.write_together(list, number) for number in range(5)]
    assert db.waiting_writes == 5
    db.start()
    assert [await future for future in waiting] == [0, 1, 2, 3, 4]
    assert batches == [(True, 5, True)]
    assert db.waiting_writes == 0


@pytest.mark.gen_test
async def test_a_listener_that_fails_costs_nobody_the_receipt(db, caplog):
    """The write is committed, and the thread goes on."""

    def fail(seconds, writes, is_committed):
        raise ZeroDivisionError

    db.on_batch = fail
    db.start()
    assert await db.write(len, "abc") == 3
    assert await db.write(len, "ab") == 2
    assert [record.getMessage() for record in caplog.records] == ["on_batch failed"] * 2
