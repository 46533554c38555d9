"""A room as this node holds it in memory: enough to answer any reconnecting browser without the database."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import msgspec

from game import views
from game.content import Content
from game.phases import Phase
from game.room import Event, Room
from game.standings import Grade
from game.views import Audience
from models import accounts, answers, grades, participants, rooms
from services import records
from services.contents import Contents
from services.participation import Participation
from services.room_names import RoomNames

# How long sockets of a room that has ended stay open, and its page with them.
OVER_FOR_MS = 10 * 60 * 1000


class Receipt(msgspec.Struct, frozen=True, gc=False):
    """An answer that is durably stored."""

    round: int
    # None while this node knows only that there is one, from the node that stored it.
    answer: dict[str, Any] | None
    id: str
    received_at: int
    # From its coming to its commit; None for what was not stored by this node just now.
    took_ms: int | None = None

    def told(self) -> dict[str, Any]:
        """As its participant gets it."""
        return {"round": self.round, "answer": self.answer, "id": self.id, "received_at": self.received_at}


def receipt_of(number: int, submission_id: str, answer: str, received_at: int) -> Receipt:
    """From what is stored."""
    return Receipt(number, msgspec.json.decode(answer), submission_id, received_at)


class Graded(msgspec.Struct, frozen=True, gc=False):
    """The params of answer.graded."""

    room: str  # its PIN
    round: int
    correct: bool
    credit: float
    points: int
    score: int
    rank: int
    streak: int
    # How many points those on the next place up have more; None for whoever is first.
    behind: int | None

    def without_room(self) -> dict[str, Any]:
        """As it stands in a snapshot, which says itself what room it is of."""
        own = msgspec.structs.asdict(self)
        del own["room"]
        return own


Standing = dict[str, Grade | grades.GradeRow]


@dataclass
class LiveRoom:
    """`log` is the whole log, log[i] having seq i + 1; `answered` is the current round's, by participant."""

    room: Room
    content: Content
    log: list[Event]
    seats: dict[str, str]
    answered: dict[str, Receipt] = field(default_factory=dict)
    # Of a round that other nodes know to be open and this one does not yet.
    early: dict[str, Receipt] = field(default_factory=dict)
    # After the round that was graded last, by participant.
    standing: Standing = field(default_factory=dict)
    # The score of the next place up, by rank; of all who were graded, so that it is the same whoever is removed since.
    ahead: dict[int, int] = field(default_factory=dict)
    graded_round: int = 0
    used_at: int = 0
    # Answers by their JSON, with the round whose question they were found to fit, and that JSON: thousands share one.
    fitting: dict[str, tuple[int, str, Any]] = field(default_factory=dict)
    # The name of the account that owns the room, as it was when the room was read.
    host: str = ""
    participation: Participation = field(default_factory=Participation)
    # From the last move's beginning, the host's command as a rule, until the last player here was told.
    lag_ms: float | None = None
    # Up to when the seats are known from the database; and the answers, of which round.
    people_as_of: int = 0
    answers_as_of: tuple[int, int] = (0, 0)
    # Another node may have stored answers of which this one has not heard.
    is_doubtful: bool = False
    # Seats that were taken away, whatever was read before. None of them ever comes back.
    removed: set[str] = field(default_factory=set)
    names: RoomNames = field(init=False)

    def __post_init__(self) -> None:
        self.names = RoomNames(self.room.settings, self.content.quiz.language, self.log)

    def apply(self, room: Room, event: Event) -> None:
        """Takes the next event of the log; the caller has checked that it is the next."""
        self.room = room
        self.log.append(event)
        self.names.apply(event)
        if event.name == "name.changed" and event.params["participant"] in self.seats:
            self.seats[event.params["participant"]] = event.params["nickname"]
        if event.name in ("round.announced", "round.opened"):
            number = event.params["round"]
            self._keep_how_long()
            known = self.answered | self.early
            self.answered = {pid: kept for pid, kept in known.items() if kept.round == number}
            self.early = {pid: kept for pid, kept in self.early.items() if kept.round > number}

    def take_seat(self, participant_id: str, nickname: str) -> None:
        if participant_id not in self.removed:
            self.seats[participant_id] = self.names.changed.get(participant_id, nickname)

    def _keep_how_long(self) -> None:
        """The answers of a round that is over took; while it goes on, their receipts tell."""
        for participant_id, receipt in self.answered.items():
            if receipt.took_ms is not None:
                self.participation.stored(participant_id, receipt.round, receipt.took_ms)

    def last_took(self, participant_id: str) -> tuple[int, int]:
        """(round, milliseconds from its coming to its commit) of the answer that this node stored last, or zeros."""
        receipt, record = self.answered.get(participant_id), self.participation.of(participant_id)
        if receipt is not None and receipt.took_ms is not None:
            return receipt.round, receipt.took_ms
        return record.round, record.took_ms

    def take_answers(self, receipts: dict[str, Receipt]) -> None:
        """Answers by participant that were committed just now."""
        number = self.room.round
        for participant_id, receipt in receipts.items():
            if receipt.round == number:
                self.answered[participant_id] = receipt
            elif receipt.round > number:
                self.early[participant_id] = receipt

    def learn_answers(self, receipts: dict[str, Receipt]) -> None:
        """Answers by participant that were stored some time, on whatever node."""
        for participant_id, receipt in receipts.items():
            held = self.early if receipt.round > self.room.round else self.answered
            known = held.get(participant_id)
            if receipt.round >= self.room.round and (known is None or known.answer is None):
                held[participant_id] = receipt

    def lose_seat(self, participant_id: str) -> None:
        self.removed.add(participant_id)
        self.seats.pop(participant_id, None)
        self.standing.pop(participant_id, None)
        self.participation.removed(participant_id)

    def is_long_over(self, now: int) -> bool:
        """It ended so long ago that nobody is let in to look any more."""
        return self.room.ended_at is not None and now - self.room.ended_at > OVER_FOR_MS

    def last(self, name: str) -> dict[str, Any] | None:
        """The params of the latest event of this name."""
        return next((event.params for event in reversed(self.log) if event.name == name), None)

    def events_for(self, audience: Audience, after: int) -> list[dict[str, Any]]:
        """The tail of the log as notifications."""
        return [
            {"jsonrpc": "2.0", "method": event.name, "params": self.params_for(event, audience)}
            for event in self.log[after:]
        ]

    def params_for(self, event: Event, audience: Audience) -> dict[str, Any]:
        params = views.event_params(event, self.room, self.content, audience)
        if audience is Audience.PLAYERS:
            return params
        if event.name in views.NAME_EVENTS:
            # Who was to be seen may not be any more, so the whole wall is told anew.
            params |= self.names_for(audience, views.NAMES_MOST)
            if self.room.phase is Phase.STANDINGS:
                params["standings"] = self._standings()
        for rows in ("top", "podium", "standings"):
            if rows in params and audience is Audience.SCREEN:
                params[rows] = self.names.masked(params[rows])
        return params

    def names_for(self, audience: Audience, most: int, field: str = "names") -> dict[str, Any]:
        """The newest names as this audience may see them, under `field`; for the host all, and which to look at."""
        if audience is Audience.PLAYERS:
            return {field: []}
        newest = list(self.seats.values())[-most:]
        if audience is Audience.SCREEN:
            return {field: self.names.visible(newest)}
        return {field: newest, "to_check": self.names.to_check(self._on_view())}

    def _on_view(self) -> list[tuple[str, str]]:
        """Whose names the class would see now: the newest, in a large room those in the standings too."""
        seats = list(self.seats.items())
        newest = seats[-views.NAMES_MOST :]
        if len(seats) == len(newest):
            return newest
        shown = {row["nickname"] for row in self._standings() or []}
        return [seat for seat in seats[: -views.NAMES_MOST] if seat[1] in shown] + newest

    def snapshot(self, audience: Audience) -> dict[str, Any]:
        standings = self._standings()
        if standings is not None and audience is Audience.SCREEN:
            standings = self.names.masked(standings)
        names = self.names_for(audience, views.NAMES_MOST)
        view = views.snapshot(
            self.room,
            self.content,
            audience,
            participants=len(self.seats),
            answered=len(self.answered),
            names=names["names"],
            closed=self.last("round.closed"),
            standings=standings,
        )
        return view | {"to_check": names["to_check"]} if audience is Audience.HOST else view

    def _standings(self) -> list[dict[str, Any]] | None:
        if self.room.phase is Phase.FINISHED:
            ended = self.last("room.ended")
            return ended["podium"] if ended else None
        shown = self.last("standings.shown")
        return shown["top"] if shown else None

    def you(self, participant_id: str) -> dict[str, Any]:
        graded = self.grader()(participant_id)
        you: dict[str, Any] = {
            "participant": {"id": participant_id, "nickname": self.seats.get(participant_id, "")},
            "score": graded.score if graded else 0,
            "rank": graded.rank if graded else None,
            "streak": graded.streak if graded else 0,
        }
        if participant_id in self.names.asked:
            you["asked_to_rename"] = True
        receipt = self.answered.get(participant_id)
        if receipt is not None and receipt.answer is not None:
            you["answer"] = receipt.told()
        if graded:
            you["graded"] = graded.without_room()
        return you

    def take_grades(self, given: Sequence[Grade | grades.GradeRow], number: int) -> None:
        self.graded_round = number
        self.standing = {grade.participant_id: grade for grade in given}
        scores = {int(grade.rank): int(grade.score) for grade in given}
        self.ahead = {rank: scores[better] for better, rank in pairwise(sorted(scores))}

    def grader(self) -> Callable[[str], Graded | None]:
        """Gives each one's params of answer.graded, after the round that is the last one now.

        Made when they are asked for: ten thousand at once would hold the loop.
        """
        pin, number, given, ahead = self.room.pin, self.graded_round, self.standing, self.ahead

        def graded(participant_id: str) -> Graded | None:
            grade = given.get(participant_id)
            return None if grade is None else _graded_of(pin, number, grade, ahead.get(int(grade.rank)))

        return graded


