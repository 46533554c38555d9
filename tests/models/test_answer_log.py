"""SQLite's log of answers to open rounds: what it shows while one is open, and where it all is when it is closed."""

from answer_rooms import move_on, new_writer, opened, rows, store, submission
from databases import sqlite_only

from models import answer_log, answers
from models.answer_writer import STORED, Refused
from models.engine import begin_writing, execute
from models.receipts import Known
from models.tables import Answer, GivenAnswer

pytestmark = sqlite_only


def log():
    """(room, round, how many answers with these) of each row."""
    return execute("SELECT room_id, round, length FROM answer_log ORDER BY round, length", ()).fetchall()


def test_an_open_round_is_read_like_any_other(tmp_path):
    """By whoever reads answers, though nothing of it is where those of closed rounds are."""
    with opened(tmp_path) as db:
        said = '{"text":"it\'s \\"so\\" – 雪"}'
        store(db, submission("p2", "b", answer=said), submission("p1", "a"))
        store(db, submission("p3", "c", at=2500))
        assert log() == [("open", 2, 2), ("open", 2, 3)]
        assert Answer.select().count() == 0
        assert rows() == [("p1", 2, "a", 2000), ("p2", 2, "b", 2000), ("p3", 2, "c", 2500)]
        assert answers.answered_ids("open", 2) == {"p1", "p2", "p3"}
        (mine,) = (given for given in answers.answers_of_round("open", 2) if given.participant_id == "p2")
        assert mine == ("p2", "b", said, 2000, 1000)
        assert answers.answers_since("open", 2, 2500) == [("p3", "c", '{"choices":[1]}', 2500)]
        assert answers.last_receipts("open", ["p1"]) == {"p1": (2, "a", 2000)}
        assert sorted(answers.answer_counts("open", 2)) == [
            ('{"choices":[1]}', 2),
            (said, 1),
        ]


def test_closing_puts_the_round_in_order(tmp_path):
    """The same answers, in `answer` and nowhere else; other rounds and rooms stay."""
    with opened(tmp_path) as db:
        store(db, *(submission(f"p{n}", f"s{n}") for n in (5, 3, 4)))
        store(db, *(submission(f"p{n}", f"s{n}") for n in (1, 2)))
        before = list(GivenAnswer.select().order_by(GivenAnswer.participant_id).dicts())
        move_on(db)
        stored = execute("SELECT participant_id FROM answer ORDER BY rowid", ()).fetchall()
        assert stored == [(f"p{n}",) for n in range(1, 6)]
        assert list(GivenAnswer.select().order_by(GivenAnswer.participant_id).dicts()) == before
        assert log() == []
        store(db, submission("p1", "next", number=3, at=5000))
        with begin_writing(db.engine):
            answer_log.settle("open", 2)
        assert log() == [("open", 3, 1)]


def test_an_open_round_of_an_older_version_goes_on(tmp_path):
    """Its answers stand where only those of closed rounds do now: each still counts once, with its receipt."""
    with opened(tmp_path) as db:
        given = {"answer": "{}", "received_at": 1500, "response_ms": 500}
        Answer.create(room_id="open", round=2, participant_id="p1", submission_id="old", **given)
        writer = new_writer()
        outcomes = store(db, submission("p1", "old"), submission("p1", "x"), submission("p2", "new"), writer=writer)
        assert outcomes == [Known(2, "old", 1500), Refused("already_answered"), STORED]
        move_on(db)
        assert rows() == [("p1", 2, "old", 1500), ("p2", 2, "new", 2000)]
        assert store(db, submission("p1", "old", number=3), writer=writer) == [Known(2, "old", 1500)]


def test_what_is_refused_needs_no_memory(tmp_path):
    """After a restart the first that comes has been stored before, and says something that nobody can grade."""
    with opened(tmp_path) as db:
        store(db, submission("p1", "mine"))
        assert store(db, submission("p1", "mine", answer=None), submission("p2", answer=None), writer=new_writer()) == [
            Known(2, "mine", 2000),
            Refused("invalid_answer"),
        ]


def test_a_room_that_goes_takes_its_log(tmp_path):
    """Rooms that nobody ended are taken away with the round that is open in them."""
    with opened(tmp_path) as db:
        store(db, submission("p1", "mine"))
        with begin_writing(db.engine):
            answer_log.remove("done")
            assert log() == [("open", 2, 1)]
            answer_log.remove("open")
        assert log() == []
