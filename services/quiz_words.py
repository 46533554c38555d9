"""By which words a quiz and its questions are found: told to the database in the write that stores the quiz."""

import unicodedata
from collections.abc import Iterator
from typing import Any

import msgspec

from models import questions, quizzes

# Of one quiz: about what 200 questions ask. What stands behind it is not found by search.
WORDS_MOST = 20_000
# The same of one question: prompt and explanation at their longest have as much.
QUESTION_WORDS_MOST = 4000
# What no author wrote: names and addresses among the fields of questions of whatever kind.
NO_WORDS = frozenset({"id", "kind", "match", "score", "image", "audio", "shape", "markup"})


class _Head(msgspec.Struct):
    """What stands above the questions in a quiz JSON, also in one that its author has not finished."""

    title: str | None = None
    description: str = ""
    language: str | None = None
    tags: list[str] = []


class _Whole(_Head):
    questions: list[dict[str, Any]] = []


def folded(text: str) -> str:
    """As texts are compared: without case, accents and superfluous blanks."""
    if text.isascii():
        return " ".join(text.replace("\x00", "").lower().split())
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
    """Inside the write that stores the quiz."""
    head = msgspec.json.decode(content, type=_Whole, strict=False)
    prompts = [str(question.get("prompt") or "") for question in head.questions]
    texts = [head.title, head.description, *head.tags, *prompts]
    words = "\n".join(folded(text or "") for text in texts)[:WORDS_MOST]
    quizzes.set_words(quiz_id, words, head.language or "en", {folded(tag): tag for tag in head.tags})
    questions.set_questions(quiz_id, [(str(question.get("kind")), words_in(question)) for question in head.questions])


def words_in(question: dict[str, Any]) -> str:
    """All that its author wrote in a question, of whatever kind it is."""
    return "\n".join(folded(text) for text in _texts(question))[:QUESTION_WORDS_MOST]


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for entry in value:
            yield from _texts(entry)
    elif isinstance(value, dict):
        for name, entry in value.items():
            if name not in NO_WORDS:
                yield from _texts(entry)
