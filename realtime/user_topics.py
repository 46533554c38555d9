"""Follows at the broker a topic of their own for each user who has a connection here, many at a time.

There are as many as people, and they all come at once. Nothing is kept for those who stay: the hub knows who they are.
"""

import asyncio
from collections.abc import Iterable
from itertools import islice

from realtime.broker import USER_TOPIC, Broker
from realtime.hub import Hub

# Topics in one message to Redis; what comes while it is answered makes up the next one.
BATCH = 512
# Somebody who reloads the page is gone for a moment only.
LINGER_S = 5.0


class UserTopics:
    """Invariant: everybody with a connection here is followed, or in `_coming`, or will be by the next line.

    Does nothing on a node that is alone: whoever tells a user something tells it to the hub.
    """

    def __init__(self, hub: Hub, broker: Broker, linger_s: float = LINGER_S) -> None:
        self._hub = hub
        self._broker = broker
        self._linger_s = linger_s
        self._coming: dict[str, None] = {}
        self._left: dict[str, None] = {}  # followed still, as they may come back
        self._leaving: dict[str, None] = {}  # they have not: to be left
        self._timer: asyncio.TimerHandle | None = None
        self._work: asyncio.Task[None] | None = None

    def start(self) -> None:
        """To be called on the running loop, when the broker has been started."""
        if not self._broker.is_shared:
            return
        self._hub.on_first_connection = self._came
        self._hub.on_last_connection = self._went
        self._broker.on_new_line = self._begin_anew
        self._begin_anew()

    async def stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        if self._work is not None:
            self._work.cancel()
            await asyncio.gather(self._work, return_exceptions=True)

    def _begin_anew(self) -> None:
        """The broker's line is new, and nobody is followed."""
        self._left.clear()
        self._leaving.clear()
        self._coming = dict.fromkeys(user_id for shard in self._hub.shards for user_id in shard.users())
        self._begin_work()

    def _came(self, user_id: str) -> None:
        for going in (self._left, self._leaving):
            if user_id in going:
                del going[user_id]
                return
        self._coming[user_id] = None
        self._begin_work()

    def _went(self, user_id: str) -> None:
        if user_id in self._coming:
            del self._coming[user_id]
            return
        self._left[user_id] = None
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(self._linger_s, self._give_up)

    def _give_up(self) -> None:
        """One timer for all, so that the last of them may have had no time at all: then they are followed anew."""
        self._timer = None
        self._leaving.update(self._left)
        self._left.clear()
        self._begin_work()

    def _begin_work(self) -> None:
        if (self._coming or self._leaving) and (self._work is None or self._work.done()):
            self._work = asyncio.get_running_loop().create_task(self._tell_broker(), name="user-topics")

    async def _tell_broker(self) -> None:
        """One batch at a time, so that who leaves and comes back ends up followed."""
        while self._coming or self._leaving:
            if batch := _take(self._coming):
                # A line that is down forgets them; the next one begins anew.
                await self._broker.enter(batch)
            else:
                await self._broker.leave(_take(self._leaving))


def _take(users: dict[str, None]) -> list[str]:
    """The topics of the first batch, taken out."""
    taken = list(islice(users, BATCH))
    for user_id in taken:
        del users[user_id]
    return _topics(taken)


def _topics(users: Iterable[str]) -> list[str]:
    return [USER_TOPIC + user_id for user_id in users]
