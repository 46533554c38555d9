"""One person who writes down all that is said and heard, and goes to whichever node answers.

The sockets, the frames and the place in the log are those of load/.
"""

import asyncio
from random import Random

from load.errors import LinkError
from load.link import Link, open_link
from load.peer import Peer
from load.plan import Target
from load.scene import Message, Scene
from prove.journal import Journal

OPEN_WITHIN_S = 2.0
# Nothing said for so long: a ping of one's own, as our page sends it. Nothing heard for so long after a command: gone.
IDLE_S = 4.0
PATIENCE_S = 5.0


class Doors:
    """The ways in: one scene for each node, which knows its address. A balancer's work, done by the people."""

    def __init__(self, doors: dict[str, Scene], rng: Random, *, is_together: bool) -> None:
        self.scenes = doors
        self.names = list(doors)
        self.rng = rng
        self.is_together = is_together

    def first(self, room: int, person: int) -> "Place":
        """Where somebody begins."""
        return Place(self, room if self.is_together else room + person)


class Place:
    """Where one person, or with `is_together` one room, is to be found."""

    def __init__(self, doors: Doors, index: int) -> None:
        self._doors = doors
        self._index = index

    def ring(self) -> list[str]:
        """All nodes, the wanted one first."""
        names = self._doors.names
        return [names[(self._index + step) % len(names)] for step in range(len(names))]

    def leave(self) -> None:
        """The next one is any of them."""
        if not self._doors.is_together:
            self._index = self._doors.rng.randrange(len(self._doors.names))

    def settle(self, name: str) -> None:
        """This one answered."""
        self._index = self._doors.names.index(name)


class Witness(Peer):
    """`node` is the one that the newest socket leads to."""

    def __init__(
        self, scene: Scene, pin: str, headers: dict[str, str], journal: Journal, doors: Doors, place: Place
    ) -> None:
        super().__init__(scene, pin, headers)
        self.journal = journal
        self.node = ""
        self._doors = doors
        self._place = place
        self._heard_s = 0.0

    @property
    def headers(self) -> dict[str, str]:
        """What proves who this is."""
        return self._headers

    @property
    def target(self) -> Target:
        """Where the newest socket leads to."""
        return self._doors.scenes[self.node].plan.target

    async def connect(self) -> None:
        error = LinkError("there is no node", "connect")
        for name in self._place.ring():
            self.journal.note(connecting=name)
            try:
                self._link = await open_link(self._doors.scenes[name], self, self._headers, OPEN_WITHIN_S)
            except LinkError as refused:
                error = refused
                continue
            self.node = name
            self._place.settle(name)
            self.journal.note(connected=name)
            self._heard_s = self.scene.clock.monotonic_s()
            return
        raise error

    async def arrive(self) -> None:
        """The first time: connected and subscribed, or on the way back as after any other loss."""
        try:
            await self.connect()
            await self.subscribe()
        except LinkError:
            if self._link is not None:
                self._link.close()
                self._link = None
            if self._returning is None:
                self._returning = asyncio.get_running_loop().create_task(self._return())

    def _say(self, payload: bytes) -> None:
        if len(self._calls) == 1:
            # Until now there was nothing to wait for.
            self._heard_s = self.scene.clock.monotonic_s()
        self.journal.said(payload)
        super()._say(payload)

    def on_text(self, payload: bytes) -> None:
        self._heard_s = self.scene.clock.monotonic_s()
        self.journal.got(self.node, payload, self.scene.heard_ms())
        super().on_text(payload)

    def on_lost(self, link: Link, code: int) -> None:
        if link is self._link:
            self.journal.note(lost=code, node=self.node)
            if not self.was_reset:
                self._place.leave()
        super().on_lost(link, code)

    def on_return(self) -> None:
        self.journal.note(back=self.node)

    def watch(self) -> None:
        """Called now and then: a silent node is asked, and left when it stays silent."""
        if self._link is None:
            return
        silent_s = self.scene.clock.monotonic_s() - self._heard_s
        if self._calls and silent_s > PATIENCE_S:
            self.journal.note(gave_up=self.node)
            self._place.leave()
            self.reset()
        elif not self._calls and silent_s > IDLE_S:
            self.send("ping", {}, _ignore)

    def hold(self, seconds: float) -> None:
        """Reads nothing for a while, as a phone in a pocket."""
        link = self._link
        if link is not None:
            self.journal.note(reads_nothing_for_s=seconds)
            link.pause()
            asyncio.get_running_loop().call_later(seconds, link.go_on)

    async def close(self) -> None:
        await super().close()
        self.journal.close()


def _ignore(_: Message | None) -> None:
    pass
