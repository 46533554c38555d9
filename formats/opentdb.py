"""JSON of the Open Trivia Database (opentdb.com): what its API answers, in each of its encodings, or a list of it."""

import base64
import binascii
import html
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote, unquote_plus

from formats.intermediate import MAX_QUESTIONS_IN_FILE, FormatError, Issue, Parsed, Skip
from formats.json_text import Record, find_lists
from formats.mixing import mixed
from formats.sheet import clean
from formats.source import Source
from formats.text import title_from_filename

ATTRIBUTION = (
    "Questions from the Open Trivia Database, https://opentdb.com, by its contributors."
    " Licence: Creative Commons Attribution-ShareAlike 4.0 (CC BY-SA 4.0)."
)
RESPONSE_CODES = {
    1: "the database has fewer questions of that kind than were asked for",
    2: "the request had a parameter that it does not know",
    3: "the session token is unknown",
    4: "the session token has been given all questions that there are; reset it",
    5: "it was asked more than once in five seconds",
}

Read = Callable[[Any], str]
"""A value of the file as plain text, "" for what is none."""

_LOOKED_AT = 50
_SOFT_HYPHEN = "\u00ad"
_PERCENT = re.compile(r"%[0-9A-Fa-f]{2}")
_OPPOSITE = {"true": "False", "false": "True"}
_TAG_MOST = 40
_TAGS_MOST = 20


def detect(source: Source) -> float:
    """0 to 1: how sure it is that this is what OpenTDB answers."""
    if source.data[:200].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")[:1] not in (b"{", b"["):
        return 0.0
    document = source.json()
    if isinstance(document, dict) and "response_code" in document:
        return 0.95
    entries = [entry for _, found in find_lists(document) for entry in found[:_LOOKED_AT]]
    looked_at = [entry for entry in entries[:_LOOKED_AT] if isinstance(entry, dict)]
    ours = sum("correct_answer" in entry and "incorrect_answers" in entry for entry in looked_at)
    return 0.95 if ours and 2 * ours > len(entries) else 0.0


def parse(source: Source) -> list[Parsed]:
    """A quiz for each list in the file. Raises FormatError, for an answer without questions with what it says."""
    document = source.json()
    lists = [(name, entries) for name, entries in find_lists(document) if entries]
    if not lists:
        _refuse(document)
    everything = [entry for _, entries in lists for entry in entries]
    if len(everything) > MAX_QUESTIONS_IN_FILE:
        raise FormatError(f"The file holds more than {MAX_QUESTIONS_IN_FILE} questions; please divide it.")
    read = _encoding([entry for entry in everything[:_LOOKED_AT] if isinstance(entry, dict)])
    quizzes = [_quiz(name, entries, read, source, len(lists) > 1) for name, entries in lists]
    quizzes[0].issues.extend(source.decoded().issues)
    return quizzes


def _quiz(name: str, entries: list[Any], read: Read, source: Source, is_one_of_many: bool) -> Parsed:
    title = title_from_filename(source.filename)
    parsed = Parsed(f"{title}: {name}"[:200] if is_one_of_many else title, description=ATTRIBUTION)
    categories: dict[str, None] = {}
    for index, entry in enumerate(entries):
        where = f"{name}[{index}]"
        try:
            question, told = _question(entry, read)
        except Skip as skip:
            parsed.skip(where, skip.code, str(skip))
            continue
        parsed.questions.append({**question, "_where": where})
        parsed.issues.extend(Issue("warning", where, code, message) for code, message in told)
        if category := read(entry.get("category")):
            categories[category] = None
    if len(categories) == 1:
        parsed.title = next(iter(categories))[:200]
    tags = [category.replace(",", " ") for category in categories]
    parsed.tags = tags if len(tags) <= _TAGS_MOST and all(len(tag) <= _TAG_MOST for tag in tags) else []
    return parsed


def _refuse(document: Any) -> None:
    code = document.get("response_code") if isinstance(document, dict) else None
    if isinstance(code, int) and code in RESPONSE_CODES:
        raise FormatError(
            f"The Open Trivia Database answered without questions: {RESPONSE_CODES[code]} (response code {code})."
        )
    raise FormatError("There are no questions in this answer of the Open Trivia Database.")


def _encoding(entries: list[Record]) -> Read:
    """How the texts of this file are read. Nothing in it says so, but each of the API's encodings looks different."""
    texts = [text for entry in entries for text in _texts(entry)]
    if texts and all(_from_base64(text) is not None for text in texts):
        return lambda value: _plain(_from_base64(value) or "") if isinstance(value, str) else ""
    if not any(char.isspace() for text in texts for char in text) and any(map(_PERCENT.search, texts)):
        is_legacy = any("+" in text for text in texts) and not any("%20" in text for text in texts)
        decoded = unquote_plus if is_legacy else unquote
        return lambda value: _plain(decoded(value)) if isinstance(value, str) else ""
    return lambda value: _plain(html.unescape(value)) if isinstance(value, str) else ""


def _texts(entry: Record) -> list[str]:
    wrong = entry.get("incorrect_answers")
    values = [entry.get("question"), entry.get("correct_answer"), *(wrong if isinstance(wrong, list) else [])]
    return [value for value in values if isinstance(value, str) and value]


def _from_base64(text: str) -> str | None:
    try:
        return base64.b64decode(text, validate=True).decode("utf-8")
    except (binascii.Error, ValueError):
        return None


def _plain(text: str) -> str:
    return " ".join(clean(text.replace(_SOFT_HYPHEN, "")).split())


def _question(entry: Any, read: Read) -> tuple[Record, list[tuple[str, str]]]:
    """(question, warnings). Raises Skip."""
    if not isinstance(entry, dict):
        raise Skip("not_a_question", "This is not an object, so it is no question.")
    told: list[tuple[str, str]] = []
    prompt, right = read(entry.get("question")), read(entry.get("correct_answer"))
    given = entry.get("incorrect_answers")
    wrong = [answer for value in given if (answer := read(value))] if isinstance(given, list) else []
    if not prompt:
        raise Skip("no_text", "This question has no text.")
    if not right:
        raise Skip("no_right_answer", "No answer of this question is given as right.")
    if repeated := len(wrong) - len({*wrong} - {right}):
        told.append(("answer_repeated", f"{repeated} of its answers stood there twice and came in once."))
        wrong = [answer for answer in dict.fromkeys(wrong) if answer != right]
    if not wrong and right.lower() in _OPPOSITE:
        wrong = [_OPPOSITE[right.lower()]]
    if not wrong:
        raise Skip("too_few_answers", "This question has a right answer and no wrong ones.")
    about = " · ".join(filter(None, (read(entry.get("category")), read(entry.get("difficulty")))))
    question: Record = {"prompt": prompt, **_choices(prompt, right, wrong)}
    return question | ({"notes": about} if about else {}), told


def _choices(prompt: str, right: str, wrong: list[str]) -> Record:
    if {right.lower(), *(answer.lower() for answer in wrong)} == {"true", "false"}:
        is_true = right.lower() == "true"
        return {
            "kind": "true_false",
            "choices": [{"text": "True"} | _mark(is_true), {"text": "False"} | _mark(not is_true)],
        }
    answers, at = mixed(right, wrong, prompt)
    return {
        "kind": "single",
        "choices": [{"text": answer} | _mark(index == at) for index, answer in enumerate(answers)],
    }


def _mark(is_right: bool) -> Record:
    return {"correct": True} if is_right else {}
