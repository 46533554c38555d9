"""Whose page may use the sign-in cookie: ours alone."""

from typing import Any

import pytest
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.websocket import websocket_connect

FRIEND = "https://friend.example"


@pytest.fixture
def config_values() -> dict[str, Any]:
    return {"allowed_origins": (FRIEND,)}


async def status(base_url: str, **headers: str) -> int:
    """Of a handshake."""
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        socket = await websocket_connect(HTTPRequest(base_url.replace("http", "ws", 1) + "/ws", headers=sent))
    except HTTPClientError as error:
        return error.code
    socket.close()
    await socket.read_message()
    return 101


def cookie_of(browser: Any) -> str:
    return "; ".join(f"{name}={value}" for name, value in browser.cookies.items())


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, 401),
        ({"Origin": "own"}, 101),
        ({"Origin": "own", "Sec_Fetch_Site": "same-origin"}, 101),
        ({"Origin": "own", "Sec_Fetch_Site": "same-site"}, 401),
        ({"Sec_Fetch_Site": "same-origin"}, 101),
        ({"Origin": FRIEND}, 401),
        ({"Origin": FRIEND, "Sec_Fetch_Site": "cross-site"}, 401),
        ({"Origin": "https://evil.example"}, 401),
        ({"Origin": "http://["}, 401),
    ],
)
@pytest.mark.gen_test
async def test_the_cookie_counts_for_our_own_pages_only(
    app: Any, http_server: Any, base_url: str, signed_in: Any, headers: dict[str, str], expected: int
) -> None:
    """Also where ALLOWED_ORIGINS names the page: whoever may open a socket need not be trusted with a sign-in."""
    if headers.get("Origin") == "own":
        headers = headers | {"Origin": base_url}
    assert await status(base_url, Cookie=cookie_of(signed_in), **headers) == expected


@pytest.mark.gen_test
async def test_a_page_that_is_allowed_comes_with_a_token(
    app: Any, http_server: Any, base_url: str, teacher: Any
) -> None:
    """And one that is not is refused with the best of tokens."""
    bearer = f"Bearer {teacher.token}"
    assert await status(base_url, Authorization=bearer, Origin=FRIEND, Sec_Fetch_Site="cross-site") == 101
    assert await status(base_url, Authorization=bearer, Origin="https://evil.example") == 403
