"""By what quizzes are found and sorted: their words and tags, how often they were played and when for the last time."""

import json
import unicodedata

import peewee

TABLES = """
ALTER TABLE quiz ADD COLUMN words TEXT NOT NULL DEFAULT '';
ALTER TABLE quiz ADD COLUMN runs INTEGER NOT NULL DEFAULT 0;
ALTER TABLE quiz ADD COLUMN last_played_at BIGINT;
CREATE TABLE quiz_tag (
    quiz_id TEXT NOT NULL REFERENCES quiz (id) ON DELETE CASCADE, key TEXT NOT NULL, tag TEXT NOT NULL,
    PRIMARY KEY (quiz_id, key));
CREATE INDEX quiz_tag_key ON quiz_tag (key);
CREATE INDEX quiz_deleted ON quiz (deleted_at) WHERE deleted_at IS NOT NULL;
UPDATE quiz SET
    runs = (SELECT COUNT(*) FROM room WHERE room.quiz_id = quiz.id AND room.started_at IS NOT NULL),
    last_played_at = (SELECT MAX(started_at) FROM room WHERE room.quiz_id = quiz.id);
"""


def up(migrator, db):
    for statement in TABLES.split(";\n"):
        if statement.strip():
            db.execute_sql(statement.strip())
    param = "?" if isinstance(db, peewee.SqliteDatabase) else "%s"
    update = f"UPDATE quiz SET words = {param} WHERE id = {param}"  # noqa: S608 - a parameter is no value
    for quiz_id, content in db.execute_sql("SELECT id, content FROM quiz").fetchall():
        quiz = json.loads(content)
        texts = [quiz["title"], quiz.get("description", ""), *(question["prompt"] for question in quiz["questions"])]
        db.execute_sql(update, ("\n".join(map(folded, texts))[:20_000], quiz_id))


def folded(text):
    """As services/quiz_words.py had it when this was written."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(letter for letter in letters if not unicodedata.combining(letter)).split())
