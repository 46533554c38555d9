"""Brings a quiz file in: read and judged in a process of its own, saved whole or not at all."""

from typing import Any

import formats
from services.brought_media import BroughtMedia
from services.file_reader import FileReader
from services.identity import Identity
from services.quiz_file import FoundQuiz, Table, counts_of, told_of, unusable
from services.quizzes import Quizzes, decode_in_thread


class Imports:
    """At once, without a look before (that is services.previews)."""

    def __init__(self, quizzes: Quizzes, reader: FileReader, media: BroughtMedia) -> None:
        self._quizzes = quizzes
        self._reader = reader
        self._media = media

    async def read(self, identity: Identity, data: bytes, filename: str, format: str | None = None) -> list[FoundQuiz]:
        """All quizzes of the file, the images and sounds in it stored as brought by the caller.

        Raises Invalid with one sentence when nothing in the file can be used.
        """
        if format is not None and format not in formats.FORMATS:
            names = ", ".join(formats.FORMATS)
            raise unusable(f"{format!r} is not a format that Quizhall reads: {names}.", "format")
        found = await self._reader.read(data, filename, format)
        for quiz in found:
            await self._media.bring(identity, quiz)
        return found

    async def read_table(self, table: Table, filename: str) -> list[FoundQuiz]:
        """The quizzes of a table by the roles of its columns. Raises Invalid."""
        return await self._reader.read_table(table, filename)

    async def import_file(
        self, identity: Identity, data: bytes, filename: str, format: str | None = None
    ) -> dict[str, Any]:
        """{quiz, quizzes, counts: {found, imported, skipped}, warnings: [{where, code, message, severity}]}.

        Raises Invalid as `read`; then nothing is saved.
        """
        found = await self.read(identity, data, filename, format)
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
        {"name": name, "label": format.label, "extensions": list(format.extensions)}
        for name, format in formats.FORMATS.items()
    ]
