"""The table of commands: complete, with the right people, and with errors that name what is wrong."""

import asyncio
import json

import pytest
from house import house
from sample_rooms import SINGLE

from game.phases import COMMANDS, Phase
from handlers.live.commands import commands, rpc_error
from realtime.dispatch import Dispatcher
from services import errors

OF_NAMES = {"participant.keep_name", "participant.ask_name"}
MOVES = {"room.start", "room.next", "round.close", "room.standings", "room.end", "room.lock"}
HOST = MOVES | OF_NAMES | {"participant.kick"}
EVERYONE = {"ping", "room.subscribe", "room.unsubscribe"}


async def send(here, connection, method, **params):
    """The reply to one command."""
    dispatcher = Dispatcher(commands(here.services), rpc_error)
    request = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
    reply = asyncio.get_running_loop().create_future()
    dispatcher.handle(connection, json.dumps(request), reply.set_result)
    return json.loads(await reply)


@pytest.mark.gen_test
async def test_the_table_holds_the_commands_of_the_contract(tmp_path):
    """Each command is there once, and every move of the state machine has its command."""
    async with house(tmp_path) as here:
        names = [command.name for command in commands(here.services)]
        assert sorted(names) == sorted(HOST | EVERYONE | {"answer.submit", "admin.subscribe"})
        assert set(COMMANDS) <= HOST


@pytest.mark.gen_test
@pytest.mark.parametrize("name", sorted(HOST))
async def test_only_the_host_of_the_room_drives_it(tmp_path, name):
    """A participant, and a teacher whose room it is not, are forbidden; nothing moves."""
    async with house(tmp_path) as here:
        room = await here.room(await here.teacher(), SINGLE)
        who, seat = await here.seat(room["pin"], "Ada")
        stranger = here.connect(await here.teacher("other@school.example"))
        more = {"locked": True} if name == "room.lock" else {"participant": who.id}
        for connection in (seat, stranger):
            reply = await send(here, connection, name, room=room["pin"], **more)
            assert reply["error"]["data"]["code"] == "forbidden"
        live = await here.services.live.hold(room["id"])
        assert (live.room.phase, live.room.seq, list(live.seats)) == (Phase.LOBBY, 0, [who.id])


@pytest.mark.gen_test
@pytest.mark.parametrize(
    ("method", "params", "field"),
    [
        ("room.subscribe", {}, "room"),
        ("room.subscribe", {"room": 123456}, "room"),
        ("room.subscribe", {"room": "123456", "after": -1}, "after"),
        ("answer.submit", {"room": "123456", "answer": {}, "id": "a"}, "round"),
        ("answer.submit", {"room": "123456", "round": 1, "answer": {}}, "id"),
        ("answer.submit", {"room": "123456", "round": 1, "answer": {}, "id": ""}, "id"),
        ("answer.submit", {"room": "123456", "round": "1", "answer": {}, "id": "a"}, "round"),
    ],
)
async def test_a_wrong_parameter_is_named(tmp_path, method, params, field):
    """-32602 with the field and the reason."""
    async with house(tmp_path) as here:
        room = await here.room(await here.teacher(), SINGLE)
        _, seat = await here.seat(room["pin"], "Ada")
        error = (await send(here, seat, method, **params))["error"]
        assert (error["code"], error["data"]["code"], error["data"]["field"]) == (-32602, "invalid_params", field)
        assert error["data"]["reason"]


@pytest.mark.gen_test
async def test_kicking_is_stale_when_the_room_has_moved_on(tmp_path):
    """`expect` protects a kick like any other command of the host."""
    async with house(tmp_path) as here:
        teacher = await here.teacher()
        room = await here.room(teacher, SINGLE)
        who, _ = await here.seat(room["pin"], "Ada")
        host = here.connect(teacher)
        reply = await send(here, host, "participant.kick", room=room["pin"], participant=who.id, expect=7)
        assert reply["error"]["data"] == {"code": "stale", "seq": 0}
        reply = await send(here, host, "participant.kick", room=room["pin"], participant=who.id, expect=0)
        assert reply["result"] == {"seq": 0, "phase": "LOBBY"}


@pytest.mark.parametrize(
    "error",
    [
        errors.NotFound("x"),
        errors.Forbidden("x"),
        errors.Stale("x", seq=1),
        errors.RoomOver("x"),
        errors.RoomLocked("x"),
        errors.WrongPhase("x"),
        errors.RoundClosed("x"),
        errors.AlreadyAnswered("x"),
        errors.InvalidAnswer("x", field="answer", reason="y"),
        errors.Overloaded("x"),
        errors.RateLimited("x", retry_after_ms=5),
        errors.Invalid("x", [{"field": "a", "reason": "b"}]),
    ],
)
def test_every_refusal_has_its_number(error):
    """What a use case refuses is told by name, never as an internal error."""
    mapped = rpc_error(error)
    assert mapped is not None
    assert mapped.number != -32603


def test_a_fault_of_ours_is_no_refusal():
    """The dispatcher logs it and answers internal."""
    assert rpc_error(KeyError("x")) is None
