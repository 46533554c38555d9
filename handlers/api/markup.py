"""What a formatted text looks like, for the editor's preview."""

import msgspec

from game.markup import in_blocks, in_line
from game.quiz import LONG_MOST
from handlers.api.base import ApiHandler, invalid

# A question has at most a few dozen texts.
TEXTS_MOST = 100


class Texts(msgspec.Struct, forbid_unknown_fields=True):
    texts: list[str] = []
    lines: list[str] = []


class MarkupApi(ApiHandler):
    async def post(self) -> None:
        await self.find_account()
        body = self.body(Texts)
        for name, texts in (("texts", body.texts), ("lines", body.lines)):
            if len(texts) > TEXTS_MOST:
                raise invalid(name, f"at most {TEXTS_MOST} at once")
            for at, text in enumerate(texts):
                if len(text) > LONG_MOST:
                    raise invalid(f"{name}[{at}]", f"is {len(text)} characters long, at most {LONG_MOST} are possible")
        self.answer({"texts": list(map(in_blocks, body.texts)), "lines": list(map(in_line, body.lines))})


ROUTES = [(r"/api/v1/markup", MarkupApi)]
