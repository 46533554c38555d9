"""`/api/v1/openapi.json`, the description of the HTTP API, and `/api/v1/quiz.schema.json`, that of a quiz file.

Each is encoded once.
"""

import msgspec

from handlers.api.base import JSON, ApiHandler
from handlers.api.document import document
from handlers.api.document.quiz_file import schema_text


class OpenApi(ApiHandler):
    content_type = JSON
    _encoded = msgspec.json.encode(document())

    async def get(self) -> None:
        self.set_header("Content-Type", self.content_type)
        # Says nothing about anybody, and changes with the program only.
        self.set_header("Cache-Control", "no-cache")
        await self.finish(self._encoded)


class QuizSchema(OpenApi):
    content_type = "application/schema+json"
    _encoded = schema_text().encode()

    async def get(self) -> None:
        await super().get()


ROUTES = [(r"/api/v1/openapi\.json", OpenApi), (r"/api/v1/quiz\.schema\.json", QuizSchema)]
