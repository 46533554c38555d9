"""What every kind of fault needs: the processes, chance, the journal, and who may be struck."""

import asyncio
from collections.abc import Callable, Sequence
from random import Random

from prove.journal import Journal
from prove.node_process import NodeProcess
from prove.people import Pupil
from prove.schedule import Fault
from prove.town import Town


class FaultBase:
    """The mix-ins below add the faults."""

    def __init__(self, town: Town, rng: Random, journal: Journal, pupils: Callable[[], Sequence[Pupil]]) -> None:
        self.town = town
        self.rng = rng
        self.journal = journal
        self.pupils = pupils
        # Whoever takes a node away holds this: two at most are away at a time, and a frozen one is not killed.
        self._away: set[str] = set()
        # Held by whoever takes Redis or the database away: on a slow machine the next such fault may come meanwhile.
        self.redis_turn = asyncio.Lock()
        self.database_turn = asyncio.Lock()

    def measured(self, name: str, value: float) -> None:
        """One figure, for prove/measures.py."""
        self.journal.note(measure=name, value=round(value, 4))

    async def take(self, fault: Fault) -> NodeProcess:
        """The fault's node, or the next one that is there; one always stays."""
        nodes = self.town.nodes
        while True:
            for step in range(len(nodes)):
                node = nodes[(fault.node + step) % len(nodes)]
                if node.name not in self._away and len(self._away) < len(nodes) - 1:
                    self._away.add(node.name)
                    self.journal.note(taken=node.name, fault=fault.name)
                    return node
            await asyncio.sleep(0.1)

    def give_back(self, node: NodeProcess) -> None:
        """It serves again."""
        self._away.discard(node.name)

    async def through_proxy(self, fault: Fault, what: str, mode: str, value: float = 0.0) -> None:
        """One node's way to `what` fails in this manner for as long as the fault lasts."""
        name = f"{self.town.nodes[fault.node].name}.{what}"
        self.town.proxies.tell(name, mode, value)
        await asyncio.sleep(fault.lasts_s)
        self.town.proxies.tell(name, "open")
