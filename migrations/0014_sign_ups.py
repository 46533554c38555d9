"""Accounts may wait to be let in, and a link may be for one address."""


def up(migrator, db):
    db.execute_sql("ALTER TABLE account ADD COLUMN waiting_since BIGINT")
    db.execute_sql("CREATE INDEX account_waiting ON account (waiting_since) WHERE waiting_since IS NOT NULL")
    db.execute_sql("ALTER TABLE account_link ADD COLUMN email TEXT")
