"""By which words and tags a quiz is found: told to the database in the write that stores the quiz."""

import unicodedata

import msgspec

from models import quizzes

# Of one quiz: about what 200 questions ask. What stands behind it is not found by search.
WORDS_MOST = 20_000


class _Asked(msgspec.Struct):
    prompt: str | None = None


class _Head(msgspec.Struct):
    """What is searched in a quiz JSON, also in one that its author has not finished; the rest is skipped unread."""

    title: str | None = None
    description: str = ""
    tags: list[str] = []
    questions: list[_Asked] = []


def folded(text: str) -> str:
    """As texts are compared: without case, accents and superfluous blanks."""
    letters = unicodedata.normalize("NFKD", text.replace("\x00", "").casefold())
    return " ".join("".join(letter for letter in letters if not unicodedata.combining(letter)).split())


def words_of(text: str) -> list[str]:
    """What somebody typed, as words that must all be there."""
    return folded(text).split()


def head_of(content: str) -> tuple[str, list[str]]:
    """(description, tags) of a stored quiz."""
    head = msgspec.json.decode(content, type=_Head, strict=False)
    return head.description, head.tags


def keep_words(quiz_id: str, content: str) -> None:
    head = msgspec.json.decode(content, type=_Head, strict=False)
    texts = [head.title, head.description, *head.tags, *(question.prompt for question in head.questions)]
    words = "\n".join(folded(text or "") for text in texts)[:WORDS_MOST]
    quizzes.set_words(quiz_id, words, {folded(tag): tag for tag in head.tags})
