"""Rooms in which a teacher tries a quiz with a class that is made up."""


def up(migrator, db):
    db.execute_sql("ALTER TABLE room ADD COLUMN is_rehearsal BOOLEAN NOT NULL DEFAULT FALSE")
    db.execute_sql("CREATE INDEX room_rehearsal ON room (owner_id) WHERE is_rehearsal")
