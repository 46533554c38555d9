"""The answer writer: many at once, each stored at most once, and one receipt for an id whatever stands beside it."""

import contextlib
import functools
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from databases import database_url

from models.answers import STORED, Refused, Submission, rooms_of, store_answers
from models.database import Database
from models.engine import begin_writing, hold_alone, hold_rooms
from models.migrate import migrate
from models.receipts import Known, keep_receipts
from models.tables import Account, Answer, Participant, Quiz, Room

PEOPLE = 700


@contextlib.contextmanager
def opened(folder):
    """A database with the rooms "open" (round 2) and "done" (round 2 closed), and p0 … in the first."""
    db = Database(database_url(folder))
    migrate(db.engine)
    with db.engine.connection_context():
        Account.create(id="a", email="t@x", name="T", role="teacher", password_hash="x", created_at=1)
        Quiz.create(id="q", owner_id="a", title="Q", content="{}", questions=3, created_at=1, updated_at=1)
        for name, phase in (("open", "OPEN"), ("done", "REVEAL")):
            row = {"pin": name, "owner_id": "a", "quiz_id": "q", "title": "Q", "settings": "{}", "phase": phase}
            Room.create(id=name, round=2, rounds=3, seq=1, epoch="e", locked=False, opened_at=1000, created_at=1, **row)
        seats = [{"id": f"p{n}", "room_id": "open", "nickname": f"p{n}", "joined_at": 1} for n in range(PEOPLE)]
        Participant.insert_many(seats).execute()
        Participant.create(id="late", room_id="done", nickname="late", joined_at=1)
        yield db


def submission(who, id="s", *, number=2, answer='{"choices":[1]}', at=2000, room="open"):
    return Submission(room, number, who, id, answer, at, 0)


def refuses(room, submission):
    if submission.round != room.round:
        return "wrong_phase"
    return None if room.phase == "OPEN" else "round_closed"


def store(db, *submissions):
    with begin_writing(db.engine):
        hold_rooms(rooms_of(submissions))  # as the writer does
        return store_answers(submissions, refuses, lambda received_at, opened_at, rtt_ms: received_at - opened_at)


def move_on(db):
    """From round 2 to round 3, with what closing a round does here."""
    with begin_writing(db.engine):
        hold_alone("open")
        keep_receipts("open", 2)
        Room.update(round=3).execute()


def rows():
    query = Answer.select(Answer.participant_id, Answer.round, Answer.submission_id, Answer.received_at)
    return sorted(query.tuples())


def test_an_answer_is_stored_with_its_time(tmp_path):
    """As JSON text, with when it came and how long it took."""
    with opened(tmp_path) as db:
        assert store(db, submission("p1")) == [STORED]
        (row,) = Answer.select().dicts()
        assert row == {
            "room_id": "open",
            "round": 2,
            "participant_id": "p1",
            "submission_id": "s",
            "answer": '{"choices":[1]}',
            "received_at": 2000,
            "response_ms": 1000,
        }


@pytest.mark.parametrize("size", [1, 3, 4, 17, 64, 255, 256, 257, PEOPLE])
def test_a_batch_of_any_size_is_stored_whole(tmp_path, size):
    """However it is cut into statements; a second time each one gets its receipt, and nothing is stored."""
    with opened(tmp_path) as db:
        batch = [submission(f"p{n}", f"s{n}") for n in range(size)]
        assert store(db, *batch) == [STORED] * size
        again = [submission(f"p{n}", f"s{n}", at=9000) for n in range(size)]
        assert store(db, *again) == [Known(2, f"s{n}", 2000) for n in range(size)]
        assert rows() == sorted((f"p{n}", 2, f"s{n}", 2000) for n in range(size))


def test_each_of_a_mixed_batch_gets_its_own(tmp_path):
    """New, repeated, refused, malformed, conflicting, twice the same id: nobody's trouble is another's."""
    with opened(tmp_path) as db:
        store(db, submission("p1", "old"), submission("p2", "mine"))
        outcomes = store(
            db,
            submission("p3", "new", at=3000),
            submission("p1", "old", at=3000),
            submission("p1", "old", number=3, at=3000),
            submission("p1", "old", answer=None, at=3000),
            submission("p2", "another", at=3000),
            submission("p4", "early", number=3, at=3000),
            submission("p5", "bad", answer=None, at=3000),
            submission("p6", "twice", at=3000),
            submission("p6", "twice", at=3001),
            submission("p6", "second thought", at=3002),
            submission("late", "x", room="done", at=3000),
            submission("p7", "x", room="gone", at=3000),
            submission("p8", "last", at=3000),
        )
        assert outcomes == [
            STORED,
            Known(2, "old", 2000),
            Known(2, "old", 2000),
            Known(2, "old", 2000),
            Refused("already_answered"),
            Refused("wrong_phase"),
            Refused("invalid_answer"),
            STORED,
            Known(2, "twice", 3000),
            Refused("already_answered"),
            Refused("round_closed"),
            Refused("room_over"),
            STORED,
        ]
        expected = [("p1", "old", 2000), ("p2", "mine", 2000), ("p3", "new", 3000), ("p6", "twice", 3000)]
        assert rows() == [(who, 2, id, at) for who, id, at in [*expected, ("p8", "last", 3000)]]


