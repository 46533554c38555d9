"""What other systems have to say to an account, kept until it is read, and some time after."""

STATEMENTS = (
    """CREATE TABLE notification (
    id TEXT PRIMARY KEY, account_id TEXT NOT NULL REFERENCES account (id), type TEXT NOT NULL, payload TEXT NOT NULL,
    at BIGINT NOT NULL, read_at BIGINT)""",
    "CREATE INDEX notification_account ON notification (account_id, at, id)",
    "CREATE INDEX notification_unread ON notification (account_id) WHERE read_at IS NULL",
)


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
