"""A whole node without its HTTP server: real services over a real SQLite file, with a clock that tests move."""

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

from databases import database_url

from clock import ManualClock
from config import Config
from models.database import Database
from models.migrate import migrate
from realtime.connection import Connection
from services.answering import StoredAnswer
from services.container import Services
from services.identity import Identity
from wiring import build_services

START_MS = 1_700_000_000_000


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
        head = 2 + {126: 2, 127: 8}.get(frame[1], 0)
        self.sent.append(frame[head:].decode())

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
        return await self.services.accounts.identity_of(email)

    async def room(self, teacher: Identity, *questions: dict, **settings) -> dict:
        """{id, pin, join_url, epoch} of a new room."""
        quiz = await self.services.quizzes.create(teacher, {"title": "Test", "questions": list(questions)})
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
    clock = clock or ManualClock(START_MS)
    config = Config(database_url=database_url(folder), **settings)
    db = Database(config.database_url, config.sqlite_synchronous)
    migrate(db.engine)
    db.start()
    services = build_services(config, db, clock, "http://quiz.example", "node-1")
    await services.node.start()
    await services.orders.start()
    try:
        yield House(services, clock)
    finally:
        await services.deadlines.stop()
        services.progress.stop()
        await services.live.stop()
        await services.node.stop()
        await services.alert_watch.stop()
        db.stop()
        services.executor.shutdown(wait=True)
