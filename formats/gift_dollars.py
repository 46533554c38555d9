"""Texts with dollars in GIFT: between two of them readers see a formula, whose signs they leave alone. Where that would
swallow an answer, a question is written as HTML, which has another word for a dollar."""

import html
from collections.abc import Iterator
from typing import Any

from formats.exported import accepted_of
from formats.intermediate import Parsed
from formats.markdown_html import block_html, line_html
from formats.text import normalise

# Typed answers and right sides are plain text in Moodle, whatever the format of the question.
AS_HTML = ("single", "multi", "true_false", "poll", "number", "info", "open")


def has_dollars(question: dict[str, Any]) -> bool:
    return sum(text.count("$") for text in texts_of(question)) > 1


def texts_of(question: dict[str, Any]) -> Iterator[str]:
    """All that can be read in it, in one order."""
    yield question["prompt"]
    yield question.get("explanation") or ""
    for choice in question.get("choices") or ():
        if question["kind"] != "true_false":
            yield choice["text"]
        yield choice.get("feedback") or ""
    yield from (entry["text"] for entry in accepted_of(question) if "text" in entry)
    for pair in question.get("pairs") or ():
        yield from (pair["left"], pair["right"])
    yield from question.get("distractors") or ()


def comes_back(question: dict[str, Any], found: Parsed) -> bool:
    """Whether a reader finds this one question again."""
    if len(found.questions) != 1 or found.skipped:
        return False
    return _words(question) == _words(found.questions[0])


def _words(question: dict[str, Any]) -> list[str]:
    return [" ".join(normalise(text).split()) for text in texts_of(question)]


def as_html(question: dict[str, Any]) -> dict[str, Any]:
    """The question with its texts as HTML."""
    choices = [
        choice | {"text": _html(choice["text"]), "feedback": _html(choice.get("feedback") or "")}
        for choice in question.get("choices") or ()
    ]
    texts = {name: _html(question.get(name) or "") for name in ("prompt", "explanation")}
    return question | texts | ({"choices": choices} if choices else {})


def formatted_as_html(question: dict[str, Any]) -> dict[str, Any]:
    """The same of one whose texts are Markdown."""
    is_named = question["kind"] == "true_false"
    choices = [
        choice
        | {"text": choice["text"] if is_named else _safe(line_html(choice["text"]))}
        | {"feedback": _html(choice.get("feedback") or "")}
        for choice in question.get("choices") or ()
    ]
    texts = {name: _safe(block_html(question.get(name) or "")) for name in ("prompt", "explanation")}
    return question | texts | ({"choices": choices} if choices else {})


def _html(text: str) -> str:
    return _safe(html.escape(text.replace("\r", ""), quote=False).replace("\n", "<br>"))


def _safe(source: str) -> str:
    """A [ would begin the name of a format, a % a weight, a dollar a formula."""
    return source.replace("$", "&#36;").replace("[", "&#91;").replace("%", "&#37;")
