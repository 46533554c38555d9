"""Specification of realtime/dispatch.py: from request to reply by a table of commands."""

import asyncio
import json
import logging

import msgspec
import pytest

from realtime.dispatch import Command, Dispatcher
from realtime.protocol import RpcError

BOTH = frozenset({"host", "participant"})


class AddParams(msgspec.Struct):
    left: int
    right: int = 1


class NoParams(msgspec.Struct):
    pass


class DomainError(Exception):
    pass


async def add(conn, params):
    return {"sum": params.left + params.right, "in_flight": conn.in_flight}


def failing(error):
    async def call(conn, params):
        raise error

    return call


def send(dispatcher, conn, text):
    """The reply to one text."""

    async def wait():
        reply = asyncio.get_running_loop().create_future()
        dispatcher.handle(conn, text, reply.set_result)
        return json.loads(await reply)

    return asyncio.run(wait())


def ask(dispatcher, conn, method, params=None, **changes):
    return send(
        dispatcher, conn, json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params or {}} | changes)
    )


def with_command(call, error_mapper=None, **more):
    return Dispatcher([Command("do", BOTH, NoParams, call, **more)], error_mapper)


@pytest.fixture
def adder():
    return Dispatcher([Command("add", BOTH, AddParams, add)])


def test_a_command_is_called_with_decoded_params(adder, make_connection):
    """Defaults are filled in; the connection counts the command while it runs, and no longer."""
    conn = make_connection()
    assert ask(adder, conn, "add", {"left": 2}) == {
        "jsonrpc": "2.0",
        "id": 1,
        "result": {"sum": 3, "in_flight": 1},
    }
    assert conn.in_flight == 0


def test_unknown_fields_are_ignored(adder, make_connection):
    """A newer page may send more than this node knows."""
    assert ask(adder, make_connection(), "add", {"left": 2, "colour": "red"})["result"]["sum"] == 3


def test_params_of_the_wrong_type_are_named(adder, make_connection):
    """Strict: a number in quotes is no number."""
    error = ask(adder, make_connection(), "add", {"left": "2"})["error"]
    assert error["code"] == -32602
    assert error["data"] == {
        "code": "invalid_params",
        "field": "left",
        "reason": "Expected `int`, got `str`",
    }


def test_params_that_only_look_like_json_are_a_parse_error(adder, make_connection):
    """Half a surrogate pair passes the outer look and fails the inner one; it is answered all the same."""
    text = '{"jsonrpc":"2.0","id":4,"method":"add","params":{"left":1,"x\\q":1}}'
    reply = send(adder, make_connection(), text)
    assert reply["error"]["data"]["code"] == "parse_error"


def test_an_unreadable_text_is_answered(adder, make_connection):
    """With a null id when none could be read, with the id otherwise."""
    broken = send(adder, make_connection(), "{")
    assert (broken["id"], broken["error"]["code"]) == (None, -32700)
    assert ask(adder, make_connection(), "add", jsonrpc="1.0", id="q")["id"] == "q"


def test_an_unknown_command_is_not_found(adder, make_connection):
    """The message names it, cut to a sane length."""
    error = ask(adder, make_connection(), "x" * 9_000)["error"]
    assert error["code"] == -32601
    assert len(error["message"]) < 120


def test_the_role_is_checked_before_the_params(adder, make_connection):
    """Who may not call a command learns nothing of its parameters."""
    error = ask(adder, make_connection(role="screen"), "add", {"left": "2"})["error"]
    assert (error["code"], error["data"]) == (-32002, {"code": "forbidden"})


def test_an_rpc_error_is_passed_on(make_connection):
    """A command's own refusal, with its data."""
    dispatcher = with_command(failing(RpcError("stale", "moved on", {"seq": 4})))
    error = ask(dispatcher, make_connection(), "do")["error"]
    assert error == {"code": -32014, "message": "moved on", "data": {"seq": 4, "code": "stale"}}


def test_the_mapper_translates_errors_of_services(make_connection):
    """Services know nothing of JSON-RPC."""

    def mapper(exc):
        return RpcError("room_locked", str(exc)) if isinstance(exc, DomainError) else None

    error = ask(with_command(failing(DomainError("locked")), mapper), make_connection(), "do")["error"]
    assert (error["code"], error["message"]) == (-32015, "locked")


@pytest.mark.parametrize("mapper", [None, lambda exc: None, lambda exc: {}["mapper is broken"]])
def test_anything_else_is_internal_and_logged(make_connection, caplog, mapper):
    """The browser learns nothing of it, the log has the connection and the cause."""
    conn = make_connection()
    reply = ask(with_command(failing(DomainError("secret detail")), mapper), conn, "do")
    assert (reply["error"]["code"], reply["error"]["data"]) == (-32603, {"code": "internal"})
    assert "secret" not in json.dumps(reply)
    record = next(r for r in caplog.records if r.getMessage() == "command failed")
    assert (record.levelno, record.connection, record.command) == (logging.ERROR, conn.id, "do")
    assert record.exc_info[0] is DomainError
    assert conn.in_flight == 0


def test_a_result_that_cannot_be_encoded_is_internal(make_connection, caplog):
    """Every request is answered once, also when its own answer is at fault."""

    async def call(conn, params):
        return object()

    assert ask(with_command(call), make_connection(), "do")["error"]["code"] == -32603


