"""Quizhall: wires settings, database, node, services, jobs and Tornado; starts them in order, stops them in reverse."""

import asyncio
import gc
import logging
import os
import resource
import signal
import socket
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application

from cli.commands import run
from cli.lan import lan_address
from cli.parser import parse
from cli.workers import StartFailed, Workers, WorkersLife, hold_port
from clock import Clock, SystemClock
from config import Config, ConfigError, add_flags, load_config
from handlers.application import BODY_MOST, make_application
from handlers.live.commands import commands, rpc_error
from handlers.live.socket import LiveHandler, SocketLimits
from handlers.webhook import webhook
from jobs.schedule import build_schedule
from logs import configure_logs
from models.database import Database
from models.migrate import migrate
from realtime.broker import Broker, BrokerUnreachable
from realtime.broker_memory import MemoryBroker
from realtime.broker_redis import RedisBroker
from realtime.codes import CloseCode
from realtime.dispatch import Dispatcher
from realtime.heartbeat import Heartbeat
from realtime.hub import Hub
from realtime.node import Node
from realtime.presence import Presence
from services.accounts import Accounts
from services.admin_stats import AdminStats
from services.administration import Administration
from services.alerting import AlertWatch
from services.alerts import Alerts
from services.answering import Answers
from services.container import Services
from services.contents import Contents
from services.deadlines import Deadlines
from services.draining import Draining
from services.figures import Figures
from services.health import Health
from services.identity import Identity
from services.imports import Imports
from services.limits import Limits
from services.live import LiveRooms
from services.loop_lag import LoopLag
from services.node_figures import NodeFigures
from services.participants import Participants
from services.passwords import Passwords
from services.progress import Progress
from services.quizzes import Quizzes
from services.recovery import Recovery
from services.results import Results
from services.rooms import Rooms
from services.subscriptions import Subscriptions
from services.tokens import Tokens, load_or_make_secret
from services.transitions import Transitions

logger = logging.getLogger("quizhall")

ROOT = Path(__file__).resolve().parent
BACKLOG = 4096
# Database, log, listening socket, static files while they are read.
FILES_BESIDES = 100


def build_services(config: Config, db: Database, clock: Clock, public_url: str, node_id: str) -> Services:
    """All use cases over one database; nothing runs yet. To be called on the running loop."""
    executor = ThreadPoolExecutor(2, thread_name_prefix="work")
    data = Path(config.database_url.removeprefix("sqlite:///")).parent
    secret = config.jwt_secret_key
    tokens = Tokens(secret.encode() if secret else load_or_make_secret(data / "jwt_secret"), now=clock.now_ms)
    hub = Hub(config.hub_shards, clock)
    node = Node(node_id, hub, build_broker(config, node_id))
    presence = Presence(clock)
    contents = Contents()
    live = LiveRooms(db, clock, contents, hub, node, presence)
    figures, loop_lag, alert_watch = build_watch(config, db, clock, node, live)
    started_at = clock.now_ms()
    node.broker.on_gap = live.check_soon
    node_figures = NodeFigures(clock, started_at, db, node, presence, live, figures)
    transitions = Transitions(db, clock, contents, live.made)
    rooms = Rooms(db, clock, live, tokens, public_url, config.pin_digits)
    accounts = Accounts(db, tokens, clock, Passwords(executor))
    quizzes = Quizzes(db, clock)
    accounts.on_signed_out.append(lambda identity: close_sockets(hub, identity))
    draining = Draining(hub, db)
    return Services(
        db=db,
        clock=clock,
        executor=executor,
        hub=hub,
        node=node,
        presence=presence,
        heartbeat=Heartbeat(hub, clock, config.ws_ping_interval, config.ws_pong_wait),
        tokens=tokens,
        limits=Limits(config.rate_limit_login, config.rate_limit_join, config.rate_limit_ws),
        accounts=accounts,
        quizzes=quizzes,
        imports=Imports(quizzes, executor),
        live=live,
        transitions=transitions,
        rooms=rooms,
        participants=Participants(db, clock, live, rooms, tokens, presence, config.room_max_participants),
        answers=Answers(db, clock, live, figures),
        subscriptions=Subscriptions(clock, live, hub, presence),
        deadlines=Deadlines(db, clock, live, transitions, presence),
        recovery=Recovery(db, clock, transitions, node_id),
        progress=Progress(live, hub, presence),
        results=Results(db, rooms, contents),
        draining=draining,
        health=Health(db, clock, node, draining),
        public_url=public_url,
        figures=figures,
        node_figures=node_figures,
        loop_lag=loop_lag,
        alert_watch=alert_watch,
        admin_stats=AdminStats(node_figures, alert_watch, loop_lag),
        administration=Administration(db, clock, live, hub, presence, transitions),
        started_at=started_at,
    )


