"""Grading a round where it closes: inside the closing transaction, from the answers stored so far, once."""

from typing import Any

import msgspec

from game.content import Content
from game.kinds import kind_of
from game.room import Room
from game.standings import Grade, Tally, grade_round, rank, silence_ms
from models import answers, grades, participants, rooms
from models.answer_log import settle
from services.masking import masked

STANDINGS_MOST = 10
PODIUM_RANKS = 3


def grade_open_round(room: Room, content: Content, now: int) -> tuple[dict[str, Any], list[Grade]]:
    """Grades the open round for every participant, stores the grades, and returns (distribution, grades)."""
    question = content.question(room.round)
    kind = kind_of(question)
    settle(room.id, room.round)
    rows = answers.to_grade(room.id, room.round)
    # Thousands of answers are a few texts, as a rule.
    parsed = {text: kind.parse_answer(question, msgspec.json.decode(text)) for text in {text for _, text, _ in rows}}
    given = {participant_id: (parsed[text], response_ms) for participant_id, text, response_ms in rows}
    graded = grade_round(
        question,
        counted=is_counted(room, content, room.round),
        profile=room.settings.scoring,
        streaks=room.settings.streak_bonus,
        partial=room.settings.partial_credit,
        tallies=tallies(room, content, participants.seats(room.id)),
        answers=given,
        open_ms=now - (room.opened_at or now),
    )
    grades.insert_grades(
        [
            grades.GradeRow(
                room.id,
                room.round,
                grade.participant_id,
                grade.correct,
                grade.credit,
                grade.points,
                grade.score,
                grade.correct_count,
                grade.streak,
                grade.streak_best,
                grade.time_ms,
                grade.rank,
            )
            for grade in graded
        ]
    )
    distribution = kind.distribution(question, [answer for answer, _ in given.values()])
    return masked(distribution, content.quiz.language) if kind.is_masked else distribution, graded


def is_counted(room: Room, content: Content, number: int) -> bool:
    """The round is for points: its question has a key and the room keeps score."""
    return kind_of(content.question(number)).graded and room.settings.scoring != "survey"


def tallies(room: Room, content: Content, seats: list[tuple[str, str]]) -> list[Tally]:
    """Where each of `seats`, (id, nickname), stands after the last graded round; who came later was silent before."""
    number = grades.last_graded_round(room.id)
    rows = grades.tallies_of_round(room.id, number) if number is not None else []
    by_id = {row[0]: Tally(*row) for row in rows}
    missed_ms = _missed_ms(room, content, number or 0) if len(by_id) < len(seats) else 0
    return [by_id.get(participant_id) or Tally(participant_id, time_ms=missed_ms) for participant_id, _ in seats]


def _missed_ms(room: Room, content: Content, last: int) -> int:
    """What silence in all counted rounds up to `last` comes to."""
    counted = [number for number in range(1, last + 1) if is_counted(room, content, number)]
    if all(content.question(number).time_limit_s is not None for number in counted):
        open_ms: dict[int, int] = {}
    else:
        events = [event for event in rooms.events_after(room.id, 0) if event.name in ("round.opened", "round.closed")]
        at = {(event.name, msgspec.json.decode(event.params)["round"]): event.at for event in events}
        open_ms = {number: at["round.closed", number] - at["round.opened", number] for number in counted}
    return sum(silence_ms(content.question(number), open_ms.get(number, 0)) for number in counted)


def top(
    room: Room, content: Content, *, last_rank: int | None = None, most: int = STANDINGS_MOST
) -> tuple[dict[str, Any], ...]:
    """The best of the room as {rank, nickname, score}, best first; who joined first leads among equals."""
    seats = participants.seats(room.id)
    standing = tallies(room, content, seats)
    ranks = rank(standing, room.settings.scoring)
    names = dict(seats)
    best = sorted(standing, key=lambda tally: ranks[tally.participant_id])
    if last_rank is not None:
        best = [tally for tally in best if ranks[tally.participant_id] <= last_rank]
    return tuple(
        {"rank": ranks[tally.participant_id], "nickname": names[tally.participant_id], "score": tally.score}
        for tally in best[:most]
    )


def podium(room: Room, content: Content) -> tuple[dict[str, Any], ...]:
    """Ranks 1 to 3 with a score; empty in a room that keeps none."""
    return tuple(row for row in top(room, content, last_rank=PODIUM_RANKS) if row["score"] > 0)
