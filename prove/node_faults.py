"""Nodes killed, killed while answers are stored, frozen, restarted politely."""

import asyncio
from collections import Counter

from load.plan import Target
from prove.desk import Desk
from prove.fault_base import FaultBase
from prove.node_process import NodeProcess
from prove.schedule import Fault
from prove.town import PASSWORD, TEACHER

# About as long as a batch of answers takes to be stored.
COMMIT_S = 0.004
BURST_WITHIN_S = 3.0
LOOK_EVERY_S = 0.002
GHOSTS_WITHIN_S, GHOSTS_EVERY_S = 30.0, 0.1


class NodeFaults(FaultBase):
    """A node that was ended comes back after a while, on the same port."""

    async def node_kill(self, fault: Fault) -> None:
        """kill -9 at any moment."""
        await self._kill(await self.take(fault), fault)

    async def node_kill_in_burst(self, fault: Fault) -> None:
        """kill -9 a moment after a receipt, while the answers behind it are being stored."""
        node = await self.take(fault)
        await self._burst(node)
        await asyncio.sleep(self.rng.uniform(0.0, COMMIT_S))
        await self._kill(node, fault)

    async def node_freeze(self, fault: Fault) -> None:
        """SIGSTOP, and SIGCONT after a while: its sockets stay open all the time."""
        node = await self.take(fault)
        node.freeze()
        await asyncio.sleep(fault.lasts_s)
        node.thaw()
        self.give_back(node)

    async def rolling(self, fault: Fault) -> None:
        """SIGTERM, then a new one in its place."""
        node = await self.take(fault)
        # In an open round, answers on their way: as soon as somebody there has one stored.
        await self._burst(node)
        self.journal.note(sockets=sum(pupil.node == node.name for pupil in self.pupils()), stopping=node.name)
        self.measured("exit_s", await asyncio.to_thread(node.stop))
        await asyncio.to_thread(node.start)
        self.give_back(node)

    async def node_kill_people_gone(self, fault: Fault) -> None:
        """kill -9, and those who were there stay away: how long the others' nodes still count them."""
        node = await self.take(fault)
        gone = [pupil for pupil in self.pupils() if pupil.node == node.name]
        for pupil in gone:
            pupil.is_off = True
        self.journal.note(killed=node.name)
        await asyncio.to_thread(node.kill)
        began_s = asyncio.get_running_loop().time()
        await self._until_counted(fault, began_s)
        self.measured("ghosts_s", asyncio.get_running_loop().time() - began_s)
        for pupil in gone:
            pupil.is_off = False
        await asyncio.to_thread(node.start)
        self.give_back(node)

    async def _until_counted(self, fault: Fault, began_s: float) -> None:
        """Returns when a node that lives counts in each room those who are connected, and no more."""
        others = [node for node in self.town.nodes if node.is_running]
        desk = Desk([Target("127.0.0.1", others[0].port, is_tls=False)])
        try:
            await desk.sign_in(TEACHER, PASSWORD)
            while asyncio.get_running_loop().time() - began_s < GHOSTS_WITHIN_S:
                here = Counter(pupil.pin for pupil in self.pupils() if pupil.is_connected)
                rooms = (await desk.call("GET", "/api/v1/admin/overview"))["stats"]["rooms"]
                if all(room["connected"] <= here[room["pin"]] for room in rooms if room["pin"] in here):
                    return
                await asyncio.sleep(GHOSTS_EVERY_S)
        finally:
            desk.close()

    async def _burst(self, node: NodeProcess) -> None:
        """Returns when somebody at this node has just got a receipt."""
        before = self._receipts(node)
        for _ in range(round(BURST_WITHIN_S / LOOK_EVERY_S)):
            if self._receipts(node) > before + 1:
                return
            await asyncio.sleep(LOOK_EVERY_S)

    def _receipts(self, node: NodeProcess) -> int:
        return sum(len(pupil.settled) for pupil in self.pupils() if pupil.node == node.name)

    async def _kill(self, node: NodeProcess, fault: Fault) -> None:
        self.journal.note(killed=node.name)
        await asyncio.to_thread(node.kill)
        await asyncio.sleep(fault.lasts_s / 4)
        await asyncio.to_thread(node.start)
        self.give_back(node)
