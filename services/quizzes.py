"""The quizzes of an account: read and written, and the samples that come with the first start.

Owns who may touch which quiz and its revisions. What a playable quiz is, game.quiz says; how one is found,
library.py.
"""

import asyncio
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from clock import Clock
from game.question import Problem, QuizError
from game.quiz import Draft, Quiz, decode_draft, decode_quiz, encode_quiz
from models import accounts, tables
from models import quizzes as queries
from models.database import Database
from services.errors import Forbidden, Invalid, NotFound, Stale
from services.identity import Identity
from services.quiz_media import keep_media
from services.quiz_words import keep_words

T = TypeVar("T")

UNKNOWN = "There is no such quiz."
NOT_YOURS = "This quiz belongs to somebody else."
# What the server adds to a quiz; a client may send it back with a change.
OWN_FIELDS = ("id", "revision", "ready", "created_at", "updated_at", "runs", "last_played_at")


class Quizzes:
    """Every method takes the caller; only the owner reads or changes a quiz (Forbidden, NotFound)."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def get(self, identity: Identity, quiz_id: str) -> dict[str, Any]:
        """Quiz JSON with id, revision and OWN_FIELDS."""
        return quiz_json(await self.owned(identity, quiz_id))

    async def owned(self, identity: Identity, quiz_id: str) -> tables.Quiz:
        return await self._db.read(owned, quiz_id, identity.id)

    async def create(self, identity: Identity, data: dict[str, Any]) -> dict[str, Any]:
        quiz = await decode_in_thread(data)
        (row,) = await self.save_all(identity.id, [quiz])
        return row

    async def update(self, identity: Identity, quiz_id: str, data: object) -> dict[str, Any]:
        """`data` carries the `revision` it was made from; raises Stale (details: revision) when it is old."""
        revision, content = _split_revision(data)
        await self.owned(identity, quiz_id)
        quiz = await decode_in_thread(content)
        values = _content_values(quiz) | {"updated_at": self._clock.now_ms()}
        row = await self._db.write(update_owned, quiz_id, identity.id, revision, values)
        return quiz_json(row)

    async def begin(self, identity: Identity, title: str) -> str:
        """The id of a new quiz without questions: a draft."""
        values, _ = read_draft({"title": title})
        now = self._clock.now_ms()
        row = {"id": str(uuid.uuid4()), "owner_id": identity.id, "revision": 1, "created_at": now, "updated_at": now}
        await self._db.write(insert_all, [row | values])
        return str(row["id"])

    async def save_draft(self, identity: Identity, quiz_id: str, data: object) -> dict[str, Any]:
        """{revision, ready, problems: [{field, reason}]}. Takes what is unfinished too, see game.quiz.decode_draft.

        Raises Stale like update, Invalid for what is no quiz at all.
        """
        revision, content = _split_revision(data)
        await self.owned(identity, quiz_id)
        values, draft = await in_thread(read_draft, content)
        values |= {"updated_at": self._clock.now_ms()}
        row = await self._db.write(update_owned, quiz_id, identity.id, revision, values)
        return {"revision": row.revision, "ready": row.ready, "problems": told(draft.problems)}

    async def problems(self, identity: Identity, quiz_id: str) -> list[dict[str, str]]:
        """[{field, reason}]: what a draft still needs; nothing for a quiz that can be played."""
        row = await self.owned(identity, quiz_id)
        if row.ready:
            return []
        _, draft = await in_thread(read_draft, msgspec.json.decode(row.content))
        return told(draft.problems)

    async def save_all(self, owner_id: str | None, quizzes: list[Quiz]) -> list[dict[str, Any]]:
        """Stores new quizzes in one transaction; returns them as quiz JSON. Raises Invalid for an image not here."""
        rows = new_rows(owner_id, quizzes, self._clock.now_ms())
        await self._db.write(insert_all, rows)
        return [quiz_json(tables.Quiz(**row)) for row in rows]

    async def load_samples(self, folder: Path) -> int:
        """Stores the sample quizzes, once in the life of a database; returns how many were stored."""
        if await self._db.read(queries.is_any):
            return 0
        quizzes = await in_thread(lambda: [decode(path.read_bytes()) for path in sorted(folder.glob("*.json"))])
        oldest = await self._db.read(accounts.oldest_account)
        return len(await self.save_all(None if oldest is None else oldest.id, quizzes))


def new_rows(owner_id: str | None, quizzes: list[Quiz], now: int) -> list[dict[str, Any]]:
    """What is stored of new quizzes."""
    own = {"owner_id": owner_id, "revision": 1, "created_at": now, "updated_at": now}
    return [{"id": str(uuid.uuid4())} | own | _content_values(quiz) for quiz in quizzes]


async def decode_in_thread(data: dict[str, Any]) -> Quiz:
    """As `decode`, beside the loop."""
    return await in_thread(decode, data)


def decode(data: dict[str, Any] | bytes) -> Quiz:
    """A quiz from its JSON; questions without an id get one. Raises Invalid naming every fault."""
    try:
        return decode_quiz(data, new_id=lambda: str(uuid.uuid4()))
    except QuizError as error:
        raise invalid_quiz(error) from error


def invalid_quiz(error: QuizError) -> Invalid:
    return Invalid(f"This quiz cannot be played: {error}.", told(error.problems))


def told(problems: list[Problem]) -> list[dict[str, str]]:
    """Problems as an answer names them."""
    return [{"field": problem.where or "quiz", "reason": problem.message} for problem in problems]


def quiz_json(row: tables.Quiz) -> dict[str, Any]:
    """The contract's quiz JSON plus what the server knows of it."""
    content: dict[str, Any] = msgspec.json.decode(row.content)
    own = {"id": row.id, "revision": row.revision, "ready": row.ready}
    times = {"created_at": row.created_at, "updated_at": row.updated_at}
    return own | content | times | {"runs": row.runs, "last_played_at": row.last_played_at}


