"""Grading a closed round for everyone in the room, and who stands where. Pure: the same answers, the same grades."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from game.kinds import Answer, kind_of
from game.question import Question
from game.scoring import PROFILES, is_correct, points, streak_bonus


class Tally(msgspec.Struct, frozen=True, gc=False):
    """Where a participant stands after a round. `correct` is how many counted rounds were answered right.

    `time_ms` is the sum of the response times in all counted rounds, right or wrong; `silence_ms` where there is none.
    """

    participant_id: str
    score: int = 0
    correct: int = 0
    streak: int = 0
    streak_best: int = 0
    time_ms: int = 0


class Grade(msgspec.Struct, frozen=True, gc=False):
    """What a round brought one participant (`correct`, `credit`, `points`), and the tally and rank after it."""

    participant_id: str
    correct: bool
    credit: float
    points: int
    score: int
    correct_count: int
    streak: int
    streak_best: int
    time_ms: int
    rank: int


# (credit, points, tally after the round) of one participant
_Outcome = tuple[float, int, Tally]


def grade_round(
    question: Question,
    *,
    counted: bool,
    profile: str,
    streaks: bool,
    partial: bool,
    tallies: Sequence[Tally],
    answers: Mapping[str, tuple[Answer, int]],
    open_ms: int,
) -> list[Grade]:
    """A grade for everyone in `tallies`, in that order, also for those who did not answer.

    `tallies` are all participants before the round; `answers` maps participant ids to (parsed answer, response
    time in ms), and whoever has no tally is passed over. A round that is not counted changes no tally.
    `streaks` and `partial` are the room's settings streak_bonus and partial_credit; the round was open for `open_ms`.
    """
    counts = counted and PROFILES[profile].keeps_score
    credits = _credits(question, partial, tallies, answers)
    silence = silence_ms(question, open_ms)
    outcomes = []
    for tally in tallies:
        given = answers.get(tally.participant_id)
        credit = credits.get(tally.participant_id, 0.0)
        if not counts:
            outcomes.append((credit, 0, tally))
        elif given is None:
            outcomes.append((0.0, 0, _after(tally, right=False, earned=0, took_ms=silence)))
        else:
            outcomes.append(_outcome(question, profile, streaks, tally, credit, given[1]))
    ranks = rank([tally for _, _, tally in outcomes], profile)
    return [_grade(outcome, ranks) for outcome in outcomes]


def silence_ms(question: Question, open_ms: int) -> int:
    """The time that counts for somebody who gave no answer: all that there was, so that it never beats trying."""
    return open_ms if question.time_limit_s is None else int(question.time_limit_s * 1000)


def _credits(
    question: Question,
    partial: bool,
    tallies: Sequence[Tally],
    answers: Mapping[str, tuple[Answer, int]],
) -> dict[str, float]:
    """The credit of each participant who answered; someone without a seat must not be the closest either."""
    ids = [tally.participant_id for tally in tallies if tally.participant_id in answers]
    credits = kind_of(question).credits(question, [answers[who][0] for who in ids], partial)
    return dict(zip(ids, credits, strict=True))


def _outcome(question: Question, profile: str, streaks: bool, tally: Tally, credit: float, took_ms: int) -> _Outcome:
    earned = points(
        profile,
        max_points=question.points,
        credit=credit,
        response_ms=took_ms,
        time_limit_s=question.time_limit_s,
    )
    right = is_correct(credit)
    if right and streaks:
        earned += streak_bonus(tally.streak + 1)
    return credit, earned, _after(tally, right=right, earned=earned, took_ms=took_ms)


def _after(tally: Tally, *, right: bool, earned: int, took_ms: int) -> Tally:
    streak = tally.streak + 1 if right else 0
    return Tally(
        tally.participant_id,
        tally.score + earned,
        tally.correct + right,
        streak,
        max(tally.streak_best, streak),
        tally.time_ms + took_ms,
    )


def _grade(outcome: _Outcome, ranks: Mapping[str, int]) -> Grade:
    credit, earned, tally = outcome
    return Grade(
        tally.participant_id,
        is_correct(credit),
        credit,
        earned,
        tally.score,
        tally.correct,
        tally.streak,
        tally.streak_best,
        tally.time_ms,
        ranks[tally.participant_id],
    )


def rank(tallies: Iterable[Tally], profile: str) -> dict[str, int]:
    """Ranks by participant id. Equals share a rank and the next one is left out: 1, 1, 3."""
    by_time = PROFILES[profile].ranks_by_time
    ordered = sorted(
        ((-tally.score, -tally.correct, tally.time_ms if by_time else 0), tally.participant_id) for tally in tallies
    )
    ranks: dict[str, int] = {}
    shared, before = 0, None
    for place, (standing, participant_id) in enumerate(ordered, start=1):
        if standing != before:
            shared, before = place, standing
        ranks[participant_id] = shared
    return ranks
