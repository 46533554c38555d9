"""The questions of all quizzes of a teacher as one store: searched, and copied from one quiz into another.

How they are kept is quizzes.py's and quiz_words.py's. Drafts are in it, deleted quizzes are not.
"""

import uuid
from typing import Any, NamedTuple

import msgspec

from clock import Clock
from game.quiz import QUESTIONS_MOST
from models import questions, tables
from models import quizzes as queries
from models.database import Database
from services.errors import Invalid, NotFound, Stale
from services.identity import Identity
from services.library import QUERY_MOST
from services.quiz_words import folded, words_of
from services.quizzes import in_thread, insert_all, owned, read_draft, told, update_owned

PAGE_MOST = 100
# What may be copied at once.
PICKS_MOST = 100
# How many quizzes one may choose from to copy into.
TARGETS_MOST = 500


class Asked(NamedTuple):
    """`letters` are words that a question must hold, `but` is the id of a quiz whose questions are left out."""

    letters: str = ""
    kind: str = ""
    language: str = ""
    tag: str = ""
    but: str | None = None


class Pick(NamedTuple):
    quiz_id: str
    question_id: str


class Target(NamedTuple):
    """Where copies go: into a quiz as it was at `revision`, or into a new one of this title."""

    quiz_id: str | None = None
    revision: int = 0
    title: str = ""


class QuestionBank:
    """Every method takes the caller; nobody finds or touches what is somebody else's (Forbidden, NotFound)."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def search(self, identity: Identity, asked: Asked, page: int = 1, length: int = 20) -> dict[str, Any]:
        """{questions: [{quiz: {id, title, language, tags}, number, question}], found, page, pages}. Raises Invalid.

        `number` is the question's in its quiz, counted from 1; `question` is its JSON.
        """
        letters = {"q": asked.letters, "kind": asked.kind, "language": asked.language, "tag": asked.tag}
        for field, text in letters.items():
            if len(text) > QUERY_MOST:
                reason = f"is {len(text)} characters long, at most {QUERY_MOST} are possible"
                raise Invalid(f"What is sought {reason}.", [{"field": field, "reason": reason}])
        words, length = words_of(asked.letters), max(1, min(length, PAGE_MOST))
        query = questions.sought(identity.id, words, asked.kind, asked.language, folded(asked.tag), asked.but)

        def read() -> tuple[int, int, list[tuple[str, int]], dict[str, tables.Quiz]]:
            found, here, places = questions.page_of(query, page, length)
            return found, here, places, questions.quizzes_of(list({quiz_id for quiz_id, _ in places}))

        found, here, places, rows = await self._db.read(read)
        hits = await in_thread(_hits, places, rows)
        return {"questions": hits, "found": found, "page": here, "pages": max(1, -(-found // length))}

    async def facets(self, identity: Identity) -> dict[str, list[Any]]:
        """{kinds, languages, tags: [(key, tag, quizzes)]}: by what the questions may be narrowed."""

        def read() -> dict[str, list[Any]]:
            return {
                "kinds": questions.kinds_of_owner(identity.id),
                "languages": questions.languages_of_owner(identity.id),
                "tags": queries.tags_of_owner(identity.id),
            }

        return await self._db.read(read)

    async def targets(self, identity: Identity) -> list[dict[str, Any]]:
        """[{id, title, revision, questions (how many)}]: what one may copy into, the quiz changed last first."""
        rows = await self._db.read(questions.targets_of_owner, identity.id, TARGETS_MOST)
        return [dict(zip(("id", "title", "revision", "questions"), row, strict=True)) for row in rows]

    async def copy(self, identity: Identity, picks: list[Pick], target: Target) -> dict[str, Any]:
        """{id, revision, ready, questions: [new ids], problems}: the quiz that has the copies now, behind its own.

        All or none, with their images. Raises Stale when the quiz has moved on, Invalid, NotFound, Forbidden.
        """
        if not 1 <= len(picks) <= PICKS_MOST:
            reason = f"has {len(picks)} entries; 1 to {PICKS_MOST} are possible at once"
            raise Invalid(f"The list of questions {reason}.", [{"field": "questions", "reason": reason}])
        sources, into = await self._db.read(_sources, picks, target, identity.id)
        values, problems, new_ids = await in_thread(_joined, sources, picks, into, target)
        now = self._clock.now_ms()
        values |= {"updated_at": now}
        if target.quiz_id is None:
            row = {"id": str(uuid.uuid4()), "owner_id": identity.id, "revision": 1, "created_at": now} | values
            await self._db.write(insert_all, [row])
            kept = {"id": row["id"], "revision": 1}
        else:
            saved = await self._db.write(update_owned, target.quiz_id, identity.id, target.revision, values)
            kept = {"id": saved.id, "revision": saved.revision}
        return kept | {"ready": values["ready"], "questions": new_ids, "problems": problems}


def _hits(places: list[tuple[str, int]], rows: dict[str, tables.Quiz]) -> list[dict[str, Any]]:
    contents = {quiz_id: msgspec.json.decode(row.content) for quiz_id, row in rows.items()}
    hits = []
    for quiz_id, place in places:
        content = contents[quiz_id]
        head = {"id": quiz_id, "title": content.get("title") or "", "language": content.get("language") or "en"}
        head["tags"] = content.get("tags") or []
        hits.append({"quiz": head, "number": place + 1, "question": content["questions"][place]})
    return hits


def _sources(picks: list[Pick], target: Target, owner_id: str) -> tuple[dict[str, tables.Quiz], tables.Quiz | None]:
    """(the quizzes copied from, the one copied into)."""
    sources = {quiz_id: owned(quiz_id, owner_id) for quiz_id in dict.fromkeys(pick.quiz_id for pick in picks)}
    if target.quiz_id is None:
        return sources, None
    into = owned(target.quiz_id, owner_id)
    if into.revision != target.revision:
        raise Stale("Somebody changed this quiz meanwhile. Read it again.", revision=into.revision)
    return sources, into


def _joined(
    sources: dict[str, tables.Quiz], picks: list[Pick], into: tables.Quiz | None, target: Target
) -> tuple[dict[str, Any], list[dict[str, str]], list[str]]:
    """(values of the row, what the quiz still needs, the ids of the copies)."""
    contents = {quiz_id: msgspec.json.decode(row.content) for quiz_id, row in sources.items()}
    copies = [_copy_of(contents[pick.quiz_id], pick, at) for at, pick in enumerate(picks)]
    if into is None:
        first = contents[picks[0].quiz_id]
        content: dict[str, Any] = {"title": target.title, "language": first.get("language") or "en", "questions": []}
    else:
        content = msgspec.json.decode(into.content)
    own = content["questions"]
    if len(own) + len(copies) > QUESTIONS_MOST:
        reason = f"would have {len(own) + len(copies)} questions, at most {QUESTIONS_MOST} are possible"
        raise Invalid(f"The quiz {reason}.", [{"field": "questions", "reason": reason}])
    values, draft = read_draft(content | {"questions": [*own, *copies]})
    return values, told(draft.problems), [copy["id"] for copy in copies]


def _copy_of(content: dict[str, Any], pick: Pick, at: int) -> dict[str, Any]:
    for question in content["questions"]:
        if question["id"] == pick.question_id:
            return {**question, "id": str(uuid.uuid4())}
    raise NotFound(f"There is no such question (questions[{at}]).")
