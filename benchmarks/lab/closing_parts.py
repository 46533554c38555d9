"""Closing a round in the services, without sockets: what each part of it takes, by watches put around its functions."""

import asyncio
import gc
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import AsyncExitStack, ExitStack
from pathlib import Path
from typing import Any

from benchmarks.lab.cores import pin_server
from benchmarks.lab.figures import Figures
from benchmarks.lab.process import ROOT
from services import closing, transitions

# (module, function, part) where the transaction passes.
WATCHED = (
    (closing.answers, "to_grade", "reading"),
    (closing.participants, "seats", "reading"),
    (closing.grades, "tallies_of_round", "reading"),
    (closing.grades, "insert_grades", "insert"),
    (closing, "settle", "insert"),
    (transitions, "gather", "gathering"),
)


class PartsStage:
    """As a Stage: one round of it is opened, answered by `size` seats and closed."""

    kib_each = 0.0

    def __init__(self, size: int, rounds: int) -> None:
        pin_server()
        sys.path.append(str(ROOT / "tests" / "support"))
        self._size, self._rounds, self._number = size, rounds, 0
        self._spent_s: dict[str, float] = defaultdict(float)
        self._stack, self._runner = ExitStack(), asyncio.Runner()
        self._stack.callback(self._runner.close)
        folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory(prefix="quizhall-bench-")))
        self._runner.run(self._open(folder))
        for module, name, part in WATCHED:
            self._watch(module, name, part)
        # As app.py serve does.
        gc.freeze()
        gc.set_threshold(50_000, 50, 100)

    async def _open(self, folder: Path) -> None:
        from house import house  # of the tests' support, which is on the path only now
        from sample_rooms import SINGLE

        self._house = AsyncExitStack()
        here = await self._house.enter_async_context(house(folder))
        self._services = here.services
        questions = [SINGLE] * min(200, self._rounds + 1)
        self._room = await here.room(await here.teacher(), *questions, read_time_s=0, close_when_all_answered=False)
        pin, join = self._room["pin"], here.services.participants.join
        self._seats = [(await join(pin, f"p{number}"))["participant"]["id"] for number in range(self._size)]

    def _watch(self, module: Any, name: str, part: str) -> None:
        inner: Callable[..., Any] = getattr(module, name)

        def watched(*args: Any, **more: Any) -> Any:
            began_s = time.perf_counter()
            try:
                return inner(*args, **more)
            finally:
                self._spent_s[part] += time.perf_counter() - began_s

        setattr(module, name, watched)

    def round(self, way: str) -> Figures:
        return self._runner.run(self._play())

    async def _play(self) -> Figures:
        services, room_id = self._services, self._room["id"]
        live = await services.live.by_pin(self._room["pin"])
        await services.transitions.command(room_id, "room.next" if self._number else "room.start")
        self._number += 1
        submit = services.answers.submit
        answers = [
            submit(live, who, self._number, {"choices": [peer % 2]}, f"{self._number}x{peer}", 0)
            for peer, who in enumerate(self._seats)
        ]
        await asyncio.gather(*answers)
        self._spent_s.clear()
        services.db.on_batch = lambda seconds, writes, is_committed: self._spent_s.update(batch=seconds)
        began_s = time.perf_counter()
        await services.transitions.command(room_id, "round.close")
        return self._figures(time.perf_counter() - began_s)

    def _figures(self, whole_s: float) -> Figures:
        spent = self._spent_s
        parts = {
            "reading_ms": spent["reading"],
            "grading_ms": spent["gathering"] - spent["reading"] - spent["insert"],
            "insert_ms": spent["insert"],
            "commit_ms": spent["batch"] - spent["gathering"],
            "loop_ms": whole_s - spent["batch"],
        }
        return {"last_ms": whole_s * 1000} | {name: seconds * 1000 for name, seconds in parts.items()}

    def rest(self) -> None: ...

    def end(self) -> None:
        self._runner.run(self._house.aclose())
        self._stack.close()
