"""The one request that the service makes by itself: alerts, posted as JSON to an address of the operator's choice."""

from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
from tornado.httpclient import AsyncHTTPClient

PATIENCE_S = 5.0


def webhook(url: str) -> Callable[[dict[str, Any]], Awaitable[None]]:
    """Posts to `url`, which may hold a secret: it is never logged, and no redirect carries it elsewhere."""

    async def post(message: dict[str, Any]) -> None:
        # Alerts are rare: a client that is closed again leaves nothing behind.
        client = AsyncHTTPClient(force_instance=True)
        try:
            await client.fetch(
                url,
                method="POST",
                headers={"Content-Type": "application/json"},
                body=msgspec.json.encode(message),
                connect_timeout=PATIENCE_S,
                request_timeout=PATIENCE_S,
                follow_redirects=False,
            )
        finally:
            client.close()

    return post
