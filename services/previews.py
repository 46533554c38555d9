"""A look at a file before anything of it is saved: what was found is kept for a day, for whoever brought it.

In the database, so that it outlives a reload and whichever node answers next.
"""

import asyncio
import uuid
from collections.abc import Collection, Mapping
from typing import Any

import msgspec

from clock import Clock
from formats.text import storable
from game.quiz import TITLE_MOST, Quiz
from models import previews as queries
from models.database import Database
from models.tables import ImportPreview
from services.errors import Invalid, NotFound
from services.identity import Identity
from services.imports import Imports, quiz_of
from services.quiz_file import FoundQuiz, Table, UnclearColumns, counts_of, unusable
from services.quizzes import decode, insert_all, new_rows

KEPT_MS = 24 * 60 * 60 * 1000
KEPT_EACH = 5
"""Previews of one person; the oldest make room."""
FILENAME_MOST = 200
GONE = "This preview is no longer there. Please choose the file again."
NOTHING_CHOSEN = "Nothing was saved, as no question was chosen."

Kept = set[tuple[int, int]]
"""(quiz, question) by their places among all that was found, from 0."""


class Content(msgspec.Struct):
    """What is kept of a file: its quizzes, or the table of which they are made as soon as its columns are known."""

    found: list[FoundQuiz]
    table: Table | None = None


class Previews:
    """Every method takes the caller; a preview of somebody else is not there (NotFound)."""

    def __init__(self, db: Database, clock: Clock, imports: Imports) -> None:
        self._db = db
        self._clock = clock
        self._imports = imports

    async def make(self, identity: Identity, data: bytes, filename: str, format: str | None = None) -> dict[str, Any]:
        """The preview of a file (as `get`). Raises Invalid with one sentence; then nothing is kept."""
        try:
            kept = Content(await self._imports.read(identity, data, filename, format))
        except UnclearColumns as unclear:
            kept = Content([], unclear.table)
        content = (await asyncio.to_thread(msgspec.json.encode, kept)).decode()
        now = self._clock.now_ms()
        row = {
            "id": str(uuid.uuid4()),
            "owner_id": identity.id,
            "filename": storable(filename)[-FILENAME_MOST:],
            "content": content,
            "saved": None,
            "created_at": now,
            "expires_at": now + KEPT_MS,
        }
        await self._db.write(queries.insert_preview, row, KEPT_EACH)
        return _shown(ImportPreview(**row), kept)

    async def set_columns(
        self, identity: Identity, preview_id: str, roles: list[str], has_header: bool
    ) -> dict[str, Any]:
        """The preview of its table, now that its owner says what the columns are. Raises Invalid; nothing changes."""
        row = await self._db.read(queries.preview_of, preview_id, identity.id, self._clock.now_ms())
        content = None if row is None else await asyncio.to_thread(_content_of, row)
        if row is None or content is None or content.table is None:
            raise NotFound(GONE)
        if len(roles) != content.table.width:
            raise unusable(f"The table has {content.table.width} columns.", "columns")
        table = msgspec.structs.replace(content.table, roles=roles, has_header=has_header)
        kept = Content(await self._imports.read_table(table, row.filename), table)
        row.content = (await asyncio.to_thread(msgspec.json.encode, kept)).decode()
        if not await self._db.write(queries.set_content, row.id, row.owner_id, self._clock.now_ms(), row.content):
            raise NotFound(GONE)
        return _shown(row, kept)

    async def get(self, identity: Identity, preview_id: str) -> dict[str, Any]:
        """{id, filename, expires_at, counts, quizzes: [FoundQuiz], table: Table or None,
        saved: [{id, title, questions}] or None}.

        Once it is saved there is nothing left to choose, and `quizzes` is empty; so it is while nobody has said what
        the columns of `table` are.
        """
        row = await self._db.read(queries.preview_of, preview_id, identity.id, self._clock.now_ms())
        if row is None:
            raise NotFound(GONE)
        return _shown(row, await asyncio.to_thread(_content_of, row))

    async def save(
        self, identity: Identity, preview_id: str, kept: Kept, titles: Mapping[int, str]
    ) -> list[dict[str, Any]]:
        """Saves the chosen questions, all quizzes in one transaction; [{id, title, questions}].

        Saved twice is saved once: whoever comes second is told of what the first one saved.
        """
        now = self._clock.now_ms()
        row = await self._db.read(queries.preview_of, preview_id, identity.id, now)
        if row is None:
            raise NotFound(GONE)
        if row.saved is None:
            quizzes = await asyncio.to_thread(_chosen, row, kept, titles)
            told = await self._db.write(_save, row, quizzes, now)
            if told is None:
                raise NotFound(GONE)
            row.saved = told
        return _saved(row) or []

    async def discard(self, identity: Identity, preview_id: str) -> None:
        await self._db.write(queries.delete_preview, preview_id, identity.id)

    async def sweep(self) -> None:
        """Forgets what nobody came back for."""
        await self._db.write(queries.delete_expired, self._clock.now_ms())


