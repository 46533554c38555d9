"""The numbers on the wire, each with its name: WebSocket close codes and JSON-RPC error codes."""

from enum import IntEnum


class CloseCode(IntEnum):
    """Why the service closed a connection. 4000-4499: come back with back-off; 4500-4999: do not."""

    NODE_DRAINING = 4000
    SLOW_CONNECTION = 4001
    INTERNAL = 4003
    TOKEN_INVALID = 4500
    REPLACED = 4501
    KICKED = 4502
    ROOM_OVER = 4503
    PROTOCOL_ERROR = 4504
    ORIGIN_REFUSED = 4505
    RATE_LIMITED = 4506
    INACTIVE = 4507

    @property
    def code_name(self) -> str:
        """The name as documented, `slow_connection`; also what is sent as the reason of the close."""
        return self.name.lower()

    @property
    def comes_back(self) -> bool:
        """Whether a browser closed with this code is meant to connect again by itself."""
        return self < 4500


class ErrorCode(IntEnum):
    """Error numbers: JSON-RPC's own, then ours. The name in lower case travels as `error.data.code`."""

    PARSE_ERROR = -32700
    INVALID_REQUEST = -32600
    METHOD_NOT_FOUND = -32601
    INVALID_PARAMS = -32602
    INTERNAL = -32603
    UNAUTHORIZED = -32001
    FORBIDDEN = -32002
    NOT_FOUND = -32003
    RATE_LIMITED = -32004
    ROUND_CLOSED = -32010
    ALREADY_ANSWERED = -32011
    INVALID_ANSWER = -32012
    WRONG_PHASE = -32013
    STALE = -32014
    ROOM_LOCKED = -32015
    ROOM_OVER = -32016
    OVERLOADED = -32020

    @property
    def code_name(self) -> str:
        return self.name.lower()


# name → number, for whoever holds the name: `ERROR_NUMBERS["round_closed"]`.
ERROR_NUMBERS: dict[str, int] = {code.code_name: int(code) for code in ErrorCode}
