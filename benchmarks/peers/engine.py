"""Our engine alone: the hub over its connections, behind Tornado's handshake, with no quiz, no log and no database."""

import argparse
import asyncio
import gc
import logging
import time
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application

from benchmarks.peers.obey import SMALL, TEXT, obey, text_of
from clock import SystemClock
from realtime.connection import Connection
from realtime.fanout import SLICE
from realtime.handover import HandoverHandler
from realtime.hub import Hub


class Member:
    """The receiver of one connection; a message of a small room is for both of it."""

    def __init__(self, hub: Hub, topic: str, conn: Connection, slow: "Slow") -> None:
        self._hub = hub
        self._topic = topic
        self._conn = conn
        self._slow = slow

    def on_message(self, message: object) -> None:
        self._hub.broadcast(self._topic, SMALL, ephemeral=False)

    def on_pong(self, payload: bytes) -> None: ...

    def on_lost(self) -> None:
        self._slow.freed(self._conn.id)
        self._hub.unregister(self._conn)


class Slow(logging.Handler):
    """Who passed the mark, as the log says it, and when their sockets were free; and all that the log says."""

    def __init__(self) -> None:
        super().__init__()
        self._passed_s: dict[str, float] = {}
        self._took_s: dict[str, float] = {}
        self._lines = 0

    def emit(self, record: logging.LogRecord) -> None:
        self._lines += 1
        if (conn_id := getattr(record, "connection", None)) is not None:
            self._passed_s[conn_id] = time.monotonic()

    def freed(self, conn_id: str) -> None:
        if conn_id in self._passed_s:
            self._took_s[conn_id] = time.monotonic() - self._passed_s[conn_id]

    def left(self) -> dict[str, float]:
        worst_s = max(self._took_s.values(), default=0.0)
        return {"passed": len(self._passed_s), "freed": len(self._took_s), "worst_s": worst_s, "lines": self._lines}


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


async def main(transport: str, slice_size: int, text: str) -> None:
    hub, clock = Hub(16, SystemClock(), slice_size), SystemClock()
    slow = Slow()
    # What a service that logs from INFO on would say.
    for name in ("realtime", "asyncio"):
        logging.getLogger(name).addHandler(slow)
        logging.getLogger(name).setLevel(logging.INFO)
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
            held.start(Member(hub, topic, conn, slow))

    sockets = bind_sockets(0, "127.0.0.1", backlog=4096)
    HTTPServer(Application([("/.*", Handler)])).add_sockets(sockets)
    # As app.py serve does.
    gc.freeze()
    gc.set_threshold(50_000, 50, 100)
    await obey(
        sockets[0].getsockname()[1],
        lambda: hub.broadcast("crowd", text, ephemeral=False) and None,
        {"watch": Watch(hub).go, "left": slow.left},
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--transport", default="socket", choices=["socket", "stream"])
    parser.add_argument("--slice", type=int, default=SLICE)
    parser.add_argument("--text-size", type=int, default=len(TEXT))
    args = parser.parse_args()
    asyncio.run(main(args.transport, args.slice, text_of(args.text_size)))
