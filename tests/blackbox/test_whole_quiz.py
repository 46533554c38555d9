"""Four rounds from a GIFT file with 60 participants, one in ten silent, across a SIGKILL in the third.

What everyone holds afterwards must agree: receipts, results, the event log, and a stranger's own figures.
"""

import asyncio
import random
from collections.abc import Callable
from fractions import Fraction

import pytest
from blackbox_http import Api, Json, Room
from blackbox_lesson import KILLED_ROUND, PLAYERS, Lesson
from blackbox_process import Service
from blackbox_rules import Asked, check_answers, check_ranks, check_rounds, leaks

pytestmark = pytest.mark.process
LESSON_DEADLINE_S = 90.0

SINGLE = """\
::Capital::Which city is the capital of Australia? {
~Sydney#Zwetschge-1 is only the largest
~Melbourne
=Canberra
~Perth
####Zwetschge-1 was built as a compromise.
}
"""
MULTI = """\
::Primes::Which of these are prime? {
~%60%2
~%40%7
~%-50%9
~%-100%15
####Zwetschge-2 has two divisors.
}
"""
TEXT = """\
::Author::Who wrote Don Quixote? {=Cervantes =%60%Saavedra =Zwetschge-3#Zwetschge-3 also lived}
"""
NUMBER = """\
::Pi::How large is pi? {#=3.14159:0.005 =%50%3:0.1#Zwetschge-4 is near}
"""
TRUE_FALSE = """\
::Moon::The Moon is a planet. {F#Zwetschge-1 is wrong#It goes round the Earth####Zwetschge-1 is a moon.}
"""


def choices(*indexes: int) -> Json:
    return {"choices": list(indexes)}


ASKED_SINGLE = Asked("single", choices(2), tuple((choices(i), Fraction(int(i == 2))) for i in range(4)))
ASKED_TRUE_FALSE = Asked("true_false", choices(1), ((choices(0), Fraction(0)), (choices(1), Fraction(1))))
ASKED_MULTI = Asked(
    "multi",
    choices(0, 1),
    (
        (choices(0, 1), Fraction(1)),
        (choices(0), Fraction(6, 10)),
        (choices(1), Fraction(4, 10)),
        (choices(2, 0), Fraction(1, 10)),
        (choices(0, 1, 2), Fraction(1, 2)),
        (choices(3, 1), Fraction(0)),
    ),
    time_limit_s=4,
)
ASKED_TEXT = Asked(
    "text",
    {"text": "Cervantes"},
    (
        ({"text": "Cervantes"}, Fraction(1)),
        ({"text": "  cervantes "}, Fraction(1)),
        ({"text": "SAAVEDRA"}, Fraction(6, 10)),
        ({"text": "Shakespeare"}, Fraction(0)),
    ),
)
ASKED_NUMBER = Asked(
    "number",
    {"number": 3.14159},
    (
        ({"number": 3.14159}, Fraction(1)),
        ({"number": 3.14}, Fraction(1)),
        ({"number": 3}, Fraction(1, 2)),
        ({"number": -3.5}, Fraction(0)),
    ),
)
LESSONS = {
    "opens at once, by speed": (
        [SINGLE, MULTI, TEXT, NUMBER],
        [ASKED_SINGLE, ASKED_MULTI, ASKED_TEXT, ASKED_NUMBER],
        {"read_time_s": 0, "scoring": "speed"},
    ),
    "opens at once, steady": (
        [TRUE_FALSE, MULTI, TEXT, NUMBER],
        [ASKED_TRUE_FALSE, ASKED_MULTI, ASKED_TEXT, ASKED_NUMBER],
        {"read_time_s": 0, "scoring": "steady"},
    ),
    "reading time, shuffled, by accuracy": (
        [TRUE_FALSE, MULTI, TEXT, NUMBER],
        [ASKED_TRUE_FALSE, ASKED_MULTI, ASKED_TEXT, ASKED_NUMBER],
        {"read_time_s": 1, "scoring": "accuracy", "shuffle_choices": True},
    ),
}


@pytest.fixture(scope="module", params=list(LESSONS))
def played(request: pytest.FixtureRequest, make_service: Callable[..., Service]) -> "Played":
    """A lesson that has been played to its end, and the results the owner reads then."""
    texts, asked, settings = LESSONS[request.param]
    service = make_service()
    api = Api(service.port).login()
    lesson = Lesson(service, api, _room(api, texts, settings), asked, random.Random(request.param))

    async def give() -> None:
        await lesson.seat_everyone()
        await lesson.play()
        await lesson.end()

    asyncio.run(asyncio.wait_for(give(), LESSON_DEADLINE_S))
    return Played(lesson, api.results(lesson.room), str(settings["scoring"]))


class Played:
    """What the tests below read."""

    def __init__(self, lesson: Lesson, results: Json, scoring: str) -> None:
        self.lesson, self.results, self.scoring = lesson, results, scoring
        self.rows = {row["id"]: row for row in results["participants"]}

    def seen(self, method: str, number: int) -> list[Json]:
        """The params of these events of a round, as the first participant holds them."""
        events = [event["params"] for event in self.lesson.players[0].events.values()
                  if event["method"] == method]  # fmt: skip
        return [params for params in events if params["round"] == number]


