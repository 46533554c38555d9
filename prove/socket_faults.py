"""What happens to people's sockets: reset, not read, the network between gone, slow or silent, silent for good."""

import asyncio
import base64

from load.frames import request
from prove.fault_base import FaultBase
from prove.people import Pupil
from prove.schedule import Fault

SLOW_MOST = 0.15
SILENT = 10
SILENT_WITHIN_S = 30.0


class SocketFaults(FaultBase):
    """Strikes pupils; the teacher is struck where a node's whole network is."""

    async def sockets_reset(self, fault: Fault) -> None:
        """A share of all sockets at the same instant: an access point restarts."""
        there = [pupil for pupil in self.pupils() if pupil.is_connected]
        for pupil in self.rng.sample(there, round(len(there) * fault.share)):
            pupil.reset()

    async def sockets_reset_all(self, fault: Fault) -> None:
        """All of them, and all come back at once."""
        there = [pupil for pupil in self.pupils() if pupil.is_connected]
        self.journal.note(reset=len(there))
        for pupil in there:
            pupil.first_delay_s = 0.0
            pupil.reset()

    async def sockets_slow(self, fault: Fault) -> None:
        """Some read nothing for a while."""
        there = [pupil for pupil in self.pupils() if pupil.is_connected]
        for pupil in self.rng.sample(there, round(len(there) * fault.share * SLOW_MOST)):
            pupil.hold(fault.lasts_s)

    async def clients_cut(self, fault: Fault) -> None:
        """Everybody of one node is reset, and nobody gets there."""
        await self.through_proxy(fault, "clients", "cut")

    async def clients_black_hole(self, fault: Fault) -> None:
        """Nothing arrives on either side, until it all does."""
        await self.through_proxy(fault, "clients", "black_hole")

    async def clients_delay(self, fault: Fault) -> None:
        """Everybody of one node is far away."""
        await self.through_proxy(fault, "clients", "delay", fault.share / 3)

    async def peer_silent(self, fault: Fault) -> None:
        """A second socket of some, that never says a word, not even a pong."""
        await asyncio.gather(*(self._fall_silent(pupil) for pupil in self.pupils()[:SILENT]))

    async def _fall_silent(self, pupil: Pupil) -> None:
        target = pupil.target
        reader, writer = await asyncio.open_connection(target.host, target.port)
        key = base64.b64encode(self.rng.randbytes(16)).decode()
        writer.write(request(target.authority, "/ws", key, pupil.headers))
        loop = asyncio.get_running_loop()
        began_s = loop.time()
        try:
            async with asyncio.timeout(SILENT_WITHIN_S):
                while await reader.read(65536):
                    pass
        except OSError:
            pass  # reset, or still there when the time was over: TimeoutError is one
        self.measured("silent_gone_s", loop.time() - began_s)
        writer.close()
