"""Taking an answer: shape from memory, everything else in the storing transaction; the receipt after the commit."""

from typing import Any

import msgspec

from clock import Clock
from game.answering import refusal
from game.kinds import InvalidAnswer as WrongAnswer
from game.kinds import kind_of
from game.phases import Phase
from game.scoring import response_ms
from models.answers import Refused, Stored, Submission, store_answers
from models.database import Database, WriteQueueFull
from services import errors
from services.figures import Figures
from services.live import LiveRooms
from services.live_room import LiveRoom, Receipt

SENTENCES = {
    "round_closed": "This round is closed.",
    "wrong_phase": "This round is not open yet.",
    "room_over": "This room is over.",
    "already_answered": "You have answered this round already.",
}
ERRORS: dict[str, type[errors.ServiceError]] = {
    "round_closed": errors.RoundClosed,
    "wrong_phase": errors.WrongPhase,
    "room_over": errors.RoomOver,
    "already_answered": errors.AlreadyAnswered,
}


def _store(submissions: list[Submission]) -> list[Stored | Refused]:
    return store_answers(submissions, _refuses, _timing)


def _refuses(state: tuple[str, int, int | None], submission: Submission) -> str | None:
    phase, current, closes_at = state
    return refusal(
        Phase(phase),
        current,
        closes_at,
        number=submission.round,
        received_at=submission.received_at,
        rtt_ms=submission.rtt_ms,
    )


def _timing(submission: Submission, opened_at: int) -> int:
    return response_ms(submission.received_at, opened_at, submission.rtt_ms)


class Answers:
    def __init__(self, db: Database, clock: Clock, live: LiveRooms, figures: Figures) -> None:
        self._db = db
        self._clock = clock
        self._live = live
        self._figures = figures

    async def submit(
        self, live: LiveRoom, participant_id: str, number: int, answer: object, submission_id: str, rtt_ms: int
    ) -> dict[str, Any]:
        """The receipt, once the answer is durably stored.

        Raises RoundClosed, WrongPhase, RoomOver, AlreadyAnswered, InvalidAnswer, Overloaded.
        """
        received_at = self._clock.now_ms()
        began_s = self._clock.monotonic_s()
        text, fault = self._shape(live, number, answer)
        room_id = live.room.id
        submission = Submission(room_id, number, participant_id, submission_id, text, received_at, rtt_ms)
        try:
            outcome = await self._db.write_together(_store, submission)
        except WriteQueueFull as error:
            self._figures.refused(errors.Overloaded.code)
            raise errors.Overloaded("Too many answers at once. Yours will be sent again.") from error
        if isinstance(outcome, Refused):
            self._figures.refused(outcome.reason)
            raise _error(outcome.reason, fault)
        self._figures.receipt(self._clock.monotonic_s() - began_s, outcome.is_new)
        given = msgspec.json.decode(outcome.answer)
        receipt = Receipt(outcome.round, given, outcome.submission_id, outcome.received_at)
        if outcome.is_new:
            self._live.stored(room_id, participant_id, receipt)
        return {
            "status": "stored",
            "id": receipt.id,
            "round": receipt.round,
            "received_at": receipt.received_at,
        }

    def _shape(self, live: LiveRoom, number: int, answer: object) -> tuple[str | None, WrongAnswer | None]:
        """The answer as JSON, or what is wrong with it: a stored id gets its receipt all the same."""
        if not 1 <= number <= live.room.rounds:
            return None, WrongAnswer("round", f"must be from 1 to {live.room.rounds}")
        question = live.content.question(number)
        kind = kind_of(question)
        if not kind.takes_answers:
            return None, WrongAnswer("round", "is a slide, which takes no answers")
        try:
            kind.parse_answer(question, answer)
        except WrongAnswer as error:
            return None, error
        # As it was sent: the receipt and the results show what the student did; grading reads it again.
        return msgspec.json.encode(answer).decode(), None


def _error(reason: str, fault: WrongAnswer | None) -> errors.ServiceError:
    if reason == "invalid_answer" and fault is not None:
        return errors.InvalidAnswer(
            f"The answer cannot be taken: {fault.field} {fault.reason}.", field=fault.field, reason=fault.reason
        )
    return ERRORS[reason](SENTENCES[reason])
