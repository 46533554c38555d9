"""What a use case may refuse, as one tree. The seams turn these into HTTP answers, JSON-RPC errors and form messages.

ServiceError
├── NotFound, Forbidden, Unauthorized, Invalid, RateLimited, Overloaded
│   └── NotReady     an unfinished quiz
├── Stale            somebody else changed it first
├── LinkGone         a link that works once, used or expired
├── LastAdmin        nobody else could run the installation
├── RoomOver, RoomLocked, NameTaken, Banned, RoomFull
└── WrongPhase, RoundClosed, AlreadyAnswered, InvalidAnswer
"""

from collections.abc import Mapping, Sequence
from typing import Any


class ServiceError(Exception):
    """`code` is the name on the wire, `message` one plain sentence, `details` what a program may want to know."""

    code = "internal"

    def __init__(self, message: str, **details: Any) -> None:
        super().__init__(message)
        self.message = message
        self.details: Mapping[str, Any] = details


class NotFound(ServiceError):
    code = "not_found"


class Unauthorized(ServiceError):
    code = "unauthorized"


class Forbidden(ServiceError):
    code = "forbidden"


class Invalid(ServiceError):
    """Input that cannot be taken; `problems` are {field, reason} for every fault found."""

    code = "invalid"

    def __init__(self, message: str, problems: Sequence[Mapping[str, str]]) -> None:
        super().__init__(message, problems=list(problems))


class NotReady(Invalid):
    """The quiz is a draft: its author has to finish what `problems` name before it can be played."""


class RateLimited(ServiceError):
    """details: retry_after_ms."""

    code = "rate_limited"


class Overloaded(ServiceError):
    code = "overloaded"


class Stale(ServiceError):
    """The caller's picture is old; details say what is current (`seq` or `revision`)."""

    code = "stale"


class LinkGone(ServiceError):
    """details: reason, one of unknown, used, expired."""

    code = "link_gone"


class LastAdmin(ServiceError):
    code = "last_admin"


class RoomOver(ServiceError):
    code = "room_over"


class RoomLocked(ServiceError):
    code = "room_locked"


class RoomFull(ServiceError):
    code = "room_full"


class NameTaken(ServiceError):
    code = "name_taken"


class IdTaken(ServiceError):
    """A sender's own id stands for something else already."""

    code = "id_taken"


class Banned(ServiceError):
    code = "banned"


class WrongPhase(ServiceError):
    code = "wrong_phase"


class RoundClosed(ServiceError):
    code = "round_closed"


class AlreadyAnswered(ServiceError):
    code = "already_answered"


class InvalidAnswer(ServiceError):
    """details: field and reason."""

    code = "invalid_answer"
