"""PostgreSQL killed and started again; the way to it cut, slow or silent. Nodes wait twenty seconds for it."""

import asyncio

from prove.fault_base import FaultBase
from prove.schedule import Fault

HALF = 0.5


class DatabaseFaults(FaultBase):
    """Not in the schedule of a run on SQLite."""

    async def database_restart(self, fault: Fault) -> None:
        """As by a power cut, for all nodes at once."""
        postgres = self.town.postgres
        assert postgres is not None
        async with self.database_turn:
            await asyncio.to_thread(postgres.kill)
            await asyncio.sleep(fault.lasts_s / 2)
            await asyncio.to_thread(postgres.start)

    async def clock_step(self, fault: Fault) -> None:
        """The machine's clock is set by up to a quarter of a minute, forth and back in turn, and stays so."""
        postgres = self.town.postgres
        assert postgres is not None
        step_s = fault.lasts_s * 4 * (1 if self.rng.random() < HALF else -1)
        self.journal.note(clock_step_s=step_s)
        postgres.set_clock(step_s)

    async def database_cut(self, fault: Fault) -> None:
        """One node's connections are reset, and new ones too."""
        await self.through_proxy(fault, "database", "cut")

    async def database_black_hole(self, fault: Fault) -> None:
        """What one node and the database say to each other does not arrive, until it all does."""
        await self.through_proxy(fault, "database", "black_hole")

    async def database_delay(self, fault: Fault) -> None:
        """Each word between one node and the database takes up to a tenth of a second more."""
        await self.through_proxy(fault, "database", "delay", fault.share / 10)
