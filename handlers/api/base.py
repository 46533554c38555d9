"""The base of the JSON API: bodies decoded and checked, answers and errors encoded."""

import math
import re
from typing import Any, TypeVar

import msgspec

from handlers.base import BaseHandler
from handlers.errors import Refused
from handlers.ids import is_id
from handlers.told_errors import JSON
from services.errors import Invalid
from services.identity import Identity

T = TypeVar("T")
BODY_MOST = 64 * 1024
QUOTED = re.compile(r"field `([^`]*)`")


def _number(text: str) -> float:
    """1.0 and 1 are the same number in JSON; what no float can hold is refused like by msgspec itself."""
    value = float(text)
    if not math.isfinite(value):
        raise ValueError("number out of range")
    return int(value) if value.is_integer() and abs(value) <= 2**53 else value


DECODER = msgspec.json.Decoder(float_hook=_number)


class ApiHandler(BaseHandler):
    # Bytes of JSON that a request may send; a quiz may be longer.
    body_most = BODY_MOST

    async def find_identity(self) -> Identity | None:
        """As for all, and one request is counted; raises RateLimited too."""
        who = self.address
        try:
            identity = await super().find_identity()
            who = who if identity is None else identity.id
        finally:
            self.count_request(who)
        return identity

    def count_request(self, who: str) -> None:
        """Of an account, or of an address when nobody is signed in."""
        self.count(self.services.limits.api(who))

    def answer(self, value: Any, status: int = 200) -> None:
        """Ends the request with JSON."""
        self.set_status(status)
        self.set_header("Content-Type", JSON)
        self.finish(msgspec.json.encode(value))

    def no_content(self) -> None:
        self.set_status(204)
        self.finish()

    def body(self, shape: type[T]) -> T:
        """The JSON body as `shape`. Raises Refused for what is no JSON, Invalid naming the field."""
        if self.request.headers.get("Content-Type", "").partition(";")[0].strip().lower() != "application/json":
            raise Refused(415)
        if len(self.request.body) > self.body_most:
            raise Refused(413, f"The body may have at most {self.body_most // 1024} KiB.")
        try:
            value = DECODER.decode(self.request.body)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise Refused(400, f"The body is not JSON: {error}.") from error
        except RecursionError as error:
            raise Refused(400, "The body is not JSON that anyone would write: it is nested too deeply.") from error
        try:
            return msgspec.convert(value, shape)
        except msgspec.ValidationError as error:
            raise wrong_field(error) from error

    def whole_number(self, name: str, default: int, low: int, high: int) -> int:
        """A number of the query; raises Invalid."""
        text = self.get_query_argument(name, None)
        if text is None:
            return default
        if not (text.isascii() and text.isdigit() and len(text) < 19 and low <= int(text) <= high):
            raise invalid(name, f"must be a whole number from {low} to {high}")
        return int(text)

    def id_of_query(self, name: str) -> str | None:
        text = self.get_query_argument(name, None)
        if text is not None and not is_id(text):
            raise invalid(name, "must be an id")
        return text and text.lower()


class NotFoundApi(ApiHandler):
    """Whatever no route below /api knows."""

    async def prepare(self) -> None:
        raise Refused(404)


def invalid(field: str, reason: str) -> Invalid:
    return Invalid(f"The field {field} {reason}.", [{"field": field, "reason": reason}])


def wrong_field(error: msgspec.ValidationError) -> Invalid:
    """msgspec says `Expected `str`, got `int` - at `$.email``; an unknown or missing field it names in the text."""
    reason, _, path = str(error).partition(" - at `$")
    field = path.strip("`.")
    if named := QUOTED.search(reason):
        if "unknown field" in reason:
            return _told(field, named[1], "unknown field")
        if "missing required field" in reason:
            return _told(field, named[1], "is missing")
    return _told("", field or "body", reason[:1].lower() + reason[1:])


def _told(parent: str, field: str, reason: str) -> Invalid:
    path = f"{parent}.{field}" if parent else field
    return Invalid(f"{path}: {reason}.", [{"field": path, "reason": reason}])
