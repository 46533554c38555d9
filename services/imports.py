"""Brings a quiz file in: read by formats/, judged by game.quiz, saved whole or not at all.

Found = imported + skipped; what was changed or left out is in the warnings, each with its place in the file.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from pathlib import PurePath
from typing import Any

import formats
from formats.intermediate import FormatError, Issue, Parsed
from game.question import QuizError
from game.quiz import Quiz, decode_question, decode_quiz
from services.errors import Invalid
from services.identity import Identity
from services.quiz_images import without
from services.quizzes import Quizzes

FILE_MOST = 20 * 1024 * 1024
TOO_LARGE = "The file is larger than 20 MB. Quizhall reads quiz files up to that size."
TITLE_MOST = 200
UNTITLED = "Imported quiz"
IMAGE_MISSING = "The image is not in this file and not in this Quizhall; the question was imported without it."

Read = tuple[Quiz | None, int, list[Issue]]


class Imports:
    """`executor` runs the reading: a file of 20 MB takes seconds."""

    def __init__(self, quizzes: Quizzes, executor: Executor | None = None) -> None:
        self._quizzes = quizzes
        self._executor = executor

    async def import_file(
        self, identity: Identity, data: bytes, filename: str, format: str | None = None
    ) -> dict[str, Any]:
        """{quiz, quizzes, counts: {found, imported, skipped}, warnings: [{where, code, message, severity}]}.

        Raises Invalid with one sentence when nothing in the file can be used; then nothing is saved.
        """
        if len(data) > FILE_MOST:
            raise _unusable(TOO_LARGE)
        if format is not None and format not in formats.FORMATS:
            names = ", ".join(formats.FORMATS)
            raise _unusable(f"{format!r} is not a format that Quizhall reads: {names}.", "format")
        read = await asyncio.get_running_loop().run_in_executor(self._executor, _read, data, filename, format)
        usable = [quiz for quiz, _, _ in read if quiz is not None]
        issues = [issue for _, _, found in read for issue in found]
        if not usable:
            raise _unusable(_reason(issues))
        saved = await self._quizzes.save_all(identity.id, await self._with_images(usable, issues))
        found = sum(count for _, count, _ in read)
        imported = sum(len(quiz.questions) for quiz in usable)
        return {
            "quiz": saved[0],
            "quizzes": saved,
            "counts": {"found": found, "imported": imported, "skipped": found - imported},
            "warnings": [_warning(issue) for issue in issues],
        }

    async def _with_images(self, quizzes: list[Quiz], issues: list[Issue]) -> list[Quiz]:
        """The quizzes as they can be shown here: a file names its images, which may never have been brought here."""
        missing = await self._quizzes.missing_images(quizzes)
        parted = [without(quiz, missing) for quiz in quizzes]
        for _, lost in parted:
            issues += [Issue("warning", f"questions[{at}]", "image_missing", IMAGE_MISSING) for at in lost]
        return [quiz for quiz, _ in parted]


def format_choices() -> list[dict[str, str]]:
    """[{name, label}] of all formats, for a form."""
    return [{"name": name, "label": format.LABEL} for name, format in formats.FORMATS.items()]


def _read(data: bytes, filename: str, format: str | None) -> list[Read]:
    try:
        parsed = formats.parse(data, filename, format)
    except FormatError as error:
        raise _unusable(str(error)) from error
    return [_judge(one, filename) for one in parsed]


def _judge(parsed: Parsed, filename: str) -> Read:
    """The playable part of one quiz; each question that is not becomes a skipped issue with its place."""
    issues = list(parsed.issues)
    questions: list[dict[str, Any]] = []
    for number, question in enumerate(parsed.questions, start=1):
        where = str(question.get("_where", f"question {number}"))
        content = {name: value for name, value in question.items() if name != "_where"}
        try:
            decode_question(content, new_id=lambda: "new")
        except QuizError as error:
            reasons = "; ".join(f"{problem.where} {problem.message}".strip() for problem in error.problems[:3])
            issues.append(Issue("skipped", where, "not_playable", f"The question cannot be played: {reasons}."))
        else:
            questions.append(content)
    quiz = _quiz(parsed, filename, questions, issues) if questions else None
    return quiz, parsed.found, issues


def _quiz(parsed: Parsed, filename: str, questions: list[dict[str, Any]], issues: list[Issue]) -> Quiz:
    _part_twins(questions)
    fallback = PurePath(filename.replace("\\", "/")).stem.strip()[:TITLE_MOST] or UNTITLED
    whole: dict[str, Any] = {"title": parsed.title.strip() or fallback, "questions": questions}
    whole |= {"description": parsed.description, "language": parsed.language}
    new_id = _ids({str(question.get("id")) for question in questions})
    try:
        return decode_quiz(whole, new_id)
    except QuizError as error:
        # Around good questions a bad title is worth a warning, not the whole file.
        for problem in error.problems:
            message = f"The {problem.where} {problem.message}; it was left out."
            issues.append(Issue("warning", problem.where, "left_out", message))
            whole.pop(problem.where, None)
    try:
        return decode_quiz({"title": fallback} | whole, new_id)
    except QuizError as error:
        raise _unusable(f"The quiz cannot be played: {error}.") from error


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


def _warning(issue: Issue) -> dict[str, str]:
    return {"where": issue.where, "code": issue.code, "message": issue.message, "severity": issue.severity}


def _reason(issues: list[Issue]) -> str:
    skipped = [issue for issue in issues if issue.severity == "skipped"]
    if not skipped:
        return "There is no question in this file."
    first = f"{skipped[0].where}: {skipped[0].message}"
    if len(skipped) == 1:
        return f"The one question in this file cannot be used. {first}"
    return f"None of the {len(skipped)} questions in this file can be used. The first one, {first}"


def _unusable(sentence: str, field: str = "file") -> Invalid:
    return Invalid(sentence, [{"field": field, "reason": sentence}])
