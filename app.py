"""Quizhall: starts database, node, services, jobs and Tornado in order, and stops them in reverse; see wiring.py."""

import asyncio
import gc
import logging
import os
import resource
import signal
import socket
import sys
from collections.abc import Sequence
from pathlib import Path

import peewee
from tornado.netutil import bind_sockets

from cli.commands import run
from cli.lan import lan_address
from cli.parser import parse
from cli.workers import StartFailed, Workers, WorkersLife, hold_port
from clock import Clock, DatabaseClock, SystemClock
from compiled import IS_USED
from config import Config, ConfigError, add_flags, load_config
from handlers.application import serve_http
from jobs.schedule import build_schedule
from logs import configure_logs
from models.database import Database
from models.engine import first_line, shown
from models.migrate import migrate
from realtime.broker import BrokerUnreachable
from services.catch_up import learn_time
from wiring import build_application, build_services

logger = logging.getLogger("quizhall")

ROOT = Path(__file__).resolve().parent
BACKLOG = 4096
# Database, log, listening socket, static files while they are read.
FILES_BESIDES = 100


class Running:
    """One node that serves: `start`, then `stop`, both on the loop."""

    def __init__(
        self, config: Config, sockets: list[socket.socket], clock: Clock | None = None, worker: int = 0
    ) -> None:
        self.config = config
        self.worker = worker  # the number of this node on its machine; 0 when it is the only one
        self._sockets = sockets
        self.clock = DatabaseClock(clock or SystemClock())
        self.setup_key: str | None = None

    async def start(self) -> None:
        config = self.config
        self.port: int = self._sockets[0].getsockname()[1]
        self.public_url = config.public_url or f"http://{lan_address()}:{self.port}"
        self.db = Database(config.database_url, config.sqlite_synchronous)
        await asyncio.get_running_loop().run_in_executor(None, migrate, self.db.engine)
        self.db.start()
        await learn_time(self.db, self.clock)
        # The same after a restart, so that a node does not take its own last heartbeat for somebody else's.
        node_id = f"{socket.gethostname()}:{self.port}" + (f"/{self.worker}" if self.worker else "")
        self.services = build_services(config, self.db, self.clock, self.public_url, node_id)
        await self.services.desk.quizzes.load_samples(ROOT / "samples")
        self.setup_key = await self.services.accounts.setup_key()
        await self.services.node.start()
        await self.services.orders.start()
        await self.services.inquiries.start()
        await self.services.socket_limit.start()
        self.services.notifications.start()
        await self.services.limits.counts.start()
        await self.services.recovery.recover()
        await self.services.recovery.beat()
        self._schedule = build_schedule(self.services, config.ws_inactive_after)
        self._schedule.start()
        self.services.heartbeat.start()
        self.services.loop_lag.start()
        self._server = serve_http(build_application(config, self.services), self._sockets)

    async def stop(self) -> None:
        """Takes nothing new, tells browsers to come back, stores what is on its way, and lets go of everything."""
        services = self.services
        self._server.stop()
        await self._schedule.stop()
        await services.leases.let_go()
        services.heartbeat.stop()
        services.loop_lag.stop()
        await services.rehearsals.stop()
        await services.alert_watch.stop()
        await services.draining.drain()
        await self._server.close_all_connections()
        await services.deadlines.stop()
        await services.progress.stop()
        await services.shares.stop()
        await services.catch_up.settle()
        await services.hints.settle()
        await services.live.stop()
        await services.notifications.stop()
        await services.socket_limit.stop()
        await services.inquiries.stop()
        await services.limits.counts.stop()
        await services.node.stop()
        await asyncio.get_running_loop().run_in_executor(None, self.db.stop)
        services.executor.shutdown(wait=True)


def raise_file_limit(wanted: int) -> None:
    """Each socket is an open file: takes as many as the system lets us, and says when that is too few."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    needed = wanted + FILES_BESIDES
    if most != resource.RLIM_INFINITY and most < needed:
        logger.warning("only %d files may be open; WS_MAX_CONNECTIONS=%d needs %d", most, wanted, needed)


async def serve(config: Config, sockets: list[socket.socket]) -> int:
    """Runs until SIGTERM or SIGINT; returns the exit status."""
    raise_file_limit(config.ws_max_connections)
    life = WorkersLife()
    logger.info("the hottest modules are used as %s", "machine code" if IS_USED else "Python")
    running = Running(config, sockets, worker=life.number)
    try:
        await running.start()
    except BrokerUnreachable as error:
        print(f"quizhall: REDIS_URL: {error}", file=sys.stderr)
        return 1
    except (peewee.OperationalError, peewee.InterfaceError) as error:
        where = f"DATABASE_URL: {shown(config.database_url)}"
        print(f"quizhall: {where} cannot be used: {first_line(error)}", file=sys.stderr)
        return 1
    if life.number <= 1:
        greet(running)
    # What lives from here on lives long: the collector need not look at it again.
    gc.freeze()
    gc.set_threshold(50_000, 50, 100)
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    life.on_end(stopped)
    life.say_ready()
    await stopped.wait()
    logger.info("stopping")
    await running.stop()
    return 0


async def serve_many(config: Config, argv: Sequence[str]) -> int:
    """Several processes on one port; this one holds the port and watches. Raises OSError when it is taken."""
    with hold_port(config.host, config.port) as port:
        try:
            return await Workers(argv, config.workers, port).run()
        except StartFailed as error:
            return error.status or 1


def greet(running: Running) -> None:
    """What the person at the machine needs to know, on standard output."""
    print(f"\n  Quizhall runs. Students join at  {running.public_url}", flush=True)
    if running.setup_key:
        link = f"{running.public_url}/setup?key={running.setup_key}"
        print(f"  Teachers: set up your account at {link}\n  (the link works once)", flush=True)
    else:
        print(f"  Teachers sign in at              {running.public_url}/login", flush=True)
    print("  Ctrl+C stops it.\n", flush=True)


def main(argv: Sequence[str] | None = None) -> int:
    args = parse(sys.argv[1:] if argv is None else argv, add_flags)
    try:
        config = load_config(os.environ, vars(args))
    except ConfigError as error:
        print(f"quizhall: {error}", file=sys.stderr)
        return 2
    configure_logs(config.logger_level, config.logger_encoding)
    if args.command != "serve":
        return run(args, config)
    try:
        if config.workers > 1:
            return asyncio.run(serve_many(config, sys.argv[1:] if argv is None else argv))
        sockets = bind_sockets(config.port, config.host, backlog=BACKLOG, reuse_port=WorkersLife().number > 0)
    except OSError as error:
        print(f"quizhall: cannot listen on {config.host}:{config.port}: {error.strerror}", file=sys.stderr)
        return 1
    return asyncio.run(serve(config, sockets))


if __name__ == "__main__":
    sys.exit(main())