def preview_json(preview: Mapping[str, Any]) -> dict[str, Any]:
    """As the API shows it: `quizzes` with every question of the file, `warnings` of the quizzes as a whole."""
    shown = {name: preview[name] for name in ("id", "filename", "expires_at", "counts")}
    url = f"/quizzes/import/{preview['id']}" + ("" if preview["quizzes"] or preview["saved"] else "/columns")
    return shown | {"url": url, "quizzes": [_quiz_json(q) for q in preview["quizzes"]]}


def _quiz_json(quiz: FoundQuiz) -> dict[str, Any]:
    questions = [{"where": e.where, "question": e.question, "warnings": e.told} for e in quiz.entries]
    about = {"title": quiz.title, "description": quiz.description, "language": quiz.language}
    return about | {"questions": questions, "warnings": quiz.told}


def _shown(row: ImportPreview, content: Content) -> dict[str, Any]:
    return {
        "id": row.id,
        "filename": row.filename,
        "expires_at": row.expires_at,
        "counts": counts_of(content.found),
        "quizzes": content.found,
        "table": content.table,
        "saved": _saved(row),
    }


def _content_of(row: ImportPreview) -> Content:
    return Content([]) if row.content is None else msgspec.json.decode(row.content, type=Content)


def _saved(row: ImportPreview) -> list[dict[str, Any]] | None:
    return None if row.saved is None else msgspec.json.decode(row.saved, type=list[dict[str, Any]])


def _chosen(row: ImportPreview, kept: Collection[tuple[int, int]], titles: Mapping[int, str]) -> list[Quiz]:
    """Raises Invalid when nothing was chosen."""
    quizzes = []
    for number, found in enumerate(_content_of(row).found):
        chosen = [
            entry.question
            for index, entry in enumerate(found.entries)
            if entry.question is not None and (number, index) in kept
        ]
        if chosen:
            title = storable(titles.get(number, "")).strip()[:TITLE_MOST] or found.title
            quizzes.append(decode(quiz_of(found, title, chosen)))
    if not quizzes:
        raise Invalid(NOTHING_CHOSEN, [{"field": "keep", "reason": NOTHING_CHOSEN}])
    return quizzes


def _save(row: ImportPreview, quizzes: list[Quiz], now: int) -> str | None:
    """Inside a write: the quizzes, unless that was done before. What was saved the first time; None when it is over."""
    rows = new_rows(row.owner_id, quizzes, now)
    told = [{"id": new["id"], "title": new["title"], "questions": new["questions"]} for new in rows]
    saved = msgspec.json.encode(told).decode()
    if queries.mark_saved(row.id, row.owner_id, now, saved):
        insert_all(rows)
        return saved
    before = queries.preview_of(row.id, row.owner_id, now)
    return None if before is None else before.saved