def _room(api: Api, texts: list[str], settings: Json) -> Room:
    """Imports the file as it is, gives the second question a short time, and opens the room."""
    answer = api.upload("\n".join(texts).encode(), "lesson.gift")
    assert answer.status == 201, answer.body
    imported = answer.json
    assert imported["counts"] == {"found": 4, "imported": 4, "skipped": 0}, imported
    quiz_id = imported["quiz"]["id"]
    quiz = api.expect(200, "GET", f"/api/v1/quizzes/{quiz_id}")
    assert all(question["time_limit_s"] == 20 for question in quiz["questions"])
    quiz["questions"][1]["time_limit_s"] = 4
    api.expect(200, "PUT", f"/api/v1/quizzes/{quiz_id}", quiz)
    return api.room(quiz_id, **settings)


def test_nobody_saw_the_contract_broken(played: Played) -> None:
    """No frame, reply, receipt or close that any peer noted as a fault while it happened."""
    faults = [fault for peer in played.lesson.everyone for fault in peer.faults]
    assert not faults, faults[:10]


def test_the_kill_hit_answers_in_flight(played: Played) -> None:
    """The run says what it claims to say: some had receipts, some were on their way."""
    assert played.lesson.service.starts == 2
    assert played.lesson.received_before_kill > 0
    assert played.lesson.in_flight > 0, "nothing was in flight: the kill came too late"


def test_every_receipt_is_in_the_results_exactly_once(played: Played) -> None:
    """The answers and times of the results are those of the receipts, no more and no fewer."""
    assert len(played.results["participants"]) == PLAYERS
    for player in played.lesson.players:
        receipts = {
            receipt["round"]: (player.sent[answer_id]["answer"], receipt["received_at"])
            for answer_id, receipt in player.receipts.items()
        }
        assert len(receipts) == (0 if player in played.lesson.silent else 4)
        counted = {
            entry["round"]: (entry["answer"], entry["received_at"])
            for entry in played.rows[player.id]["answers"]
            if entry["answer"] is not None
        }
        assert counted == receipts, player.nickname


def test_every_score_equals_a_strangers_own(played: Played) -> None:
    """Credits, points and sums follow the formulas for every participant, the silent ones too."""
    check_answers(played.results, played.lesson.asked, played.lesson.opened_at, played.scoring)
    check_rounds(played.results, played.lesson.asked)


def test_every_rank_equals_a_strangers_own(played: Played) -> None:
    """Ranks follow score, right answers and time; ties share."""
    check_ranks(played.results, played.lesson.asked, played.scoring)


def test_each_was_told_what_the_results_say(played: Played) -> None:
    """`answer.graded` of every round and `participant.finished` agree with the results."""
    for player in played.lesson.players:
        row = played.rows[player.id]
        graded = {event["params"]["round"]: event["params"] for event in player.others
                  if event["method"] == "answer.graded"}  # fmt: skip
        assert sorted(graded) == [1, 2, 3, 4], player.nickname
        for entry in row["answers"]:
            told = graded[entry["round"]]
            for field in ("correct", "credit", "points"):
                assert told[field] == entry[field], (told, entry)
        finished = [event["params"] for event in player.others if event["method"] == "participant.finished"]
        assert [(one["rank"], one["score"], one["of"]) for one in finished] == [(row["rank"], row["score"], PLAYERS)]
        assert (graded[4]["score"], graded[4]["rank"]) == (row["score"], row["rank"])


def test_everyone_holds_the_same_gapless_log(played: Played) -> None:
    """One seq after the other, the same event under each, in every participant's hands."""
    first, *others = played.lesson.players
    assert first.first_seq is not None
    assert sorted(first.events) == list(range(first.first_seq + 1, max(first.events) + 1))
    for player in others:
        assert player.events == first.events, player.nickname
    told = {seq: event["method"] for seq, event in first.events.items()}
    for peer in (played.lesson.host, played.lesson.screen):
        assert {seq: event["method"] for seq, event in peer.events.items() if seq in told} == told
    log = {event["seq"]: event["method"] for event in played.lesson.api.events(played.lesson.room)}
    assert {seq: method for seq, method in log.items() if seq in told} == told
    assert max(log) == max(told)


def test_no_key_was_on_a_participants_wire_before_the_reveal(played: Played) -> None:
    """Neither under a name that means a key, nor any text that only the author's file holds."""
    secrets = {number: [f"Zwetschge-{number}"] for number in (1, 2, 3, 4)}
    for player in played.lesson.players:
        found = list(leaks(player.frames, player.raw, secrets))
        assert not found, (player.nickname, found[:3])


def test_the_reveal_shows_the_key(played: Played) -> None:
    """`round.closed` has the key in the shape of an answer."""
    for number, question in enumerate(played.lesson.asked, 1):
        [closed] = played.seen("round.closed", number)
        shown = {name: closed["key"][name] for name in question.key}
        assert shown == question.key, closed


def test_the_round_that_was_open_got_the_downtime(played: Played) -> None:
    """`round.extended` came after the restart and moved the end by the time nobody could answer."""
    [extended] = played.seen("round.extended", KILLED_ROUND)
    [opened] = played.seen("round.opened", KILLED_ROUND)
    assert extended["server_time"] >= played.lesson.killed_at_ms
    added = extended["closes_at"] - opened["closes_at"]
    down = played.lesson.back_at_ms - played.lesson.killed_at_ms
    # The service knows only when it was last alive and when it is again; up to two seconds of doubt.
    assert 0 < added <= down + 3000, (added, down)