async def in_thread(run: Callable[..., T], *args: Any) -> T:
    """A quiz of 500 questions takes longer to read than the loop may stand still."""
    return await asyncio.get_running_loop().run_in_executor(None, run, *args)


def _content_values(quiz: Quiz) -> dict[str, Any]:
    content = msgspec.json.encode(encode_quiz(quiz)).decode()
    return {"title": quiz.title, "content": content, "questions": len(quiz.questions), "ready": True}


def read_draft(data: dict[str, Any]) -> tuple[dict[str, Any], Draft]:
    """(values of its row, the draft)."""
    try:
        draft = decode_draft(data, new_id=lambda: str(uuid.uuid4()))
    except QuizError as error:
        raise invalid_quiz(error) from error
    content = msgspec.json.encode(draft.content).decode()
    values = {"title": draft.quiz.title, "content": content, "questions": len(draft.quiz.questions)}
    return values | {"ready": not draft.problems}, draft


def _split_revision(data: object) -> tuple[int, dict[str, Any]]:
    if not isinstance(data, dict):
        raise Invalid("This quiz cannot be read.", [{"field": "quiz", "reason": "must be an object"}])
    revision = data.get("revision")
    if type(revision) is not int or not 0 < revision < 2**31:
        reason = "must be the whole number that the quiz had when it was read"
        raise Invalid("The revision is missing.", [{"field": "revision", "reason": reason}])
    return revision, {name: value for name, value in data.items() if name not in OWN_FIELDS}


def owned(quiz_id: str, owner_id: str) -> tables.Quiz:
    row = queries.quiz_by_id(quiz_id)
    if row is None:
        raise NotFound(UNKNOWN)
    if row.owner_id != owner_id:
        raise Forbidden(NOT_YOURS)
    return row


def insert_all(rows: list[dict[str, Any]]) -> None:
    """Inside a write: new quizzes with their images and sounds. Raises Invalid for what is not here."""
    queries.insert_quizzes(rows)
    for row in rows:
        _index(row["id"], row["content"])


def _index(quiz_id: str, content: str) -> None:
    """With every write of a quiz: what it shows stays, and it is found by what is in it now."""
    keep_media(quiz_id, content)
    keep_words(quiz_id, content)


def update_owned(quiz_id: str, owner_id: str, revision: int, values: dict[str, Any]) -> tables.Quiz:
    current = owned(quiz_id, owner_id)
    if not queries.update_quiz(quiz_id, revision, values):
        raise Stale("Somebody changed this quiz meanwhile. Read it again.", revision=current.revision)
    _index(quiz_id, values["content"])
    return owned(quiz_id, owner_id)
