"""One person in one room, through as many sockets as it takes: commands, the log's seq, coming back.

Follows docs/protocol.md, "Subscribing and resuming". What the events mean is its subclasses' business.
"""

import asyncio
import itertools
from collections.abc import Callable
from typing import Any

import msgspec

from load.errors import LinkError
from load.link import Link, open_link
from load.scene import Message, Scene

REPLY_DEADLINE_S = 30.0
FIRST_DELAY_S, LONGEST_DELAY_S = 0.5, 10.0  # docs/protocol.md, "Close codes"
# From here on a close code means: do not come back.
FINAL_CODES = 4500
Then = Callable[[Message | None], None]


class Peer:
    """Keeps its place in the log; `missed` counts the events that a live socket skipped."""

    def __init__(self, scene: Scene, pin: str, headers: dict[str, str]) -> None:
        self.scene = scene
        self.pin = pin
        self._headers = headers
        self._link: Link | None = None
        self._returning: asyncio.Task[None] | None = None
        self._ids = itertools.count(1)
        # What is called with the reply, or with None when the socket ended before it came.
        self._calls: dict[int, Then] = {}
        self.seq: int | None = None
        self.epoch: str | None = None
        self.missed = 0
        self._is_healing = False
        self.was_reset = False
        self.first_delay_s = FIRST_DELAY_S

    @property
    def is_connected(self) -> bool:
        """A socket is open and the room is subscribed to."""
        return self._link is not None and self._returning is None

    async def connect(self) -> None:
        """Opens a socket. LinkError when it is refused."""
        self._link = await open_link(self.scene, self, self._headers)

    async def subscribe(self) -> None:
        """From where it stood when it was here before. LinkError when the socket ends or the node refuses."""
        where = {} if self.seq is None else {"after": self.seq, "epoch": self.epoch}
        await self.ask("room.subscribe", where, self._take_subscription)

    async def ask(
        self, method: str, params: dict[str, Any], take: Callable[[dict[str, Any]], None] | None = None
    ) -> dict[str, Any]:
        """The reply's result. `take` has it in the same turn, before any event that follows. LinkError without one."""
        future: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()

        def then(reply: Message | None) -> None:
            if future.done():
                return
            if reply is None or reply.result is None:
                future.set_exception(_refusal(method, reply))
                return
            if take is not None:
                take(reply.result)
            future.set_result(reply.result)

        self.send(method, params, then)
        try:
            return await asyncio.wait_for(future, REPLY_DEADLINE_S)
        except TimeoutError as error:
            raise LinkError(f"no reply to {method} within {REPLY_DEADLINE_S:g} s", "no_reply") from error

    def send(self, method: str, params: dict[str, Any], then: Then) -> None:
        """One command; `then` is called once, perhaps at once."""
        if self._link is None:
            then(None)
            return
        number = next(self._ids)
        self._calls[number] = then
        message = {"jsonrpc": "2.0", "id": number, "method": method, "params": {"room": self.pin, **params}}
        self._say(msgspec.json.encode(message))

    def reset(self) -> None:
        """The network of this one is gone for a moment."""
        if self._link is not None:
            self.was_reset = True
            self._link.reset()

    async def close(self) -> None:
        """Leaves for good."""
        if self._returning is not None:
            self._returning.cancel()
            await asyncio.wait([self._returning])
        if self._link is not None:
            self._link.close()
            self._link = None

    def on_text(self, payload: bytes) -> None:
        """What a link calls with each message."""
        message = self.scene.decode(payload)
        if message.method is not None:
            self._take_event(message.method, message.params, is_live=True)
            return
        then = self._calls.pop(message.id, None) if isinstance(message.id, int) else None
        if then is not None:
            then(message)

    def on_lost(self, link: Link, code: int) -> None:
        """What a link calls when it has ended."""
        if link is not self._link:
            return
        self._link = None
        if not self.was_reset:
            self.scene.figures.errors[f"close_{code}"] += 1
        calls, self._calls = self._calls, {}
        for then in calls.values():
            then(None)
        if not self.scene.is_over and code < FINAL_CODES and self._returning is None:
            self._returning = asyncio.get_running_loop().create_task(self._return())

    def on_event(self, method: str, params: dict[str, Any], *, is_live: bool) -> None:
        """An event, once. `is_live` is False when it came out of the log."""

    def on_snapshot(self, snapshot: dict[str, Any]) -> None:
        """Replaces what the events would have said."""

    def on_you(self, you: dict[str, Any]) -> None:
        """What a reply to subscribe says of this participant."""

    def on_return(self) -> None:
        """Connected and subscribed again."""

    def _say(self, payload: bytes) -> None:
        if self._link is not None:
            self._link.send(payload)

    async def _return(self) -> None:
        delay_s = self.first_delay_s
        while True:
            await asyncio.sleep(self.scene.rng.uniform(0, delay_s))
            try:
                await self.connect()
                await self.subscribe()
                # The socket may have ended again in the turn in which the reply came.
                if self._link is not None:
                    break
            except LinkError as error:
                self.scene.figures.errors[error.code] += 1
                if self._link is not None:
                    self._link.close()
                    self._link = None
                delay_s = min(LONGEST_DELAY_S, max(FIRST_DELAY_S, 2 * delay_s))
        self._returning, self.was_reset = None, False
        self.scene.figures.reconnects += 1
        self.on_return()

    def _take_subscription(self, result: dict[str, Any]) -> None:
        for event in result.get("events", ()):
            self._take_event(event["method"], event["params"], is_live=False)
        if "snapshot" in result:
            self.scene.figures.snapshots += self.seq is not None
            self.on_snapshot(result["snapshot"])
        elif self.seq != result["seq"]:
            self.missed += 1
        self.seq, self.epoch = result["seq"], result["epoch"]
        if "you" in result:
            self.on_you(result["you"])

    def _take_event(self, method: str, params: dict[str, Any], *, is_live: bool) -> None:
        seq = params.get("seq")
        if seq is not None and self.seq is not None:
            if seq <= self.seq:
                self.scene.figures.repeated += is_live
                return
            if seq > self.seq + 1:
                self._heal(seq - self.seq - 1)
                return
            self.seq = seq
        self.on_event(method, params, is_live=is_live)

    def _heal(self, skipped: int) -> None:
        """A live socket skipped events: noted, and asked for once, as the protocol says."""
        if not self._is_healing:
            self._is_healing = True
            self.missed += skipped
            self.send("room.subscribe", {"after": self.seq, "epoch": self.epoch}, self._take_healing)

    def _take_healing(self, reply: Message | None) -> None:
        self._is_healing = False
        if reply is not None and reply.result is not None:
            self._take_subscription(reply.result)


def _refusal(method: str, reply: Message | None) -> LinkError:
    if reply is None:
        return LinkError(f"the socket ended before {method} was answered", "lost")
    error = reply.error or {}
    data = error.get("data") or {}
    return LinkError(f"{method} was refused: {error.get('message')}", data.get("code") or str(error.get("code")), data)
