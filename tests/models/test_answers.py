"""The answer writer: many at once, each stored at most once, and one receipt for an id whatever stands beside it.

All of it by a node that remembers what it has stored, and by one that has just been started.
"""

import functools
import threading
from concurrent.futures import ThreadPoolExecutor

import answer_rooms
import pytest
from answer_rooms import PEOPLE, move_on, new_writer, rows, store, submission

from models import answer_log, answer_memory, answer_writer, engine, receipts
from models.answer_writer import STORED, Refused
from models.engine import begin_writing, hold_alone, hold_rooms
from models.receipts import Known
from models.tables import GivenAnswer, Participant, Room


@pytest.fixture(params=["remembers", "has just started"])
def opened(request):
    return functools.partial(answer_rooms.opened, remembers=request.param == "remembers")


def test_an_answer_is_stored_with_its_time(tmp_path, opened):
    """As JSON text, with when it came and how long it took."""
    with opened(tmp_path) as db:
        assert store(db, submission("p1")) == [STORED]
        (row,) = GivenAnswer.select().dicts()
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
def test_a_batch_of_any_size_is_stored_whole(tmp_path, opened, size):
    """However it is cut into statements; a second time each one gets its receipt, and nothing is stored."""
    with opened(tmp_path) as db:
        batch = [submission(f"p{n}", f"s{n}") for n in range(size)]
        assert store(db, *batch) == [STORED] * size
        again = [submission(f"p{n}", f"s{n}", at=9000) for n in range(size)]
        assert store(db, *again) == [Known(2, f"s{n}", 2000) for n in range(size)]
        assert rows() == sorted((f"p{n}", 2, f"s{n}", 2000) for n in range(size))


def test_each_of_a_mixed_batch_gets_its_own(tmp_path, opened):
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


def test_an_id_has_its_receipt_whatever_is_said_under_it_later(tmp_path, opened):
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


def test_an_id_is_its_participants_own(tmp_path, opened):
    """Two who both count from 1 do not get each other's receipts."""
    with opened(tmp_path) as db:
        assert store(db, submission("p1", "1"), submission("p2", "1")) == [STORED] * 2
        assert store(db, submission("p3", "1", number=3)) == [Refused("wrong_phase")]


def test_what_is_right_under_an_id_counts_though_a_wrong_one_stands_before_it(tmp_path, opened):
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


def test_one_id_over_two_connections_at_once_is_stored_once(tmp_path, opened):
    """As when a phone comes back on another node: one of the two is new, and both get its receipt."""
    with opened(tmp_path) as db:
        batches = [[submission(f"p{n}", f"s{n}", at=at) for n in range(100)] for at in (3000, 4000)]
        first, second = at_once(db, *(functools.partial(store, db, *batch, writer=new_writer()) for batch in batches))
        assert len(rows()) == 100
        for who, outcomes in zip(rows(), zip(sorted_by_who(first), sorted_by_who(second), strict=True), strict=True):
            assert sorted(outcomes, key=str) == sorted([STORED, Known(*who[1:])], key=str)


def sorted_by_who(outcomes):
    """In the order of `rows`."""
    return [outcome for _, outcome in sorted((f"p{n}", outcome) for n, outcome in enumerate(outcomes))]


def test_one_id_for_a_round_and_for_the_next_is_stored_once(tmp_path, opened):
    """One connection stores while another closes the round and then gets the same ids for the next one."""
    with opened(tmp_path) as db:

        def late():
            move_on(db)
            return store(db, *(submission(f"p{n}", f"s{n}", number=3, at=4000) for n in range(100)), writer=other)

        one, other = new_writer(), new_writer()
        answers = (submission(f"p{n}", f"s{n}", at=3000) for n in range(100))
        early = functools.partial(store, db, *answers, writer=one)
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


def test_an_id_of_an_earlier_round_does_not_answer_this_one(tmp_path, opened):
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


def test_who_has_lost_the_seat_answers_nothing_more(tmp_path, opened):
    """Not even what was on its way; what was stored before keeps its receipt."""
    with opened(tmp_path) as db:
        store(db, submission("p1", "old"))
        Participant.update(removed_at=2500).where(Participant.id.in_(["p1", "p2"])).execute()
        outcomes = store(db, submission("p1", "old", at=3000), submission("p2", at=3000), submission("p3", at=3000))
        assert outcomes == [Known(2, "old", 2000), Refused("forbidden"), STORED]
        assert rows() == [("p1", 2, "old", 2000), ("p3", 2, "s", 3000)]


