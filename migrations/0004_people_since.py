"""Who has come to a room, or had to leave it, since some moment: nodes ask that of rooms they hold, every second."""


def up(migrator, db):
    db.execute_sql("CREATE INDEX participant_joined ON participant (room_id, joined_at)")
    db.execute_sql("CREATE INDEX participant_removed ON participant (room_id, removed_at) WHERE removed_at IS NOT NULL")
