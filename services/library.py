"""A teacher's quizzes as a library: searched, tagged, sorted, copied, deleted and taken back.

What is in a quiz is quizzes.py's. A deleted quiz can be taken back for thirty days; then a job takes what it asked.
"""

import uuid
from typing import Any, NamedTuple

import msgspec

from clock import Clock
from game.quiz import TAG_MOST, TAGS_MOST, TITLE_MOST
from models import media, tables
from models import quizzes as queries
from models.database import Database
from services.errors import Invalid, NotFound
from services.identity import Identity
from services.quiz_words import folded, head_of, keep_words, words_of
from services.quizzes import UNKNOWN, in_thread, owned, quiz_json

PAGE_MOST = 100
QUERY_MOST = 100
SHELF_MOST = 60
DAY_MS = 24 * 3600 * 1000
KEPT_DELETED_MS = 30 * DAY_MS
SORTS = ("recent", "title", "played")


class Sought(NamedTuple):
    """`letters` are words that a quiz must hold, `tag` one that it must have; `is_deleted` looks among the deleted."""

    letters: str = ""
    tag: str = ""
    is_deleted: bool = False


EVERYTHING = Sought()


class Library:
    """Every method takes the caller; nobody finds or touches what is somebody else's (Forbidden, NotFound)."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def page(
        self, identity: Identity, sought: Sought = EVERYTHING, after: str | None = None, limit: int = 50
    ) -> dict[str, Any]:
        """{quizzes: [quiz JSON with id and revision], next}, newest first; `next` is the `after` of the next page.

        Raises Invalid.
        """
        limit = max(1, min(limit, PAGE_MOST))
        query = self._query(identity, sought)
        rows = await self._db.read(queries.newest, query, after, limit + 1)
        found = await in_thread(lambda: [quiz_json(row) for row in rows[:limit]])
        return {"quizzes": found, "next": rows[limit - 1].id if len(rows) > limit else None}

    async def shelf(
        self, identity: Identity, sought: Sought = EVERYTHING, sort: str = "recent", page: int = 1
    ) -> dict[str, Any]:
        """{quizzes: [summary], found, page, pages, all, deleted}: one page of what was found; the rest are counts.

        A summary is {id, title, description, tags, questions (how many), ready, runs, last_played_at, updated_at,
        deleted_at}.
        """
        query, whole = self._query(identity, sought), self._query(identity, EVERYTHING)
        deleted = self._query(identity, Sought(is_deleted=True))
        order = "deleted" if sought.is_deleted else sort

        def read() -> tuple[dict[str, Any], list[tables.Quiz]]:
            found = query.count()
            pages = max(1, -(-found // SHELF_MOST))
            # Somebody who was on the last page and deleted what was on it.
            here = max(1, min(page, pages))
            rows = queries.sorted_page(query, order, (here - 1) * SHELF_MOST, SHELF_MOST)
            counts = {"all": whole.count(), "deleted": deleted.count()}
            return {"found": found, "page": here, "pages": pages} | counts, rows

        facts, rows = await self._db.read(read)
        return facts | {"quizzes": await in_thread(lambda: [_summary(row) for row in rows])}

    async def tags(self, identity: Identity) -> list[dict[str, Any]]:
        """[{tag, quizzes (how many)}] of the account, by tag."""
        rows = await self._db.read(queries.tags_of_owner, identity.id)
        return [{"tag": tag, "quizzes": count} for _, tag, count in rows]

    async def set_tags(self, identity: Identity, quiz_id: str, line: str) -> None:
        """`line` has commas between the tags. Raises Invalid (field tags)."""
        tags = tags_of(line)
        await self._db.write(_set_tags, quiz_id, identity.id, tags)

    async def duplicate(self, identity: Identity, quiz_id: str, title: str = "{title} (copy)") -> dict[str, Any]:
        """The copy as quiz JSON; it has not been played yet. `title` is how a copy is called."""
        now = self._clock.now_ms()
        return quiz_json(await self._db.write(_duplicate, quiz_id, identity.id, title, now))

    async def delete(self, identity: Identity, quiz_id: str) -> str:
        """Its title. Rooms that were made from it go on."""
        return await self._db.write(_delete, quiz_id, identity.id, self._clock.now_ms())

    async def restore(self, identity: Identity, quiz_id: str) -> dict[str, Any]:
        """The quiz as it was, unless it is gone for good; one that was not deleted stays as it is."""
        row = await self._db.write(_restore, quiz_id, identity.id, self._deleted_after())
        return quiz_json(row)

    async def deleted_title(self, identity: Identity, quiz_id: str) -> str | None:
        """Of a quiz of theirs that can be taken back."""
        row = await self._db.read(queries.deleted_quiz, quiz_id, self._deleted_after())
        return None if row is None or row.owner_id != identity.id else row.title

    async def bury(self) -> int:
        """Takes for good what was deleted thirty days ago; returns how many quizzes."""
        return await self._db.write(queries.bury, self._deleted_after())

    def _deleted_after(self) -> int:
        return self._clock.now_ms() - KEPT_DELETED_MS

    def _query(self, identity: Identity, sought: Sought) -> Any:
        for field, text in (("q", sought.letters), ("tag", sought.tag)):
            if len(text) > QUERY_MOST:
                reason = f"is {len(text)} characters long, at most {QUERY_MOST} are possible"
                raise Invalid(f"What is sought {reason}.", [{"field": field, "reason": reason}])
        deleted_after = self._deleted_after() if sought.is_deleted else None
        return queries.of_owner(identity.id, words_of(sought.letters), folded(sought.tag), deleted_after)


def tags_of(line: str) -> list[str]:
    """What somebody typed as tags; one that stands there twice counts once. Raises Invalid."""
    tags: dict[str, str] = {}
    for tag in line.split(","):
        if folded(tag):
            tags.setdefault(folded(tag), " ".join(tag.split()))
    found = list(tags.values())
    reason = ""
    if len(found) > TAGS_MOST:
        reason = f"has {len(found)} entries, at most {TAGS_MOST} are possible"
    elif long := [tag for tag in found if len(tag) > TAG_MOST]:
        reason = f"has one of {len(long[0])} characters, at most {TAG_MOST} are possible"
    elif any(not tag.isprintable() for tag in found):
        reason = "contains control characters"
    if reason:
        raise Invalid(f"The list of tags {reason}.", [{"field": "tags", "reason": reason}])
    return found


def _summary(row: tables.Quiz) -> dict[str, Any]:
    names = ("id", "title", "questions", "ready", "runs", "last_played_at", "updated_at", "deleted_at")
    description, tags = head_of(row.content)
    return {name: getattr(row, name) for name in names} | {"description": description, "tags": tags}


def _set_tags(quiz_id: str, owner_id: str, tags: list[str]) -> None:
    row = owned(quiz_id, owner_id)
    content: dict[str, Any] = msgspec.json.decode(row.content)
    if content.get("tags") == tags:
        return
    # A page that has the quiz open must not write its old tags over these. What it asks has not changed: nor its time.
    text = msgspec.json.encode(content | {"tags": tags}).decode()
    queries.update_quiz(quiz_id, row.revision, {"content": text})
    keep_words(quiz_id, text)


def _duplicate(quiz_id: str, owner_id: str, title: str, now: int) -> tables.Quiz:
    row = owned(quiz_id, owner_id)
    room = TITLE_MOST - len(title.replace("{title}", ""))
    named = title.replace("{title}", row.title[:room])
    content = msgspec.json.encode(msgspec.json.decode(row.content) | {"title": named}).decode()
    new_id = str(uuid.uuid4())
    new = {"id": new_id, "title": named, "content": content, "created_at": now, "updated_at": now}
    queries.insert_quizzes([row.__data__ | new | {"revision": 1, "runs": 0, "last_played_at": None}])
    media.copy_quiz_media(quiz_id, new_id)
    keep_words(new_id, content)
    return owned(new_id, owner_id)


def _delete(quiz_id: str, owner_id: str, now: int) -> str:
    title: str = owned(quiz_id, owner_id).title
    queries.mark_deleted(quiz_id, now)
    return title


def _restore(quiz_id: str, owner_id: str, deleted_after: int) -> tables.Quiz:
    row = queries.deleted_quiz(quiz_id, deleted_after)
    if row is not None and row.owner_id != owner_id:
        raise NotFound(UNKNOWN)
    if row is not None:
        queries.restore(quiz_id)
    return owned(quiz_id, owner_id)
