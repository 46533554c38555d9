"""Builds a node out of its parts: broker, hub, services, figures and the handlers' application. Starts nothing."""

from concurrent.futures import Executor, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from limits.aio.storage import RedisStorage
from redis.asyncio import ConnectionPool
from tornado.web import Application

from clock import Clock, DatabaseClock
from config import Config
from handlers.application import make_application
from handlers.live.commands import commands, rpc_error
from handlers.live.entrance import Entrance, SocketLimits
from handlers.live.short_way import ShortWay
from handlers.live.socket import LiveHandler
from handlers.mail import mailer
from handlers.webhook import webhook
from models.database import Database
from models.engine import file_of, is_postgres
from realtime.broker import Broker
from realtime.broker_memory import MemoryBroker
from realtime.broker_redis import RedisBroker
from realtime.counts import Counts
from realtime.counts_redis import RedisCounts, counts_pool
from realtime.dispatch import Dispatcher
from realtime.heartbeat import Heartbeat
from realtime.hub import Hub
from realtime.node import Node
from realtime.once_redis import RedisOnce
from realtime.presence import Presence
from services.account_admin import AccountAdmin
from services.accounts import Accounts
from services.addresses import Addresses
from services.admin_rooms import AdminRooms
from services.admin_stats import AdminStats
from services.administration import Administration
from services.alerting import AlertWatch
from services.alerts import Alerts
from services.answering import Answers
from services.audit import Audit
from services.catch_up import CatchUp
from services.clouds import Clouds
from services.container import Services
from services.contents import Contents
from services.deadlines import Deadlines
from services.desk import build_desk
from services.doorkeeper import Doorkeeper
from services.draining import Draining
from services.figures import Figures
from services.health import Health
from services.hints import Hints
from services.inquiries import Inquiries
from services.invitations import Invitations
from services.leases import Leases
from services.letters import Letters
from services.limit_figures import LimitFigures
from services.limits import Limits
from services.live import LiveRooms
from services.loop_lag import LoopLag
from services.name_maker import NameMaker
from services.names import Names
from services.node_figures import NodeFigures
from services.notifications import Notifications
from services.orders import Orders
from services.own_account import OwnAccount
from services.participants import Participants
from services.password_resets import PasswordResets
from services.passwords import Passwords
from services.people import People
from services.progress import Progress
from services.recovery import Recovery
from services.rehearsal import Rehearsals
from services.room_people import RoomPeople
from services.room_sweep import RoomSweep
from services.rooms import Rooms
from services.round_notes import RoundNotes
from services.sample_class import SampleClass
from services.shares import Shares
from services.sign_ins import SignIns
from services.sign_ups import SignUps
from services.socket_limit import SocketLimit
from services.subscriptions import Subscriptions
from services.tickets import Tickets
from services.tokens import Tokens, load_or_make_secret
from services.transitions import Transitions
from services.user_events import UserEvents


