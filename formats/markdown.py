"""Markdown: questions as headings or numbered, answers as boxes to tick; what people write, what quizdown and text2qti
read, and what this program writes. Nothing in a file is ever run."""

import re
from typing import TYPE_CHECKING

from formats import text2qti
from formats.intermediate import MAX_EXPLANATION, MAX_QUESTIONS_IN_FILE, FormatError, Issue, Parsed, Skip
from formats.markdown_text import ESCAPED, MARK, NUMBER
from formats.source import Source
from formats.text import title_from_filename

if TYPE_CHECKING:
    from formats.markdown_draft import Draft
    from formats.markdown_reader import Document

MAX_CHARACTERS = 3_000_000
_BEGINNING = 200_000
_FRONT = re.compile(r"---\n((?:[a-z_]+:[^\n]*\n){1,20})---(?:\n|$)")
_BOXES = re.compile(r"^[ \t]{0,8}(?:[-+*]|\d{1,4}[.)])[ \t]+\[[ xX]\][ \t]+\S", re.MULTILINE)
_HEADING = re.compile(r"^#{1,6}[ \t]+\S", re.MULTILINE)
_ACCEPTED = re.compile(r"^=[ \t]+\S", re.MULTILINE)


def detect(source: Source) -> float:
    """0 to 1: how sure it is that this is Markdown with questions in it."""
    text = source.text()[:_BEGINNING]
    if text.startswith(f"---\n{MARK}"):
        return 0.97
    if text2qti.is_likely(text):
        return 0.84
    if _BOXES.search(text):
        return 0.82
    if _HEADING.search(text) and _ACCEPTED.search(text):
        return 0.7
    return 0.55 if source.has_extension(".md", ".markdown") and _HEADING.search(text) else 0.0


def parse(source: Source) -> list[Parsed]:
    """The one quiz of the file. Raises FormatError when there is no question in it."""
    text = source.text()
    if len(text) > MAX_CHARACTERS:
        raise FormatError(f"This text is longer than {MAX_CHARACTERS // 1_000_000} million characters.")
    parsed = Parsed(title_from_filename(source.filename), issues=list(source.decoded().issues))
    if not text.startswith("---\n") and text2qti.is_likely(text[:_BEGINNING]):
        text2qti.read(text, parsed)
    else:
        _read(text, parsed)
    if parsed.found > MAX_QUESTIONS_IN_FILE:
        raise FormatError(f"The file holds more than {MAX_QUESTIONS_IN_FILE} questions; please divide it.")
    if not parsed.found:
        raise FormatError("There are no questions in this Markdown: no boxes to tick below a question, and no answers.")
    return [parsed]


def _read(text: str, parsed: Parsed) -> None:
    from formats.markdown_reader import read_document  # every text is asked whether it is Markdown, and few are

    first_line = 1
    if front := _FRONT.match(text):
        first_line += front[0].count("\n")
        _read_front(front[1], parsed)
        text = text[front.end() :]
    document = read_document(text, first_line)
    if document.title:
        parsed.title = " ".join(document.title.split())[:200]
    parsed.description = document.description[:MAX_EXPLANATION]
    for line, heading in document.left_out:
        message = f"“{heading[:80]}” was taken for a heading over questions and left out."
        parsed.issues.append(Issue("warning", f"line {line}", "heading_left_out", message))
    for draft in document.drafts:
        _keep(draft, document, parsed)
    _without_numbers(document, parsed)


def _read_front(lines: str, parsed: Parsed) -> None:
    """`language` and `tags` before the first heading; what else is there is for other programs."""
    fields = dict(line.split(":", 1) for line in lines.splitlines())
    parsed.language = fields.get("language", "").strip() or parsed.language
    parsed.tags = [tag.strip() for tag in fields.get("tags", "").split(",") if tag.strip()]


def _keep(draft: "Draft", document: "Document", parsed: Parsed) -> None:
    where = f"line {draft.line}"
    try:
        question = draft.question(document.bullets_are_multi)
    except Skip as skip:
        parsed.skip(where, skip.code, str(skip))
        return
    parsed.questions.append({**question, "_where": where})
    parsed.issues.extend(Issue("warning", where, code, message) for code, message in draft.warnings)


def _without_numbers(document: "Document", parsed: Parsed) -> None:
    """Numbers before the questions are left out, when most have one."""
    escaped = {f"line {draft.line}" for draft in document.drafts if ESCAPED in draft.marks}
    open_ones = [question for question in parsed.questions if question["_where"] not in escaped]
    numbered = [question for question in open_ones if NUMBER.match(question["prompt"])]
    if 2 * len(numbered) > len(open_ones):
        for question in numbered:
            question["prompt"] = NUMBER.sub("", question["prompt"], count=1) or question["prompt"]