def test_an_id_has_its_receipt_whatever_is_said_under_it_later(tmp_path):
    """For another round that is open now, too: nothing new is stored."""
    with opened(tmp_path) as db:
        store(db, submission("p1", "1"))
        move_on(db)
        assert store(db, submission("p1", "1", number=3, at=5000)) == [Known(2, "1", 2000)]
        assert store(db, submission("p1", "2", number=3, at=5000)) == [STORED]
        assert store(db, submission("p1", "1", at=6000), submission("p1", "2", at=6000)) == [
            Known(2, "1", 2000),
            Known(3, "2", 5000),
        ]


def test_an_id_is_its_participants_own(tmp_path):
    """Two who both count from 1 do not get each other's receipts."""
    with opened(tmp_path) as db:
        assert store(db, submission("p1", "1"), submission("p2", "1")) == [STORED] * 2
        assert store(db, submission("p3", "1", number=3)) == [Refused("wrong_phase")]


def test_what_is_right_under_an_id_counts_though_a_wrong_one_stands_before_it(tmp_path):
    """Both come in one batch: the id is stored, so both get the receipt, and the right one is told as new."""
    with opened(tmp_path) as db:
        outcomes = store(db, submission("p1", "x", answer=None), submission("p1", "x"), submission("p1", "y"))
        assert outcomes == [Known(2, "x", 2000), STORED, Refused("already_answered")]


def at_once(db, *tasks):
    """Each on a connection of its own, begun together; what each returned."""
    start = threading.Barrier(len(tasks))

    def run(task):
        with db.engine.connection_context():
            start.wait()
            return task()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return [future.result() for future in [pool.submit(run, task) for task in tasks]]


def test_one_id_over_two_connections_at_once_is_stored_once(tmp_path):
    """As when a phone comes back on another node: one of the two is new, and both get its receipt."""
    with opened(tmp_path) as db:
        batches = [[submission(f"p{n}", f"s{n}", at=at) for n in range(100)] for at in (3000, 4000)]
        first, second = at_once(db, *(functools.partial(store, db, *batch) for batch in batches))
        assert len(rows()) == 100
        for who, outcomes in zip(rows(), zip(sorted_by_who(first), sorted_by_who(second), strict=True), strict=True):
            assert sorted(outcomes, key=str) == sorted([STORED, Known(*who[1:])], key=str)


def sorted_by_who(outcomes):
    """In the order of `rows`."""
    return [outcome for _, outcome in sorted((f"p{n}", outcome) for n, outcome in enumerate(outcomes))]


def test_one_id_for_a_round_and_for_the_next_is_stored_once(tmp_path):
    """One connection stores while another closes the round and then gets the same ids for the next one."""
    with opened(tmp_path) as db:

        def late():
            move_on(db)
            return store(db, *(submission(f"p{n}", f"s{n}", number=3, at=4000) for n in range(100)))

        early = functools.partial(store, db, *(submission(f"p{n}", f"s{n}", at=3000) for n in range(100)))
        before, after = at_once(db, early, late)
        stored = {(who, id): Known(number, id, at) for who, number, id, at in rows()}
        assert len(rows()) == len(stored) == 100
        if STORED in before:
            assert before == [STORED] * 100
            assert after == [stored[f"p{n}", f"s{n}"] for n in range(100)]
        else:
            assert after == [STORED] * 100
            # They came too late; from now on the ids have the receipts of the next round.
            assert all(outcome in (Refused("wrong_phase"), Known(3, f"s{n}", 4000)) for n, outcome in enumerate(before))
            assert early() == [Known(3, f"s{n}", 4000) for n in range(100)]


def test_an_id_of_an_earlier_round_does_not_answer_this_one(tmp_path):
    """In one batch with new ones, several times, and with another answer under it; the round stays to be answered."""
    with opened(tmp_path) as db:
        store(db, submission("p1", "1"), submission("p2", "1"))
        move_on(db)
        outcomes = store(
            db,
            submission("p1", "1", number=3, answer='{"choices":[0]}', at=5000),
            submission("p3", "1", number=3, at=5000),
            submission("p1", "1", number=3, at=5000),
            submission("p2", "2", number=3, at=5000),
            submission("p1", "2", number=3, at=5001),
        )
        assert outcomes == [Known(2, "1", 2000), STORED, Known(2, "1", 2000), STORED, STORED]
        assert rows() == [
            ("p1", 2, "1", 2000),
            ("p1", 3, "2", 5001),
            ("p2", 2, "1", 2000),
            ("p2", 3, "2", 5000),
            ("p3", 3, "1", 5000),
        ]


def test_who_has_lost_the_seat_answers_nothing_more(tmp_path):
    """Not even what was on its way; what was stored before keeps its receipt."""
    with opened(tmp_path) as db:
        store(db, submission("p1", "old"))
        Participant.update(removed_at=2500).where(Participant.id.in_(["p1", "p2"])).execute()
        outcomes = store(db, submission("p1", "old", at=3000), submission("p2", at=3000), submission("p3", at=3000))
        assert outcomes == [Known(2, "old", 2000), Refused("forbidden"), STORED]
        assert rows() == [("p1", 2, "old", 2000), ("p3", 2, "s", 3000)]
