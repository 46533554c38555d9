"""Questions by the words that they hold, so that a teacher finds one among the quizzes that they have."""

import json
import unicodedata

TABLES = (
    "ALTER TABLE quiz ADD COLUMN language TEXT NOT NULL DEFAULT 'en'",
    """CREATE TABLE quiz_question (
    quiz_id TEXT NOT NULL REFERENCES quiz (id) ON DELETE CASCADE, place INTEGER NOT NULL, kind TEXT NOT NULL,
    words TEXT NOT NULL, PRIMARY KEY (quiz_id, place))""",
)
NO_WORDS = ("id", "kind", "match", "score", "image", "shape")


def up(migrator, db):
    for statement in TABLES:
        db.execute_sql(statement)
    insert, update = (
        text.replace("?", db.param)
        for text in (
            "INSERT INTO quiz_question (quiz_id, place, kind, words) VALUES (?, ?, ?, ?)",
            "UPDATE quiz SET language = ? WHERE id = ?",
        )
    )
    for (quiz_id,) in db.execute_sql("SELECT id FROM quiz").fetchall():
        (content,) = db.execute_sql(f"SELECT content FROM quiz WHERE id = {db.param}", (quiz_id,)).fetchone()  # noqa: S608
        quiz = json.loads(content)
        db.execute_sql(update, (quiz.get("language") or "en", quiz_id))
        for place, question in enumerate(quiz.get("questions") or []):
            words = "\n".join(folded(text) for text in texts_of(question))[:4000]
            db.execute_sql(insert, (quiz_id, place, question.get("kind") or "", words))


def texts_of(value):
    """As services/quiz_words.py had it when this was written."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for entry in value:
            yield from texts_of(entry)
    elif isinstance(value, dict):
        for name, entry in value.items():
            if name not in NO_WORDS:
                yield from texts_of(entry)


def folded(text):
    """As services/quiz_words.py had it when this was written."""
    letters = unicodedata.normalize("NFKD", text.replace("\x00", "").casefold())
    return " ".join("".join(letter for letter in letters if not unicodedata.combining(letter)).split())
