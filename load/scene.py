"""What all peers of a run share: the target, time, chance, the figures, and the decoding of what many are sent."""

import ssl
from dataclasses import dataclass, field
from random import Random
from typing import Any

import msgspec

from clock import Clock
from load.figures import Figures
from load.inbox import Inbox
from load.plan import Plan

PERSONAL = frozenset({"answer.graded", "participant.finished", "participant.kicked"})
KEPT = 256


class Message(msgspec.Struct, gc=False):
    """A reply (`id`, with `result` or `error`) or an event (`method`, `params`)."""

    id: int | str | None = None
    method: str | None = None
    params: dict[str, Any] = {}
    result: dict[str, Any] | None = None
    error: dict[str, Any] | None = None


@dataclass
class Scene:
    """One run. When `is_over`, nobody comes back any more."""

    plan: Plan
    clock: Clock
    rng: Random
    tls: ssl.SSLContext | None = None
    figures: Figures = field(default_factory=Figures)
    is_over: bool = False
    _decoder: msgspec.json.Decoder[Message] = field(default_factory=lambda: msgspec.json.Decoder(Message))
    # Everyone in a room is sent the same bytes: they are decoded once, else this would be most of the run's work.
    _decoded: dict[bytes, Message] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.inbox = Inbox(self.clock)

    def decode(self, payload: bytes) -> Message:
        """The message; shared between those who were sent the same, so nobody changes it."""
        found = self._decoded.get(payload)
        if found is None:
            found = self._decoder.decode(payload)
            if found.method is not None and found.method not in PERSONAL:
                if len(self._decoded) >= KEPT:
                    self._decoded.clear()
                self._decoded[payload] = found
        return found

    def now_ms(self) -> float:
        """For measuring: milliseconds since some start."""
        return self.clock.monotonic_s() * 1000

    def heard_ms(self) -> float:
        """When the message that is being handled came."""
        return self.inbox.arrived_s * 1000
