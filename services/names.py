"""What hosts do about names, and names that are offered: keeping one, asking for another, taking another."""

from collections.abc import Iterable

from game.room import NameChange, Room
from models import participants
from services.errors import Forbidden, NameTaken, NotFound, Stale
from services.identity import Identity
from services.live import LiveRooms
from services.live_room import LiveRoom
from services.name_maker import NameMaker
from services.nicknames import clean_nickname, nickname_key
from services.transitions import Transitions

OWN_NAMES = "The names in this room are made by the service."


class Names:
    def __init__(self, live: LiveRooms, transitions: Transitions, maker: NameMaker) -> None:
        self._live = live
        self._transitions = transitions
        self._maker = maker

    async def offers(self, pin: str, client_id: str) -> list[str]:
        """Names for somebody who is about to join. Raises NotFound."""
        live = await self._live.by_pin(pin)
        return await self._maker.offers(live.room.id, client_id, live.content.quiz.language)

    def candidates(self, live: LiveRoom, client_id: str, chosen: str | None) -> Iterable[str]:
        """Where the service makes the names: what to call somebody, one after the other; Invalid when it is tried."""
        return self._maker.candidates(live.room.id, client_id, live.content.quiz.language, chosen)

    async def keep(self, live: LiveRoom, participant_id: str, expect: int | None = None) -> Room:
        """From now on everybody may see the name. Raises NotFound, Stale, RoomOver."""
        return await self._judge(live, "name.kept", participant_id, expect)

    async def ask(self, live: LiveRoom, participant_id: str, expect: int | None = None) -> Room:
        """Nobody sees the name any more, and its owner is asked for another. Raises Forbidden and what keep raises."""
        if live.room.settings.nicknames == "generated":
            raise Forbidden(OWN_NAMES)
        return await self._judge(live, "name.refused", participant_id, expect)

    async def _judge(self, live: LiveRoom, event: str, participant_id: str, expect: int | None) -> Room:
        nickname = live.seats.get(participant_id, "")

        def allow(room: Room) -> None:
            if expect is not None and expect != room.seq:
                raise Stale("The room has moved on.", seq=room.seq, phase=room.phase, round=room.round)
            row = participants.seat_by_id(participant_id)
            if row is None or row.room_id != room.id or row.removed_at is not None:
                raise NotFound("Nobody with this id is in the room.")
            if row.nickname != nickname:
                # What the host has judged is another name than this.
                raise Stale("This participant has another name meanwhile.", seq=room.seq)

        return await self._transitions.name(live.room.id, NameChange(event, participant_id, nickname), allow)

    async def change(self, identity: Identity, pin: str, nickname: str) -> dict[str, str]:
        """Another name for a seat whose host has asked for one. Raises Invalid, Forbidden, NameTaken, RoomOver."""
        name = clean_nickname(nickname)
        live = await self._live.by_pin(pin)
        if identity.kind != "participant" or identity.room != live.room.id:
            raise Forbidden("Your seat is in another room.")
        if identity.id not in live.names.asked:
            raise Forbidden("Nobody has asked you for another name.")

        def allow(room: Room) -> None:
            if not participants.rename(identity.id, room.id, name, nickname_key(name)):
                raise NameTaken("Somebody here has this name already. Try another one.")

        await self._transitions.name(live.room.id, NameChange("name.changed", identity.id, name), allow)
        return {"id": identity.id, "nickname": name}
