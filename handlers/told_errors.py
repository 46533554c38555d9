"""Errors as answers, for every HTTP seam: the status of a refusal, what is left of a rate, when to come back."""

from typing import Any

import msgspec
from tornado.web import RequestHandler

from handlers.access_log import RedactedLogs
from handlers.errors import Described, describe
from services.limits import Usage

JSON = "application/json; charset=utf-8"
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


class ToldErrors(RedactedLogs):
    """`write_described` says in which form: JSON here, a page for people in theirs."""

    # Kept over the clearing of headers that comes with an error.
    _usage: Usage | None = None

    def count(self, usage: Usage) -> None:
        """Notes what is left of a rate for this answer, whatever it will be."""
        self._usage = usage
        for name, value in usage.headers().items():
            self.set_header(name, value)

    def send_error(self, status_code: int = 500, **kwargs: Any) -> None:
        """Gives a use case's refusal the status of its kind before Tornado writes it."""
        error = (kwargs.get("exc_info") or (None, None, None))[1]
        super().send_error(describe(error, status_code).status, **kwargs)

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        error = (kwargs.get("exc_info") or (None, None, None))[1]
        described = describe(error, status_code)
        self.tell_limits(error, described)
        if described.status == 405:
            self.set_header("Allow", ", ".join(self.allowed_methods()))
        self.write_described(described)

    def tell_limits(self, error: BaseException | None, described: Described) -> None:
        """X-RateLimit-* and Retry-After, as far as the error or the request knows them."""
        if self._usage is not None:
            self.count(self._usage)
        details = getattr(error, "details", {})
        if "reset_s" in details:
            self.count(Usage(details["limit"], details["remaining"], details["reset_s"]))
        if described.retry_after_s is not None:
            self.set_header("Retry-After", str(described.retry_after_s))

    def write_described(self, described: Described) -> None:
        if described.status == 401:
            self.set_header("WWW-Authenticate", 'Bearer realm="quizhall"')
        self.set_header("Content-Type", JSON)
        self.finish(msgspec.json.encode(described.json()))

    def allowed_methods(self) -> list[str]:
        return [
            name for name in METHODS if getattr(type(self), name.lower()) is not getattr(RequestHandler, name.lower())
        ]
