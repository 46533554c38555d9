"""Grading a round for everyone, and ranks."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.kinds import kind_of
from game.question import Question
from game.quiz import decode_question
from game.scoring import is_correct, points, streak_bonus
from game.standings import Grade, Tally, grade_round, rank


def question(kind: str = "single", **fields: Any) -> Question:
    choices = [{"text": "right", "correct": kind != "poll"}, {"text": "wrong"}]
    fields = {"choices": choices} | fields if kind in ("single", "poll") else fields
    return decode_question({"id": "q", "kind": kind, "prompt": "?", **fields}, lambda: "q")


RIGHT = {"choices": [0]}
WRONG = {"choices": [1]}


def graded(
    answers: dict[str, tuple[dict[str, Any], int]],
    tallies: list[Tally],
    asked: Question | None = None,
    *,
    counted: bool = True,
    profile: str = "speed",
    streaks: bool = False,
    partial: bool = True,
    open_ms: int = 5000,
) -> dict[str, Grade]:
    grades = grade_round(
        asked or question(),
        counted=counted,
        profile=profile,
        streaks=streaks,
        partial=partial,
        tallies=tallies,
        answers=answers,
        open_ms=open_ms,
    )
    return {grade.participant_id: grade for grade in grades}


def test_right_answer_adds_to_the_tally() -> None:
    """Points, streak and time of a right answer are added to what was there before."""
    before = Tally("ann", score=500, correct=1, streak=1, streak_best=3, time_ms=4000)
    grade = graded({"ann": (RIGHT, 2000)}, [before])["ann"]
    assert grade == Grade("ann", True, 1.0, 950, 1450, 2, 2, 3, 6000, 1)


def test_wrong_answer_ends_the_streak() -> None:
    """A wrong answer earns nothing, ends the streak and still took time."""
    before = Tally("ann", score=500, correct=2, streak=2, streak_best=2, time_ms=4000)
    grade = graded({"ann": (WRONG, 2000)}, [before])["ann"]
    assert grade == Grade("ann", False, 0.0, 0, 500, 2, 0, 2, 6000, 1)


def test_silence_is_graded_too() -> None:
    """Who did not answer gets a grade of nothing, the streak ends, and it took them all the time that there was."""
    before = Tally("ann", score=500, correct=2, streak=2, streak_best=2, time_ms=4000)
    assert graded({}, [before])["ann"] == Grade("ann", False, 0.0, 0, 500, 2, 0, 2, 24_000, 1)


@pytest.mark.parametrize(("limit_s", "silence_ms"), [(20, 20_000), (5.5, 5500), (None, 5000)])
def test_silence_takes_the_whole_limit(limit_s: float | None, silence_ms: int) -> None:
    """However early the round was closed; without a limit, as long as the round was open."""
    asked = question(time_limit_s=limit_s)
    assert graded({}, [Tally("ann")], asked, open_ms=5000)["ann"].time_ms == silence_ms


@pytest.mark.parametrize("profile", ["speed", "steady"])
def test_silence_is_never_better_than_a_wrong_answer(profile: str) -> None:
    """Nobody rises by saying nothing: who tried in vain stands higher."""
    grades = graded({"ann": (WRONG, 19_000)}, [Tally("bob"), Tally("ann")], profile=profile)
    assert (grades["ann"].rank, grades["bob"].rank) == (1, 2)


def test_half_right_earns_and_ends_the_streak() -> None:
    """Partial credit gives its share of the points but is not correct."""
    asked = question(choices=[{"text": "a", "correct": True}, {"text": "b", "weight": 0.5}])
    grade = graded({"ann": (WRONG, 0)}, [Tally("ann", streak=4)], asked, streaks=True)["ann"]
    assert (grade.correct, grade.credit, grade.points, grade.streak) == (False, 0.5, 500, 0)


def test_streak_bonus_comes_on_top() -> None:
    """The third right answer in a row earns 200 more, only where the room wants it."""
    before = [Tally("ann", streak=2)]
    assert graded({"ann": (RIGHT, 0)}, before, streaks=True)["ann"].points == 1200
    assert graded({"ann": (RIGHT, 0)}, before, streaks=False)["ann"].points == 1000


@pytest.mark.parametrize("answers", [{"ann": (RIGHT, 2000)}, {}], ids=["answered", "silent"])
@pytest.mark.parametrize(
    ("kind", "counted", "profile"),
    [("poll", False, "speed"), ("single", False, "survey"), ("single", True, "survey")],
)
def test_round_that_does_not_count_changes_nothing(
    kind: str, counted: bool, profile: str, answers: dict[str, tuple[dict[str, Any], int]]
) -> None:
    """A poll or a survey leaves score, streak and time as they were and gives no points."""
    before = Tally("ann", score=500, correct=2, streak=2, streak_best=3, time_ms=4000)
    grade = graded(answers, [before], question(kind), counted=counted, profile=profile, streaks=True)["ann"]
    assert grade.points == 0
    after = (grade.score, grade.correct_count, grade.streak, grade.streak_best, grade.time_ms)
    assert after == (500, 2, 2, 3, 4000)


def test_survey_still_tells_who_was_right() -> None:
    """A question with a key has right answers in a survey too; they only earn nothing."""
    grade = graded({"ann": (RIGHT, 2000)}, [Tally("ann")], counted=False, profile="survey")["ann"]
    assert (grade.correct, grade.credit, grade.points) == (True, 1.0, 0)


def test_poll_is_never_correct() -> None:
    """A poll has no right answer to be credited for."""
    grade = graded({"ann": (RIGHT, 2000)}, [Tally("ann")], question("poll"), counted=False)["ann"]
    assert (grade.correct, grade.credit) == (False, 0.0)


def test_answer_without_a_seat_is_passed_over() -> None:
    """A kicked participant's answer neither gets a grade nor is the closest."""
    asked = question("number", accepted=[{"value": 10}], score="closest")
    answers = {"gone": ({"number": 10}, 1000), "ann": ({"number": 12}, 1000)}
    grades = graded(answers, [Tally("ann")], asked)
    assert list(grades) == ["ann"]
    assert grades["ann"].correct


