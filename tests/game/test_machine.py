"""Whole rooms, played by hypothesis: whatever is sent in whatever order, the promises hold."""

import contextlib
import itertools

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sample_rooms import INFO, MULTI, NUMBER, POLL, SECRETS, SINGLE, TEXT, content_of, keys_of, room_of

from game.answering import refusal
from game.kinds import kind_of
from game.phases import COMMANDS, Phase
from game.room import Facts, WrongMove, due_move, is_slide, step
from game.scoring import response_ms
from game.standings import Tally, grade_round, rank
from game.views import Audience, event_params, snapshot

ANSWERS = {
    "single": [{"choices": [0]}, {"choices": [1]}],
    "multi": [{"choices": [0, 1]}, {"choices": [0]}, {"choices": [2]}],
    "text": [{"text": "paris"}, {"text": "Lyon"}],
    "number": [{"number": 3.14}, {"number": 7}],
    "poll": [{"choices": [0]}],
}
PEOPLE = ["ada", "bo", "cy"]


class Lesson(RuleBasedStateMachine):
    """The rules of game/ put together as the services do, with lists instead of tables."""

    @initialize(
        questions=st.lists(st.sampled_from([SINGLE, MULTI, TEXT, NUMBER, POLL, INFO]), min_size=1, max_size=4),
        scoring=st.sampled_from(["speed", "accuracy", "steady", "survey"]),
        read_time_s=st.sampled_from([0, 3]),
        partial=st.booleans(),
        streaks=st.booleans(),
        auto=st.booleans(),
        shows=st.booleans(),
    )
    def begin(self, questions, scoring, read_time_s, partial, streaks, auto, shows):
        self.content = content_of(*questions)
        self.room = room_of(
            self.content,
            scoring=scoring,
            read_time_s=read_time_s,
            partial_credit=partial,
            streak_bonus=streaks,
            auto_advance=auto,
            show_question_on_phone=shows,
        )
        self.now = 1_000
        self.events = []
        self.stored = {}  # (round, person) → (answer, response_ms, submission id)
        self.receipts = {}  # (person, submission id) → (round, person)
        self.grades = {}  # (round, person) → Grade
        self.ids = itertools.count()

    def counted(self, number):
        return kind_of(self.content.question(number)).graded and self.room.settings.scoring != "survey"

    def tallies(self):
        last = {grade.participant_id: grade for _, grade in sorted(self.grades.items(), key=lambda item: item[0][0])}
        return [
            Tally(
                person,
                score=last[person].score,
                correct=last[person].correct_count,
                streak=last[person].streak,
                streak_best=last[person].streak_best,
                time_ms=last[person].time_ms,
            )
            if person in last
            else Tally(person, score=0, correct=0, streak=0, streak_best=0, time_ms=0)
            for person in PEOPLE
        ]

    def grade(self, number, tallies, answers):
        return grade_round(
            self.content.question(number),
            counted=self.counted(number),
            profile=self.room.settings.scoring,
            streaks=self.room.settings.streak_bonus,
            partial=self.room.settings.partial_credit,
            tallies=tallies,
            answers=answers,
            open_ms=0,
        )

    def answers_of(self, number):
        return {person: kept[:2] for (n, person), kept in self.stored.items() if n == number}

    def make(self, move):
        before = self.room
        made = step(self.room, self.content, move, self.now, Facts(distribution={"counts": []}))
        self.room = made.room
        self.events += made.events
        if any(event.name == "round.closed" for event in made.events):
            for grade in self.grade(before.round, self.tallies(), self.answers_of(before.round)):
                key = (before.round, grade.participant_id)
                assert key not in self.grades, "a round is graded once"
                self.grades[key] = grade

    @rule(name=st.sampled_from(sorted(COMMANDS)))
    def command(self, name):
        with contextlib.suppress(WrongMove):
            self.make(COMMANDS[name][self.room.phase])

    @rule(seconds=st.integers(1, 30))
    def wait(self, seconds):
        self.now += seconds * 1000
        while self.room.due_at is not None and self.room.due_at <= self.now:
            self.make(due_move(self.room, self.content))

    @precondition(lambda self: self.room.round > 0)
    @rule(person=st.sampled_from(PEOPLE), ahead=st.integers(-1, 1), pick=st.integers(0, 2), rtt=st.integers(0, 900))
    def answer(self, person, ahead, pick, rtt):
        number = self.room.round + ahead
        if not 1 <= number <= self.room.rounds or self.content.question(number).kind == "info":
            return
        question = self.content.question(number)
        choices = ANSWERS[question.kind]
        given = kind_of(question).parse_answer(question, choices[pick % len(choices)])
        reason = refusal(
            self.room.phase,
            self.room.round,
            self.room.closes_at,
            number=number,
            received_at=self.now,
            rtt_ms=rtt,
        )
        if reason is not None or (number, person) in self.stored:
            return
        assert self.room.phase is Phase.OPEN
        submission = f"s{next(self.ids)}"
        self.stored[number, person] = (given, response_ms(self.now, self.room.opened_at, rtt), submission)
        self.receipts[person, submission] = (number, person)

    @invariant()
    def seqs_are_dense(self):
        assert [event.seq for event in self.events] == list(range(1, self.room.seq + 1))

    @invariant()
    def every_receipt_is_one_stored_answer(self):
        assert len(set(self.receipts.values())) == len(self.receipts) == len(self.stored)

    @invariant()
    def what_was_stored_is_graded_when_its_round_is_over(self):
        for number, person in self.stored:
            is_open = self.room.phase is Phase.OPEN and self.room.round == number
            assert ((number, person) in self.grades) is not is_open

    @invariant()
    def scores_equal_a_recomputation_from_the_answers(self):
        tallies = [Tally(person, score=0, correct=0, streak=0, streak_best=0, time_ms=0) for person in PEOPLE]
        for number in sorted({n for n, _ in self.grades}):
            again = self.grade(number, tallies, self.answers_of(number))
            assert again == [self.grades[number, grade.participant_id] for grade in again]
            tallies = [
                Tally(
                    g.participant_id,
                    score=g.score,
                    correct=g.correct_count,
                    streak=g.streak,
                    streak_best=g.streak_best,
                    time_ms=g.time_ms,
                )
                for g in again
            ]
        assert tallies == self.tallies()
        ranks = rank(tallies, self.room.settings.scoring)
        best_first = sorted(tallies, key=lambda tally: ranks[tally.participant_id])
        assert [t.score for t in best_first] == sorted((t.score for t in tallies), reverse=True)

    @invariant()
    def no_key_before_the_reveal(self):
        closed = {event.params["round"] for event in self.events if event.name == "round.closed"}
        for audience in Audience:
            for event in self.events:
                if event.name in ("round.announced", "round.opened"):
                    assert not keys_of(event_params(event, self.room, self.content, audience)) & SECRETS
            view = snapshot(
                self.room,
                self.content,
                audience,
                participants=3,
                answered=0,
                names=[],
                closed=None,
                standings=None,
            )
            if self.room.round not in closed:
                assert not keys_of(view) & SECRETS

    @invariant()
    def a_room_that_is_over_waits_for_nothing(self):
        if self.room.phase is Phase.FINISHED:
            assert self.room.due_at is None
            assert self.room.ended_at is not None
        if is_slide(self.room, self.content):
            assert self.room.closes_at is None


Lesson.TestCase.settings = settings(max_examples=150, stateful_step_count=30)
TestLesson = Lesson.TestCase