def build_services(
    config: Config, db: Database, clock: DatabaseClock, public_url: str, node_id: str, broker: Broker | None = None
) -> Services:
    """All use cases over one database; nothing runs yet. To be called on the running loop."""
    executor, pool = ThreadPoolExecutor(2, thread_name_prefix="work"), build_pool(config)
    secret, hub, contents = build_secret(config), Hub(config.hub_shards, clock), Contents()
    tokens, node = Tokens(secret, now=clock.now_ms), Node(node_id, hub, broker or build_broker(config, node_id))
    presence, live, hints, catch_up, shares, subscriptions, progress = build_live(db, clock, contents, node)
    figures, loop_lag, alert_watch = build_watch(config, db, clock, node, live)
    node_figures = NodeFigures(clock, clock.now_ms(), db, node, presence, live, figures)
    transitions, inquiries, draining = Transitions(db, clock, contents, live.made), Inquiries(node), Draining(hub, db)
    orders, rooms = Orders(node), Rooms(db, clock, live, tokens, public_url, config.pin_digits)
    in_rooms, names = RoomPeople(live, hub, presence, inquiries), Names(live, transitions, NameMaker(secret, db))
    accounts, people = build_accounts(config, db, clock, tokens, executor, orders, public_url)
    return Services(
        db=db,
        clock=clock,
        executor=executor,
        hub=hub,
        node=node,
        presence=presence,
        heartbeat=Heartbeat(hub, clock, config.ws_ping_interval, config.ws_pong_wait),
        tokens=tokens,
        tickets=build_tickets(secret, clock, pool),
        limits=build_limits(config, clock, figures, pool),
        leases=Leases(db, clock, node_id),
        accounts=accounts,
        people=people,
        doorkeeper=Doorkeeper(accounts, live, hub),
        addresses=Addresses(hub),
        desk=build_desk(db, clock, executor, rooms, contents, orders, config.retention_days),
        live=live,
        hints=hints,
        catch_up=catch_up,
        shares=shares,
        transitions=transitions,
        rooms=rooms,
        round_notes=RoundNotes(db, live, rooms, in_rooms),
        room_sweep=RoomSweep(clock, live, hub, orders),
        **play(config, db, clock, tokens, hub, presence, live, transitions, rooms, in_rooms, names, figures, inquiries),
        subscriptions=subscriptions,
        deadlines=Deadlines(db, clock, live, catch_up, transitions, presence, shares),
        recovery=Recovery(db, clock, transitions, node_id),
        progress=progress,
        draining=draining,
        health=Health(db, clock, node, draining),
        public_url=public_url,
        figures=figures,
        node_figures=node_figures,
        loop_lag=loop_lag,
        alert_watch=alert_watch,
        admin_stats=AdminStats(node_figures, alert_watch, loop_lag, inquiries),
        administration=Administration(db, clock, live, transitions, orders, AdminRooms(db, live, in_rooms)),
        orders=orders,
        inquiries=inquiries,
        socket_limit=SocketLimit(node),
        notifications=Notifications(db, clock, UserEvents(node, clock, figures.notice), people, config.service_token),
        started_at=node_figures.started_at,
    )


def build_pool(config: Config) -> ConnectionPool | None:
    """What limits and tickets ask Redis through; None on a node alone."""
    return counts_pool(config.redis_url) if config.redis_url else None


def build_live(
    db: Database, clock: DatabaseClock, contents: Contents, node: Node
) -> tuple[Presence, LiveRooms, Hints, CatchUp, Shares, Subscriptions, Progress]:
    """The rooms held and their people, what keeps them up to date with the other nodes, and who is told."""
    presence = Presence(clock)
    hints = Hints(node)
    live = LiveRooms(db, clock, contents, node.hub, hints, presence)
    catch_up = CatchUp(db, clock, live, hints, node, presence)
    node.broker.on_gap = catch_up.check_soon
    shares = Shares(clock, live, catch_up, node, presence)
    subscriptions = Subscriptions(clock, live, catch_up, node.hub, presence)
    clouds = Clouds(db, live, node.hub, presence, subscriptions)
    return presence, live, hints, catch_up, shares, subscriptions, Progress(db, live, node.hub, presence, clouds)


def play(
    config: Config,
    db: Database,
    clock: Clock,
    tokens: Tokens,
    hub: Hub,
    presence: Presence,
    live: LiveRooms,
    transitions: Transitions,
    rooms: Rooms,
    in_rooms: RoomPeople,
    names: Names,
    figures: Figures,
    inquiries: Inquiries,
) -> dict[str, Any]:
    """What people in a room do, and those who are made up."""
    participants = Participants(db, clock, live, rooms, tokens, in_rooms, names, config.room_max_participants)
    answers = Answers(db, clock, live, figures)
    class_of = partial(SampleClass, live, presence, participants, answers)
    rehearsals = Rehearsals(db, clock, hub, live, transitions, rooms, inquiries, class_of)
    return {"participants": participants, "answers": answers, "rehearsals": rehearsals}


