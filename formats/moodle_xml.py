"""Moodle XML: the question bank as Moodle itself writes it, and as others write for it. Its rules: docs/formats.md."""

import re
from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element

from formats.exported import Exported
from formats.intermediate import MAX_QUESTIONS_IN_FILE, FormatError, Issue, Parsed, Skip
from formats.moodle_draft import MoodleDraft
from formats.moodle_writer import write_moodle_xml
from formats.source import Source
from formats.text import title_from_filename
from formats.weights import WHOLE, mark_right
from formats.xml_text import lines_of, parse_xml

NAME = "moodle-xml"
LABEL = "Moodle XML"
EXTENSIONS = (".xml",)

_BEGINNING = 100_000
_QUIZ = re.compile(r"<quiz\b[^<>]*>")
_QUESTION = re.compile(r"<question\s+type\s*=")
_NOT_HERE = {
    "essay": ("kind_essay", "an essay question"),
    "matching": ("kind_match", "a matching question"),
    "match": ("kind_match", "a matching question"),
    "cloze": ("kind_gaps", "a text with gaps"),
    "multianswer": ("kind_gaps", "a text with gaps"),
    "gapselect": ("kind_gaps", "a text with gaps"),
    "ddwtos": ("kind_gaps", "a text with gaps"),
    "ordering": ("kind_order", "a question about an order"),
    "order": ("kind_order", "a question about an order"),
}


def detect(source: Source) -> float:
    """0 to 1: how sure it is that these bytes are Moodle XML."""
    beginning = source.text()[:_BEGINNING]
    if not beginning.lstrip("\ufeff \n\t").startswith("<") or not _QUIZ.search(beginning):
        return 0.0
    return 0.95 if _QUESTION.search(beginning) else 0.6


def parse(source: Source) -> list[Parsed]:
    """The one quiz of the file. Raises FormatError for XML that is broken or none of Moodle's."""
    root = parse_xml(source)
    if root.tag != "quiz":
        raise FormatError("This XML file holds no questions of Moodle: it does not begin with <quiz>.")
    parsed = Parsed(title_from_filename(source.filename), issues=list(source.decoded().issues))
    lines = lines_of(source, "question")
    categories: dict[str, None] = {}
    for number, element in enumerate(root.iter("question")):
        where = f"line {lines[number]}" if number < len(lines) else f"question {number + 1}"
        if (element.get("type") or "").strip() == "category":
            _name(parsed, element, where, categories)
        else:
            _read(element, where, parsed)
        if parsed.found > MAX_QUESTIONS_IN_FILE:
            raise FormatError(f"The file holds more than {MAX_QUESTIONS_IN_FILE} questions; please divide it.")
    if not parsed.found:
        raise FormatError("There are no questions in this Moodle XML file.")
    return [parsed]


def export(quiz: dict[str, Any]) -> Exported:
    """The quiz as Moodle XML, with what could not be carried."""
    return write_moodle_xml(quiz)


def _name(parsed: Parsed, element: Element, where: str, categories: dict[str, None]) -> None:
    """The category names the quiz when all questions are in it."""
    path = (element.findtext("category/text") or "").strip()
    if path in categories:
        return
    categories[path] = None
    last = re.sub(r"^Default for ", "", path.replace("//", "\0").split("/")[-1].replace("\0", "/").strip())
    if len(categories) == 1 and not parsed.found and last.lower() not in ("top", "$course$", ""):
        parsed.title = " ".join(last.split())[:200]
    if len(categories) == 2 and parsed.found:
        message = "The file has several categories; their questions are in one quiz, in the order of the file."
        parsed.issues.append(Issue("warning", where, "categories_joined", message))


def _read(element: Element, where: str, parsed: Parsed) -> None:
    draft = MoodleDraft(element)
    try:
        _read_question(draft)
        question = draft.finish()
    except Skip as skip:
        parsed.skip(where, skip.code, str(skip))
        return
    parsed.questions.append({**question, "_where": where})
    parsed.issues.extend(Issue("warning", where, code, message) for code, message in draft.warnings)


def _read_question(draft: MoodleDraft) -> None:
    kind = (draft.element.get("type") or "").strip()
    if draft.raw("hidden") == "1":
        raise Skip("hidden", "This question is hidden in Moodle: an old version of another one.")
    if kind in _NOT_HERE:
        code, what = _NOT_HERE[kind]
        raise Skip(code, f"This is {what}, a kind that Quizhall does not have yet.")
    read = _READERS.get(kind)
    if read is None:
        raise Skip("kind_unknown", f"Quizhall has no kind of question like Moodle's “{kind[:40]}”.")
    draft.fields["prompt"] = draft.plain(draft.element.find("questiontext"))
    read(draft)


