"""The submission ids of rounds that are over, in a table that is written once for each round, in order.

In place of the index of all ids, which each answer wrote a page of its own of. The rounds that are open now are put in
too: whoever closes them finds theirs there.
"""

import peewee

TABLE = """CREATE TABLE receipt (
    participant_id TEXT NOT NULL, submission_id TEXT NOT NULL, round INTEGER NOT NULL, received_at BIGINT NOT NULL,
    PRIMARY KEY (participant_id, submission_id))"""
FILL = """INSERT INTO receipt (participant_id, submission_id, round, received_at)
    SELECT participant_id, submission_id, round, received_at FROM answer ORDER BY participant_id, submission_id"""


def up(migrator, db):
    # SQLite would keep the rows beside the key, and every id twice.
    db.execute_sql(TABLE + (" WITHOUT ROWID" if isinstance(db, peewee.SqliteDatabase) else ""))
    db.execute_sql(FILL)
    db.execute_sql("DROP INDEX answer_submission")
