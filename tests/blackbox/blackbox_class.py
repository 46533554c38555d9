"""Rooms for the tests of what goes wrong: a small quiz, a host and players at the phase that a test wants."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any

import pytest
from blackbox_http import Api, Json, Reply, Room
from blackbox_live import ERRORS, Host, Player, RefusedError

RIGHT, WRONG = {"choices": [1]}, {"choices": [0]}
SINGLE = {
    "kind": "single",
    "prompt": "2 + 2 = ?",
    "choices": [{"text": "3"}, {"text": "4", "correct": True}],
    "time_limit_s": 60,
}
CALM = {"read_time_s": 0, "close_when_all_answered": False}


class Classroom:
    """One room of the teacher's with whoever has come in."""

    def __init__(self, api: Api, rounds: int = 2, **settings: Any) -> None:
        self.api = api
        self.room: Room = api.room(api.quiz([SINGLE] * rounds), **(CALM | settings))
        assert api.token is not None
        self.host = Host(api.port, self.room.pin, api.token)
        self.players: list[Player] = []

    def seat(self, nickname: str | None = None, client_id: str | None = None) -> Player:
        """A participant who has joined by HTTP and has no socket yet."""
        seat = self.api.join(self.room.pin, nickname or f"Pupil {secrets.token_hex(4)}", client_id)
        player = Player(self.api.port, self.room.pin, seat)
        self.players.append(player)
        return player

    async def player(self, nickname: str | None = None, client_id: str | None = None) -> Player:
        """A participant who is connected and subscribed."""
        player = self.seat(nickname, client_id)
        await player.join_room()
        return player

    async def open(self) -> None:
        """Round 1 is open and everyone knows."""
        await self.host.command("room.start")
        for player in self.players:
            await player.event("round.opened", round=1)


@asynccontextmanager
async def classroom(api: Api, rounds: int = 2, **settings: Any) -> AsyncIterator[Classroom]:
    """A room in LOBBY whose host is there; at the end all sockets are closed and no peer saw a fault."""
    room = Classroom(api, rounds, **settings)
    await room.host.join_room()
    try:
        yield room
    finally:
        for peer in (room.host, *room.players):
            await peer.close()
    faults = [fault for peer in (room.host, *room.players) for fault in peer.faults]
    assert not faults, faults


async def refused(name: str, command: Coroutine[Any, Any, Json]) -> RefusedError:
    """The command must be refused with this error of the contract's table."""
    with pytest.raises(RefusedError) as caught:
        await command
    error = caught.value
    assert (error.name, error.number) == (name, ERRORS[name]), error
    assert error.message
    return error


async def invalid(field: str, command: Coroutine[Any, Any, Json]) -> None:
    """The command must be refused with -32602, in words that name the field."""
    with pytest.raises(RefusedError) as caught:
        await command
    error = caught.value
    assert error.number == -32602, error
    assert field in f"{error.message} {error.data}", error


def run(test: Coroutine[Any, Any, None], deadline_s: float = 60.0) -> None:
    """No test hangs the run."""

    async def bounded() -> None:
        await asyncio.wait_for(test, deadline_s)

    asyncio.run(bounded())


def details_name(reply: Reply, field: str) -> None:
    """422 whose details name the field and the reason."""
    assert reply.status == 422, (reply.status, reply.body)
    assert any(field in str(detail) for detail in reply.error["details"]), reply.error
