"""From a text that came over a connection to the text that answers it, by a table of commands.

What is the same for all is checked once, here, before the call: form, name, role, parameters.
"""

import logging
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any

import msgspec

from realtime.connection import Connection
from realtime.protocol import (
    Request,
    RpcError,
    decode_request,
    encode_error,
    encode_result,
    internal_error,
    invalid_params,
)

logger = logging.getLogger(__name__)

ErrorMapper = Callable[[Exception], RpcError | None]


@dataclass(frozen=True, slots=True)
class Command:
    """`call(conn, params)` returns what is sent as the result: anything msgspec encodes."""

    name: str
    roles: frozenset[str]
    params: type[msgspec.Struct]
    call: Callable[[Connection, Any], Awaitable[Any]]
    # False for what a page sends by itself: that does not keep an idle person's socket.
    is_activity: bool = True


class Dispatcher:
    """`error_mapper` turns errors of what the calls use into ours; None means that it knows no better."""

    def __init__(self, commands: Iterable[Command], error_mapper: ErrorMapper | None = None) -> None:
        self._commands: dict[str, tuple[Command, msgspec.json.Decoder[Any]]] = {}
        self._error_mapper = error_mapper
        for command in commands:
            if command.name in self._commands:
                raise ValueError(f"two commands are called {command.name}")
            self._commands[command.name] = (command, msgspec.json.Decoder(command.params))

    async def handle(self, conn: Connection, text: str | bytes) -> str:
        """The one reply to one request; raises nothing.

        Between the end of the command's call and the return the loop does not turn: what is broadcast to a
        subscription that the call made comes after this reply, if the reply is sent at once.
        """
        try:
            request = decode_request(text)
        except RpcError as error:
            conn.bad_messages += 1
            return encode_error(error.request_id, error)
        conn.in_flight += 1
        try:
            return encode_result(request.id, await self._call(conn, request))
        except RpcError as error:
            return encode_error(request.id, error)
        except Exception as exc:  # noqa: BLE001 - the seam: whatever a command raises, its sender gets an answer
            return encode_error(request.id, self._explain(exc, conn, request))
        finally:
            conn.in_flight -= 1

    def refuse(self, text: str | bytes, error: RpcError) -> str:
        """The reply to a message that is not looked at, but for its id."""
        try:
            return encode_error(decode_request(text).id, error)
        except RpcError as unreadable:
            return encode_error(unreadable.request_id, error)

    async def _call(self, conn: Connection, request: Request) -> Any:
        found = self._commands.get(request.method)
        if found is None:
            conn.bad_messages += 1
            raise RpcError("method_not_found", f"there is no command {request.method[:64]!r}")
        command, decoder = found
        if command.is_activity:
            conn.touch()
        if conn.role not in command.roles:
            raise RpcError("forbidden", f"{command.name} is not for the role {conn.role}")
        return await command.call(conn, _decode_params(decoder, request.params))

    def _explain(self, exc: Exception, conn: Connection, request: Request) -> RpcError:
        try:
            mapped = self._error_mapper(exc) if self._error_mapper else None
        except Exception:  # the request must be answered even so
            logger.exception("error mapper failed", extra={"connection": conn.id})
            mapped = None
        if mapped is not None:
            return mapped
        logger.error("command failed", exc_info=exc, extra={"connection": conn.id, "command": request.method})
        return internal_error()


def _decode_params(decoder: msgspec.json.Decoder[Any], params: msgspec.Raw) -> Any:
    """Strict about types; unknown fields are let by, so that an older node understands a newer page."""
    try:
        return decoder.decode(params)
    except msgspec.ValidationError as error:
        raise invalid_params(error) from None
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        # The outer look skips over strings without reading them.
        raise RpcError("parse_error", "params are not valid JSON") from None
