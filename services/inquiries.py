"""What one node asks all others, now and then: each answers with its own figures, and nothing of it is kept.

For what only an admin looks at: it costs nothing while nobody does, and a node that has died says nothing.
"""

import asyncio
import logging
from collections.abc import Callable
from itertools import count
from typing import Any

import msgspec

from realtime.node import Node
from services.background import BackgroundTasks

logger = logging.getLogger(__name__)

# All nodes follow the first; each follows the second with its own id behind it.
ASK = "ask"
TOLD = "told:"
ANSWER_WITHIN_S = 0.3

Teller = Callable[[str], Any]


class Question(msgspec.Struct, frozen=True, omit_defaults=True):
    """`number` is the asking node's own, and comes back with the answers. A kind it does not know a node lets be."""

    node: str
    number: int
    kind: str
    about: str = ""


class Answer(msgspec.Struct, frozen=True):
    node: str
    number: int
    value: msgspec.Raw


class _Waiting:
    """For the answers to one question."""

    def __init__(self) -> None:
        self.answers: dict[str, msgspec.Raw] = {}
        self.came = asyncio.Event()


class Inquiries:
    def __init__(self, node: Node) -> None:
        self._node = node
        self._tellers: dict[str, Teller] = {}
        self._numbers = count(1)
        self._open: dict[int, _Waiting] = {}
        self._background = BackgroundTasks(logger, "another node's question could not be answered")
        node.on(ASK, self._asked)
        node.on(TOLD, self._told)

    async def start(self) -> None:
        """From now on this node answers, and hears answers."""
        if self._node.broker.is_shared:
            await self._node.follow(ASK, TOLD + self._node.id)

    async def stop(self) -> None:
        await self._background.settle()

    def tell(self, kind: str, teller: Teller) -> None:
        """`teller(about)` gives what this node answers to questions of the kind: whatever JSON can hold."""
        self._tellers[kind] = teller

    async def ask(self, kind: str, about: str = "") -> dict[str, Any]:
        """What the other nodes answered in time, by node; nothing while they are out of reach."""
        broker = self._node.broker
        if not broker.is_shared or not broker.is_up:
            return {}
        number = next(self._numbers)
        question = Question(self._node.id, number, kind, about)
        waiting = self._open[number] = _Waiting()
        try:
            async with asyncio.timeout(ANSWER_WITHIN_S):
                # This node hears it too.
                others = await self._node.publish(ASK, msgspec.json.encode(question)) - 1
                while len(waiting.answers) < others:
                    waiting.came.clear()
                    await waiting.came.wait()
        except TimeoutError:
            pass  # whoever is slow or has died is left out
        finally:
            del self._open[number]
        return {node: msgspec.json.decode(value) for node, value in waiting.answers.items()}

    def _asked(self, topic: str, payload: bytes) -> None:
        if topic != ASK:
            return
        question = msgspec.json.decode(payload, type=Question)
        if question.node == self._node.id or question.kind not in self._tellers:
            return
        value = msgspec.Raw(msgspec.json.encode(self._tellers[question.kind](question.about)))
        answer = msgspec.json.encode(Answer(self._node.id, question.number, value))
        self._background.spawn(self._node.publish(TOLD + question.node, answer))

    def _told(self, topic: str, payload: bytes) -> None:
        answer = msgspec.json.decode(payload, type=Answer)
        waiting = self._open.get(answer.number)
        if waiting is not None:
            waiting.answers[answer.node] = answer.value
            waiting.came.set()
