"""What audiences see: never a key before the reveal, and only names that are theirs to see."""

import msgspec
import pytest
from sample_rooms import MULTI, NUMBER, SECRETS, SINGLE, TEXT, content_of, keys_of, room_of

from game.phases import Move, Phase
from game.room import Facts, step
from game.views import Audience, event_params, snapshot


def played(moves, *questions, content=None, **settings):
    content = content or content_of(*questions)
    room, events = room_of(content, **settings), []
    for move in moves:
        made = step(room, content, move, 1000, Facts(distribution={"counts": [0, 0], "other": 0}))
        room, events = made.room, events + list(made.events)
    return room, content, events


def snap(room, content, audience, closed=None):
    return snapshot(
        room, content, audience, participants=2, answered=1, names=["Ada", "Bo"], closed=closed, standings=None
    )


@pytest.mark.parametrize("audience", list(Audience))
@pytest.mark.parametrize("question", [SINGLE, MULTI, TEXT, NUMBER])
def test_nobody_gets_a_key_before_the_reveal(audience, question):
    """Neither an event nor a snapshot holds anything that gives the answer away, for no audience."""
    for moves in ([Move.START], [Move.START, Move.OPEN]):
        room, content, events = played(moves, question)
        for event in events:
            assert not keys_of(event_params(event, room, content, audience)) & SECRETS
        assert not keys_of(snap(room, content, audience)) & SECRETS


def test_the_reveal_shows_key_distribution_and_explanation():
    """From REVEAL on the snapshot holds what round.closed said."""
    room, content, events = played([Move.START, Move.OPEN, Move.CLOSE], MULTI)
    view = snap(room, content, Audience.PLAYERS, closed=events[-1].params)
    assert view["phase"] is Phase.REVEAL
    assert view["key"] == {"choices": [0, 1]}
    assert view["explanation"] == "Four is two times two."


def test_phones_can_be_kept_from_showing_the_question():
    """show_question_on_phone off leaves indexes, no text, to players; host and screen see all."""
    room, content, events = played([Move.START, Move.OPEN], SINGLE, show_question_on_phone=False)
    seen = event_params(events[-1], room, content, Audience.PLAYERS)["question"]
    assert seen["prompt"] is None
    assert [choice["text"] for choice in seen["choices"]] == [None, None]
    assert event_params(events[-1], room, content, Audience.SCREEN)["question"]["prompt"] == "2 + 2?"
    assert snap(room, content, Audience.PLAYERS)["question"]["prompt"] is None


def test_names_are_for_host_and_screen():
    """Players see how many there are, not who."""
    room, content, _ = played([], SINGLE)
    assert "names" not in snap(room, content, Audience.PLAYERS)
    assert snap(room, content, Audience.SCREEN)["names"] == ["Ada", "Bo"]


def test_every_audience_gets_every_seq():
    """The log is equally long for all."""
    room, content, events = played([Move.START, Move.OPEN, Move.CLOSE, Move.END], SINGLE)
    for audience in Audience:
        assert [event_params(event, room, content, audience)["seq"] for event in events] == [1, 2, 3, 4]


IMAGE = "0a" * 32 + ".webp"
SOUND = "0b" * 32 + ".mp3"


@pytest.mark.parametrize("audience", list(Audience))
@pytest.mark.parametrize("moves", [[Move.START], [Move.START, Move.OPEN]])
def test_everybody_sees_the_picture_from_the_reading_time_on(audience, moves):
    """With its alt text, and its size so that a place can be kept for it."""
    content = msgspec.structs.replace(
        content_of(SINGLE | {"media": {"image": IMAGE, "alt": "A map"}}), sizes={IMAGE: (640, 480)}
    )
    room, content, events = played(moves, content=content)
    media = {"image": IMAGE, "alt": "A map", "width": 640, "height": 480}
    assert event_params(events[-1], room, content, audience)["question"]["media"] == media
    assert snap(room, content, audience)["question"]["media"] == media


@pytest.mark.parametrize("audience", Audience)
def test_what_is_heard_is_told_with_the_reveal(audience):
    """Before, reading it would make a listening exercise easier for those who read."""
    media = {"audio": SOUND, "transcript": "Good morning"}
    content = msgspec.structs.replace(content_of(SINGLE | {"media": media}), sizes={SOUND: (2500, 0)})
    room, content, events = played([Move.START, Move.OPEN], content=content)
    assert event_params(events[-1], room, content, audience)["question"]["media"] == {"audio": SOUND, "duration_s": 2.5}
    assert "Good morning" not in str([event_params(event, room, content, audience) for event in events])
    assert "Good morning" not in str(snap(room, content, audience))
    room, content, events = played([Move.START, Move.OPEN, Move.CLOSE], content=content)
    assert event_params(events[-1], room, content, audience)["transcript"] == "Good morning"


def test_phones_that_show_no_question_show_no_picture_either():
    """It belongs to the question; its alt text would tell it."""
    question = SINGLE | {"media": {"image": IMAGE, "alt": "A map"}}
    room, content, events = played([Move.START], question, show_question_on_phone=False)
    assert event_params(events[-1], room, content, Audience.PLAYERS)["question"]["media"] is None
    assert event_params(events[-1], room, content, Audience.SCREEN)["question"]["media"]["image"] == IMAGE
