"""Work that many ask for at once and that is done once for all of them."""

import asyncio
from collections.abc import Awaitable, Callable


class Merged:
    """`work(key)` runs for everybody who asked before it began; who asks while it runs gets one more run, together
    with all who ask meanwhile: what is read then is at least as new as the asking.
    """

    def __init__(self, work: Callable[[str], Awaitable[None]]) -> None:
        self._work = work
        self._waiting: dict[str, asyncio.Task[None]] = {}
        self._running: dict[str, asyncio.Task[None]] = {}

    async def ask(self, key: str) -> None:
        """Returns after a run that began later than this call. Raises what the work raises."""
        task = self._waiting.get(key)
        if task is None:
            run = self._run(key, self._running.get(key))
            task = self._waiting[key] = asyncio.get_running_loop().create_task(run)
        # Whoever stops waiting does not end it for the others.
        await asyncio.shield(task)

    async def _run(self, key: str, before: "asyncio.Task[None] | None") -> None:
        if before is not None:
            await asyncio.wait([before])
        task = self._running[key] = self._waiting.pop(key)
        try:
            await self._work(key)
        finally:
            if self._running.get(key) is task:
                del self._running[key]