def _graded_of(pin: str, number: int, grade: Grade | grades.GradeRow, ahead: int | None) -> Graded:
    score = grade.score
    behind = None if ahead is None else ahead - score
    return Graded(pin, number, bool(grade.correct), grade.credit, grade.points, score, grade.rank, grade.streak, behind)


def load_live_room(room_id: str, contents: Contents, asked_at: int) -> LiveRoom | None:
    """Reads all of a room in one read transaction; None when there is no such room."""
    row = rooms.room_by_id(room_id)
    if row is None or row.deleted_at is not None:
        return None
    room = records.room_of(row)
    owner = accounts.account_by_id(room.owner_id)
    live = LiveRoom(
        room=room,
        content=contents.of(room_id),
        log=[records.event_of(event) for event in rooms.events_after(room_id, 0)],
        seats=dict(participants.seats(room_id)),
        host=owner.name if owner else "",
        people_as_of=asked_at,
        answers_as_of=(room.round, asked_at),
    )
    for given in answers.answers_of_round(room_id, room.round):
        receipt = receipt_of(room.round, given.submission_id, given.answer, given.received_at)
        live.answered[given.participant_id] = receipt
    number = grades.last_graded_round(room_id)
    if number is not None:
        live.take_grades(grades.grades_of_round(room_id, number), number)
    return live