@pytest.mark.parametrize(("is_activity", "moved"), [(True, True), (False, False)])
def test_a_command_shows_that_its_person_is_there(make_connection, clock, is_activity, moved):
    """Save those that a page sends by itself."""

    async def call(conn, params):
        return {}

    conn = make_connection()
    before_s = conn.last_activity_s
    clock.advance(60)
    ask(with_command(call, is_activity=is_activity), conn, "do")
    assert (conn.last_activity_s > before_s) is moved


def test_the_reply_comes_in_the_turn_in_which_the_call_ends(make_connection):
    """What the call subscribed to cannot be broadcast before the reply is in hand."""
    turns = []

    async def call(conn, params):
        await asyncio.sleep(0)
        asyncio.get_running_loop().call_soon(turns.append, "next turn")
        return {}

    async def scenario():
        dispatcher = with_command(call)
        dispatcher.handle(
            make_connection(), '{"jsonrpc":"2.0","id":1,"method":"do"}', lambda payload: turns.append("reply")
        )
        while len(turns) < 2:
            await asyncio.sleep(0)

    asyncio.run(scenario())
    assert turns == ["reply", "next turn"]


def test_a_cancelled_command_is_not_answered(make_connection):
    """Cancelling is the seam's decision; the count goes down all the same."""
    conn = make_connection()
    replies = []

    async def scenario():
        dispatcher = with_command(failing(asyncio.CancelledError()))
        dispatcher.handle(conn, '{"jsonrpc":"2.0","id":1,"method":"do"}', replies.append)
        assert conn.in_flight == 1
        while conn.in_flight:
            await asyncio.sleep(0)

    asyncio.run(scenario())
    assert replies == []


def test_two_commands_of_one_name_are_a_mistake():
    """Found when the table is built, not when someone calls."""
    with pytest.raises(ValueError, match="two commands are called add"):
        Dispatcher([Command("add", BOTH, AddParams, add)] * 2)


class Immediate:
    """A command that keeps its reply until the test gives it."""

    def __init__(self, *, is_ready=True):
        self.is_ready = is_ready
        self.replies = []
        self.dispatcher = Dispatcher([Command("do", BOTH, AddParams, self._call, call_now=self._call_now)])
        self.sent = []

    def _call_now(self, conn, params, reply):
        if self.is_ready:
            self.replies.append(reply)
        return self.is_ready

    async def _call(self, conn, params):
        return "waited"

    def handle(self, conn, **params):
        text = json.dumps({"jsonrpc": "2.0", "id": 7, "method": "do", "params": params})
        self.dispatcher.handle(conn, text, lambda payload: self.sent.append(json.loads(payload)))


def test_an_immediate_command_is_called_in_the_readers_turn(make_connection):
    """No loop is needed for it; it answers later, once, and is in flight until then."""
    conn, command = make_connection(), Immediate()
    command.handle(conn, left=1)
    assert (len(command.replies), command.sent, conn.in_flight) == (1, [], 1)
    command.replies[0].set_result({"n": 1})
    assert (command.sent, conn.in_flight) == ([{"jsonrpc": "2.0", "id": 7, "result": {"n": 1}}], 0)


def test_an_immediate_command_may_be_refused_later(make_connection):
    """With an error of its own; a fault of ours is internal."""
    conn, command = make_connection(), Immediate()
    for error in (RpcError("stale", "moved on"), KeyError("x")):
        command.handle(conn, left=1)
        command.replies.pop().set_exception(error)
    assert [reply["error"]["data"]["code"] for reply in command.sent] == ["stale", "internal"]
    assert conn.in_flight == 0


def test_an_immediate_result_that_cannot_be_encoded_is_internal(make_connection):
    """It counts as answered all the same."""
    conn, command = make_connection(), Immediate()
    command.handle(conn, left=1)
    command.replies[0].set_result(object())
    assert command.sent[0]["error"]["data"]["code"] == "internal"
    assert conn.in_flight == 0


def test_an_immediate_command_that_has_to_wait_is_called_as_others(make_connection):
    """It says so by returning False."""
    command = Immediate(is_ready=False)
    assert ask(command.dispatcher, make_connection(), "do", {"left": 1})["result"] == "waited"


def test_parameters_may_be_absent_where_none_is_required(make_connection):
    """A ping is a ping; whoever leaves out what is needed is told what."""
    assert send(with_command(add_nothing), make_connection(), '{"jsonrpc":"2.0","id":1,"method":"do"}')["result"] == 0
    adder = Dispatcher([Command("add", BOTH, AddParams, add)])
    error = send(adder, make_connection(), '{"jsonrpc":"2.0","id":1,"method":"add"}')["error"]
    assert error["data"] == {"code": "invalid_params", "field": "left", "reason": "required"}


async def add_nothing(conn, params):
    return 0


@pytest.mark.parametrize("keys", [("jsonrpc", "id", "method", "params"), ("params", "method", "id", "jsonrpc")])
def test_members_may_come_in_any_order(adder, make_connection, keys):
    """JSON objects have none."""
    whole = {"jsonrpc": "2.0", "id": 1, "method": "add", "params": {"left": 2, "later": {"method": "x"}}}
    text = json.dumps({key: whole[key] for key in keys})
    assert send(adder, make_connection(), text)["result"]["sum"] == 3
