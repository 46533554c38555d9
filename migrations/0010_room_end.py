"""How rooms go: deleted by their owner, or after RETENTION_DAYS; and when their names were removed.

Answers and grades no longer refer to their participant: without an index of their own, which every answer would have
to write, each participant that goes would have the database look through all answers there are.
"""

import peewee

STATEMENTS = (
    "ALTER TABLE room ADD COLUMN deleted_at BIGINT",
    "ALTER TABLE room ADD COLUMN anonymised_at BIGINT",
    "CREATE INDEX room_deleted ON room (deleted_at) WHERE deleted_at IS NOT NULL",
    "CREATE INDEX room_ended ON room (ended_at) WHERE ended_at IS NOT NULL",
)
REFERENCE = " REFERENCES participant (id)"


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
    if isinstance(db, peewee.SqliteDatabase):
        without_reference(db)
    else:
        for table in ("answer", "grade"):
            db.execute_sql(f"ALTER TABLE {table} DROP CONSTRAINT {table}_participant_id_fkey")


def without_reference(db):
    """As SQLite's documentation has it for changes that no row shows: https://sqlite.org/lang_altertable.html, 7."""
    number = db.execute_sql("PRAGMA schema_version").fetchone()[0]
    db.execute_sql("PRAGMA writable_schema = ON")
    changed = "UPDATE sqlite_schema SET sql = replace(sql, ?, '') WHERE type = 'table' AND name IN ('answer', 'grade')"
    db.execute_sql(changed, (REFERENCE,))
    db.execute_sql(f"PRAGMA schema_version = {number + 1}")
    db.execute_sql("PRAGMA writable_schema = OFF")
