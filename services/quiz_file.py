"""What is in a quiz file, question by question: read by formats/, judged by game.quiz. Saves nothing.

Everything in the file is an entry: found = imported + skipped, each with its place and what there is to tell of it.
"""

import itertools
from collections.abc import Callable
from pathlib import PurePath
from typing import Any

import msgspec

import formats
from formats.intermediate import FormatError, Issue, Parsed, in_parts
from formats.sheet import ColumnsUnclear, Row, Sheet
from formats.text import title_from_filename
from game.question import QuizError
from game.quiz import decode_question, decode_quiz, encode_quiz
from services.errors import Invalid
from services.medium import Medium

FILE_MOST = 20 * 1024 * 1024
TOO_LARGE = "The file is larger than 20 MB. Quizhall reads quiz files up to that size."
TITLE_MOST = 200
UNTITLED = "Imported quiz"

TABLE = "table of ours"
"""What the child is told instead of a format: not a file follows but a Table, as JSON."""

Told = dict[str, str]
"""{where, code, message, severity}; severity is warning or skipped."""


class Entry(msgspec.Struct):
    """One question of the file at its place; `question` is None when it cannot come over."""

    where: str
    question: dict[str, Any] | None
    told: list[Told]


class Table(msgspec.Struct):
    """A table whose columns nobody names; their `roles` are a guess, or what was said (formats.column_guess)."""

    rows: list[tuple[int, list[str]]]
    roles: list[str]
    has_header: bool
    left_out: list[str] = []

    @property
    def width(self) -> int:
        return len(self.roles)

    def samples(self, column: int, count: int) -> list[str]:
        """The first cells of a column below its heading that hold something."""
        cells = (cells[column] for _, cells in self.rows[self.has_header :] if column < len(cells) and cells[column])
        return list(itertools.islice(cells, count))


class FoundQuiz(msgspec.Struct):
    """`told` is of the quiz as a whole."""

    title: str
    description: str
    language: str
    tags: list[str]
    entries: list[Entry]
    told: list[Told]
    # By the names that questions have for them: the files of pictures and sounds, and what was made of them or why
    # not (services.file_media), until that is stored (services.brought_media).
    files: dict[str, bytes] = {}
    made: dict[str, Medium] = {}
    refused: dict[str, str] = {}

    @property
    def questions(self) -> list[dict[str, Any]]:
        """Those that can come over."""
        return [entry.question for entry in self.entries if entry.question is not None]


class UnclearColumns(Invalid):
    """There is a table in the file, and somebody must say what its columns are."""

    def __init__(self, sentence: str, table: Table) -> None:
        super().__init__(sentence, [{"field": "file", "reason": sentence}])
        self.table = table


def read_quiz_file(data: bytes, filename: str, format: str | None = None) -> list[FoundQuiz]:
    """At least one question that can be played in all. Raises Invalid with one sentence.

    Takes seconds of work for a large file, and what a hostile one may take is the caller's to bound.
    """
    if len(data) > FILE_MOST:
        raise unusable(TOO_LARGE)
    try:
        parsed = formats.parse(data, filename, format)
    except ColumnsUnclear as error:
        raise UnclearColumns(str(error), _table(error)) from error
    except FormatError as error:
        raise unusable(str(error)) from error
    return _judged(parsed, filename)


def read_table(table: Table, filename: str) -> list[FoundQuiz]:
    """A table by the roles of its columns. Raises Invalid."""
    from formats.mapped_table import read_mapped  # few files are asked about

    sheet = Sheet("", [Row(number, tuple(cells)) for number, cells in table.rows])
    title = title_from_filename(filename)
    try:
        parsed = read_mapped(sheet, table.roles, table.has_header, title, table.left_out)
    except FormatError as error:
        raise unusable(str(error), "columns") from error
    return _judged(in_parts(parsed), filename)


def _table(unclear: ColumnsUnclear) -> Table:
    from formats.column_guess import guess_columns

    guess = guess_columns(unclear.table)
    rows = [(row.number, list(row.cells)) for row in unclear.table.rows]
    return Table(rows, guess.roles, guess.has_header, unclear.left_out)


def _judged(parsed: list[Parsed], filename: str) -> list[FoundQuiz]:
    found = [_judge(one, filename) for one in parsed]
    if not any(quiz.questions for quiz in found):
        raise unusable(_reason([told for quiz in found for entry in quiz.entries for told in entry.told]))
    return found


def unusable(sentence: str, field: str = "file") -> Invalid:
    return Invalid(sentence, [{"field": field, "reason": sentence}])


def counts_of(found: list[FoundQuiz]) -> dict[str, int]:
    total = sum(len(quiz.entries) for quiz in found)
    imported = sum(len(quiz.questions) for quiz in found)
    return {"found": total, "imported": imported, "skipped": total - imported}


