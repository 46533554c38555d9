"""Sounds of questions, which lie beside the images: how long each lasts."""


def up(migrator, db):
    db.execute_sql("ALTER TABLE media ADD COLUMN duration_ms INTEGER NOT NULL DEFAULT 0")
