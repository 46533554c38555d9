"""Who may open a socket, without asking the database at the door when a whole lecture hall comes at once.

A seat in a room that this node holds is known in memory. Whatever the node did not hear of, a seat taken away by
another node or a sign-out while the handshake was under way, is found by `check` a second later: see docs/adr/0009.
"""

import dataclasses
from collections.abc import Iterable

from realtime.codes import CloseCode
from realtime.connection import Connection
from realtime.hub import Hub
from services.accounts import Accounts
from services.identity import Identity
from services.live import LiveRooms


class Doorkeeper:
    def __init__(self, accounts: Accounts, live: LiveRooms, hub: Hub) -> None:
        self._accounts = accounts
        self._live = live
        self._hub = hub
        # Those who came in since the last check.
        self._new: list[Connection] = []

    def known(self, identity: Identity) -> Identity | None:
        """A participant whom this node knows to have a seat, with their name; None: ask `Accounts.confirm`."""
        live = self._live.held(identity.room) if identity.kind == "participant" and identity.room else None
        nickname = live.seats.get(identity.id) if live is not None else None
        if live is None or nickname is None:
            return None
        # The room's own text of its id: one for all its connections instead of one for each.
        return dataclasses.replace(identity, name=nickname, room=live.room.id)

    def let_in(self, connection: Connection) -> None:
        """The connection is open; `check` will look at it again."""
        self._new.append(connection)

    async def check(self) -> None:
        """Closes those who came in though their sign-in or seat had ended. To be called every second."""
        looked_at = [connection for connection in self._new if connection.is_open]
        if not looked_at:
            self._new.clear()
            return
        upto = len(self._new)
        ended = await self._accounts.ended_among([connection.claims["identity"] for connection in looked_at])
        # Only now: when the database cannot be asked, the next second asks again.
        del self._new[:upto]
        self._close(ended)

    async def recheck(self) -> None:
        """Closes accounts and screens whose sign-in has ended without a word to this node.

        By the command line, or by another node while the line to it was down. Seats are looked after with their room.
        """
        identities = [connection.claims["identity"] for connection in self._hub.connections()]
        accounts = [identity for identity in identities if identity.kind != "participant"]
        if accounts:
            self._close(await self._accounts.ended_among(accounts))

    def _close(self, ended: Iterable[Identity]) -> None:
        for identity in ended:
            code = CloseCode.KICKED if identity.kind == "participant" else CloseCode.TOKEN_INVALID
            self._hub.close_user(identity.id, code, jti=identity.jti)
