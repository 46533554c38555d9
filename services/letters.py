"""Letters that services send: whether any can be, and those on their way. What they say is in templates/mail/."""

import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from services.background import BackgroundTasks

logger = logging.getLogger(__name__)

# Sends a letter: (to whom, which one, what is in it). Raises whatever kept it from being sent.
Post = Callable[[str, str, dict[str, Any]], Awaitable[None]]


class Letters:
    """`post` is None where no e-mail can be sent."""

    def __init__(self, post: Post | None = None) -> None:
        self._post = post
        self._under_way = BackgroundTasks(logger, "a letter with a link could not be sent")

    @property
    def can_send(self) -> bool:
        return self._post is not None

    async def send(self, to: str, which: str, **values: Any) -> None:
        """Nothing where no e-mail can be sent: whoever needs to know asks can_send first."""
        if self._post is not None:
            await self._post(to, which, values)

    def soon(self, work: Coroutine[Any, Any, None]) -> None:
        """Lets `work` look somebody up and send: whoever asked is answered without it, and cannot tell by the time."""
        self._under_way.spawn(work)

    async def settle(self) -> None:
        """Returns when no letter is on its way any more."""
        await self._under_way.settle()
