"""Personal events, on whatever node the person is: to the connections here at once, to other nodes by the broker.

Other systems publish on the same topics (docs/notifications.md). At most once: nothing of it is kept here.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Annotated, Any

import msgspec

from clock import Clock
from realtime.broker import USER_TOPIC
from realtime.node import Node
from realtime.protocol import encode_event
from realtime.user_topics import UserTopics

logger = logging.getLogger(__name__)

MESSAGE_MOST = 16 * 1024
TYPE_MOST = 100
LOG_EVERY_S = 60.0
REASONS = ("not_json", "wrong_shape", "too_large")

# No control characters: it stands in a column, and on pages where nothing better is known.
Type = Annotated[str, msgspec.Meta(min_length=1, max_length=TYPE_MOST, pattern=r"^[^\x00-\x1f\x7f]+$")]


class Notice(msgspec.Struct, frozen=True):
    """What another system publishes; what else is in it is let be."""

    type: Type
    payload: dict[str, Any]


class OwnEvent(msgspec.Struct, frozen=True):
    """What nodes tell each other: a whole event, encoded."""

    node: str
    event: str
    ephemeral: bool


class UserEvents:
    """`count(reason)` is called for each message of other systems: "" when it was good, else one of REASONS."""

    def __init__(self, node: Node, clock: Clock, count: Callable[[str], None]) -> None:
        self._node = node
        self._hub = node.hub
        self._clock = clock
        self._topics = UserTopics(node.hub, node.broker)
        self._bad: Counter[str] = Counter()  # since it was last logged
        self._example = ""
        self._logging: asyncio.TimerHandle | None = None
        self._count = count
        node.on(USER_TOPIC, self._received)

    def start(self) -> None:
        """When the node has been started."""
        self._topics.start()

    async def stop(self) -> None:
        if self._logging is not None:
            self._logging.cancel()
            self._log()
        await self._topics.stop()

    async def tell(self, events: Iterable[tuple[str, str]], *, ephemeral: bool) -> None:
        """(user id, event) each to all the connections of its user, on all nodes."""
        waiting = []
        for user_id, event in events:
            self._send(user_id, event, ephemeral=ephemeral)
            if self._node.broker.is_shared:
                own = OwnEvent(self._node.id, event, ephemeral)
                waiting.append(self._node.broker.publish(USER_TOPIC + user_id, msgspec.json.encode(own)))
        await asyncio.gather(*waiting)

    def _send(self, user_id: str, event: str, *, ephemeral: bool) -> None:
        # A projector has its host's id, and shows what the whole class may see.
        self._hub.send_to_user(user_id, event, ephemeral=ephemeral, without_role="screen")

    def _received(self, topic: str, message: bytes) -> None:
        user_id = topic.removeprefix(USER_TOPIC)
        own = _own_event(message)
        if own is None:
            self._take(user_id, message)
        elif own.node != self._node.id:
            self._send(user_id, own.event, ephemeral=own.ephemeral)

    def _take(self, user_id: str, message: bytes) -> None:
        reason, notice = _read(message)
        self._count(reason)
        if notice is None:
            self._count_bad(reason, user_id)
            return
        params = {"type": notice.type, "payload": notice.payload, "timestamp": self._clock.now_ms()}
        self._send(user_id, encode_event("notification.new", params), ephemeral=False)

    def _count_bad(self, reason: str, user_id: str) -> None:
        """Somebody else's program is wrong, perhaps a thousand times a second: it is said once a minute."""
        self._bad[reason] += 1
        self._example = user_id
        if self._logging is None:
            self._log()
            self._logging = asyncio.get_running_loop().call_later(LOG_EVERY_S, self._log_again)

    def _log_again(self) -> None:
        self._logging = None
        if self._bad:
            self._log()
            self._logging = asyncio.get_running_loop().call_later(LOG_EVERY_S, self._log_again)

    def _log(self) -> None:
        for reason, count in self._bad.items():
            logger.warning("bad notifications: %d %s, last for %.64r", count, reason, self._example)
        self._bad.clear()


def _own_event(message: bytes) -> OwnEvent | None:
    try:
        return msgspec.json.decode(message, type=OwnEvent)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return None


def _read(message: bytes) -> tuple[str, Notice | None]:
    """Why it is bad, or "" and the notice."""
    if len(message) > MESSAGE_MOST:
        return "too_large", None
    try:
        return "", msgspec.json.decode(message, type=Notice)
    except msgspec.ValidationError:
        return "wrong_shape", None
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return "not_json", None
