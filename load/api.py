"""A small client of the HTTP API over kept-alive connections of its own."""

import asyncio
import json
import ssl
from typing import Any

from load.errors import ApiError
from load.plan import Target

PATIENCE_S = 60.0
Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Api:
    """Calls one service; as many connections as there are calls at once."""

    def __init__(self, target: Target, tls: ssl.SSLContext | None) -> None:
        self._target = target
        self._tls = tls
        self._idle: list[Connection] = []
        self.token: str | None = None

    async def call(self, method: str, path: str, body: Any = None) -> Any:
        """The answer's JSON, None when it has none. ApiError for a status that is no success, or no answer at all."""
        data = b"" if body is None else json.dumps(body).encode()
        request = self._head(method, path, len(data)) + data
        while self._idle:
            # A kept connection may have been closed meanwhile: then the call goes over another.
            try:
                return await self._exchange(self._idle.pop(), request)
            except (OSError, EOFError):
                continue
        try:
            opened = await asyncio.open_connection(self._target.host, self._target.port, ssl=self._tls)
            return await self._exchange(opened, request)
        except (OSError, EOFError) as error:
            message = f"No answer from {self._target.authority}: {error or type(error).__name__}."
            raise ApiError(message, code="no_answer") from error

    def close(self) -> None:
        """Lets go of all kept connections."""
        for _, writer in self._idle:
            writer.close()
        self._idle.clear()

    def _head(self, method: str, path: str, size: int) -> bytes:
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self._target.authority}", f"Content-Length: {size}"]
        if size:
            lines.append("Content-Type: application/json")
        if self.token:
            lines.append(f"Authorization: Bearer {self.token}")
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")

    async def _exchange(self, connection: Connection, request: bytes) -> Any:
        reader, writer = connection
        try:
            writer.write(request)
            async with asyncio.timeout(PATIENCE_S):
                status, headers = _parse(await reader.readuntil(b"\r\n\r\n"))
                body = await _body(reader, headers)
        except BaseException:
            writer.close()
            raise
        if headers.get("connection", "").lower() == "close":
            writer.close()
        else:
            self._idle.append(connection)
        return _answer(status, headers, body)


def _parse(head: bytes) -> tuple[int, dict[str, str]]:
    first, *lines = head.decode("latin-1").strip().split("\r\n")
    pairs = (line.partition(":") for line in lines)
    return int(first.split(" ")[1]), {name.strip().lower(): value.strip() for name, _, value in pairs}


async def _body(reader: asyncio.StreamReader, headers: dict[str, str]) -> bytes:
    if headers.get("transfer-encoding", "").lower() != "chunked":
        return await reader.readexactly(int(headers.get("content-length", "0")))
    parts = []
    while size := int((await reader.readuntil(b"\r\n")).split(b";")[0], 16):
        parts.append(await reader.readexactly(size))
        await reader.readexactly(2)
    await reader.readuntil(b"\r\n")
    return b"".join(parts)


def _answer(status: int, headers: dict[str, str], body: bytes) -> Any:
    """The decoded body; an error's code and sentence are taken from it where it has them."""
    is_json = headers.get("content-type", "").startswith("application/json")
    value = json.loads(body) if is_json and body else None
    if 200 <= status < 300:
        return value
    error = value.get("error", {}) if isinstance(value, dict) else {}
    wait = headers.get("retry-after")
    message = error.get("message") or f"The service answered {status}."
    raise ApiError(message + (f" (again in {wait} s)" if wait else ""), status, error.get("code", ""))
