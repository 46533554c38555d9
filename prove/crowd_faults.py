"""Strangers who have a room's PIN, and a class that wants to get in beside them."""

import asyncio
import itertools
import json
from typing import Any

from load.plan import Target
from prove.desk import Desk
from prove.fault_base import FaultBase
from prove.schedule import Fault
from prove.town import PASSWORD, TEACHER

BOTS, PUPILS = 1000, 40
AT_ONCE = 100
SCHOOL = "192.0.2.77"
GIVE_UP_S = 30.0


class CrowdFaults(FaultBase):
    """All say in X-Forwarded-For where they are: whoever runs this is the proxy that the nodes trust."""

    async def bots_join(self, fault: Fault) -> None:
        """A thousand join from a thousand addresses at any node, while forty behind one address want to."""
        pin = await self._room()
        names, gate = itertools.count(), asyncio.Semaphore(AT_ONCE)

        async def bot(number: int) -> None:
            async with gate:
                await self._join(pin, f"10.0.{number // 250}.{number % 250 + 1}", f"Bot {next(names)}")

        bots = [asyncio.create_task(bot(number)) for number in range(BOTS)]
        for seconds in await asyncio.gather(*(self._pupil(pin, number) for number in range(PUPILS))):
            self.measured("class_joined_s", seconds)
        await asyncio.gather(*bots)

    async def _room(self) -> str:
        desk = Desk([Target("127.0.0.1", node.port, is_tls=False) for node in self.town.nodes])
        try:
            await desk.sign_in(TEACHER, PASSWORD)
            quiz = (await desk.call("GET", "/api/v1/quizzes"))["quizzes"][0]
            room: dict[str, Any] = await desk.call("POST", "/api/v1/rooms", {"quiz_id": quiz["id"]})
            return str(room["pin"])
        finally:
            desk.close()

    async def _pupil(self, pin: str, number: int) -> float:
        """How long it took to get in, coming again when told to as the page does."""
        loop = asyncio.get_running_loop()
        began_s = loop.time()
        while loop.time() - began_s < GIVE_UP_S:
            status, again_s = await self._join(pin, SCHOOL, f"Pupil {number}")
            if status == 201:
                break
            await asyncio.sleep(again_s or 1.0)
        return loop.time() - began_s

    async def _join(self, pin: str, address: str, nickname: str) -> tuple[int, float]:
        """The status, and in how many seconds to come again; any node."""
        node = self.rng.choice(self.town.nodes)
        body = json.dumps({"nickname": nickname})
        head = f"POST /api/v1/rooms/{pin}/participants HTTP/1.1\r\nHost: 127.0.0.1:{node.port}\r\n"
        head += f"X-Forwarded-For: {address}\r\nContent-Type: application/json\r\n"
        head += f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        reader, writer = await asyncio.open_connection("127.0.0.1", node.port)
        writer.write((head + body).encode())
        answer = (await reader.read()).decode()
        writer.close()
        lines = answer.partition("\r\n\r\n")[0].lower().split("\r\n")
        again = next((line.partition(":")[2] for line in lines if line.startswith("retry-after:")), "0")
        return int(lines[0].split()[1]), float(again)
