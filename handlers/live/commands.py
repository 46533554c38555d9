"""The commands of the live protocol as one table: name → who may send it, its parameters, what it calls."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any

import msgspec

from game.room import Room
from realtime.connection import Connection
from realtime.dispatch import Command, Reply
from realtime.protocol import RpcError
from services.container import Services
from services.errors import Invalid
from services.failures import as_service_error
from services.identity import Identity
from services.live_room import LiveRoom
from services.taken import StoredAnswer

EVERYONE = frozenset({"teacher", "admin", "participant", "screen"})
ACCOUNTS = frozenset({"teacher", "admin"})
ADMINS = frozenset({"admin"})
PARTICIPANTS = frozenset({"participant"})

Pin = Annotated[str, msgspec.Meta(min_length=1, max_length=12)]
Seq = Annotated[int, msgspec.Meta(ge=0)]
Id = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]


class Nothing(msgspec.Struct):
    pass


class InRoom(msgspec.Struct, kw_only=True):
    room: Pin


class Subscribe(InRoom, kw_only=True):
    after: Seq | None = None
    epoch: Annotated[str, msgspec.Meta(max_length=64)] | None = None


class HostCommand(InRoom, kw_only=True):
    # The seq that the sender sees; the command is stale when the room has moved on.
    expect: Seq | None = None


class Lock(HostCommand, kw_only=True):
    locked: bool


class Kick(HostCommand, kw_only=True):
    participant: Id
    ban: bool = False


class OfSomebody(HostCommand, kw_only=True):
    participant: Id


class Submit(InRoom, kw_only=True, gc=False):
    round: int
    answer: Any
    id: Id


Call = Callable[[Connection, Any], Awaitable[Any]]


def identity_of(connection: Connection) -> Identity:
    identity: Identity = connection.who
    return identity


def commands(services: Services) -> list[Command]:
    """Every command but those that come with other parts of the product."""

    async def ping(connection: Connection, params: Nothing) -> dict[str, Any]:
        return {"server_time": services.clock.now_ms()}

    async def subscribe(connection: Connection, params: Subscribe) -> dict[str, Any]:
        identity = identity_of(connection)
        reply = await services.subscriptions.subscribe(connection, identity, params.room, params.after, params.epoch)
        if identity.kind != "participant":
            services.limits.at_home(params.room, connection.claims["address"])
        return reply

    async def unsubscribe(connection: Connection, params: InRoom) -> dict[str, Any]:
        return await services.subscriptions.unsubscribe(connection, identity_of(connection), params.room)

    async def watch(connection: Connection, params: Nothing) -> dict[str, Any]:
        return await services.admin_stats.subscribe(connection)

    def moving(name: str) -> Call:
        async def move(connection: Connection, params: HostCommand) -> dict[str, Any]:
            began_s = services.clock.monotonic_s()
            live = await _owned(services, connection, params.room)
            locked = params.locked if isinstance(params, Lock) else False
            room = await services.transitions.command(
                live.room.id, name, expect=params.expect, locked=locked, began_s=began_s
            )
            return _stand(room)

        return move

    return [
        # A page sends pings by itself: they keep no idle person's socket.
        Command("ping", EVERYONE, Nothing, ping, is_activity=False),
        Command("room.subscribe", EVERYONE, Subscribe, subscribe),
        Command("room.unsubscribe", EVERYONE, InRoom, unsubscribe),
        Command("room.start", ACCOUNTS, HostCommand, moving("room.start")),
        Command("room.next", ACCOUNTS, HostCommand, moving("room.next")),
        Command("round.close", ACCOUNTS, HostCommand, moving("round.close")),
        Command("room.standings", ACCOUNTS, HostCommand, moving("room.standings")),
        Command("room.end", ACCOUNTS, HostCommand, moving("room.end")),
        Command("room.lock", ACCOUNTS, Lock, moving("room.lock")),
        *_about_people(services),
        _answering(services),
        Command("admin.subscribe", ADMINS, Nothing, watch),
    ]


async def _owned(services: Services, connection: Connection, pin: str) -> LiveRoom:
    identity = identity_of(connection)
    return services.subscriptions.owned(identity, await services.subscriptions.room_for(identity, pin))


def _about_people(services: Services) -> list[Command]:
    """What a host does about one participant."""

    async def kick(connection: Connection, params: Kick) -> dict[str, Any]:
        live = await _owned(services, connection, params.room)
        await services.participants.remove(live.room.id, params.participant, ban=params.ban, expect=params.expect)
        return _stand(live.room)

    async def keep_name(connection: Connection, params: OfSomebody) -> dict[str, Any]:
        live = await _owned(services, connection, params.room)
        return _stand(await services.participants.names.keep(live, params.participant, params.expect))

    async def ask_name(connection: Connection, params: OfSomebody) -> dict[str, Any]:
        live = await _owned(services, connection, params.room)
        return _stand(await services.participants.names.ask(live, params.participant, params.expect))

    return [
        Command("participant.kick", ACCOUNTS, Kick, kick),
        Command("participant.keep_name", ACCOUNTS, OfSomebody, keep_name),
        Command("participant.ask_name", ACCOUNTS, OfSomebody, ask_name),
    ]


def _answering(services: Services) -> Command:
    held, take = services.live.held, services.answers.take

    def submit_now(connection: Connection, params: Submit, reply: Reply) -> bool:
        """Into the writer in the turn in which it was read, when this node holds the room, as it nearly always does."""
        identity: Identity = connection.who
        live = held(identity.room)
        if live is None or live.room.pin != params.room:
            return False  # what is wrong, `submit` will find
        take(live, identity.id, params.round, params.answer, params.id, connection.rtt_ms, reply)
        return True

    async def submit(connection: Connection, params: Submit) -> StoredAnswer:
        identity = identity_of(connection)
        live = await services.subscriptions.room_for(identity, params.room)
        return await services.answers.submit(
            live, identity.id, params.round, params.answer, params.id, connection.rtt_ms
        )

    return Command("answer.submit", PARTICIPANTS, Submit, submit, call_now=submit_now)


def _stand(room: Room) -> dict[str, Any]:
    return {"seq": room.seq, "phase": room.phase}


# Codes of the services that JSON-RPC has a number of its own for.
RENAMED = {"invalid": "invalid_params"}


def rpc_error(error: Exception) -> RpcError | None:
    """What a refusal looks like on the wire; None for what is no refusal but a fault of ours."""
    refusal = as_service_error(error)
    if refusal is None:
        return None
    details = dict(refusal.details)
    if isinstance(refusal, Invalid) and refusal.details["problems"]:
        details |= refusal.details["problems"][0]
    return RpcError(RENAMED.get(refusal.code, refusal.code), refusal.message, details)
