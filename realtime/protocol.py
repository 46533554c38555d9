"""JSON-RPC 2.0 as we speak it: texts to requests, results, errors and events to JSON. No I/O, no commands.

Errors: RpcError is the only one raised here; it is what a browser is told.
"""

from collections.abc import Mapping
from functools import reduce
from operator import or_
from typing import Any, Literal

import msgspec

from realtime.codes import ERROR_NUMBERS, ErrorCode

RequestId = str | int


class RpcError(Exception):
    """An error as the browser gets it: a name of `ErrorCode`, one plain sentence, and whatever else helps.

    `request_id` is set when the text was no valid request but its id could be read.
    """

    def __init__(
        self,
        code_name: str,
        message: str,
        data: dict[str, Any] | None = None,
        *,
        request_id: RequestId | None = None,
    ) -> None:
        if code_name not in ERROR_NUMBERS:
            raise ValueError(f"unknown error code {code_name!r}")
        super().__init__(f"{code_name}: {message}")
        self.code_name = code_name
        self.message = message
        self.data = data
        self.request_id = request_id

    @property
    def number(self) -> int:
        return ERROR_NUMBERS[self.code_name]


class Request(msgspec.Struct, frozen=True):
    """A command as it came: `params` is still JSON, an object, for the command's own type to decode."""

    id: RequestId
    method: str
    params: msgspec.Raw


class _Envelope(msgspec.Struct):
    jsonrpc: Literal["2.0"]
    id: RequestId
    method: str
    params: msgspec.Raw = msgspec.Raw(b"{}")


_envelopes = msgspec.json.Decoder(_Envelope)
_anything = msgspec.json.Decoder()
_encoder = msgspec.json.Encoder()

# What msgspec raises for a text that is no JSON: bad syntax, bad UTF-8, half a surrogate, endless nesting.
_NOT_JSON = (msgspec.DecodeError, UnicodeError, RecursionError)


class RequestDecoder:
    """Reads a request of a known command in one step, its parameters straight into the command's type.

    It is strict about types and lets unknown fields by, so that an older node understands a newer page.
    """

    def __init__(self, params: Mapping[str, type[msgspec.Struct]]) -> None:
        """`params`: the type of each command's parameters, by the command's name."""
        # What `decode` gives for each command.
        self.types = {name: _request_type(name, its_params) for name, its_params in params.items()}
        self._decoder: msgspec.json.Decoder[Any] = msgspec.json.Decoder(reduce(or_, self.types.values()))

    def decode(self, text: str | bytes) -> Any:
        """One of `types`, with `id` and `params`; None when a slower look has to be taken."""
        try:
            return self._decoder.decode(text)
        except (msgspec.DecodeError, UnicodeError, RecursionError):
            return None


def _request_type(name: str, params: type[msgspec.Struct]) -> type[msgspec.Struct]:
    fields: list[Any] = [("jsonrpc", Literal["2.0"]), ("id", RequestId), ("params", params)]
    try:
        msgspec.json.decode(b"{}", type=params)
        fields[-1] = ("params", params, msgspec.field(default_factory=params))
    except msgspec.ValidationError:
        pass  # it needs some: without them the slower look will say which
    return msgspec.defstruct("Request", fields, tag_field="method", tag=name, gc=False)


def decode_request(text: str | bytes) -> Request:
    """The slower look at any request. RpcError: parse_error, invalid_request, or invalid_params for an array."""
    try:
        envelope = _envelopes.decode(text)
    except msgspec.ValidationError:
        raise _diagnose(text) from None
    except _NOT_JSON:
        raise _parse_error() from None
    _check_params(envelope)
    return Request(envelope.id, envelope.method, envelope.params)


def _check_params(envelope: _Envelope) -> None:
    first = bytes(memoryview(envelope.params)[:1])
    if first == b"{":
        return
    if first == b"[":
        # Allowed by JSON-RPC, but our commands name their parameters.
        reason = "params must be an object, not an array"
        raise RpcError("invalid_params", reason, {"field": "params", "reason": reason}, request_id=envelope.id)
    raise RpcError("invalid_request", "params must be an object", request_id=envelope.id)


def _diagnose(text: str | bytes) -> RpcError:
    """The slow look at a text that is no request: says what is wrong with it, and keeps its id."""
    try:
        found = _anything.decode(text)
    except _NOT_JSON:
        return _parse_error()
    if isinstance(found, list):
        return RpcError("invalid_request", "batches are not accepted, send one request per message")
    if not isinstance(found, dict):
        return RpcError("invalid_request", "a request must be a JSON object")
    request_id = found.get("id")
    if isinstance(request_id, bool) or not isinstance(request_id, str | int):
        return RpcError("invalid_request", "id is required and must be a string or an integer")
    if found.get("jsonrpc") != "2.0":
        return RpcError("invalid_request", 'jsonrpc must be "2.0"', request_id=request_id)
    return RpcError("invalid_request", "method is required and must be a string", request_id=request_id)


def _parse_error() -> RpcError:
    return RpcError("parse_error", "the message is not valid JSON")


class _Result(msgspec.Struct, tag_field="jsonrpc", tag="2.0", gc=False):
    id: RequestId
    result: Any


def encode_result(request_id: RequestId, result: Any) -> bytes:
    return _encoder.encode(_Result(request_id, result))


def encode_error(request_id: RequestId | None, error: RpcError) -> bytes:
    """`request_id` is None (null on the wire) when no request could be made out."""
    data = {**(error.data or {}), "code": error.code_name}
    body = {"code": error.number, "message": error.message, "data": data}
    return _encoder.encode({"jsonrpc": "2.0", "id": request_id, "error": body})


class _Event(msgspec.Struct, tag_field="jsonrpc", tag="2.0", gc=False):
    method: str
    params: Any


def encode_event(method: str, params: Any) -> str:
    """An event: a JSON-RPC notification, encoded once for however many get it."""
    return _encoder.encode(_Event(method, params)).decode()


def invalid_params(error: msgspec.ValidationError) -> RpcError:
    """Turns msgspec's complaint into ours, with the path of the field that is wrong: `answer.choices[0]`."""
    reason, _, path = str(error).partition(" - at `$")
    field = path.rstrip("`").lstrip(".")
    missing = reason.removeprefix("Object missing required field `")
    if missing != reason:
        name = missing.rstrip("`")
        field = f"{field}.{name}" if field else name
        reason = "required"
    where = field or "params"
    return RpcError("invalid_params", f"{where}: {reason}", {"field": where, "reason": reason})


def internal_error() -> RpcError:
    return RpcError(ErrorCode.INTERNAL.code_name, "something went wrong on our side, please try again")