def test_what_another_node_stored_is_known(tmp_path, opened):
    """To one that remembers the room as it was before: the answer, and its id in the next round."""
    with opened(tmp_path) as db:
        here, there = new_writer(), new_writer()
        assert store(db, submission("p1", "1"), writer=here) == [STORED]
        assert store(db, submission("p2", "1"), submission("p1", "x"), writer=there) == [
            STORED,
            Refused("already_answered"),
        ]
        assert store(db, submission("p2", "x", at=3000), submission("p2", "1", at=3000), writer=here) == [
            Refused("already_answered"),
            Known(2, "1", 2000),
        ]
        assert store(db, submission("p3", "3"), writer=there) == [STORED]
        move_on(db)
        asked = [submission(who, id, number=3, at=5000) for who, id in (("p3", "3"), ("p1", "1"), ("p2", "2"))]
        assert store(db, *asked, writer=here) == [Known(2, "3", 2000), Known(2, "1", 2000), STORED]


def test_what_was_undone_was_not_stored(tmp_path, opened):
    """Neither the answer nor its id, once the writer has been told."""
    with opened(tmp_path) as db:
        writer = new_writer()
        store(db, submission("p1", "1"), writer=writer)
        with begin_writing(db.engine) as transaction:
            hold_rooms({"open"})
            assert writer.store([submission("p2", "1")]) == [STORED]
            transaction.rollback()
        writer.forget()
        assert store(db, submission("p2", "2", at=3000), submission("p1", "2"), writer=writer) == [
            STORED,
            Refused("already_answered"),
        ]
        move_on(db)
        assert store(db, submission("p2", "1", number=3, at=5000), writer=writer) == [STORED]


def test_many_who_are_late_are_looked_up_together(tmp_path, opened, monkeypatch):
    """By few statements, whether the node remembers the room or not; who was in time gets the receipt again."""
    asked = []

    def execute(sql, values):
        asked.append(sql)
        return engine.execute(sql, values)

    with opened(tmp_path) as db:
        store(db, *(submission(f"p{n}", f"s{n}") for n in range(0, 200, 2)))
        with begin_writing(db.engine):
            hold_alone("open")
            answer_log.settle("open", 2)
            Room.update(phase="REVEAL").execute()
        monkeypatch.setattr(receipts, "execute", execute)
        outcomes = store(db, *(submission(f"p{n}", f"s{n}", at=4000) for n in range(200)))
        assert outcomes == [Known(2, f"s{n}", 2000) if n % 2 == 0 else Refused("round_closed") for n in range(200)]
        assert len(asked) < 20


@pytest.mark.parametrize(("limit", "most"), [("ROOMS_MOST", 1), ("ANSWERS_MOST", 0)])
def test_rooms_that_are_remembered_no_longer(tmp_path, opened, monkeypatch, limit, most):
    """Only the last few are, and few large ones: what is stored in the others is found in the database."""
    monkeypatch.setattr(answer_memory, limit, most)
    with opened(tmp_path) as db:
        Room.update(phase="OPEN").where(Room.id == "done").execute()
        Participant.create(id="there", room_id="done", nickname="there", joined_at=1)
        writer = new_writer()
        both = [submission("p1", "1"), submission("there", "1", room="done")]
        assert store(db, *both, writer=writer) == [STORED] * 2
        assert store(db, *both, writer=writer) == [Known(2, "1", 2000)] * 2
        assert store(db, submission("p1", "x"), writer=writer) == [Refused("already_answered")]


def test_ids_of_many_rounds_are_known(tmp_path, opened):
    """Each with the round of its own, whether one look finds it among the marks or it only seems to be there."""
    with opened(tmp_path) as db:
        Room.update(rounds=30).execute()
        for number in range(2, 30):
            assert store(db, submission("p1", f"id {number}", number=number)) == [STORED]
            assert store(db, submission("p1", f"id {number // 2}", number=number))[0] in (
                Known(number // 2, f"id {number // 2}", 2000),
                Refused("already_answered"),
            )
            move_on(db, number)
        asked = [submission("p1", f"id {number}", number=30) for number in range(2, 30)]
        assert store(db, *asked) == [Known(number, f"id {number}", 2000) for number in range(2, 30)]


def test_a_mark_that_two_ids_share_costs_nobody_an_answer(tmp_path, opened, monkeypatch):
    """An id only seems to be used: the database knows better."""
    monkeypatch.setattr(answer_memory, "mark_of", lambda who, id: 1)
    monkeypatch.setattr(answer_writer, "mark_of", lambda who, id: 1)
    with opened(tmp_path) as db:
        store(db, submission("p1", "1"))
        move_on(db)
        assert store(db, submission("p1", "1", number=3), submission("p1", "2", number=3, at=5000)) == [
            Known(2, "1", 2000),
            STORED,
        ]
