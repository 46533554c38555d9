"""Images of questions, once each under the hash of their bytes; who brought them; which quizzes and rooms show them.

Until now a question's media was any text, which nothing showed: such texts are taken out, as they are no image.
"""

import json

import peewee

TABLES = """
CREATE TABLE media (
    id TEXT PRIMARY KEY, type TEXT NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL,
    bytes INTEGER NOT NULL, uploaded_at BIGINT NOT NULL, data {blob} NOT NULL);
CREATE INDEX media_uploaded ON media (uploaded_at);
CREATE TABLE media_owner (
    media_id TEXT NOT NULL REFERENCES media (id) ON DELETE CASCADE, account_id TEXT NOT NULL REFERENCES account (id),
    uploaded_at BIGINT NOT NULL, PRIMARY KEY (media_id, account_id));
CREATE INDEX media_owner_account ON media_owner (account_id);
CREATE TABLE quiz_media (
    media_id TEXT NOT NULL REFERENCES media (id), quiz_id TEXT NOT NULL REFERENCES quiz (id) ON DELETE CASCADE,
    PRIMARY KEY (media_id, quiz_id));
CREATE INDEX quiz_media_quiz ON quiz_media (quiz_id);
CREATE TABLE room_media (
    media_id TEXT NOT NULL REFERENCES media (id), room_id TEXT NOT NULL REFERENCES room (id) ON DELETE CASCADE,
    PRIMARY KEY (media_id, room_id));
CREATE INDEX room_media_room ON room_media (room_id);
"""


def up(migrator, db):
    is_sqlite = isinstance(db, peewee.SqliteDatabase)
    for statement in TABLES.format(blob="BLOB" if is_sqlite else "BYTEA").split(";\n"):
        if statement.strip():
            db.execute_sql(statement.strip())
    for table, key in (("quiz", "id"), ("room_content", "room_id")):
        drop_texts(db, table, key, "?" if is_sqlite else "%s")


def drop_texts(db, table, key, param):
    # A text of somebody's that says the same has its quotes escaped.
    select = f"SELECT {key}, content FROM {table} WHERE content LIKE {param}"  # noqa: S608 - both names are ours
    update = f"UPDATE {table} SET content = {param} WHERE {key} = {param}"  # noqa: S608
    for row_id, content in db.execute_sql(select, ('%"media":"%',)).fetchall():
        whole = json.loads(content)
        for question in whole.get("quiz", whole)["questions"]:
            question["media"] = None
        db.execute_sql(update, (json.dumps(whole, ensure_ascii=False, separators=(",", ":")), row_id))
