"""The real service as people run it: `app.py serve` on the server's core, a teacher, quizzes, rooms, seats."""

import http.client
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.lab.process import ROOT, Process, ProcessError
from benchmarks.lab.sockets import ask_all, batches, open_sockets, read_until, text_frame

EMAIL, PASSWORD = "bench@school.example", "a pass phrase for a benchmark"
START_DEADLINE_S = 20.0
# As long as may be, so that a heartbeat's pings do not fall into what is measured, and nobody is thrown out of a
# room that only waits for its turn. All else is as it comes.
SETTINGS = {
    "HOST": "127.0.0.1",
    "WS_PING_INTERVAL": "60s",
    "WS_PONG_WAIT": "60s",
    "WS_INACTIVE_AFTER": "86400s",
    "RATE_LIMIT_JOIN": "1000000/minute",
    "RATE_LIMIT_WS": "1000000/minute",
    "LOGGER_LEVEL": "WARNING",
}


class Room(NamedTuple):
    id: str
    pin: str


class Seat(NamedTuple):
    """A participant that has joined over HTTP."""

    id: str
    token: str


class Service:
    """One process over a database of its own; use it with `with`, or `end` it. `settings` are environment variables.

    `program` is what is started to serve.
    """

    def __init__(self, settings: Mapping[str, str] | None = None, program: Sequence[str] = ("app.py",)) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="quizhall-bench-")
        self.folder = Path(self._folder.name)
        self.port = _free_port()
        database = f"sqlite:///{self.folder / 'quizhall.db'}"
        self.database_url = (settings or {}).get("DATABASE_URL", database)
        env = {"DATABASE_URL": database, "PORT": str(self.port), **SETTINGS, **(settings or {})}
        add = [
            sys.executable,
            "app.py",
            "user",
            "add",
            EMAIL,
            "--name",
            "Bench",
            "--role",
            "teacher",
            "--password-stdin",
        ]
        subprocess.run(
            add, cwd=ROOT, env=os.environ | env, input=PASSWORD + "\n", text=True, check=True, stdout=subprocess.DEVNULL
        )
        self.process = Process([sys.executable, *program, "serve"], env, says_hello=False)
        self.pid = self.process.pid
        try:
            self._wait_until_ready()
            self.token = self.call("POST", "/api/v1/login", {"email": EMAIL, "password": PASSWORD})["token"]
        except BaseException:
            self.end()
            raise

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + START_DEADLINE_S
        while True:
            try:
                self.call("GET", "/health", None)
                return
            except OSError:
                if time.monotonic() > deadline:
                    raise ProcessError(f"the service did not start: {self.process.complaint()}") from None
                time.sleep(0.02)

    def end(self) -> None:
        self.process.end()
        self._folder.cleanup()

    def __enter__(self) -> "Service":
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def call(self, method: str, path: str, body: Any) -> Any:
        """The answer's JSON, as the teacher. ProcessError for anything but a success."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Content-Type": "application/json"}
        if token := getattr(self, "token", None):
            headers["Authorization"] = f"Bearer {token}"
        try:
            connection.request(method, path, None if body is None else json.dumps(body), headers)
            answer = connection.getresponse()
            data = answer.read()
        finally:
            connection.close()
        if answer.status >= 300:
            raise ProcessError(f"{method} {path} was answered {answer.status}: {data.decode(errors='replace')[:200]}")
        return json.loads(data)

    def open_room(self, questions: Sequence[Mapping[str, Any]], **settings: Any) -> Room:
        """A room of its own quiz; rounds open at once and close when the host says so, unless `settings` differ."""
        quiz = self.call("POST", "/api/v1/quizzes", {"title": "Bench", "questions": list(questions)})
        wanted = {"read_time_s": 0, "close_when_all_answered": False, **settings}
        made = self.call("POST", "/api/v1/rooms", {"quiz_id": quiz["id"], "settings": wanted})
        return Room(made["id"], made["pin"])

    def join(self, room: Room, count: int) -> list[Seat]:
        """Takes that many seats over HTTP, over a few kept-alive connections."""
        connections = [http.client.HTTPConnection("127.0.0.1", self.port, timeout=60) for _ in range(min(8, count))]
        path, headers = f"/api/v1/rooms/{room.pin}/participants", {"Content-Type": "application/json"}
        seats = []
        try:
            for batch in batches(count, len(connections)):
                for number, connection in zip(batch, connections, strict=False):
                    connection.request("POST", path, json.dumps({"nickname": f"Bench {number:05}"}), headers)
                for _, connection in zip(batch, connections, strict=False):
                    answer = json.loads(connection.getresponse().read())
                    if "token" not in answer:
                        raise ProcessError(f"a seat was refused: {answer}")
                    seats.append(Seat(answer["participant"]["id"], answer["token"]))
        finally:
            for connection in connections:
                connection.close()
        return seats

    def connect(self, room: Room, seats: Sequence[Seat]) -> list[socket.socket]:
        """A subscribed socket for each seat."""
        socks = open_sockets(self.port, "/ws", [{"Authorization": f"Bearer {seat.token}"} for seat in seats])
        ask_all(socks, command("room.subscribe", room.pin, id=1), '"id":1')
        return socks

    def connect_host(self, room: Room) -> "Host":
        sock = open_sockets(self.port, "/ws", [{"Authorization": f"Bearer {self.token}"}])[0]
        ask_all([sock], command("room.subscribe", room.pin, id=1), '"id":1')
        return Host(sock, room)


class Host:
    """The teacher's socket."""

    def __init__(self, sock: socket.socket, room: Room) -> None:
        self.sock = sock
        self._room = room
        self._number = 1

    def send(self, method: str, **params: Any) -> int:
        """Sends a command and gives its id: its reply is read with `reply`."""
        self._number += 1
        self.sock.sendall(text_frame(command(method, self._room.pin, id=self._number, **params)))
        return self._number

    def reply(self, number: int) -> dict[str, Any]:
        """ProcessError when the service refused."""
        answer: dict[str, Any] = json.loads(read_until(self.sock, f'"id":{number}'))
        if "error" in answer:
            raise ProcessError(f"a command was refused: {answer['error']}")
        result: dict[str, Any] = answer["result"]
        return result

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        return self.reply(self.send(method, **params))


def command(method: str, pin: str, *, id: int, **params: Any) -> str:
    """One command to a room, as its WebSocket text."""
    return json.dumps({"jsonrpc": "2.0", "id": id, "method": method, "params": {"room": pin, **params}})


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
