"""The two generators of join_storm, against the real service."""

from collections.abc import Callable
from typing import Any

import pytest

from benchmarks.lab import joins
from benchmarks.lab.compiled import compiled
from benchmarks.lab.joins import TOKEN, Plan, coming_in
from benchmarks.lab.process import ProcessError
from benchmarks.lab.service import Service, command
from benchmarks.lab.sockets import ask_all, text_frame

QUESTION = {"kind": "single", "prompt": "?", "choices": [{"text": "a", "correct": True}, {"text": "b"}]}
HEADER = ("Sec-WebSocket-Protocol", f"quizhall.v1, bearer.{TOKEN}")


@pytest.fixture(params=["C", "Python"] if compiled("joins") else ["Python"])
def generator(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Any:
    """As on a machine with a compiler, and as on one without."""
    if request.param == "Python":
        monkeypatch.setattr(joins, "compiled", lambda name: None)
    return request.param


@pytest.fixture
def whole(generator: str) -> Callable[[Service], tuple[str, Plan]]:
    def plan(service: Service) -> tuple[str, Plan]:
        room = service.open_room([QUESTION])
        bodies = [{"nickname": f"n{number}", "client_id": f"{number:032x}"} for number in range(20)]
        path, frame = f"/api/v1/rooms/{room.pin}/participants", text_frame(command("room.subscribe", room.pin, id=1))
        return room.pin, Plan(service.port, HEADER, (), path, bodies, frame, '"snapshot"')

    return plan


@pytest.mark.process
def test_whole_joins(whole: Callable[[Service], tuple[str, Plan]]) -> None:
    """Each has a seat of its own and a live subscription; a socket that is there answers commands."""
    with Service() as service:
        pin, plan = whole(service)
        with coming_in(plan, 4) as came:
            assert len(came.socks) == len(came.took_ms) == 20
            assert 0 < came.seconds < sum(came.took_ms)
            ask_all(came.socks, command("ping", pin, id=2), '"server_time"')
            preview = service.call("GET", f"/api/v1/rooms/{pin}", None)
    assert preview["participants"] == 20


@pytest.mark.process
def test_a_refusal_says_what_was_answered(generator: str) -> None:
    """With a token that is none nobody comes in."""
    with Service() as service:
        coming = coming_in(Plan(service.port, HEADER, ["not-a-token"] * 3), 4)
        with pytest.raises((ProcessError, ConnectionError), match="401"), coming:
            pass
