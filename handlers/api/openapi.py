"""`/api/v1/openapi.json`: the description of the HTTP API, encoded once."""

import msgspec

from handlers.api.base import JSON, ApiHandler
from handlers.api.document import document


class OpenApi(ApiHandler):
    _encoded = msgspec.json.encode(document())

    async def get(self) -> None:
        self.set_header("Content-Type", JSON)
        # Says nothing about anybody, and changes with the program only.
        self.set_header("Cache-Control", "no-cache")
        await self.finish(self._encoded)


ROUTES = [(r"/api/v1/openapi\.json", OpenApi)]
