"""Answers to an open round in SQLite are logged together; and nobody keeps the ids of past rounds a second time."""

import peewee

COLUMNS = "room_id, round, participant_id, submission_id, answer, received_at, response_ms"
# `length` is how many answers of the round there are with these.
LOG = """CREATE TABLE answer_log (
    room_id TEXT NOT NULL REFERENCES room (id), round INTEGER NOT NULL, length INTEGER NOT NULL, answers TEXT NOT NULL,
    PRIMARY KEY (room_id, round, length))"""
VIEW = f"CREATE VIEW given_answer AS SELECT {COLUMNS} FROM answer"  # noqa: S608 - our own names
LOGGED = """SELECT log.room_id, log.round, json_extract(given.value, '$[0]'), json_extract(given.value, '$[1]'),
    json_extract(given.value, '$[2]'), json_extract(given.value, '$[3]'), json_extract(given.value, '$[4]')
    FROM answer_log AS log, json_each(log.answers) AS given"""


def up(migrator, db):
    view = VIEW
    if isinstance(db, peewee.SqliteDatabase):
        db.execute_sql(LOG)
        view += f" UNION ALL {LOGGED}"
    db.execute_sql(view)
    db.execute_sql("DROP TABLE receipt")
