"""The index that finds an answer by its submission id, without the room: a participant has a seat in one room only.

A third smaller, and it is the one that each answer writes a page of its own of.
"""


def up(migrator, db):
    db.execute_sql("DROP INDEX answer_submission")
    db.execute_sql("CREATE UNIQUE INDEX answer_submission ON answer (participant_id, submission_id)")
