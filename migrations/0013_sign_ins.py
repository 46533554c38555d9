"""Sign-ins, links, and accounts that can be switched off.

A token of an account counts as long as its sign-in is in the table, in place of a list of those that ended: everybody
signs in once anew.
"""

import unicodedata

STATEMENTS = (
    "ALTER TABLE account ADD COLUMN deactivated_at BIGINT",
    "ALTER TABLE account ADD COLUMN seen_at BIGINT",
    "ALTER TABLE account ADD COLUMN sought TEXT NOT NULL DEFAULT ''",
    "CREATE INDEX account_sought ON account (sought, id)",
    """CREATE TABLE sign_in (
    jti TEXT PRIMARY KEY, account_id TEXT NOT NULL REFERENCES account (id), device TEXT NOT NULL, at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL, expires_at BIGINT NOT NULL)""",
    "CREATE INDEX sign_in_account ON sign_in (account_id, seen_at)",
    """CREATE TABLE account_link (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, token_hash TEXT NOT NULL UNIQUE, account_id TEXT REFERENCES account (id),
    role TEXT, note TEXT NOT NULL, made_by TEXT, at BIGINT NOT NULL, expires_at BIGINT NOT NULL, used_at BIGINT,
    used_by TEXT)""",
    "CREATE INDEX account_link_account ON account_link (account_id) WHERE account_id IS NOT NULL",
    "DROP TABLE revoked_token",
)


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
    for account_id, name, email in db.execute_sql("SELECT id, name, email FROM account").fetchall():
        # As services/account_rules.py writes it.
        sought = unicodedata.normalize("NFKC", f"{name} {email}").casefold()
        db.execute_sql("UPDATE account SET sought = ? WHERE id = ?".replace("?", db.param), (sought, account_id))
