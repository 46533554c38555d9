"""Redis frozen, killed, emptied; its subscribers thrown out; the way to it cut, slow or silent."""

import asyncio
import http.client
import json

from redis import Redis
from redis.exceptions import RedisError

from prove.fault_base import FaultBase
from prove.node_process import NodeProcess
from prove.schedule import Fault

FROZEN_S = 6.0
NORMAL_WITHIN_S = 10.0
FLOOD_MESSAGES, FLOOD_BYTES = 60, 200_000
SMALL_BUFFER, USUAL_BUFFER = "pubsub 65536 0 0", "pubsub 33554432 8388608 60"


class RedisFaults(FaultBase):
    """Each ends with a Redis that answers."""

    async def redis_freeze(self, fault: Fault) -> None:
        """SIGSTOP: no connection ends, nothing answers."""
        async with self.redis_turn:
            self.town.redis.freeze()
            await asyncio.sleep(fault.lasts_s)
            self.town.redis.thaw()

    async def redis_freeze_long(self, fault: Fault) -> None:
        """The same, and how soon every node says so, and how soon all is well again."""
        self.town.redis.freeze()
        began_s = asyncio.get_running_loop().time()
        noticed = asyncio.gather(*(self._until(node, "unhealthy", FROZEN_S) for node in self.town.nodes))
        for seconds in await noticed:
            self.measured("frozen_noticed_s", seconds)
        await asyncio.sleep(max(0.0, began_s + FROZEN_S - asyncio.get_running_loop().time()))
        self.town.redis.thaw()
        for seconds in await asyncio.gather(
            *(self._until(node, "healthy", NORMAL_WITHIN_S) for node in self.town.nodes)
        ):
            self.measured("frozen_normal_s", seconds)

    async def redis_restart(self, fault: Fault) -> None:
        """Killed, and an empty one in its place."""
        async with self.redis_turn:
            await asyncio.to_thread(self.town.redis.kill)
            await asyncio.sleep(fault.lasts_s / 2)
            await asyncio.to_thread(self.town.redis.start)

    async def redis_flush(self, fault: Fault) -> None:
        """All keys gone."""
        await self._command("FLUSHALL")

    async def redis_drop_subscribers(self, fault: Fault) -> None:
        """Every subscription ends at once."""
        await self._command("CLIENT KILL TYPE pubsub")

    async def redis_overflow(self, fault: Fault) -> None:
        """Subscribers that cannot take what is published are thrown out by Redis itself."""
        await self._command(f'CONFIG SET client-output-buffer-limit "{SMALL_BUFFER}"')
        await asyncio.to_thread(self._flood)
        await self._command(f'CONFIG SET client-output-buffer-limit "{USUAL_BUFFER}"')

    async def redis_cut(self, fault: Fault) -> None:
        """One node's connections are reset, and new ones too."""
        await self.through_proxy(fault, "redis", "cut")

    async def redis_black_hole(self, fault: Fault) -> None:
        """What one node and Redis say to each other does not arrive, until it all does."""
        await self.through_proxy(fault, "redis", "black_hole")

    async def redis_delay(self, fault: Fault) -> None:
        """Redis is far away from one node."""
        await self.through_proxy(fault, "redis", "delay", fault.share / 4)

    async def publish_lost(self, fault: Fault) -> None:
        """No node's hint that a room has moved gets out, and no node is told so."""
        await self._swallow(fault, "swallow")

    async def both_hints_lost(self, fault: Fault) -> None:
        """Nor do the shares, which say the same by the way: only the look into the database is left."""
        await self._swallow(fault, "swallow_both")

    async def _swallow(self, fault: Fault, mode: str) -> None:
        names = [f"{node.name}.redis" for node in self.town.nodes]
        for name in names:
            self.town.proxies.tell(name, mode)
        await asyncio.sleep(fault.lasts_s)
        for name in names:
            self.town.proxies.tell(name, "open")

    async def _command(self, words: str) -> None:
        try:
            await asyncio.to_thread(self.town.redis.command, words)
        except OSError as error:
            # Another fault has it frozen or down.
            self.journal.note(missed=words, because=str(error))

    def _flood(self) -> None:
        client = Redis(port=self.town.redis.port, socket_timeout=5)
        try:
            channels = client.pubsub_channels() or [b"nobody"]
            pipeline = client.pipeline(transaction=True)
            for number in range(FLOOD_MESSAGES):
                pipeline.publish(channels[number % len(channels)], b"x" * FLOOD_BYTES)
            pipeline.execute()
        except (RedisError, OSError) as error:
            self.journal.note(missed="flood", because=str(error))
        finally:
            client.close()

    async def _until(self, node: NodeProcess, wanted: str, within_s: float) -> float:
        """How many seconds until this node's /health says so of Redis; `within_s` when it does not."""
        loop = asyncio.get_running_loop()
        began_s = loop.time()
        while loop.time() - began_s < within_s:
            if await asyncio.to_thread(_redis_is, node.port) == wanted:
                return loop.time() - began_s
            await asyncio.sleep(0.05)
        return within_s


def _redis_is(port: int) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/health")
        return str(json.loads(connection.getresponse().read())["redis"]["status"])
    except (OSError, http.client.HTTPException, ValueError):
        return "no answer"
    finally:
        connection.close()
