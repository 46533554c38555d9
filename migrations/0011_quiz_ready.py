"""Quizzes may be stored unfinished; those there were could all be played."""


def up(migrator, db):
    db.execute_sql("ALTER TABLE quiz ADD COLUMN ready BOOLEAN NOT NULL DEFAULT TRUE")
