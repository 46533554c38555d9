"""The one table from errors to HTTP: status, code and sentence, for JSON answers and pages alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tornado.web import HTTPError, MissingArgumentError

from services import errors
from services.failures import as_service_error

STATUS: dict[type[errors.ServiceError], int] = {
    errors.Unauthorized: 401,
    errors.Forbidden: 403,
    errors.Banned: 403,
    errors.NotFound: 404,
    errors.Stale: 409,
    errors.NameTaken: 409,
    errors.IdTaken: 409,
    errors.RoomFull: 409,
    errors.WrongPhase: 409,
    errors.RoundClosed: 409,
    errors.AlreadyAnswered: 409,
    errors.LastAdmin: 409,
    errors.RoomOver: 410,
    errors.LinkGone: 410,
    errors.Invalid: 422,
    errors.NotReady: 422,
    errors.InvalidAnswer: 422,
    errors.RoomLocked: 423,
    errors.RateLimited: 429,
    errors.Overloaded: 503,
}

# What HTTP itself refuses: code and sentence.
PLAIN: dict[int, tuple[str, str]] = {
    400: ("bad_request", "This request cannot be read."),
    401: ("unauthorized", "Sign in first."),
    403: ("forbidden", "This is not allowed."),
    404: ("not_found", "There is nothing at this address."),
    405: ("method_not_allowed", "This address does not take that method."),
    413: ("too_large", "This is more than the service takes at once."),
    415: ("unsupported_media_type", "The body must be JSON (Content-Type: application/json)."),
    500: ("internal", "Something went wrong on our side. It has been written down."),
}


class Refused(HTTPError):
    """A request that HTTP's own rules refuse, with a sentence for whoever sent it."""

    def __init__(self, status: int, sentence: str | None = None) -> None:
        super().__init__(status)
        self.sentence = sentence or PLAIN[status][1]


@dataclass(frozen=True, slots=True)
class Described:
    """An error as it is told: `details` are {field, reason} for input, else what a program may want to know."""

    status: int
    code: str
    message: str
    details: Mapping[str, Any] | Sequence[Any]

    def json(self) -> dict[str, Any]:
        return {"error": {"code": self.code, "message": self.message, "details": self.details}}

    @property
    def retry_after_s(self) -> int | None:
        """Whole seconds, rounded up, when the error says when to come back."""
        wait_ms = self.details.get("retry_after_ms") if isinstance(self.details, Mapping) else None
        return None if wait_ms is None else max(1, -(-int(wait_ms) // 1000))


def describe(error: BaseException | None, status: int) -> Described:
    """`status` is for what is no exception of ours; anything unknown is 500 and says nothing of its inside."""
    service_error = as_service_error(error)
    if service_error is not None:
        mapped = next((STATUS[cls] for cls in type(service_error).__mro__ if cls in STATUS), 500)
        details: Any = service_error.details
        if isinstance(service_error, errors.Invalid):
            details = service_error.details["problems"]
        return Described(mapped, service_error.code, service_error.message, details)
    if isinstance(error, HTTPError):
        status = error.status_code
    elif error is not None:
        status = 500
    code, sentence = PLAIN.get(status, PLAIN[500] if status >= 500 else PLAIN[400])
    if isinstance(error, Refused):
        sentence = error.sentence
    if isinstance(error, MissingArgumentError):
        sentence = f"The field {error.arg_name} is missing."
    return Described(status, code, sentence, {})
