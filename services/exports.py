"""A quiz as a file of another program, and what that file cannot carry. How each is written, formats/ says."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import formats
from formats.exported import Exported
from formats.intermediate import Issue
from formats.quizhall_zip import media_of
from game.question import QuizError
from game.quiz import decode_question, encode_question
from services.errors import Invalid
from services.identity import Identity
from services.media import Media
from services.quizzes import Quizzes

OWN = ("json", "zip")
UNFINISHED = "This question is not finished yet."
MEDIA_MOST = 18 * 1024 * 1024
"""In one file: with its questions it must stay below what can be imported."""


class Exports:
    """Every method takes the caller; only the owner of a quiz gets it (Forbidden, NotFound)."""

    def __init__(self, quizzes: Quizzes, media: Media) -> None:
        self._quizzes = quizzes
        self._media = media

    async def make(self, identity: Identity, quiz_id: str, format: str) -> tuple[str, Exported]:
        """(the quiz's title, the file). Raises Invalid for a format that is not written."""
        if format not in writers():
            reason = "must be one of " + ", ".join(writers())
            raise Invalid(f"The field format {reason}.", [{"field": "format", "reason": reason}])
        quiz = await self._quizzes.get(identity, quiz_id)
        files = {name: (await self._media.find(name)).data for name in await self._fitting(quiz, format)}
        return quiz["title"], await asyncio.to_thread(_export, format, quiz, files)

    async def offers(self, identity: Identity, quiz_id: str) -> dict[str, Any]:
        """{id, title, questions, exports: [{format, label, extension, skipped, issues: [{where, code, message,
        severity}]}]}: what each format would leave out or change."""
        quiz = await self._quizzes.get(identity, quiz_id)
        exports = []
        for name in writers():
            # What would be in a file does not depend on what its images show.
            files = dict.fromkeys(await self._fitting(quiz, name), b"")
            exports.append(await asyncio.to_thread(_offer, name, quiz, files))
        return {"id": quiz["id"], "title": quiz["title"], "questions": len(quiz["questions"]), "exports": exports}

    async def _fitting(self, quiz: dict[str, Any], format: str) -> list[str]:
        """The quiz's images and sounds in the order of its questions, as many as fit into a file that has place."""
        if not (carried := formats.FORMATS[format].carries):
            return []
        sizes = await self._media.sizes(media_of(quiz["questions"], carried))
        # As text they grow by a third.
        most = MEDIA_MOST if ".zip" in formats.FORMATS[format].extensions else MEDIA_MOST * 3 // 4
        total, fitting = 0, []
        for name, size in sizes.items():
            total += size
            if total <= most:
                fitting.append(name)
        return fitting


def writers() -> dict[str, formats.Format]:
    """The formats that are written, by their names."""
    return {name: format for name, format in formats.FORMATS.items() if format.is_written}


def _export(name: str, quiz: dict[str, Any], files: Mapping[str, bytes]) -> Exported:
    """A draft's unfinished questions are for nobody else's program: they are told, and stay in our own files."""
    if name in OWN:
        return writers()[name].export(quiz, files)
    finished: dict[int, dict[str, Any]] = {}
    unfinished = []
    for number, content in enumerate(quiz["questions"], start=1):
        try:
            finished[number] = encode_question(decode_question(content, new_id=lambda: "q"))
        except QuizError:
            unfinished.append(Issue("skipped", f"question {number}", "unfinished", UNFINISHED))
    exported = writers()[name].export(quiz | {"questions": list(finished.values())}, files)
    places = {f"question {at}": f"question {number}" for at, number in enumerate(finished, start=1)}
    exported.issues = [replace(issue, where=places[issue.where]) for issue in exported.issues] + unfinished
    return exported


def _offer(name: str, quiz: dict[str, Any], files: Mapping[str, bytes]) -> dict[str, Any]:
    exported = _export(name, quiz, files)
    issues = [
        {"where": issue.where, "code": issue.code, "message": issue.message, "severity": issue.severity}
        for issue in exported.issues
    ]
    return {
        "format": name,
        "label": formats.FORMATS[name].label,
        "extension": exported.extension,
        "skipped": sum(issue["severity"] == "skipped" for issue in issues),
        "issues": issues,
    }
