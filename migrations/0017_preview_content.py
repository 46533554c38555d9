"""A preview may keep a table, and so its content has another shape: those of before are over a little early."""


def up(migrator, db):
    db.execute_sql("DELETE FROM import_preview WHERE saved IS NULL")
