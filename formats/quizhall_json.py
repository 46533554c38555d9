"""Our own quiz JSON, the one lossless format. Shapes only: which question can be played is game.quiz's business."""

import json
import math
import re
from typing import Any

from formats.exported import Exported
from formats.intermediate import MAX_QUESTIONS_IN_FILE, FormatError, Issue, Parsed, QuestionDict
from formats.source import Source
from formats.text import storable, title_from_filename

VERSION = 1
"""Of the file. A new field or kind does not raise it: who does not know that says so by its name."""

_DEEPEST = 10
_SHOWN = 120
# What a question may show, with the words about it: the hash of what is stored, and its type.
_MEDIA = (
    ("image", "alt", re.compile(r"[0-9a-f]{64}\.(?:webp|png)"), "image_missing", "picture"),
    ("audio", "transcript", re.compile(r"[0-9a-f]{64}\.(?:mp3|m4a|ogg|wav)"), "sound_missing", "sound"),
)
_QUIZ_FIELDS = ("title", "description", "language", "tags", "questions")
# What the server adds to a quiz when it sends one; of no use in another place.
_SERVER_FIELDS = {"id", "revision", "ready", "created_at", "updated_at", "owner_id", "runs", "last_played_at"}


class _NoQuestion(Exception):
    """This cannot be a question of any kind; the message says why in one sentence."""


def detect(source: Source) -> float:
    """0 to 1: how sure it is that these bytes are a quiz in our JSON."""
    data = source.data
    start = data[:200].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")
    named = source.has_extension(".json")
    # [html] and { =a } begin GIFT; what begins JSON of ours goes on with a quote.
    if start[:1] not in (b"{", b"[") or start.lstrip(b"[{\x00 \t\r\n")[:1] not in (b'"', b"]", b"}"):
        return 0.5 if named else 0.0
    return 0.9 if b'"questions"' in data or b'"\x00q\x00u\x00e\x00s' in data else 0.6


def parse(source: Source) -> list[Parsed]:
    """All quizzes of a file: one quiz object, a bare list of questions, or `{"quizzes": [...]}`."""
    decoded = source.decoded()
    document = source.json()
    if isinstance(document, dict) and document.get("version", VERSION) != VERSION:
        raise FormatError("This file was written by a newer Quizhall than this one; please update this one.")
    quizzes = document.get("quizzes") if isinstance(document, dict) and "questions" not in document else [document]
    if isinstance(document, list):
        quizzes = [{"questions": document}]
    if not isinstance(quizzes, list) or not quizzes:
        raise FormatError("This is JSON, but no Quizhall quiz: it has no list “questions”.")
    parsed = []
    for index, quiz in enumerate(quizzes):
        prefix = f"quizzes[{index}]." if len(quizzes) > 1 else ""
        parsed.append(_read_quiz(quiz, source.filename, prefix))
    parsed[0].issues.extend(decoded.issues)
    return parsed


def export(quiz: dict[str, Any]) -> Exported:
    """The quiz as a file that `parse` reads back unchanged."""
    return Exported(write_document(quiz), "application/json; charset=utf-8", ".json")


def write_document(quiz: dict[str, Any]) -> bytes:
    document = {name: quiz[name] for name in ("version", *_QUIZ_FIELDS) if name in quiz}
    document["questions"] = [
        {name: value for name, value in question.items() if name != "_where"} for question in quiz["questions"]
    ]
    return (json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()


def _read_quiz(quiz: object, filename: str, prefix: str) -> Parsed:
    questions = quiz.get("questions") if isinstance(quiz, dict) else None
    if not isinstance(quiz, dict) or not isinstance(questions, list):
        name = prefix.rstrip(".") or "it"
        raise FormatError(f"This is JSON, but no Quizhall quiz: {name} has no list “questions”.")
    if len(questions) > MAX_QUESTIONS_IN_FILE:
        raise FormatError(f"The file holds more than {MAX_QUESTIONS_IN_FILE} questions; please divide it.")
    issues: list[Issue] = []
    parsed = Parsed(
        title=_text(quiz, "title", issues, prefix) or title_from_filename(filename),
        description=_text(quiz, "description", issues, prefix),
        language=_text(quiz, "language", issues, prefix) or "en",
        tags=_tags(quiz, issues, prefix),
        issues=issues,
    )
    for name in quiz:
        if name not in _QUIZ_FIELDS and name not in _SERVER_FIELDS and name != "version":
            where = prefix + storable(name)[:100]
            issues.append(Issue("warning", where, "unknown_field", "This field is not part of a quiz."))
    for index, question in enumerate(questions):
        where = f"{prefix}questions[{index}]"
        try:
            fields = _question(question)
            if fields.get("media"):
                fields["media"] = _media(fields["media"], where, issues)
            parsed.questions.append({**fields, "_where": where})
        except _NoQuestion as fault:
            parsed.skip(where, "not_a_question", str(fault))
    return parsed


def _text(quiz: dict[str, Any], name: str, issues: list[Issue], prefix: str) -> str:
    value = quiz.get(name)
    if isinstance(value, str):
        return storable(value)
    if value is not None:
        issues.append(Issue("warning", prefix + name, "not_text", f"The {name} is not text and was left out."))
    return ""


def _tags(quiz: dict[str, Any], issues: list[Issue], prefix: str) -> list[str]:
    tags = quiz.get("tags")
    if tags is None or (isinstance(tags, list) and all(isinstance(tag, str) for tag in tags)):
        return [storable(tag) for tag in tags or []]
    issues.append(Issue("warning", prefix + "tags", "not_text", "The tags are no list of texts and were left out."))
    return []


def _question(question: object) -> QuestionDict:
    """The question without characters that no database takes. Raises _NoQuestion."""
    if not isinstance(question, dict):
        raise _NoQuestion("This is not an object, so it is no question.")
    for name in ("kind", "prompt"):
        if not isinstance(question.get(name), str):
            raise _NoQuestion(f"The question has no text in “{name}”.")
    return {storable(name): _clean(value, _DEEPEST) for name, value in question.items()}


def _media(given: Any, where: str, issues: list[Issue]) -> dict[str, str] | None:
    """What names no image and no sound as a Quizhall does, came from somewhere else without it: told, and left out.

    Whether what is named is in the file or here, is found out later.
    """
    said = given if isinstance(given, dict) else {} if given is None else {"image": given}
    kept: dict[str, str] = {}
    for name, words, known, code, what in _MEDIA:
        if isinstance(file := said.get(name), str) and known.fullmatch(file):
            kept |= {name: file} | ({words: said[words]} if isinstance(said.get(words), str) else {})
        elif file:
            shown = f": {file[:_SHOWN]}" if isinstance(file, str) else ""
            issues.append(Issue("warning", where, code, f"The {what} is not in the file{shown}."))
    return kept or None


def _clean(value: Any, levels: int) -> Any:
    if levels == 0:
        raise _NoQuestion("The question is nested deeper than any question is.")
    if isinstance(value, str):
        return storable(value)
    # 1e999 is valid JSON and infinite.
    if isinstance(value, float) and not math.isfinite(value):
        raise _NoQuestion("One of its numbers is too large.")
    if isinstance(value, dict):
        return {storable(name): _clean(entry, levels - 1) for name, entry in value.items()}
    return [_clean(entry, levels - 1) for entry in value] if isinstance(value, list) else value