def build_accounts(
    config: Config, db: Database, clock: Clock, tokens: Tokens, executor: Executor, orders: Orders, public_url: str
) -> tuple[Accounts, People]:
    """Who may sign in, and all that concerns them; what ends a sign-in closes its sockets."""
    passwords, audit, sign_ins = Passwords(executor), Audit(db, clock), SignIns(db, tokens, clock)
    sign_ins.on_ended.append(orders.sign_out)
    accounts = Accounts(db, tokens, clock, passwords, sign_ins)
    letters = Letters(mailer(config.smtp_url, config.smtp_from) if config.smtp_url and config.smtp_from else None)
    is_open = config.registration == "open"
    return accounts, People(
        sign_ins=sign_ins,
        own=OwnAccount(db, accounts, passwords, sign_ins),
        invitations=Invitations(db, clock, accounts, sign_ins, audit, letters, config.registration, public_url),
        sign_ups=SignUps(db, clock, accounts, letters, is_open=is_open, public_url=public_url),
        letters=letters,
        resets=PasswordResets(db, clock, passwords, sign_ins, audit, public_url, letters),
        admin=AccountAdmin(db, clock, sign_ins, audit, orders),
    )


def build_secret(config: Config) -> bytes:
    """What tokens and tickets are signed with: the same on all nodes."""
    data = file_of(config.database_url).parent if not is_postgres(config.database_url) else Path("data")
    return config.jwt_secret_key.encode() if config.jwt_secret_key else load_or_make_secret(data / "jwt_secret")


def build_broker(config: Config, node_id: str) -> Broker:
    return RedisBroker(config.redis_url, node_id) if config.redis_url else MemoryBroker()


def build_tickets(secret: bytes, clock: Clock, pool: ConnectionPool | None) -> Tickets:
    """Each is worth one handshake: on this node, and with Redis on all of them."""
    once = RedisOnce(pool, "quizhall:ticket:", "tickets") if pool is not None else None
    return Tickets(secret, now=clock.now_ms, take=once.take if once else None)


def build_limits(config: Config, clock: Clock, figures: Figures, pool: ConnectionPool | None) -> Limits:
    """Counted over all nodes with REDIS_URL, in this node's memory without it."""

    def now_s() -> float:
        return clock.now_ms() / 1000

    told = LimitFigures(figures.registry)
    counts, shared = Counts(now_s), None
    if pool is not None:
        counts = RedisCounts(pool, now_s)
        counts.on_change = told.shared
        shared = RedisStorage(config.redis_url, implementation="redispy", connection_pool=pool)
    limits = Limits(
        counts,
        login=config.rate_limit_login,
        join=config.rate_limit_join,
        ws=config.rate_limit_ws,
        api=config.rate_limit_api,
        sign_up=config.rate_limit_sign_up,
        shared=shared,
    )
    limits.on_refused = told.refused
    return limits


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
    return figures, loop_lag, AlertWatch(node, clock, figures, loop_lag, alerts, post)


def build_application(config: Config, services: Services) -> Application:
    """The handlers' application with the WebSocket seam in it."""
    limits = SocketLimits(
        max_connections=config.ws_max_connections,
        max_connections_per_ip=config.ws_max_connections_per_ip,
        max_message_size=config.ws_max_message_size,
        queue_low=config.ws_queue_low,
        queue_high=config.ws_queue_high,
        allowed_origins=config.allowed_origins,
        transport=config.ws_transport,
    )
    entrance = Entrance(services, limits, Dispatcher(commands(services), rpc_error))
    application = make_application(
        services,
        trusted_proxies=config.trusted_proxies,
        metrics_allowed=config.metrics_allowed,
        live_routes=[(r"/ws", LiveHandler)],
        entrance=entrance,
        websocket_max_message_size=config.ws_max_message_size,
    )
    application.first = ShortWay(entrance, config.trusted_proxies)
    return application
