"""Queries of the questions of quizzes as they are searched. To be called inside Database.read or .write.

What a question is stands in its quiz; this table holds the words by which it is found, and is written with the quiz.
"""

from collections.abc import Sequence

from peewee import EXCLUDED, ModelSelect

from models.engine import holds
from models.tables import Quiz, QuizQuestion, QuizTag


def set_questions(quiz_id: str, rows: Sequence[tuple[str, str]]) -> None:
    """(kind, words) of each question in its order. An author changes one at a time: the others are left alone."""
    mine = QuizQuestion.quiz_id == quiz_id
    query = QuizQuestion.select(QuizQuestion.place, QuizQuestion.kind, QuizQuestion.words).where(mine)
    known = {place: (kind, words) for place, kind, words in query.tuples()}
    changed = [(quiz_id, place, *row) for place, row in enumerate(rows) if known.get(place) != row]
    if changed:
        fields = [QuizQuestion.quiz_id, QuizQuestion.place, QuizQuestion.kind, QuizQuestion.words]
        update = {QuizQuestion.kind: EXCLUDED.kind, QuizQuestion.words: EXCLUDED.words}
        target = [QuizQuestion.quiz_id, QuizQuestion.place]
        QuizQuestion.insert_many(changed, fields=fields).on_conflict(conflict_target=target, update=update).execute()
    if len(known) > len(rows):
        QuizQuestion.delete().where(mine & (QuizQuestion.place >= len(rows))).execute()


def sought(
    owner_id: str, words: Sequence[str], kind: str = "", language: str = "", tag: str = "", but: str | None = None
) -> ModelSelect:
    """(quiz id, place) of an account's questions that hold all `words`; `but` is a quiz that is left out.

    `tag` is the key of one that the quiz has. The quiz changed last comes first.
    """
    query = QuizQuestion.select(QuizQuestion.quiz_id, QuizQuestion.place)
    query = query.join(Quiz, on=Quiz.id == QuizQuestion.quiz_id)
    query = query.where((Quiz.owner_id == owner_id) & Quiz.deleted_at.is_null())
    for word in words:
        query = query.where(holds(QuizQuestion.words, word))
    if kind:
        query = query.where(QuizQuestion.kind == kind)
    if language:
        query = query.where(Quiz.language == language)
    if tag:
        query = query.where(Quiz.id.in_(QuizTag.select(QuizTag.quiz_id).where(QuizTag.key == tag)))
    if but is not None:
        query = query.where(Quiz.id != but)
    return query.order_by(Quiz.updated_at.desc(), Quiz.id, QuizQuestion.place)


def page_of(query: ModelSelect, page: int, length: int) -> tuple[int, int, list[tuple[str, int]]]:
    """(how many were found, which page this is, what stands on it); behind the last page comes the last one."""
    found: int = query.order_by().count()
    here = max(1, min(page, -(-found // length)))
    return found, here, list(query.offset((here - 1) * length).limit(length).tuples())


def quizzes_of(ids: Sequence[str]) -> dict[str, Quiz]:
    return {row.id: row for row in Quiz.select().where(Quiz.id.in_(ids))} if ids else {}


def kinds_of_owner(owner_id: str) -> list[str]:
    """The kinds of which there are questions."""
    query = QuizQuestion.select(QuizQuestion.kind).distinct().join(Quiz, on=Quiz.id == QuizQuestion.quiz_id)
    return [kind for (kind,) in query.where((Quiz.owner_id == owner_id) & Quiz.deleted_at.is_null()).tuples()]


def languages_of_owner(owner_id: str) -> list[str]:
    query = Quiz.select(Quiz.language).distinct().where((Quiz.owner_id == owner_id) & Quiz.deleted_at.is_null())
    return sorted(language for (language,) in query.tuples())


def targets_of_owner(owner_id: str, most: int) -> list[tuple[str, str, int, int]]:
    """(id, title, revision, how many questions) of the quizzes that may be added to, the one changed last first."""
    query = Quiz.select(Quiz.id, Quiz.title, Quiz.revision, Quiz.questions)
    query = query.where((Quiz.owner_id == owner_id) & Quiz.deleted_at.is_null())
    return list(query.order_by(Quiz.updated_at.desc(), Quiz.id).limit(most).tuples())
