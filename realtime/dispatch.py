"""From a text that came over a connection to the JSON that answers it, by a table of commands.

What is the same for all is checked once, here, before the call: form, name, role, parameters.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any

import msgspec

from realtime.connection import Connection
from realtime.protocol import (
    Request,
    RequestDecoder,
    RequestId,
    RpcError,
    decode_request,
    encode_error,
    encode_result,
    internal_error,
    invalid_params,
)

logger = logging.getLogger(__name__)

ErrorMapper = Callable[[Exception], RpcError | None]
# Is given the reply to one request.
Send = Callable[[bytes], None]


class Reply:
    """The one reply to one request, now or later. To whoever gives it, it is like a future."""

    __slots__ = ("_command", "_conn", "_dispatcher", "_request_id", "_send")

    def __init__(
        self,
        conn: Connection,
        request_id: RequestId,
        command: str,
        send: Send,
        dispatcher: "Dispatcher",
    ) -> None:
        conn.in_flight += 1
        self._conn = conn
        self._request_id = request_id
        self._command = command
        self._send = send
        self._dispatcher = dispatcher

    def set_result(self, result: Any, /) -> None:
        try:
            payload = encode_result(self._request_id, result)
        except Exception as exc:  # noqa: BLE001 - the seam: a result that cannot be encoded is a fault of the command
            self.set_exception(exc)
            return
        self._conn.in_flight -= 1
        self._send(payload)

    def set_exception(self, exception: Exception, /) -> None:
        self._conn.in_flight -= 1
        error = self._dispatcher.explain(exception, self._conn, self._command)
        self._send(encode_error(self._request_id, error))

    def abandon(self) -> None:
        """There will be none: the node is going down."""
        self._conn.in_flight -= 1


@dataclass(frozen=True, slots=True)
class Command:
    """`call(conn, params)` returns what is sent as the result: anything msgspec encodes."""

    name: str
    roles: frozenset[str]
    params: type[msgspec.Struct]
    call: Callable[[Connection, Any], Awaitable[Any]]
    # False for what a page sends by itself: that does not keep an idle person's socket.
    is_activity: bool = True
    # Tried first, in the turn in which the message is read: it keeps the reply and answers when it can, which spares a
    # task. False when something has to be waited for before, and `call` must be made.
    call_now: Callable[[Connection, Any, Reply], bool] | None = None


class Dispatcher:
    """`error_mapper` turns errors of what the calls use into ours; None means that it knows no better."""

    def __init__(self, commands: Iterable[Command], error_mapper: ErrorMapper | None = None) -> None:
        self._commands: dict[str, tuple[Command, msgspec.json.Decoder[Any]]] = {}
        self._error_mapper = error_mapper
        self._tasks: set[asyncio.Task[None]] = set()
        for command in commands:
            if command.name in self._commands:
                raise ValueError(f"two commands are called {command.name}")
            self._commands[command.name] = (command, msgspec.json.Decoder(command.params))
        self._requests = RequestDecoder({name: command.params for name, (command, _) in self._commands.items()})
        self._of_type = {type_: self._commands[name][0] for name, type_ in self._requests.types.items()}

    def handle(self, conn: Connection, text: str | bytes, send: Send) -> None:
        """Sees to the one reply to one request; raises nothing.

        Between the end of the command's call and `send` the loop does not turn: what is broadcast to a
        subscription that the call made comes after this reply, if the reply is sent at once.
        """
        request = self._requests.decode(text)
        if request is None:
            self._look_closer(conn, text, send)
            return
        command = self._of_type[type(request)]
        if command.is_activity:
            conn.touch()
        reply = Reply(conn, request.id, command.name, send, self)
        if conn.role not in command.roles:
            reply.set_exception(_forbidden(command, conn))
        else:
            self._begin(command, conn, request.params, reply)

    def _begin(self, command: Command, conn: Connection, params: Any, reply: Reply) -> None:
        if command.call_now is not None:
            try:
                if command.call_now(conn, params, reply):
                    return
            except Exception as exc:  # noqa: BLE001 - the seam: whatever a command raises, its sender gets an answer
                reply.set_exception(exc)
                return
        task = asyncio.get_running_loop().create_task(self._run(command, conn, params, reply))
        # The loop itself does not keep its tasks alive.
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _run(self, command: Command, conn: Connection, params: Any, reply: Reply) -> None:
        try:
            result = await command.call(conn, params)
        except Exception as exc:  # noqa: BLE001 - the seam, as above
            reply.set_exception(exc)
        except BaseException:
            reply.abandon()
            raise
        else:
            reply.set_result(result)

    def _look_closer(self, conn: Connection, text: str | bytes, send: Send) -> None:
        """At what is no request of ours, to say what is wrong with it."""
        try:
            request = decode_request(text)
        except RpcError as error:
            conn.bad_messages += 1
            send(encode_error(error.request_id, error))
            return
        try:
            command, params = self._find(conn, request)
        except RpcError as error:
            send(encode_error(request.id, error))
        else:
            self._begin(command, conn, params, Reply(conn, request.id, command.name, send, self))

    def _find(self, conn: Connection, request: Request) -> tuple[Command, Any]:
        found = self._commands.get(request.method)
        if found is None:
            conn.bad_messages += 1
            raise RpcError("method_not_found", f"there is no command {request.method[:64]!r}")
        command, decoder = found
        if command.is_activity:
            conn.touch()
        if conn.role not in command.roles:
            raise _forbidden(command, conn)
        return command, _decode_params(decoder, request.params)

    def refuse(self, text: str | bytes, error: RpcError) -> bytes:
        """The reply to a message that is not looked at, but for its id."""
        try:
            return encode_error(decode_request(text).id, error)
        except RpcError as unreadable:
            return encode_error(unreadable.request_id, error)

    def explain(self, exc: Exception, conn: Connection, command: str) -> RpcError:
        """What the sender is told of what the call raised."""
        if isinstance(exc, RpcError):
            return exc
        try:
            mapped = self._error_mapper(exc) if self._error_mapper else None
        except Exception:  # the request must be answered even so
            logger.exception("error mapper failed", extra={"connection": conn.id})
            mapped = None
        if mapped is not None:
            return mapped
        logger.error("command failed", exc_info=exc, extra={"connection": conn.id, "command": command})
        return internal_error()


def _forbidden(command: Command, conn: Connection) -> RpcError:
    return RpcError("forbidden", f"{command.name} is not for the role {conn.role}")


def _decode_params(decoder: msgspec.json.Decoder[Any], params: msgspec.Raw) -> Any:
    try:
        return decoder.decode(params)
    except msgspec.ValidationError as error:
        raise invalid_params(error) from None
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        # The outer look skips over strings without reading them.
        raise RpcError("parse_error", "params are not valid JSON") from None