def _read_slide(draft: MoodleDraft) -> None:
    draft.fields["kind"] = "info"


def _read_choices(draft: MoodleDraft) -> None:
    choices: list[dict[str, Any]] = []
    weights = []
    for answer, weight, feedback in draft.answers():
        text = draft.plain(answer, is_line=True)
        if not text:
            raise Skip("choice_without_text", "One of its answers has no text (perhaps a picture).")
        choices.append({"text": text, "feedback": feedback} if feedback else {"text": text})
        weights.append(weight)
    if len(choices) < 2:
        raise Skip("too_few_answers", "A choice question needs at least two answers.")
    is_whole = [weight >= WHOLE for weight in weights]
    if draft.element.find("single") is not None:
        is_single = draft.raw("single").lower() in ("true", "1")
    elif sum(is_whole) > 1:
        # Other programs than Moodle give each right answer everything and mean that all belong together.
        marked = [
            choice | ({"correct": True} if whole else {}) for choice, whole in zip(choices, is_whole, strict=True)
        ]
        draft.fields.update(kind="multi", choices=marked)
        return
    else:
        is_single = sum(is_whole) == 1
    draft.fields.update(mark_right(choices, weights, is_single, draft.warn))


def _read_true_false(draft: MoodleDraft) -> None:
    """The answers are the words true and false, in English whatever the language of the course is."""
    choices: list[dict[str, object]] = [{"text": "True"}, {"text": "False"}]
    best = (0.0, -1)
    for answer, weight, feedback in draft.answers():
        word = draft.plain(answer, is_line=True).lower()
        if word not in ("true", "false"):
            raise Skip("no_right_answer", f"“{word[:40]}” is neither true nor false.")
        index = int(word == "false")
        if feedback:
            choices[index]["feedback"] = feedback
        best = max(best, (weight, index))
    if best[1] < 0:
        raise Skip("no_right_answer", "Neither true nor false is the right answer.")
    choices[best[1]]["correct"] = True
    draft.fields.update(kind="true_false", choices=choices)


def _read_texts(draft: MoodleDraft) -> None:
    accepted: list[object] = []
    has_star = False
    for answer, weight, feedback in draft.answers():
        # Moodle's typed answers are plain text, and * stands for anything.
        text = " ".join((answer.findtext("text") or "").split())
        if feedback:
            draft.notes.append(f"{'Otherwise' if text in ('', '*') else text}: {feedback}")
        if text and text != "*" and weight > 0:
            accepted.append(text if weight >= 1 else {"text": text, "weight": round(weight, 7)})
            has_star = has_star or "*" in text
    if not accepted:
        raise Skip("no_right_answer", "No answer of this question is right.")
    match = "wildcard" if has_star else "exact" if draft.raw("usecase") == "1" else "ignore_case"
    draft.fields.update(kind="text", accepted=accepted, match=match)


def _read_numbers(draft: MoodleDraft) -> None:
    accepted: list[dict[str, float]] = []
    for answer, weight, feedback in draft.answers():
        text = (answer.findtext("text") or "").strip()
        if feedback:
            draft.notes.append(f"{'Otherwise' if text in ('', '*') else text}: {feedback}")
        if not text or text == "*" or weight <= 0:
            continue
        entry = {"value": _number(text)}
        if tolerance := _number((answer.findtext("tolerance") or "0").strip() or "0"):
            entry["tolerance"] = abs(tolerance)
        accepted.append(entry if weight >= 1 else entry | {"weight": round(weight, 7)})
    if not accepted:
        raise Skip("no_right_answer", "No answer of this question is right.")
    draft.fields.update(kind="number", accepted=accepted)


def _number(text: str) -> float:
    """Raises Skip for what is none."""
    try:
        value = float(text.replace(",", "."))
    except ValueError as error:
        raise Skip("not_a_number", f"“{text[:40]}” is not a number.") from error
    if not abs(value) < 1e300:
        raise Skip("not_a_number", f"“{text[:40]}” is too large a number.")
    return int(value) if value.is_integer() and abs(value) < 2**53 else value


_READERS: dict[str, Callable[[MoodleDraft], None]] = {
    "multichoice": _read_choices,
    "truefalse": _read_true_false,
    "shortanswer": _read_texts,
    "numerical": _read_numbers,
    "description": _read_slide,
}
