"""Work that goes on while its starter does other things: kept alive, waited for at the end, its failures logged."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any


class BackgroundTasks:
    """`failure` is what is logged when one fails: somebody else does the same again a moment later."""

    def __init__(self, logger: logging.Logger, failure: str) -> None:
        self._logger = logger
        self._failure = failure
        self._tasks: set[asyncio.Task[Any]] = set()

    def spawn(self, work: Coroutine[Any, Any, Any]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)  # the loop keeps weak references only
        task.add_done_callback(self._finished)

    def _finished(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            self._logger.error(self._failure, exc_info=task.exception())

    async def settle(self) -> None:
        """Returns when nothing is under way any more."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)
