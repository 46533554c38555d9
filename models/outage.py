"""The database goes away and comes back: how long writes wait for it, and how far a transaction had got."""

import threading
import time
from types import TracebackType

import peewee

from models.engine import begin_writing

RETRY_EVERY_S = 0.25


class Outage:
    """From the first failure to the next success. `wait` belongs to the writer's thread, `give_up` to any."""

    def __init__(self, patience_s: float) -> None:
        self._patience_s = patience_s
        self._began_s: float | None = None
        self._is_over = threading.Event()  # of the process's patience: it stops

    def wait(self) -> bool:
        """A moment before the next attempt; False when it has lasted too long, or the process wants to end."""
        now_s = time.monotonic()
        if self._began_s is None:
            self._began_s = now_s
        if now_s - self._began_s >= self._patience_s:
            return False
        return not self._is_over.wait(RETRY_EVERY_S)

    def end(self) -> None:
        self._began_s = None

    def give_up(self) -> None:
        self._is_over.set()


class Transaction:
    """A write transaction that knows whether it had begun to commit when something went wrong."""

    def __init__(self, engine: peewee.Database) -> None:
        self._engine = engine
        self.is_committing = False

    def __enter__(self) -> None:
        self._engine.connect(reuse_if_open=True)
        self._transaction = begin_writing(self._engine)
        self._transaction.__enter__()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.is_committing = kind is None
        self._transaction.__exit__(kind, error, trace)
