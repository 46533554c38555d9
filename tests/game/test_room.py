"""What each move does to a room: phases, times, events."""

import itertools

import pytest
from sample_rooms import INFO, MULTI, SINGLE, UNTIMED, content_of, room_of

from game.phases import TRANSITIONS, Move, Phase
from game.room import AUTO_REVEAL_MS, CLOSING_GRACE_MS, Facts, WrongMove, due_move, step


def walk(content, moves, **settings):
    """Makes the moves one second apart; returns the room and all events."""
    room, events = room_of(content, **settings), []
    for number, move in enumerate(moves, 1):
        made = step(room, content, move, number * 1000, Facts(distribution={"counts": []}))
        room, events = made.room, events + list(made.events)
    return room, events


def test_start_announces_the_first_round_and_opens_it_after_the_reading_time():
    """The question stands alone until opens_at, which is also when any node may open it."""
    room, events = walk(content_of(SINGLE), [Move.START], read_time_s=5)
    assert (room.phase, room.round, room.opens_at, room.due_at) == (Phase.READ, 1, 6000, 6000)
    assert events[0].name == "round.announced"
    assert "choices" not in events[0].params["question"]


def test_start_opens_at_once_without_reading_time():
    """read_time_s 0 sends no round.announced."""
    room, events = walk(content_of(SINGLE), [Move.START], read_time_s=0)
    assert (room.phase, room.opened_at, room.closes_at) == (Phase.OPEN, 1000, 21000)
    assert room.due_at == 21000 + CLOSING_GRACE_MS
    assert [event.name for event in events] == ["round.opened"]


def test_a_question_without_limit_never_comes_due():
    """Only the host, or everyone having answered, closes it."""
    room, _ = walk(content_of(UNTIMED), [Move.START], read_time_s=0)
    assert (room.closes_at, room.due_at) == (None, None)


def test_a_slide_has_no_reading_time_and_is_left_with_next():
    """An info slide opens at once, cannot be closed, and next goes on."""
    content = content_of(INFO, SINGLE)
    room, _ = walk(content, [Move.START], read_time_s=5)
    assert (room.phase, room.closes_at) == (Phase.OPEN, None)
    with pytest.raises(WrongMove):
        step(room, content, Move.CLOSE, 2000, Facts())
    assert step(room, content, Move.NEXT, 2000, Facts()).room.phase is Phase.READ


def test_an_open_question_cannot_be_skipped_with_next():
    """next in OPEN is a wrong phase, except on a slide."""
    content = content_of(SINGLE)
    room, _ = walk(content, [Move.START], read_time_s=0)
    with pytest.raises(WrongMove):
        step(room, content, Move.NEXT, 2000, Facts())


def test_the_whole_way_to_the_end():
    """start, open, close, standings, next … end: dense seqs from 1."""
    moves = [Move.START, Move.OPEN, Move.CLOSE, Move.STANDINGS, Move.NEXT, Move.OPEN, Move.CLOSE, Move.NEXT]
    room, events = walk(content_of(SINGLE, MULTI), moves)
    assert room.phase is Phase.FINISHED
    assert [event.seq for event in events] == list(range(1, 9))
    assert [event.name for event in events] == [
        "round.announced",
        "round.opened",
        "round.closed",
        "standings.shown",
        "round.announced",
        "round.opened",
        "round.closed",
        "room.ended",
    ]
    assert room.due_at is None


def test_ending_in_an_open_round_closes_it_first():
    """An answer that was acknowledged is counted even when the host ends the room."""
    room, events = walk(content_of(SINGLE), [Move.START, Move.END], read_time_s=0)
    assert [(event.seq, event.name) for event in events[1:]] == [(2, "round.closed"), (3, "room.ended")]
    assert room.seq == 3


def test_closing_tells_the_key_and_the_explanation():
    """round.closed carries what was hidden until then."""
    _, events = walk(content_of(MULTI), [Move.START, Move.CLOSE], read_time_s=0)
    assert events[-1].params["key"]["choices"] == [0, 1]
    assert events[-1].params["explanation"] == "Four is two times two."


def test_auto_advance_sets_a_due_time_in_every_phase():
    """With auto_advance the room goes on by itself: reveal, standings, next."""
    content = content_of(SINGLE, SINGLE)
    room, _ = walk(content, [Move.START, Move.CLOSE], read_time_s=0, auto_advance=True)
    assert room.due_at == 2000 + AUTO_REVEAL_MS
    assert due_move(room, content) is Move.STANDINGS
    after = step(room, content, Move.STANDINGS, 3000, Facts()).room
    assert due_move(after, content) is Move.NEXT


def test_a_survey_advances_without_standings():
    """A room that keeps no score has no standings to show by itself."""
    content = content_of(SINGLE, SINGLE)
    room, _ = walk(content, [Move.START, Move.CLOSE], read_time_s=0, auto_advance=True, scoring="survey")
    assert due_move(room, content) is Move.NEXT


def test_extending_moves_the_deadline_and_says_so():
    """Time in which nobody could be reached is added to closes_at and to the due time."""
    content = content_of(SINGLE)
    room, _ = walk(content, [Move.START], read_time_s=0)
    made = step(room, content, Move.EXTEND, 5000, Facts(extend_ms=7000))
    assert made.room.closes_at == 28000
    assert made.room.due_at == 28000 + CLOSING_GRACE_MS
    assert made.events[0].params == {"round": 1, "closes_at": 28000}


def test_lock_keeps_the_phase_and_the_due_time():
    """Locking a room does not disturb the round that runs."""
    content = content_of(SINGLE)
    room, _ = walk(content, [Move.START], read_time_s=0)
    locked = step(room, content, Move.LOCK, 2000, Facts(locked=True)).room
    assert (locked.locked, locked.phase, locked.due_at) == (True, room.phase, room.due_at)


@pytest.mark.parametrize(("phase", "move"), list(itertools.product(Phase, Move)))
def test_what_the_table_does_not_allow_is_refused_by_name(phase, move):
    """Each refused pair names the move and the phase."""
    if (phase, move) in TRANSITIONS:
        return
    content = content_of(SINGLE)
    paths = {
        Phase.LOBBY: [],
        Phase.READ: [Move.START],
        Phase.OPEN: [Move.START, Move.OPEN],
        Phase.REVEAL: [Move.START, Move.OPEN, Move.CLOSE],
        Phase.STANDINGS: [Move.START, Move.OPEN, Move.CLOSE, Move.STANDINGS],
        Phase.FINISHED: [Move.END],
    }
    room, _ = walk(content, paths[phase])
    with pytest.raises(WrongMove, match=f"{move} .*{phase}") as caught:
        step(room, content, move, 9000, Facts())
    assert caught.value.is_over is (phase is Phase.FINISHED)
