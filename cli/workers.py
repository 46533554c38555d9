"""`WORKERS=n`: this process starts n others that share its port, watches over them, and serves nobody itself.

Each worker is a node of its own. A pipe tells it of this process's end, however that comes: no orphan keeps the port.
"""

import asyncio
import contextlib
import logging
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

logger = logging.getLogger("quizhall.workers")

# In a worker's environment: its number, and the end of the pipe that it says "ready" on and watches.
WORKER = "QUIZHALL_WORKER"
READY_FD = "QUIZHALL_READY_FD"
LIFE_FD = "QUIZHALL_LIFE_FD"

START_WITHIN_S = 60.0
STOP_WITHIN_S = 10.0
RESTART_FIRST_S = 0.5
RESTART_MOST_S = 10.0
# Who has lived this long did not die of its start.
PROVEN_S = 30.0


@contextlib.contextmanager
def hold_port(host: str, port: int) -> Iterator[int]:
    """Binds the port (0: a free one) without listening: it stays ours while no worker lives, and no connection
    lands here. Raises OSError when somebody else has it."""
    family, kind, number, _, address = socket.getaddrinfo(
        host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    with socket.socket(family, kind, number) as held:
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        held.bind(address)
        yield held.getsockname()[1]


class StartFailed(Exception):
    """The first worker ended before it was ready; it has said why."""

    def __init__(self, status: int) -> None:
        super().__init__(f"ended with status {status}")
        self.status = status


class Workers:
    """`argv` is the command line without the program; what it says of the port is overruled by `port`."""

    def __init__(self, argv: Sequence[str], count: int, port: int) -> None:
        program = str(Path(sys.argv[0]).resolve())
        self._command = [sys.executable, program, *argv, "--workers", "1", "--port", str(port)]
        self._count = count
        self._life_end, self._life = os.pipe()
        self._running: dict[int, asyncio.subprocess.Process] = {}
        self._is_stopping = asyncio.Event()

    async def run(self) -> int:
        """Until SIGTERM or SIGINT; returns the exit status. Raises StartFailed."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._is_stopping.set)
        # The first alone: it brings the database up to date and greets; the others find it done.
        await self._start(1)
        keepers = [loop.create_task(self._keep(number)) for number in range(1, self._count + 1)]
        await self._is_stopping.wait()
        for keeper in keepers:
            keeper.cancel()
        await asyncio.gather(*keepers, return_exceptions=True)
        return await self._stop()

    async def _keep(self, number: int) -> None:
        """Starts the worker again whenever it ends, at once after a long life and ever later after short ones."""
        loop = asyncio.get_running_loop()
        wait_s = RESTART_FIRST_S
        while True:
            began_s = loop.time()
            try:
                if number not in self._running:
                    await self._start(number)
                status = await self._running[number].wait()
            except StartFailed as error:
                status = error.status
            self._running.pop(number, None)
            wait_s = RESTART_FIRST_S if loop.time() - began_s >= PROVEN_S else min(wait_s * 2, RESTART_MOST_S)
            logger.error("worker %d ended with status %d; it starts again in %.1f s", number, status, wait_s)
            await asyncio.sleep(wait_s)

    async def _start(self, number: int) -> None:
        """Returns when the worker serves."""
        ready, ready_end = os.pipe()
        environment = os.environ | {WORKER: str(number), READY_FD: str(ready_end), LIFE_FD: str(self._life_end)}
        try:
            process = await asyncio.create_subprocess_exec(
                *self._command, env=environment, stdin=subprocess.DEVNULL,
                pass_fds=(ready_end, self._life_end),
            )  # fmt: skip
            self._running[number] = process
        finally:
            os.close(ready_end)
        try:
            said = await asyncio.wait_for(_read(ready), START_WITHIN_S)
        except TimeoutError:
            process.kill()
            said = b""
        if not said:
            status = await process.wait()
            self._running.pop(number, None)
            raise StartFailed(status)
        logger.info("worker %d serves as process %d", number, process.pid)

    async def _stop(self) -> int:
        logger.info("stopping %d workers", len(self._running))
        processes = list(self._running.values())
        for process in processes:
            _signal(process, signal.SIGTERM)
        try:
            await asyncio.wait_for(asyncio.gather(*(process.wait() for process in processes)), STOP_WITHIN_S)
        except TimeoutError:
            logger.error("a worker did not end within %d s and is killed", STOP_WITHIN_S)
            for process in processes:
                _signal(process, signal.SIGKILL)
            return 1
        return 0


def _signal(process: asyncio.subprocess.Process, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):  # it was faster
        process.send_signal(number)


async def _read(fd: int) -> bytes:
    """What comes through the pipe first; b"" when its other end is closed without a word."""
    loop = asyncio.get_running_loop()
    came: asyncio.Future[bytes] = loop.create_future()

    def take() -> None:
        loop.remove_reader(fd)
        came.set_result(os.read(fd, 16))

    loop.add_reader(fd, take)
    try:
        return await came
    finally:
        loop.remove_reader(fd)
        os.close(fd)


class WorkersLife:
    """A worker's side: its number, the word that it serves, and the end of who started it. A no-op elsewhere."""

    def __init__(self) -> None:
        self.number = int(os.environ.get(WORKER, "0"))

    def say_ready(self) -> None:
        if self.number:
            fd = int(os.environ[READY_FD])
            os.write(fd, b"ready")
            os.close(fd)

    def on_end(self, stop: asyncio.Event) -> None:
        """Sets `stop` when the process that started this one is gone."""
        if self.number:
            fd = int(os.environ[LIFE_FD])
            loop = asyncio.get_running_loop()

            def end() -> None:
                loop.remove_reader(fd)
                stop.set()

            loop.add_reader(fd, end)
