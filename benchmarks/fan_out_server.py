"""One server to be measured by fan_out.py: `fan_out_server.py VARIANT CORE`. Told on stdin, answers on stdout."""

import asyncio
import ctypes
import gc
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application
from tornado.websocket import WebSocketHandler
from websockets.asyncio.server import broadcast, serve

from clock import SystemClock
from realtime.connection import Connection
from realtime.handover import HandoverHandler
from realtime.hub import Hub
from realtime.transport_socket import SocketTransport

TEXT = json.dumps({"jsonrpc": "2.0", "method": "round.opened", "params": {"room": "482913", "x": "y" * 215}})
FLOOR = """
#include <sys/socket.h>
int send_all(const int *fds, int n, const char *frame, int size) {
    int sent = 0;
    for (int i = 0; i < n; i++) sent += send(fds[i], frame, size, MSG_DONTWAIT) == size;
    return sent;
}
"""


class Deaf:
    """A receiver that wants nothing."""

    def on_message(self, message: object) -> None: ...

    def on_pong(self, payload: bytes) -> None: ...

    def on_lost(self) -> None: ...


class Engine:
    """Our hub over our connections; `choice` says who holds the socket."""

    def __init__(self, choice: str, slice_size: int = 250) -> None:
        self.choice = choice
        self.hub = Hub(16, SystemClock(), slice_size)
        self.floor: Callable[[], None] | None = None

    async def start(self) -> int:
        engine = self
        deaf = Deaf()

        class Handler(HandoverHandler):
            def open(self) -> None:
                number = sum(s["connections"] for s in engine.hub.stats().values())
                transport = self.take_transport(engine.choice)
                assert transport is not None
                conn = Connection(f"c{number}", f"u{number}", "participant", {}, transport, SystemClock())
                engine.hub.register(conn)
                engine.hub.subscribe(conn, "t")
                transport.start(deaf)

        return listen(Application([("/", Handler)]))

    def go(self) -> None:
        self.hub.broadcast("t", TEXT, ephemeral=False)

    def is_done(self) -> bool:
        return not self.hub.fanout.runs

    def send_floor(self) -> None:
        """A bare loop of send(2) in C over the same sockets."""
        if self.floor is None:
            folder = tempfile.mkdtemp()
            Path(folder, "floor.c").write_text(FLOOR)
            subprocess.run(["cc", "-O2", "-shared", "-fPIC", "-o", "floor.so", "floor.c"], cwd=folder, check=True)
            library = ctypes.CDLL(str(Path(folder, "floor.so")))
            frame = b"\x81\x7e" + len(TEXT).to_bytes(2, "big") + TEXT.encode()
            sockets = [c.transport._sock for c in self.hub.connections() if isinstance(c.transport, SocketTransport)]
            fds = (ctypes.c_int * len(sockets))(*(sock.fileno() for sock in sockets))
            self.floor = lambda: library.send_all(fds, len(fds), frame, len(frame))
            shutil.rmtree(folder)
        self.floor()


class Naive:
    """What Tornado's documentation shows: write_message in a loop."""

    def __init__(self) -> None:
        self.handlers: list[WebSocketHandler] = []

    async def start(self) -> int:
        handlers = self.handlers

        class Handler(WebSocketHandler):
            def open(self) -> None:
                handlers.append(self)

        return listen(Application([("/", Handler)]))

    def go(self) -> None:
        for handler in self.handlers:
            handler.write_message(TEXT)

    def is_done(self) -> bool:
        return True


class Websockets:
    """The websockets library's own broadcast, without compression."""

    def __init__(self) -> None:
        self.connections: set[Any] = set()

    async def start(self) -> int:
        async def handle(connection: Any) -> None:
            self.connections.add(connection)
            await connection.wait_closed()

        self.server = await serve(handle, "127.0.0.1", 0, compression=None, ping_interval=None, backlog=4096)
        return int(next(iter(self.server.sockets)).getsockname()[1])

    def go(self) -> None:
        broadcast(self.connections, TEXT)

    def is_done(self) -> bool:
        return True


def listen(application: Application) -> int:
    sockets = bind_sockets(0, "127.0.0.1", backlog=4096)
    HTTPServer(application).add_sockets(sockets)
    return int(sockets[0].getsockname()[1])


VARIANTS: dict[str, Callable[[], Any]] = {
    "socket": lambda: Engine("socket"),
    "stream": lambda: Engine("stream"),
    "websockets": Websockets,
    "tornado naive": Naive,
    "socket unsliced": lambda: Engine("socket", 1_000_000),
}


def resident_kib() -> int:
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1])


class Meter:
    """Does one broadcast and looks at the longest time in which the loop did nothing else.

    By the clock, and by the CPU time of the thread, which other programs on the core do not touch.
    """

    def __init__(self, server: Any) -> None:
        self.server = server

    def run(self, what: str) -> None:
        self.began = self.last = time.monotonic()
        self.last_cpu = time.thread_time()
        self.worst = self.worst_cpu = 0.0
        self.turns_after = 0
        self.cpu = time.process_time()
        # Before what the broadcast itself puts off, so that there is one slice between two ticks and not two.
        asyncio.get_running_loop().call_soon(self.tick)
        (self.server.send_floor if what == "floor" else self.server.go)()

    def tick(self) -> None:
        now, cpu = time.monotonic(), time.thread_time()
        self.worst, self.last = max(self.worst, now - self.last), now
        self.worst_cpu, self.last_cpu = max(self.worst_cpu, cpu - self.last_cpu), cpu
        self.turns_after += self.server.is_done()
        if self.turns_after < 3:
            asyncio.get_running_loop().call_soon(self.tick)
            return
        used = time.process_time() - self.cpu
        gaps = {"gap_ms": self.worst * 1000, "gap_cpu_ms": self.worst_cpu * 1000}
        say({"began": self.began, "cpu_ms": used * 1000, **gaps})


def say(answer: dict[str, Any]) -> None:
    print(json.dumps(answer), flush=True)


async def main(variant: str, core: int) -> None:
    if core >= 0:
        os.sched_setaffinity(0, {core})
    server = VARIANTS[variant]()
    port = await server.start()
    gc.freeze()
    gc.set_threshold(50_000, 50, 100)
    meter = Meter(server)
    loop = asyncio.get_running_loop()
    over = loop.create_future()

    def on_line() -> None:
        line = sys.stdin.readline().strip()
        if line in ("go", "floor"):
            meter.run(line)
        elif line == "memory":
            gc.collect()
            say({"resident_kib": resident_kib()})
        elif not over.done():
            over.set_result(None)

    loop.add_reader(sys.stdin, on_line)
    say({"port": port, "resident_kib": resident_kib(), "size": len(TEXT)})
    await over
    os._exit(0)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
