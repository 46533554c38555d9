"""Carries out the faults of a schedule, one method each, and writes down when each began and ended."""

import asyncio
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

from prove.crowd_faults import CrowdFaults
from prove.database_faults import DatabaseFaults
from prove.journal import Journal
from prove.node_faults import NodeFaults
from prove.people import Pupil
from prove.redis_faults import RedisFaults
from prove.schedule import Fault
from prove.socket_faults import SocketFaults
from prove.town import Town


class Faults(NodeFaults, RedisFaults, DatabaseFaults, SocketFaults, CrowdFaults):
    """A fault's name is that of the method which carries it out."""

    def __init__(self, town: Town, rng: Random, journal: Journal, pupils: Callable[[], Sequence[Pupil]]) -> None:
        super().__init__(town, rng, journal, pupils)
        self.done = 0

    async def run(self, schedule: Sequence[Fault], began_s: float) -> None:
        """Each at its time, also while an earlier one lasts; returns when all are over."""
        loop = asyncio.get_running_loop()
        async with asyncio.TaskGroup() as tasks:
            for number, fault in enumerate(schedule):
                await asyncio.sleep(max(0.0, began_s + fault.at_s - loop.time()))
                tasks.create_task(self._strike(number, fault))

    def watch(self) -> None:
        """Called now and then: a node that ended by itself is written down, and is not started again."""
        for node in self.town.nodes:
            if node.has_died and node.name not in self._away:
                self._away.add(node.name)
                self.journal.note(died=node.name)

    async def _strike(self, number: int, fault: Fault) -> None:
        facts: dict[str, Any] = {"number": number, "fault": fault.name, "lasts_s": fault.lasts_s, "share": fault.share}
        self.journal.note(**facts, node=f"n{fault.node + 1}", step="begin")
        await getattr(self, fault.name)(fault)
        self.journal.note(number=number, fault=fault.name, step="end")
        self.done += 1
