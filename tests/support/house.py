"""A whole node without its HTTP server: real services over a real SQLite file, with a clock that tests move."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path

from databases import database_url
from recording import texts_of

from clock import DatabaseClock, ManualClock
from config import Config
from models.accounts import account_by_email
from models.database import Database
from models.engine import proxy
from models.migrate import migrate
from realtime.broker import Broker
from realtime.broker_memory import MemoryBroker, MemoryBus
from realtime.connection import Connection
from services.container import Services
from services.identity import Identity
from services.taken import StoredAnswer
from wiring import build_services

START_MS = 1_700_000_000_000
UNTIL_S = 10.0


class FakeTransport:
    """Keeps what was sent, as text."""

    queued = 0

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.closed: int | None = None

    def attach(self, outlet: object) -> None:
        pass

    def start(self, receiver: object) -> None:
        pass

    def write(self, frame: bytes) -> None:
        self.sent += texts_of(frame)

    def ping(self, payload: bytes) -> None:
        pass

    def pause_reading(self) -> None:
        pass

    def resume_reading(self) -> None:
        pass

    def close(self, code: int, reason: str) -> None:
        self.closed = code

    def drop(self, code: int, reason: str) -> None:
        self.closed = code

    def abort(self) -> None:
        self.closed = 1006


class HandClock:
    """A DatabaseClock that is moved by tests alone, whatever the database's clock says."""

    def __init__(self, own: ManualClock) -> None:
        clock = DatabaseClock(own)
        self.now_ms, self.monotonic_s, self.offset_ms = clock.now_ms, clock.monotonic_s, clock.offset_ms

    def set_by(self, database_ms: float, asked_s: float, answered_s: float) -> None:
        pass


class House:
    def __init__(self, services: Services, clock: ManualClock) -> None:
        self.services = services
        self.clock = clock
        self._connections = 0

    async def teacher(self, email: str = "t@school.example") -> Identity:
        return await self._account(email, "Teacher", "teacher")

    async def admin(self, email: str = "root@school.example") -> Identity:
        return await self._account(email, "Root", "admin")

    async def _account(self, email: str, name: str, role: str) -> Identity:
        await self.services.accounts.create(email, name, role, "a long password")
        return await self.sign_in(email)

    async def sign_in(self, email: str) -> Identity:
        """Somebody who has an account, on one more device."""
        account = await self.services.db.read(account_by_email, email)
        token = await self.services.people.sign_ins.begin(account)
        return await self.services.accounts.authenticate(token)

    async def room(self, teacher: Identity, *questions: dict, **settings) -> dict:
        """{id, pin, join_url, epoch} of a new room."""
        quiz = await self.services.desk.quizzes.create(teacher, {"title": "Test", "questions": list(questions)})
        return await self.services.rooms.create(teacher, quiz["id"], settings)

    async def seat(self, pin: str, nickname: str) -> tuple[Identity, Connection]:
        """A participant who has joined and subscribed."""
        seat = await self.services.participants.join(pin, nickname)
        identity = await self.services.accounts.authenticate(seat["token"])
        connection = self.connect(identity)
        await self.services.subscriptions.subscribe(connection, identity, pin, None, None)
        return identity, connection

    def connect(self, identity: Identity) -> Connection:
        self._connections += 1
        claims = {"identity": identity, "room": identity.room, "jti": identity.jti}
        connection = Connection(
            f"c{self._connections}", identity.id, identity.role, claims, FakeTransport(), self.clock
        )
        self.services.hub.register(connection)
        return connection

    async def answer(self, pin: str, who: Identity, number: int, answer: dict, submission: str = "s1") -> StoredAnswer:
        live = await self.services.live.by_pin(pin)
        return await self.services.answers.submit(live, who.id, number, answer, submission, 0)


@contextlib.asynccontextmanager
async def house(folder: Path, clock: ManualClock | None = None, **settings) -> AsyncIterator[House]:
    """Opens the database in `folder`; opened twice it is the same database after a restart."""
    async with houses(folder, clock, count=1, **settings) as (here,):
        yield here


@contextlib.asynccontextmanager
async def houses(
    folder: Path, clock: ManualClock | None = None, *, count: int = 2, **settings
) -> AsyncIterator[tuple[House, ...]]:
    """Several nodes of one database, over one bus or over the Redis of `redis_url`; each has threads of its own."""
    clock = clock or ManualClock(START_MS)
    config = Config(database_url=database_url(folder), **settings)
    bus = MemoryBus() if count > 1 and not config.redis_url else None
    async with contextlib.AsyncExitStack() as stack:
        first = Database(config.database_url, config.sqlite_synchronous)
        migrate(first.engine)
        opened = []
        for number in range(1, count + 1):
            db = first if number == 1 else Database(config.database_url, config.sqlite_synchronous)
            # The tables know one engine; it has a connection for each thread.
            db.engine = first.engine
            proxy.initialize(first.engine)
            broker = MemoryBroker(bus) if bus else None
            opened.append(await stack.enter_async_context(_opened(config, db, clock, f"node-{number}", broker)))
        yield tuple(opened)


@contextlib.asynccontextmanager
async def _opened(
    config: Config, db: Database, clock: ManualClock, node_id: str, broker: Broker | None
) -> AsyncIterator[House]:
    db.start()
    services = build_services(config, db, HandClock(clock), "http://quiz.example", node_id, broker)
    await services.node.start()
    await services.orders.start()
    await services.inquiries.start()
    await services.socket_limit.start()
    services.notifications.start()
    try:
        yield House(services, clock)
    finally:
        await services.rehearsals.stop()
        await services.deadlines.stop()
        await services.progress.stop()
        await services.shares.stop()
        await services.catch_up.settle()
        await services.live.stop()
        await services.hints.settle()
        await services.notifications.stop()
        await services.socket_limit.stop()
        await services.inquiries.stop()
        await services.node.stop()
        await services.alert_watch.stop()
        db.stop()
        services.executor.shutdown(wait=True)


async def until(holds: Callable[[], object], what: str = "it") -> None:
    """Lets the nodes go on until something holds; what is said over a real Redis or a timer has no turn to wait for."""
    end_s = time.monotonic() + UNTIL_S
    while not holds():
        assert time.monotonic() < end_s, f"{what} did not come to be within {UNTIL_S} s"
        await asyncio.sleep(0.002)
