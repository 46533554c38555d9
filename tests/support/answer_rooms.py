"""A database with rooms, and writers of nodes that store answers in them."""

import contextlib

from databases import database_url

from models import answer_log
from models.answer_writer import AnswerWriter, Submission, rooms_of
from models.database import Database
from models.engine import begin_writing, hold_alone, hold_rooms
from models.migrate import migrate
from models.tables import Account, GivenAnswer, Participant, Quiz, Room

PEOPLE = 700


@contextlib.contextmanager
def opened(folder, *, remembers=True):
    """A database with the rooms "open" (round 2) and "done" (round 2 closed), and p0 … in the first.

    Its node remembers what it has stored, or has always just been started.
    """
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
        db.writer = new_writer() if remembers else None
        yield db


def submission(who, id="s", *, number=2, answer='{"choices":[1]}', at=2000, room="open"):
    return Submission(room, number, who, id, answer, at, 0)


def rule(room):
    def refuses(number, received_at, rtt_ms):
        if number != room.round:
            return "wrong_phase"
        return None if room.phase == "OPEN" else "round_closed"

    return refuses


def new_writer():
    """That of a node which has just started."""
    return AnswerWriter(rule, lambda received_at, opened_at, rtt_ms: received_at - opened_at)


def store(db, *submissions, writer=None):
    with begin_writing(db.engine):
        hold_rooms(rooms_of(submissions))  # as the writer does
        return (writer or db.writer or new_writer()).store(submissions)


def move_on(db, number=2):
    """From this round to the next, with what closing a round does here."""
    with begin_writing(db.engine):
        hold_alone("open")
        answer_log.settle("open", number)
        Room.update(round=number + 1).execute()


def rows():
    query = GivenAnswer.select(
        GivenAnswer.participant_id, GivenAnswer.round, GivenAnswer.submission_id, GivenAnswer.received_at
    )
    return sorted(query.tuples())