def told_of(found: list[FoundQuiz]) -> list[Told]:
    """All that there is to tell, in the order of the file."""
    return [told for quiz in found for tellings in (quiz.told, *(e.told for e in quiz.entries)) for told in tellings]


def _judge(parsed: Parsed, filename: str) -> FoundQuiz:
    entries = _in_order(parsed)
    for entry in entries:
        _check(entry)
    usable = [entry for entry in entries if entry.question is not None]
    known = {question["_where"] for question in parsed.questions}
    whole = [_told(issue) for issue in parsed.issues if issue.severity == "warning" and issue.where not in known]
    about = (parsed.title, parsed.description, parsed.language, parsed.tags)
    found = FoundQuiz(*about, entries, whole, parsed.images)
    if usable:
        _make_playable(found, usable, filename)
    return found


def _in_order(parsed: Parsed) -> list[Entry]:
    """Questions and what was skipped between them, each with what was told of its place."""
    warnings: dict[str, list[Told]] = {}
    skipped: dict[int, list[Entry]] = {}
    for issue in parsed.issues:
        if issue.severity == "skipped":
            skipped.setdefault(issue.after, []).append(Entry(issue.where, None, [_told(issue)]))
        else:
            warnings.setdefault(issue.where, []).append(_told(issue))
    entries: list[Entry] = []
    for index, question in enumerate(parsed.questions):
        entries += skipped.pop(index, [])
        where = str(question["_where"])
        content = {name: value for name, value in question.items() if name != "_where"}
        entries.append(Entry(where, content, warnings.pop(where, [])))
    for _, rest in sorted(skipped.items()):
        entries += rest
    return entries


def _check(entry: Entry) -> None:
    """What the format could read and the rules of the game refuse is skipped."""
    if entry.question is None:
        return
    try:
        decode_question(entry.question, new_id=lambda: "new")
    except QuizError as error:
        reasons = "; ".join(f"{problem.where} {problem.message}".strip() for problem in error.problems[:3])
        message = f"The question cannot be played: {reasons}."
        entry.question = None
        entry.told.append({"where": entry.where, "code": "not_playable", "message": message, "severity": "skipped"})


def _make_playable(found: FoundQuiz, usable: list[Entry], filename: str) -> None:
    """Gives the quiz a title, its questions ids and all their fields. Around good questions a bad title is worth a
    warning, not the whole file. Raises Invalid."""
    questions = [entry.question for entry in usable if entry.question is not None]
    _part_twins(questions)
    fallback = PurePath(filename.replace("\\", "/")).stem.strip()[:TITLE_MOST] or UNTITLED
    whole: dict[str, Any] = {"title": found.title.strip() or fallback, "questions": questions}
    whole |= {"description": found.description, "language": found.language, "tags": found.tags}
    new_id = _ids({str(question.get("id")) for question in questions})
    try:
        quiz = decode_quiz(whole, new_id)
    except QuizError as error:
        for problem in error.problems:
            message = f"The {problem.where} {problem.message}; it was left out."
            told = {"where": problem.where, "code": "left_out", "message": message, "severity": "warning"}
            found.told.append(told)
            whole.pop(problem.where.partition("[")[0], None)
        try:
            quiz = decode_quiz({"title": fallback} | whole, new_id)
        except QuizError as again:
            raise unusable(f"The quiz cannot be played: {again}.") from again
    encoded = encode_quiz(quiz)
    found.title, found.description, found.language = quiz.title, quiz.description, quiz.language
    found.tags = list(quiz.tags)
    for entry, question in zip(usable, encoded["questions"], strict=True):
        entry.question = question


def _part_twins(questions: list[dict[str, Any]]) -> None:
    """Two questions of one id cannot be told apart; the later one gets a new id."""
    seen: set[str] = set()
    for question in questions:
        name = str(question.get("id") or "").strip()
        if not name or name in seen:
            question.pop("id", None)
        seen.add(name)


def _ids(taken: set[str]) -> Callable[[], str]:
    """q1, q2 and so on, leaving out those that the file uses."""
    numbers = iter(range(1, 1_000_000))
    return lambda: next(name for number in numbers if (name := f"q{number}") not in taken)


def _told(issue: Issue) -> Told:
    return {"where": issue.where, "code": issue.code, "message": issue.message, "severity": issue.severity}


def _reason(told: list[Told]) -> str:
    skipped = [one for one in told if one["severity"] == "skipped"]
    if not skipped:
        return "There is no question in this file."
    first = f"{skipped[0]['where']}: {skipped[0]['message']}"
    if len(skipped) == 1:
        return f"The one question in this file cannot be used. {first}"
    return f"None of the {len(skipped)} questions in this file can be used. The first one, {first}"
