"""How messages travel between nodes: the contract. At most once, in order per topic; others notice a loss."""

from collections.abc import Callable
from typing import Protocol

Receiver = Callable[[str, bytes], None]


class Broker(Protocol):
    """One node's end of the line. A node receives what it publishes itself too, if it subscribed."""

    async def start(self) -> None: ...

    async def stop(self) -> None:
        """Nothing is received after it; harmless when it is stopped already."""

    async def subscribe(self, topic: str) -> None:
        """What is published after it returns is received."""

    async def unsubscribe(self, topic: str) -> None: ...

    async def publish(self, topic: str, payload: bytes) -> int:
        """Returns how many nodes the message was passed on to, as far as the broker knows."""

    def set_receiver(self, receiver: Receiver) -> None:
        """`receiver(topic, payload)` is called on the loop, never from within `publish`."""
