"""The small HTTP client, against a real socket that answers what it is told to."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from load.api import Api
from load.errors import ApiError
from load.plan import Target

JSON = b"Content-Type: application/json\r\n"
HELLO = b"HTTP/1.1 200 OK\r\n" + JSON + b'Content-Length: 8\r\n\r\n{"a": 1}'


def answers_to(calls, *answers, hang_up=False):
    """What `calls(api)` comes to when each request gets the next answer, and how many connections it took."""

    async def play():
        rest, connections = list(answers), 0

        async def serve(reader, writer):
            nonlocal connections
            connections += 1
            try:
                while rest:
                    head = await reader.readuntil(b"\r\n\r\n")
                    size = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
                    await reader.readexactly(size)
                    writer.write(rest.pop(0))
                    if hang_up:
                        break
            except asyncio.IncompleteReadError:
                pass
            writer.close()
            await writer.wait_closed()

        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        api = Api(Target("127.0.0.1", server.sockets[0].getsockname()[1], False), None)
        try:
            return await calls(api), connections
        finally:
            api.close()
            server.close()
            await server.wait_closed()

    # In a thread of its own: asyncio.run would take the loop away that pytest-tornado keeps for this one.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, play()).result(20)


async def twice(api):
    return [await api.call("POST", "/one", {"x": 1}), await api.call("GET", "/two")]


def test_a_connection_is_kept():
    """Two calls one after the other take one."""
    assert answers_to(twice, HELLO, HELLO) == ([{"a": 1}, {"a": 1}], 1)


def test_a_kept_connection_that_was_closed_is_replaced():
    """The call goes over another, and nobody notices."""
    assert answers_to(twice, HELLO, HELLO, hang_up=True) == ([{"a": 1}, {"a": 1}], 2)


def test_an_answer_in_chunks_is_read():
    """As a proxy may send it."""
    chunked = b"HTTP/1.1 200 OK\r\n" + JSON + b'Transfer-Encoding: chunked\r\n\r\n4\r\n{"a"\r\n4;x\r\n: 1}\r\n0\r\n\r\n'
    assert answers_to(twice, chunked, HELLO) == ([{"a": 1}, {"a": 1}], 1)


def test_an_answer_without_a_body_is_none():
    """204 after a DELETE."""
    empty = b"HTTP/1.1 204 No Content\r\n\r\n"
    assert answers_to(twice, empty, HELLO)[0] == [None, {"a": 1}]


def test_an_error_has_its_code_and_sentence():
    """And says when to come back where the service does."""
    body = b'{"error": {"code": "rate_limited", "message": "Too fast."}}'
    head = b"HTTP/1.1 429 Too Many Requests\r\nRetry-After: 7\r\n" + JSON
    with pytest.raises(ApiError, match=r"Too fast\. \(again in 7 s\)") as caught:
        answers_to(twice, head + b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
    assert (caught.value.status, caught.value.code) == (429, "rate_limited")


def test_no_answer_is_a_sentence():
    """Nobody listens, or the connection ends before the answer."""
    with pytest.raises(ApiError, match=r"No answer from 127\.0\.0\.1"):
        answers_to(twice, b"", hang_up=True)
