"""Who is let in from memory, and that whoever should not have been is out a second later."""

import peewee
import pytest
from house import house
from sample_rooms import SINGLE

from models import participants, sign_ins
from realtime.codes import CloseCode


@pytest.mark.gen_test
async def test_a_seat_of_a_room_held_here_is_known(tmp_path):
    """With its nickname; nobody else is."""
    async with house(tmp_path) as here:
        teacher = await here.teacher()
        room = await here.room(teacher, SINGLE)
        mia, _ = await here.seat(room["pin"], "Mia")
        token = here.services.tokens.issue_participant(mia.id, room["id"])
        known = here.services.doorkeeper.known(here.services.tokens.read(token))
        assert (known.id, known.name, known.room, known.kind) == (mia.id, "Mia", room["id"], "participant")
        for stranger in (
            here.services.tokens.issue_participant("nobody", room["id"]),
            here.services.tokens.issue_participant(mia.id, "another room"),
            here.services.tokens.issue_screen(room["id"], teacher.id),
        ):
            assert here.services.doorkeeper.known(here.services.tokens.read(stranger)) is None
        assert here.services.doorkeeper.known(teacher) is None


@pytest.mark.gen_test
async def test_who_was_kicked_here_is_not_known(tmp_path):
    """The room forgets the seat when it is taken away."""
    async with house(tmp_path) as here:
        room = await here.room(await here.teacher(), SINGLE)
        mia, _ = await here.seat(room["pin"], "Mia")
        await here.services.participants.remove(room["id"], mia.id, ban=False)
        assert here.services.doorkeeper.known(mia) is None


@pytest.mark.gen_test
async def test_who_came_in_and_should_not_have_is_closed_by_the_check(tmp_path):
    """A seat taken away by another node, a sign-out during the handshake; the others stay, and are asked for once."""
    async with house(tmp_path) as here:
        services = here.services
        teacher = await here.teacher()
        room = await here.room(teacher, SINGLE)
        gone, stays = [await here.seat(room["pin"], name) for name in ("Gone", "Stays")]
        screen = services.tokens.read(services.tokens.issue_screen(room["id"], teacher.id))
        other = await here.sign_in("t@school.example")
        await services.accounts.logout(teacher)
        # As another node does it: in the database, and not a word to this one.
        await services.db.write(lambda: participants.remove(gone[0].id, 0, ban=False))
        sockets = [gone[1], stays[1], *(here.connect(who) for who in (teacher, other, screen))]
        for socket in sockets:
            services.doorkeeper.let_in(socket)
        await services.doorkeeper.check()
        codes = [socket.close_code for socket in sockets]
        assert codes == [CloseCode.KICKED, None, CloseCode.TOKEN_INVALID, None, None]
        await services.db.write(lambda: participants.remove(stays[0].id, 0, ban=False))
        await services.doorkeeper.check()
        assert stays[1].is_open


@pytest.mark.gen_test
async def test_when_the_database_cannot_be_asked_the_next_check_asks(tmp_path):
    """Nobody stays in because of a moment's failure."""
    async with house(tmp_path) as here:
        services = here.services
        room = await here.room(await here.teacher(), SINGLE)
        who, socket = await here.seat(room["pin"], "Gone")
        services.doorkeeper.let_in(socket)
        await services.db.write(lambda: participants.remove(who.id, 0, ban=False))
        await services.db.write(lambda: services.db.engine.execute_sql("ALTER TABLE participant RENAME TO away"))
        with pytest.raises(peewee.DatabaseError):
            await services.doorkeeper.check()
        assert socket.is_open
        await services.db.write(lambda: services.db.engine.execute_sql("ALTER TABLE away RENAME TO participant"))
        await services.doorkeeper.check()
        assert socket.close_code is CloseCode.KICKED


@pytest.mark.gen_test
async def test_more_than_one_statement_can_hold_are_asked_for(tmp_path):
    """A lecture hall that comes within a second."""
    async with house(tmp_path) as here:
        room = await here.room(await here.teacher(), SINGLE)
        seats = [await here.services.participants.join(room["pin"], f"P{number}") for number in range(3)]
        ids = [seat["participant"]["id"] for seat in seats]
        many = [*ids, *(f"nobody {number}" for number in range(1200))]
        assert await here.services.db.read(participants.seated_among, many) == set(ids)


@pytest.mark.gen_test
async def test_a_sign_in_that_ended_without_a_word_is_found(tmp_path):
    """As the command line does it, or a node that could not tell; seats are looked after with their room."""
    async with house(tmp_path) as here:
        services = here.services
        teacher, admin = await here.teacher(), await here.admin()
        room = await here.room(teacher, SINGLE)
        _, seat = await here.seat(room["pin"], "Mia")
        screen = services.tokens.read(services.tokens.issue_screen(room["id"], teacher.id, teacher.ver))
        theirs = [here.connect(teacher), here.connect(screen)]
        other = here.connect(admin)
        await services.doorkeeper.recheck()
        assert all(socket.is_open for socket in theirs)
        await services.db.write(sign_ins.end_all, teacher.id)
        await services.doorkeeper.recheck()
        assert [socket.close_code for socket in theirs] == [CloseCode.TOKEN_INVALID] * 2
        assert other.is_open
        assert seat.is_open
