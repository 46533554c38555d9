"""Who of the nodes runs a job that is everybody's, and until when they alone may."""


def up(migrator, db):
    db.execute_sql("CREATE TABLE job_lease (name TEXT PRIMARY KEY, holder TEXT NOT NULL, until BIGINT NOT NULL)")
