"""Taking an answer: shape from memory, everything else in the storing transaction; the receipt after the commit."""

import asyncio
import logging
from functools import partial

import msgspec

from clock import Clock
from game.answering import refusal
from game.kinds import InvalidAnswer as WrongAnswer
from game.kinds import kind_of
from game.phases import Phase
from game.scoring import response_ms
from models.answer_writer import STORED, AnswerWriter, Outcome, Refused, Refuses, RoomState, rooms_of
from models.database import Database, WriteQueueFull
from models.receipts import Known
from realtime.wire import fetch_ahead
from services import errors
from services.failures import as_service_error
from services.figures import Figures
from services.live import LiveRooms
from services.live_room import LiveRoom, Receipt
from services.taken import Asker, StoredAnswer, Taken

logger = logging.getLogger(__name__)

_encode = msgspec.json.Encoder().encode

# A round of thousands has few different answers: each is looked at once, up to so many in a room.
FITTING_MOST = 1000

SENTENCES = {
    "round_closed": "This round is closed.",
    "wrong_phase": "This round is not open yet.",
    "room_over": "This room is over.",
    "already_answered": "You have answered this round already.",
    "forbidden": "You have no seat in this room.",
}
ERRORS: dict[str, type[errors.ServiceError]] = {
    "round_closed": errors.RoundClosed,
    "wrong_phase": errors.WrongPhase,
    "room_over": errors.RoomOver,
    "already_answered": errors.AlreadyAnswered,
    "forbidden": errors.Forbidden,
}


# By its name as it is stored; making one of a name takes ten times as long.
_PHASES = {phase.value: phase for phase in Phase}


def _rule(room: RoomState) -> Refuses:
    return partial(refusal, _PHASES[room.phase], room.round, room.closes_at)


class Answers:
    def __init__(self, db: Database, clock: Clock, live: LiveRooms, figures: Figures) -> None:
        self._clock = clock
        self._live = live
        self._figures = figures
        writer = AnswerWriter(_rule, response_ms)
        db.on_undone = writer.forget
        self._gathering = db.gather(writer.store, self._settled, rooms_of)

    async def submit(
        self, live: LiveRoom, participant_id: str, number: int, answer: object, submission_id: str, rtt_ms: int
    ) -> StoredAnswer:
        """The receipt, once the answer is durably stored.

        Raises RoundClosed, WrongPhase, RoomOver, AlreadyAnswered, InvalidAnswer, Overloaded.
        """
        asker: asyncio.Future[StoredAnswer] = asyncio.get_running_loop().create_future()
        self.take(live, participant_id, number, answer, submission_id, rtt_ms, asker)
        # Whoever stops waiting does not take the answer back.
        return await asyncio.shield(asker)

    def take(
        self,
        live: LiveRoom,
        participant_id: str,
        number: int,
        answer: object,
        submission_id: str,
        rtt_ms: int,
        asker: Asker,
    ) -> None:
        """Like submit, without waiting: the asker is told. Raises Overloaded, when it is told nothing."""
        # As it was sent: the receipt and the results show what the student did; grading reads it again.
        text = _encode(answer).decode()
        fitting = live.fitting.get(text)
        if fitting is not None and fitting[0] == number:
            # One text and one answer for all who gave it.
            fault, text, answer = None, fitting[1], fitting[2]
        else:
            fault = self._fault(live, number, answer, text)
        taken = Taken(
            live.room.id,
            number,
            participant_id,
            submission_id,
            text if fault is None else None,
            self._clock.now_ms(),
            rtt_ms,
            asker,
            answer,
            fault,
            self._clock.monotonic_s(),
        )
        try:
            self._gathering.put(taken)
        except WriteQueueFull as error:
            self._figures.refused(errors.Overloaded.code)
            raise errors.Overloaded("Too many answers at once. Yours will be sent again.") from error

    def _settled(self, items: list[Taken], outcomes: list[Outcome | Exception]) -> None:
        """Committed, or failed: the receipts first, then everybody who counts answers, once for each room."""
        now_s, now_ms = self._clock.monotonic_s(), self._clock.now_ms()
        waited_s: list[float] = []
        fresh: dict[str, dict[str, Receipt]] = {}
        others: list[tuple[Taken, Outcome | Exception]] = []
        # Each is let go of while it is at hand: later it would have to be fetched once more for that.
        items.reverse()
        for outcome in outcomes:
            taken = items.pop()
            fetch_ahead(items)
            if outcome is not STORED:
                others.append((taken, outcome))
                continue
            number, submission_id, received_at = taken.round, taken.submission_id, taken.received_at
            try:
                taken.asker.set_result(StoredAnswer(submission_id, number, received_at))
            except Exception:  # one who cannot be told must not keep the others from being told
                logger.exception("an asker could not be told")
            waited_s.append(now_s - taken.began_s)
            receipts = fresh.get(taken.room_id)
            if receipts is None:
                receipts = fresh[taken.room_id] = {}
            receipts[taken.participant_id] = Receipt(
                number, taken.given, submission_id, received_at, now_ms - received_at
            )
        repeated_s = [now_s - taken.began_s for taken, outcome in others if isinstance(outcome, Known)]
        if items:
            raise ValueError(f"{len(items)} answers have no outcome")
        self._tell(others)
        self._figures.receipts_sent(waited_s + repeated_s, len(repeated_s))
        for room_id, receipts in fresh.items():
            self._live.stored(room_id, receipts)

    def _tell(self, others: list[tuple[Taken, Outcome | Exception]]) -> None:
        """Those whose answer was not stored just now."""
        failures: dict[Exception, Exception] = {}
        for taken, outcome in others:
            try:
                if isinstance(outcome, Known):
                    taken.asker.set_result(StoredAnswer(outcome.submission_id, outcome.round, outcome.received_at))
                elif isinstance(outcome, Refused):
                    self._figures.refused(outcome.reason)
                    taken.asker.set_exception(_error(outcome.reason, taken.fault))
                elif isinstance(outcome, Exception):
                    # A whole batch failed for one reason, which is looked at, and logged, once.
                    if outcome not in failures:
                        failures[outcome] = as_service_error(outcome) or outcome
                    taken.asker.set_exception(failures[outcome])
            except Exception:  # as above
                logger.exception("an asker could not be told")

    def _fault(self, live: LiveRoom, number: int, answer: object, text: str) -> WrongAnswer | None:
        """What is wrong with the answer's shape: a stored id gets its receipt all the same."""
        if not 1 <= number <= live.room.rounds:
            return WrongAnswer("round", f"must be from 1 to {live.room.rounds}")
        question = live.content.question(number)
        kind = kind_of(question)
        if not kind.takes_answers:
            return WrongAnswer("round", "is a slide, which takes no answers")
        try:
            kind.parse_answer(question, answer)
        except WrongAnswer as error:
            return error
        if len(live.fitting) < FITTING_MOST or text in live.fitting:
            live.fitting[text] = number, text, answer
        return None


def _error(reason: str, fault: WrongAnswer | None) -> errors.ServiceError:
    if reason == "invalid_answer" and fault is not None:
        return errors.InvalidAnswer(
            f"The answer cannot be taken: {fault.field} {fault.reason}.", field=fault.field, reason=fault.reason
        )
    return ERRORS[reason](SENTENCES[reason])
