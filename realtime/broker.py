"""How messages travel between nodes: the contract. At most once, in order per topic; others notice a loss."""

from collections.abc import Callable, Sequence
from typing import Protocol

Receiver = Callable[[str, bytes], None]


# Topics that are entered, never subscribed: one for each user, as other systems know it.
USER_TOPIC = "user_noti:"


class BrokerUnreachable(Exception):
    """The broker that the node is to start with does not answer; says where and why."""


class Broker(Protocol):
    """One node's end of the line. A node receives what it publishes itself too, if it subscribed.

    `on_gap()` is called on the loop when messages may have been lost: whoever keeps a state looks at the truth.
    `on_change(is_up)` is called when the line goes down or comes back. `on_new_line()` is called when it was made anew:
    what had been entered is forgotten.
    """

    on_gap: Callable[[], None]
    on_change: Callable[[bool], None]
    on_new_line: Callable[[], None]

    @property
    def is_up(self) -> bool:
        """False while nothing gets through, as far as is known."""

    @property
    def is_shared(self) -> bool:
        """True when there may be other nodes at the other end."""

    async def start(self) -> None:
        """Raises BrokerUnreachable."""

    async def stop(self) -> None:
        """Nothing is received after it; harmless when it is stopped already."""

    async def ping_ms(self) -> float | None:
        """How long the other end takes to answer; None when it does not, or when there is none."""

    async def subscribe(self, *topics: str) -> None:
        """What is published after it returns is received, unless the line is down: then, once it is back."""

    async def unsubscribe(self, *topics: str) -> None: ...

    async def enter(self, topics: Sequence[str]) -> bool:
        """Like `subscribe`, for many topics at once that only the caller remembers: they end with the line.

        False when the line is down. Each topic begins with USER_TOPIC.
        """

    async def leave(self, topics: Sequence[str]) -> None: ...

    async def publish(self, topic: str, payload: bytes) -> int:
        """Returns how many nodes the message was passed on to, as far as the broker knows; 0 when it is down."""

    def set_receiver(self, receiver: Receiver) -> None:
        """`receiver(topic, payload)` is called on the loop, never from within `publish`."""
