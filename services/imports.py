"""Brings a quiz file in: read and judged in a process of its own, saved whole or not at all."""

from typing import Any

import formats
from services.file_reader import FileReader
from services.identity import Identity
from services.quiz_file import FoundQuiz, counts_of, told_of, unusable
from services.quizzes import Quizzes, decode_in_thread

IMAGE_MISSING = "The image is not in this file and not in this Quizhall; the question comes without it."


class Imports:
    """At once, without a look before (that is services.previews)."""

    def __init__(self, quizzes: Quizzes, reader: FileReader) -> None:
        self._quizzes = quizzes
        self._reader = reader

    async def read(self, data: bytes, filename: str, format: str | None = None) -> list[FoundQuiz]:
        """All quizzes of the file. Raises Invalid with one sentence when nothing in it can be used."""
        if format is not None and format not in formats.FORMATS:
            names = ", ".join(formats.FORMATS)
            raise unusable(f"{format!r} is not a format that Quizhall reads: {names}.", "format")
        found = await self._reader.read(data, filename, format)
        await self._leave_out_images(found)
        return found

    async def _leave_out_images(self, found: list[FoundQuiz]) -> None:
        """A file names its images, which may never have been brought here."""
        shown = [(e, e.question) for quiz in found for e in quiz.entries if e.question and e.question["media"]]
        named = {question["media"]["image"] for _, question in shown}
        missing = await self._quizzes.missing_images(named) if named else set()
        for entry, question in shown:
            if question["media"]["image"] in missing:
                question["media"] = None
                told = {"where": entry.where, "code": "image_missing", "message": IMAGE_MISSING, "severity": "warning"}
                entry.told.append(told)

    async def import_file(
        self, identity: Identity, data: bytes, filename: str, format: str | None = None
    ) -> dict[str, Any]:
        """{quiz, quizzes, counts: {found, imported, skipped}, warnings: [{where, code, message, severity}]}.

        Raises Invalid as `read`; then nothing is saved.
        """
        found = await self.read(data, filename, format)
        usable = [quiz for quiz in found if quiz.questions]
        quizzes = [await decode_in_thread(quiz_of(quiz, quiz.title, quiz.questions)) for quiz in usable]
        saved = await self._quizzes.save_all(identity.id, quizzes)
        return {"quiz": saved[0], "quizzes": saved, "counts": counts_of(found), "warnings": told_of(found)}


def quiz_of(found: FoundQuiz, title: str, questions: list[dict[str, Any]]) -> dict[str, Any]:
    """Quiz JSON of a part of what was found."""
    return {
        "title": title,
        "description": found.description,
        "language": found.language,
        "tags": found.tags,
        "questions": questions,
    }


def format_choices() -> list[dict[str, Any]]:
    """[{name, label, extensions}] of all formats, for a form."""
    return [
        {"name": name, "label": format.LABEL, "extensions": list(format.EXTENSIONS)}
        for name, format in formats.FORMATS.items()
    ]
