"""Moodle XML: the question bank as Moodle itself writes it, and as others write for it. Its rules: docs/formats.md."""

import re
from functools import partial
from xml.etree.ElementTree import Element

from formats.draft import keep
from formats.intermediate import MAX_QUESTIONS_IN_FILE, FormatError, Issue, Parsed, Skip
from formats.moodle_answers import ASK_THEMSELVES, READERS
from formats.moodle_draft import MoodleDraft
from formats.source import Source
from formats.text import title_from_filename
from formats.xml_text import lines_of, parse_xml

_BEGINNING = 100_000
_QUIZ = re.compile(r"<quiz\b[^<>]*>")
_QUESTION = re.compile(r"<question\s+type\s*=")


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
            keep(parsed, where, partial(_read, element))
        if parsed.found > MAX_QUESTIONS_IN_FILE:
            raise FormatError(f"The file holds more than {MAX_QUESTIONS_IN_FILE} questions; please divide it.")
    if not parsed.found:
        raise FormatError("There are no questions in this Moodle XML file.")
    return [parsed]


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


def _read(element: Element) -> MoodleDraft:
    """Raises Skip."""
    draft = MoodleDraft(element)
    kind = (element.get("type") or "").strip()
    if draft.raw("hidden") == "1":
        raise Skip("hidden", "This question is hidden in Moodle: an old version of another one.")
    read = READERS.get(kind)
    if read is None:
        raise Skip("kind_unknown", f"Quizhall has no kind of question like Moodle's “{kind[:40]}”.")
    if kind not in ASK_THEMSELVES:
        draft.ask()
    read(draft)
    draft.explain(draft.plain(element.find("generalfeedback")))
    return draft