def close_sockets(hub: Hub, identity: Identity) -> None:
    """Those of one sign-in that has ended."""
    hub.close_user(identity.id, CloseCode.TOKEN_INVALID, jti=identity.jti)


def build_broker(config: Config, node_id: str) -> Broker:
    return RedisBroker(config.redis_url, node_id) if config.redis_url else MemoryBroker()


def build_watch(
    config: Config, db: Database, clock: Clock, node: Node, live: LiveRooms
) -> tuple[Figures, LoopLag, AlertWatch]:
    """The node's figures, where they come from, and who looks at them."""
    alerts = Alerts()
    figures = Figures(alerts.names())
    db.on_batch = figures.batch
    node.hub.on_broadcast = figures.fan_out
    live.on_delivered = figures.delivery
    node.on("", figures.broker_received)
    loop_lag = LoopLag(clock, figures.loop_lag)
    post = webhook(config.alert_webhook_url) if config.alert_webhook_url else None
    return figures, loop_lag, AlertWatch(node.id, clock, node.hub, figures, loop_lag, alerts, post)


def build_application(config: Config, services: Services) -> Application:
    """The handlers' application with the WebSocket seam in it."""
    return make_application(
        services,
        trusted_proxies=config.trusted_proxies,
        metrics_allowed=config.metrics_allowed,
        live_routes=[(r"/ws", LiveHandler)],
        dispatcher=Dispatcher(commands(services), rpc_error),
        socket_limits=SocketLimits(
            max_connections=config.ws_max_connections,
            max_connections_per_ip=config.ws_max_connections_per_ip,
            queue_low=config.ws_queue_low,
            queue_high=config.ws_queue_high,
            allowed_origins=config.allowed_origins,
            transport=config.ws_transport,
        ),
        websocket_max_message_size=config.ws_max_message_size,
    )


class Running:
    """One node that serves: `start`, then `stop`, both on the loop."""

    def __init__(
        self, config: Config, sockets: list[socket.socket], clock: Clock | None = None, worker: int = 0
    ) -> None:
        self.config = config
        self.worker = worker  # the number of this node on its machine; 0 when it is the only one
        self._sockets = sockets
        self.clock = clock or SystemClock()
        self.setup_key: str | None = None

    async def start(self) -> None:
        config = self.config
        self.port: int = self._sockets[0].getsockname()[1]
        self.public_url = config.public_url or f"http://{lan_address()}:{self.port}"
        self.db = Database(config.database_url)
        await asyncio.get_running_loop().run_in_executor(None, migrate, self.db.engine)
        self.db.start()
        # The same after a restart, so that a node does not take its own last heartbeat for somebody else's.
        node_id = f"{socket.gethostname()}:{self.port}" + (f"/{self.worker}" if self.worker else "")
        self.services = build_services(config, self.db, self.clock, self.public_url, node_id)
        await self.services.quizzes.load_samples(ROOT / "samples")
        self.setup_key = await self.services.accounts.setup_key()
        await self.services.node.start()
        await self.services.recovery.recover()
        await self.services.recovery.beat()
        self._schedule = build_schedule(self.services, config.ws_inactive_after)
        self._schedule.start()
        self.services.heartbeat.start()
        self.services.loop_lag.start()
        self._server = HTTPServer(build_application(config, self.services), max_body_size=BODY_MOST)
        self._server.add_sockets(self._sockets)

    async def stop(self) -> None:
        """Takes nothing new, tells browsers to come back, stores what is on its way, and lets go of everything."""
        services = self.services
        self._server.stop()
        await self._schedule.stop()
        services.heartbeat.stop()
        services.loop_lag.stop()
        await services.alert_watch.stop()
        await services.draining.drain()
        await self._server.close_all_connections()
        await services.deadlines.stop()
        services.progress.stop()
        await services.live.stop()
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
    running = Running(config, sockets, worker=life.number)
    try:
        await running.start()
    except BrokerUnreachable as error:
        print(f"quizhall: REDIS_URL: {error}", file=sys.stderr)
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
