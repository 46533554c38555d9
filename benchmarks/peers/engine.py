"""Our engine alone: the hub over its connections, behind Tornado's handshake, with no quiz, no log and no database."""

import argparse
import asyncio
import gc
import time
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application

from benchmarks.peers.obey import SMALL, TEXT, obey
from clock import SystemClock
from realtime.connection import Connection
from realtime.fanout import SLICE
from realtime.handover import HandoverHandler
from realtime.hub import Hub


class Member:
    """The receiver of one connection; a message of a small room is for both of it."""

    def __init__(self, hub: Hub, topic: str) -> None:
        self._hub = hub
        self._topic = topic

    def on_message(self, message: object) -> None:
        self._hub.broadcast(self._topic, SMALL, ephemeral=False)

    def on_pong(self, payload: bytes) -> None: ...

    def on_lost(self) -> None: ...


class Watch:
    """Broadcasts, and looks at the longest time in which the loop did nothing else: it asks for every turn there is."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    async def go(self) -> dict[str, float]:
        loop = asyncio.get_running_loop()
        done: asyncio.Future[None] = loop.create_future()
        worst, last, rest = 0.0, time.monotonic(), 3

        def tick() -> None:
            nonlocal worst, last, rest
            now = time.monotonic()
            worst, last = max(worst, now - last), now
            rest -= not self._hub.fanout.runs
            if rest:
                loop.call_soon(tick)
            else:
                done.set_result(None)

        # Before what the broadcast itself puts off, so that there is one slice between two ticks and not two.
        loop.call_soon(tick)
        self._hub.broadcast("crowd", TEXT, ephemeral=False)
        await done
        return {"gap_ms": worst * 1000}


async def main(transport: str, slice_size: int) -> None:
    hub, clock = Hub(16, SystemClock(), slice_size), SystemClock()
    made = 0

    class Handler(HandoverHandler):
        def open(self) -> None:
            nonlocal made
            topic = self.request.path[1:]
            made += 1
            held: Any = self.take_transport(transport)
            conn = Connection(f"c{made}", f"u{made}", "participant", {}, held, clock)
            hub.register(conn)
            hub.subscribe(conn, topic)
            held.start(Member(hub, topic))

    sockets = bind_sockets(0, "127.0.0.1", backlog=4096)
    HTTPServer(Application([("/.*", Handler)])).add_sockets(sockets)
    # As app.py serve does.
    gc.freeze()
    gc.set_threshold(50_000, 50, 100)
    await obey(
        sockets[0].getsockname()[1],
        lambda: hub.broadcast("crowd", TEXT, ephemeral=False) and None,
        {"watch": Watch(hub).go},
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--transport", default="socket", choices=["socket", "stream"])
    parser.add_argument("--slice", type=int, default=SLICE)
    args = parser.parse_args()
    asyncio.run(main(args.transport, args.slice))
