"""Aiken: a question, lettered answers, ANSWER: and a letter; plain text, shown as it stands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from formats.intermediate import MAX_EXPLANATION, MAX_QUESTIONS_IN_FILE, FormatError, Issue, Parsed, Skip
from formats.source import Source
from formats.text import title_from_filename

MAX_CHARACTERS = 3_000_000

_ANSWER = re.compile(r"\s*+ANSWERS?\s*+[:：=-]\s*+(.*)", re.IGNORECASE)
_OPTION = re.compile(r"\s*+([A-Za-z])\s?[).:]\s*+(.*)")
_FEEDBACK = re.compile(r"\s*+(?:feedback|explanation|gfeed|rationale)\s*+[:.]\s*+(.*)", re.IGNORECASE)
_LETTERS = re.compile(r"[A-Za-z](?:[\s,;&+]++(?:and\s++)?[A-Za-z])*+[.)]?+")
_NUMBER = re.compile(r"\(?\d{1,4}[.):]\s*+")
_KEYWORD = re.compile(
    r"(category|multichoice|essay|shortanswer|truefalse|description|cloze|numerical|order|matching|multianswer)\s*+"
)
_SURE = re.compile(r"^[ \t]*+A\s?[).:].*\n(?:.*\n){0,60}?[ \t]*+ANSWERS?[ \t]*+[:：=-]", re.MULTILINE | re.IGNORECASE)


@dataclass(slots=True)
class _Draft:
    """What was read since the last question; `options` are (letter, text)."""

    line: int = 0
    stem: list[str] = field(default_factory=list)
    options: list[tuple[str, str]] = field(default_factory=list)
    keyword: str = ""


def detect(source: Source) -> float:
    """0 to 1: how sure it is that these bytes are Aiken."""
    return 0.85 if _SURE.search(source.text()[:MAX_CHARACTERS]) else 0.0


def parse(source: Source) -> list[Parsed]:
    """The one quiz of the file. Raises FormatError when there is no question in it."""
    text = source.text()
    if len(text) > MAX_CHARACTERS:
        raise FormatError(f"This text is longer than {MAX_CHARACTERS // 1_000_000} million characters.")
    parsed = Parsed(title_from_filename(source.filename), issues=list(source.decoded().issues))
    _Reader(parsed).read(text)
    if not parsed.found:
        raise FormatError("There are no Aiken questions in this text: none has a line “ANSWER:” with a letter.")
    _without_numbers(parsed)
    return [parsed]


def read_back(text: str) -> Parsed:
    """A text of ours as others will read it; nothing at all where they refuse it."""
    try:
        return parse(Source(text.encode(), ""))[0]
    except FormatError:
        return Parsed("")


class _Reader:
    """Goes through the lines once. Every question that is begun ends as imported or as skipped."""

    def __init__(self, parsed: Parsed) -> None:
        self._parsed = parsed
        self._draft = _Draft()
        self._is_after_blank = True
        # Where feedback belongs: the question whose answer was just read, kept or not.
        self._last: dict[str, object] | None = None

    def read(self, text: str) -> None:
        for number, line in _lines(text):
            if not line:
                self._is_after_blank = True
                continue
            self._read_line(number, line)
            self._is_after_blank = False
            if self._parsed.found > MAX_QUESTIONS_IN_FILE:
                raise FormatError(f"The file holds more than {MAX_QUESTIONS_IN_FILE} questions; please divide it.")
        self._leave_unfinished()

    def _read_line(self, number: int, line: str) -> None:
        draft = self._draft
        if (keyword := _KEYWORD.fullmatch(line)) and self._is_after_blank:
            self._leave_unfinished()
            self._draft = _Draft(number, keyword=keyword[1])
        elif answer := _ANSWER.fullmatch(line):
            self._answer(number, answer[1].strip())
        elif (feedback := _FEEDBACK.fullmatch(line)) and self._last is not None and not draft.stem:
            self._explain(number, feedback[1].strip())
        elif option := self._option(line):
            if not draft.stem:
                self._parsed.skip(f"line {number}", "no_text", "There is an answer here, but no question before it.")
            else:
                draft.options.append((option[1].upper(), option[2].strip()))
        else:
            self._text(number, line)

    def _explain(self, number: int, text: str) -> None:
        if self._last is None or not text:
            return
        if len(text) > MAX_EXPLANATION:
            message = f"The feedback was longer than {MAX_EXPLANATION} characters and was cut."
            self._parsed.issues.append(Issue("warning", f"line {number}", "text_shortened", message))
        self._last["explanation"] = text[:MAX_EXPLANATION]

    def _option(self, line: str) -> re.Match[str] | None:
        """Answers are lettered one after the other; “B. Brecht wrote” at the start of a question is none."""
        option = _OPTION.fullmatch(line)
        if option is None or self._draft.keyword not in ("", "multichoice"):
            return None
        options = self._draft.options
        is_next = ord(option[1].upper()) > ord(options[-1][0]) if options else option[1].upper() == "A"
        return option if is_next else None

    def _text(self, number: int, line: str) -> None:
        draft = self._draft
        if draft.options and not self._is_after_blank:
            letter, text = draft.options[-1]
            draft.options[-1] = (letter, f"{text}\n{line.strip()}")
            return
        if draft.stem and self._is_after_blank:
            self._leave_unfinished()
            draft = self._draft
        if not draft.stem:
            draft.line = draft.line or number
            self._last = None
        draft.stem.append(line.strip())

    def _leave_unfinished(self) -> None:
        draft, self._draft = self._draft, _Draft()
        if draft.keyword == "category" or not (draft.stem or draft.options):
            return
        where = f"line {draft.line}"
        if draft.keyword not in ("", "multichoice"):
            self._parsed.skip(where, "not_aiken", f"“{draft.keyword}” is no kind of question that Aiken has.")
        else:
            self._parsed.skip(where, "unfinished", "This question has no line “ANSWER:” with a letter.")

    def _answer(self, number: int, key: str) -> None:
        draft = self._draft
        if not draft.stem:
            self._draft = _Draft()
            self._parsed.skip(f"line {number}", "no_text", "There is an “ANSWER:” here, but no question before it.")
            return
        if draft.keyword not in ("", "multichoice"):
            self._leave_unfinished()
            self._last = {}
            return
        self._draft = _Draft()
        self._last = {}
        where = f"line {draft.line}"
        try:
            question, warnings = _question(draft, key)
        except Skip as skip:
            self._parsed.skip(where, skip.code, str(skip))
            return
        self._last = question
        question["_where"] = where
        self._parsed.questions.append(question)
        self._parsed.issues.extend(Issue("warning", where, code, message) for code, message in warnings)


def _question(draft: _Draft, key: str) -> tuple[dict[str, object], list[tuple[str, str]]]:
    """The question and what there is to tell of it. Raises Skip."""
    if len(draft.options) < 2:
        raise Skip("too_few_answers", "A question needs at least two answers to choose from.")
    warnings = []
    wanted = set(re.findall(r"[A-Z]", key.upper())) if _LETTERS.fullmatch(key) else set()
    letters = [letter for letter, _ in draft.options]
    if missing := sorted(wanted - set(letters)):
        message = f"Answer {', '.join(missing)} is called right, but there is none."
        warnings.append(("key_at_no_answer", message))
    elif not wanted:
        warnings.append(("key_unclear", f"“{key[:60]}” does not say which answer is right."))
    right = wanted & set(letters)
    choices = [{"text": text} | ({"correct": True} if letter in right else {}) for letter, text in draft.options]
    kind = "single" if len(right) == 1 else "multi" if right else "poll"
    if kind == "single" and [text.lower() for _, text in draft.options] == ["true", "false"]:
        kind = "true_false"
    if kind == "poll":
        warnings.append(("read_as_poll", "No answer is marked as right, so this came in as a poll."))
    if kind == "multi":
        warnings.append(("read_as_multi", "Several answers are right, which Aiken itself does not know."))
    return {"kind": kind, "prompt": "\n".join(draft.stem), "choices": choices}, warnings


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """With their numbers; "" for one that holds nothing."""
    for number, line in enumerate(text.split("\n"), start=1):
        yield number, line.rstrip() if line.strip() else ""


def _without_numbers(parsed: Parsed) -> None:
    """Numbers before the questions are left out, when most have one."""
    numbered = [question for question in parsed.questions if _NUMBER.match(question["prompt"])]
    if 2 * len(numbered) > len(parsed.questions):
        for question in numbered:
            question["prompt"] = _NUMBER.sub("", question["prompt"], count=1) or question["prompt"]
