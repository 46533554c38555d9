"""A stage in a process of its own: its crowd's files are counted for it alone, and many can stand at the same time."""

import multiprocessing
import signal
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from benchmarks.lab.figures import Figures
from benchmarks.lab.rounds import RoundError
from benchmarks.lab.stage import Stage

# How often a stage that waits for its turn reads its sockets: a service's pings want an answer.
REST_S = 5.0


class StageError(RoundError):
    """A stage could not be set up, or a round failed; the message says why in one line."""


def _play(pipe: Connection, make: Callable[..., Stage], arguments: tuple[Any, ...]) -> None:
    """The process's own part: until the other end of the pipe is closed."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        stage = make(*arguments)
    except Exception as error:  # noqa: BLE001 - whatever it is belongs in the table as this row's reason
        pipe.send(_reason(error))
        return
    try:
        pipe.send({"kib_each": stage.kib_each})
        while (way := _next(pipe, stage)) is not None:
            try:
                pipe.send(stage.round(way))
            except Exception as error:  # noqa: BLE001 - as above
                pipe.send(_reason(error))
    finally:
        stage.end()


def _next(pipe: Connection, stage: Stage) -> str | None:
    try:
        while not pipe.poll(REST_S):
            stage.rest()
        way: str = pipe.recv()
        return way
    except EOFError:
        return None


def _reason(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".splitlines()[0]


class RemoteStage:
    """`round` and `kib_each` as the stage's own. StageError when it could not be set up."""

    def __init__(self, make: Callable[..., Stage], *arguments: Any) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, other = context.Pipe()
        self._process = context.Process(target=_play, args=(other, make, arguments))
        self._process.start()
        other.close()
        try:
            self.kib_each: float = self._hear()["kib_each"]
        except BaseException:
            self.end()
            raise

    def round(self, way: str) -> Figures:
        self._pipe.send(way)
        return self._hear()

    def _hear(self) -> Figures:
        try:
            answer: Figures | str = self._pipe.recv()
        except EOFError:
            raise StageError("its process ended") from None
        if isinstance(answer, str):
            raise StageError(answer)
        return answer

    def end(self) -> None:
        self._pipe.close()
        self._process.join(15)
        if self._process.is_alive():
            self._process.terminate()
            self._process.join()
