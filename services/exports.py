"""A quiz as a file of another program, and what that file cannot carry. How each is written, formats/ says."""

import asyncio
from dataclasses import replace
from typing import Any

import formats
from formats.exported import Exported
from formats.intermediate import Issue
from game.question import QuizError
from game.quiz import decode_question, encode_question
from services.errors import Invalid
from services.identity import Identity
from services.quizzes import Quizzes

OWN = "json"
UNFINISHED = "This question is not finished yet."


class Exports:
    """Every method takes the caller; only the owner of a quiz gets it (Forbidden, NotFound)."""

    def __init__(self, quizzes: Quizzes) -> None:
        self._quizzes = quizzes

    async def make(self, identity: Identity, quiz_id: str, format: str) -> tuple[str, Exported]:
        """(the quiz's title, the file). Raises Invalid for a format that is not written."""
        if format not in writers():
            reason = "must be one of " + ", ".join(writers())
            raise Invalid(f"The field format {reason}.", [{"field": "format", "reason": reason}])
        quiz = await self._quizzes.get(identity, quiz_id)
        return quiz["title"], await asyncio.to_thread(_export, format, quiz)

    async def offers(self, identity: Identity, quiz_id: str) -> dict[str, Any]:
        """{id, title, questions, exports: [{format, label, extension, skipped, issues: [{where, code, message,
        severity}]}]}: what each format would leave out or change."""
        quiz = await self._quizzes.get(identity, quiz_id)
        exports = [await asyncio.to_thread(_offer, name, quiz) for name in writers()]
        return {"id": quiz["id"], "title": quiz["title"], "questions": len(quiz["questions"]), "exports": exports}


def writers() -> dict[str, Any]:
    """The formats that are written, by their names."""
    return {name: format for name, format in formats.FORMATS.items() if hasattr(format, "export")}


def _export(name: str, quiz: dict[str, Any]) -> Exported:
    """A draft's unfinished questions are for nobody else's program: they are told, and stay in our own file."""
    write = writers()[name].export
    if name == OWN:
        own: Exported = write(quiz)
        return own
    finished: dict[int, dict[str, Any]] = {}
    unfinished = []
    for number, content in enumerate(quiz["questions"], start=1):
        try:
            finished[number] = encode_question(decode_question(content, new_id=lambda: "q"))
        except QuizError:
            unfinished.append(Issue("skipped", f"question {number}", "unfinished", UNFINISHED))
    exported: Exported = write(quiz | {"questions": list(finished.values())})
    places = {f"question {at}": f"question {number}" for at, number in enumerate(finished, start=1)}
    exported.issues = [replace(issue, where=places[issue.where]) for issue in exported.issues] + unfinished
    return exported


def _offer(name: str, quiz: dict[str, Any]) -> dict[str, Any]:
    exported = _export(name, quiz)
    issues = [
        {"where": issue.where, "code": issue.code, "message": issue.message, "severity": issue.severity}
        for issue in exported.issues
    ]
    return {
        "format": name,
        "label": formats.FORMATS[name].LABEL,
        "extension": exported.extension,
        "skipped": sum(issue["severity"] == "skipped" for issue in issues),
        "issues": issues,
    }
