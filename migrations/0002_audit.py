"""What admins did. No reference to the account: an entry outlives whoever it tells of."""

STATEMENTS = (
    """CREATE TABLE audit_entry (
    id TEXT PRIMARY KEY, at BIGINT NOT NULL, actor_id TEXT NOT NULL, actor_name TEXT NOT NULL, action TEXT NOT NULL,
    room TEXT, target TEXT, details TEXT NOT NULL)""",
    "CREATE INDEX audit_entry_at ON audit_entry (at, id)",
)


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