def test_grades_come_in_the_order_of_the_tallies() -> None:
    """Every participant has one grade, where it stood."""
    tallies = [Tally("b"), Tally("a"), Tally("c")]
    assert list(graded({"c": (RIGHT, 0)}, tallies)) == ["b", "a", "c"]


def test_ranks_are_those_after_the_round() -> None:
    """The ranks in the grades count this round's points."""
    grades = graded({"ann": (RIGHT, 1000)}, [Tally("bob", score=900), Tally("ann", score=0)])
    assert (grades["ann"].rank, grades["bob"].rank) == (1, 2)


def test_equals_share_a_rank_and_one_is_left_out() -> None:
    """Two firsts, then a third."""
    tallies = [Tally("c", 10), Tally("a", 20, 1, time_ms=5), Tally("b", 20, 1, time_ms=5)]
    assert rank(tallies, "speed") == {"a": 1, "b": 1, "c": 3}


def test_more_correct_answers_break_a_tie() -> None:
    """With the same score, more right answers stand higher, whatever the time."""
    tallies = [Tally("a", 20, 1, time_ms=1), Tally("b", 20, 2, time_ms=9)]
    assert rank(tallies, "speed") == {"b": 1, "a": 2}


@pytest.mark.parametrize(
    ("profile", "expected"),
    [("speed", (1, 2)), ("steady", (1, 2)), ("accuracy", (1, 1)), ("survey", (1, 1))],
)
def test_time_breaks_ties_only_where_it_counts(profile: str, expected: tuple[int, int]) -> None:
    """Less time stands higher in speed and steady; elsewhere the rank is shared."""
    ranks = rank([Tally("fast", 20, 1, time_ms=1), Tally("slow", 20, 1, time_ms=9)], profile)
    assert (ranks["fast"], ranks["slow"]) == expected


def test_nobody_has_no_rank() -> None:
    """An empty room ranks nobody."""
    assert rank([], "speed") == {}


tally_lists = st.lists(
    st.builds(
        Tally,
        st.uuids().map(str),
        st.integers(0, 5),
        st.integers(0, 2),
        st.integers(0, 2),
        st.integers(0, 2),
        st.integers(0, 3),
    ),
    max_size=12,
    unique_by=lambda tally: tally.participant_id,
)


@given(tally_lists, st.sampled_from(["speed", "accuracy", "steady", "survey"]))
def test_rank_is_one_more_than_those_ahead(tallies: list[Tally], profile: str) -> None:
    """A rank says how many stand strictly higher, by the rule as it is written down."""

    def standing(tally: Tally) -> tuple[int, int, int]:
        return (-tally.score, -tally.correct, tally.time_ms if profile in ("speed", "steady") else 0)

    ranks = rank(tallies, profile)
    for tally in tallies:
        ahead = sum(standing(other) < standing(tally) for other in tallies)
        assert ranks[tally.participant_id] == ahead + 1


rounds = st.lists(
    st.dictionaries(
        st.sampled_from(["a", "b", "c"]), st.tuples(st.sampled_from([RIGHT, WRONG]), st.integers(0, 25_000))
    ),
    max_size=6,
)


@given(rounds, st.sampled_from(["speed", "accuracy", "steady"]), st.booleans())
def test_scores_equal_a_recomputation(
    played: list[dict[str, tuple[dict[str, Any], int]]], profile: str, streaks: bool
) -> None:
    """Round after round comes to the same score as adding everything up from the stored answers."""
    asked = question()
    tallies = [Tally(name) for name in "abc"]
    for answers in played:
        grades = graded(answers, tallies, asked, profile=profile, streaks=streaks)
        tallies = [
            Tally(g.participant_id, g.score, g.correct_count, g.streak, g.streak_best, g.time_ms)
            for g in grades.values()
        ]
    for tally in tallies:
        score = row = 0
        for answers in played:
            answer, took_ms = answers.get(tally.participant_id, (WRONG, 0))
            credit = kind_of(asked).credit(asked, answer, True)
            row = row + 1 if is_correct(credit) else 0
            score += points(profile, max_points=1000, credit=credit, response_ms=took_ms, time_limit_s=20)
            score += streak_bonus(row) if streaks else 0
        assert tally.score == score
        took = [answers.get(tally.participant_id, (WRONG, 20_000))[1] for answers in played]
        assert tally.time_ms == sum(took)
