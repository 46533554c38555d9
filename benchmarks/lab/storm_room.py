"""One room of the real service, full of participants over open sockets, that answers round after round."""

import contextlib
import importlib
import json
import random
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Self

from benchmarks.lab.service import Host, Room, Seat, Service
from benchmarks.lab.sockets import text_frame
from benchmarks.lab.storm import Fired, Shot, Storm, open_storm
from benchmarks.lab.usage import resident_kib

# As many rounds as a quiz may have: none is played twice.
ROUNDS = 100
QUESTION = {
    "kind": "single",
    "prompt": "The capital of France?",
    "choices": [{"text": "Lyon"}, {"text": "Paris", "correct": True}, {"text": "Lille"}, {"text": "Nice"}],
    "time_limit_s": None,
}
PATIENCE_S = 60.0
TEND_S = 0.2
STORED, PONGED = '"stored"', '"server_time"'


def answer_frame(pin: str, number: int, id: str) -> bytes:
    params = {"room": pin, "round": number, "answer": {"choices": [1]}, "id": f"{id:0>36}"}
    return text_frame(_compact({"jsonrpc": "2.0", "id": 7, "method": "answer.submit", "params": params}))


def ping_frame(size: int) -> bytes:
    """A `ping` as long as an answer: parameters that a command does not know are ignored."""
    command = {"jsonrpc": "2.0", "id": 7, "method": "ping", "params": {"fill": ""}}
    command["params"] = {"fill": "x" * (size - len(text_frame(_compact(command))))}
    return text_frame(_compact(command))


class StormRoom:
    """Use `open`. `storm` are the participants' sockets, in the order of the seats."""

    def __init__(
        self, service: Service, room: Room, seats: Sequence[Seat], storm: Storm, host: Host, empty_kib: int
    ) -> None:
        self.service = service
        self.room = room
        self.seats = seats
        self.storm = storm
        self.host = host
        self.pid = service.pid
        # The service's memory before anybody came.
        self.empty_kib = empty_kib
        self.number = 0
        # The ids of what was acknowledged.
        self.acknowledged: list[str] = []

    @classmethod
    @contextlib.contextmanager
    def open(
        cls, size: int, settings: Mapping[str, str] | None = None, program: Sequence[str] = ("app.py",)
    ) -> Iterator[Self]:
        """Everybody in, the host too, in a service of its own."""
        with Service(settings, program) as service, contextlib.ExitStack() as stack:
            room = service.open_room([QUESTION] * ROUNDS)
            empty_kib = resident_kib(service.pid)
            seats = service.join(room, size)
            socks = service.connect(room, seats)
            host = service.connect_host(room)
            for sock in (*socks, host.sock):
                stack.callback(sock.close)
            storm = stack.enter_context(contextlib.closing(open_storm(socks)))
            yield cls(service, room, seats, storm, host, empty_kib)

    def fire(self, shots: Sequence[Shot]) -> Fired:
        """The answers of the open round; a receipt for each, or RuntimeError."""
        fired = self.storm.fire(shots, STORED, PATIENCE_S)
        self.acknowledged += [self._id(peer) for peer in fired.replied]
        missing = len(shots) - len(fired.replied)
        if missing:
            raise RuntimeError(f"{missing} of {len(shots)} have no receipt, {fired.refused} were refused")
        return fired

    def open_round(self) -> None:
        self.host.ask("room.next" if self.number else "room.start")
        self.number += 1
        self._heard("round.opened")

    def close_round(self) -> None:
        self.host.ask("round.close")
        self._heard("answer.graded")

    def answer_shots(self) -> list[Shot]:
        """One answer of each, in a random order."""
        shots = [
            Shot(peer, answer_frame(self.room.pin, self.number, self._id(peer))) for peer in range(len(self.seats))
        ]
        random.shuffle(shots)
        return shots

    def ping_shots(self) -> list[Shot]:
        frame = ping_frame(len(answer_frame(self.room.pin, 1, "")))
        return [Shot(peer, frame) for peer in range(len(self.seats))]

    def tend(self) -> None:
        """Answers the pings that came while others had their turn: who does not is taken as gone."""
        self.storm.wait_for("nothing that anybody says", 1, TEND_S)
        # Reading up to this reply answers what came before it.
        self.host.ask("ping")

    def check(self) -> int:
        """How many were acknowledged. AssertionError unless the database has each of them once, and nothing else."""
        with contextlib.closing(_connect(self.service.database_url)) as database:
            found = database.execute(f"SELECT submission_id FROM answer WHERE room_id = '{self.room.id}'")
            stored = [row[0] for row in found.fetchall()]
        assert sorted(stored) == sorted(self.acknowledged), (
            f"{len(stored)} stored, {len(self.acknowledged)} acknowledged"
        )
        return len(stored)

    def _id(self, peer: int) -> str:
        return f"{self.number}x{peer}".rjust(36, "0")

    def _heard(self, event: str) -> None:
        heard = self.storm.wait_for(event, len(self.seats), PATIENCE_S)
        if heard < len(self.seats):
            raise RuntimeError(f"only {heard} of {len(self.seats)} heard {event}; {self.storm.lost} sockets were lost")


def _connect(url: str) -> Any:
    """Past the service, as somebody else would look into its database."""
    if url.startswith("sqlite:///"):
        return sqlite3.connect(url.removeprefix("sqlite:///"))
    return importlib.import_module("psycopg").connect(url)


def _compact(command: object) -> str:
    return json.dumps(command, separators=(",", ":"))
