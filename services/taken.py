"""An answer on its way into the database, who is told of it, and the receipt."""

from typing import Any, Literal, Protocol

import msgspec

from game.kinds import InvalidAnswer as WrongAnswer
from models.answer_writer import Submission


class Asker(Protocol):
    """Who is told the outcome, once: a future will do."""

    def set_result(self, result: Any, /) -> None: ...

    def set_exception(self, exception: Exception, /) -> None: ...


class Taken(Submission, gc=False):
    """An answer on its way into the database, and what is needed when it comes back."""

    asker: Any
    given: Any
    fault: WrongAnswer | None
    began_s: float


class StoredAnswer(msgspec.Struct, gc=False):
    """The receipt as the participant gets it."""

    id: str
    round: int
    received_at: int
    status: Literal["stored"] = "stored"
