"""A stranger's client of the HTTP API, written from the contract alone."""

import http.client
import json
import secrets
from dataclasses import dataclass
from typing import Any

from blackbox_process import PASSWORD, TEACHER

Json = dict[str, Any]


@dataclass(frozen=True)
class Reply:
    """One answer; `json` is None when the body is something else."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def json(self) -> Any:
        kind = self.headers.get("Content-Type", "")
        return json.loads(self.body) if kind.startswith("application/json") else None

    @property
    def error(self) -> Json:
        """The error of the contract's shape; anything else fails the test here."""
        body = self.json
        assert isinstance(body, dict), f"{self.status}: {self.body[:300]!r}"
        assert set(body) == {"error"}, body
        error = body["error"]
        assert {"code", "message"} <= set(error) <= {"code", "message", "details"}, error
        assert isinstance(error["code"], str), error
        assert isinstance(error["message"], str), error
        return dict(error)


@dataclass(frozen=True)
class Room:
    """What making a room answered."""

    id: str
    pin: str
    epoch: Any


class Api:
    """Calls one service; a connection for each call, so that a killed service leaves nothing behind."""

    def __init__(self, port: int, token: str | None = None) -> None:
        self.port = port
        self.token = token

    def call(self, method: str, path: str, body: Any = None, *, headers: dict[str, str] | None = None) -> Reply:
        """`body`: bytes go as they are, anything else as JSON."""
        sent = dict(headers or {})
        if self.token and "Authorization" not in sent:
            sent["Authorization"] = f"Bearer {self.token}"
        data: bytes | None = body if isinstance(body, bytes) else None
        if body is not None and data is None:
            data = json.dumps(body).encode()
            sent.setdefault("Content-Type", "application/json")
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(method, path, body=data, headers=sent)
            reply = connection.getresponse()
            return Reply(reply.status, reply.headers, reply.read())
        finally:
            connection.close()

    def expect(self, status: int, method: str, path: str, body: Any = None) -> Any:
        """The JSON of an answer with this status."""
        reply = self.call(method, path, body)
        assert reply.status == status, f"{method} {path}: {reply.status} {reply.body[:500]!r}"
        return reply.json

    def login(self, email: str = TEACHER, password: str = PASSWORD) -> "Api":
        """A client that carries the token of this account."""
        answer = self.expect(200, "POST", "/api/v1/login", {"email": email, "password": password})
        assert answer["user"]["email"] == email
        assert {"id", "email", "name", "role"} <= set(answer["user"])
        return Api(self.port, answer["token"])

    def upload(self, data: bytes, filename: str, format_name: str | None = None) -> Reply:
        """POST /quizzes/import as a browser's form would."""
        boundary = secrets.token_hex(16)
        part = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{filename}"\r\n'
        body = part.encode() + b"Content-Type: application/octet-stream\r\n\r\n" + data + b"\r\n"
        if format_name:
            field = f'--{boundary}\r\nContent-Disposition: form-data; name="format"\r\n\r\n{format_name}\r\n'
            body += field.encode()
        body += f"--{boundary}--\r\n".encode()
        kind = f"multipart/form-data; boundary={boundary}"
        return self.call("POST", "/api/v1/quizzes/import", body, headers={"Content-Type": kind})

    def quiz(self, questions: list[Json], title: str = "Quiz") -> str:
        """Stores a quiz and returns its id."""
        stored = self.expect(201, "POST", "/api/v1/quizzes", {"title": title, "questions": questions})
        return str(stored["id"])

    def quizzes(self) -> list[Json]:
        """All quizzes of the account, over every page."""
        answer = self.expect(200, "GET", "/api/v1/quizzes")
        assert answer["next"] is None, "the tests make fewer quizzes than a page holds"
        return list(answer["quizzes"])

    def room(self, quiz_id: str, **settings: Any) -> Room:
        """Opens a room for a quiz of this account."""
        made = self.expect(201, "POST", "/api/v1/rooms", {"quiz_id": quiz_id, "settings": settings})
        assert made["pin"] in made["join_url"]
        return Room(made["id"], made["pin"], made["epoch"])

    def join(self, pin: str, nickname: str, client_id: str | None = None) -> Json:
        """A seat in a room: {token, participant:{id,nickname}}."""
        body = {"nickname": nickname} | ({"client_id": client_id} if client_id else {})
        seat = self.expect(201, "POST", f"/api/v1/rooms/{pin}/participants", body)
        assert seat["participant"]["nickname"] == nickname
        return dict(seat)

    def results(self, room: Room) -> Json:
        """The results JSON, with the shape of the contract."""
        results = self.expect(200, "GET", f"/api/v1/rooms/{room.id}/results")
        assert set(results) >= {"room", "rounds", "participants"}
        assert {"id", "pin", "title", "started_at", "ended_at"} <= set(results["room"])
        return dict(results)

    def events(self, room: Room) -> list[Json]:
        """The whole event log as the owner reads it, over every page."""
        events: list[Json] = []
        after: Any = 0
        while after is not None:
            page = self.expect(200, "GET", f"/api/v1/rooms/{room.id}/events?after={after}")
            events += page["events"]
            after = page.get("next")
        return events
