"""What was found in a file that somebody brought, kept until they have chosen what to save of it."""

STATEMENTS = (
    """CREATE TABLE import_preview (
    id TEXT PRIMARY KEY, owner_id TEXT NOT NULL REFERENCES account (id), filename TEXT NOT NULL, content TEXT,
    saved TEXT, created_at BIGINT NOT NULL, expires_at BIGINT NOT NULL)""",
    "CREATE INDEX import_preview_owner ON import_preview (owner_id, created_at)",
    "CREATE INDEX import_preview_expires ON import_preview (expires_at)",
)


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
