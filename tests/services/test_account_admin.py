"""What ends a sign-in ends it on every node. The rules of who may do it are tested with the API."""

import pytest
from house import houses, until

from realtime.codes import CloseCode


@pytest.mark.parametrize("deed", ["role", "deactivate", "sign out", "password", "link"])
@pytest.mark.gen_test
async def test_sockets_are_closed_on_all_nodes(tmp_path, deed):
    """Those of the projector too, and nobody else's."""
    async with houses(tmp_path) as (here, there):
        admin, ada = await here.admin(), await here.teacher()
        phone, laptop = await there.sign_in("t@school.example"), await here.sign_in("t@school.example")
        screen = here.services.tokens.read(here.services.tokens.issue_screen("room", ada.id, 1))
        theirs = [there.connect(phone), here.connect(laptop), there.connect(screen)]
        others = [here.connect(admin), there.connect(await there.teacher("bo@school.example"))]
        people = here.services.people
        if deed == "role":
            await people.admin.set_role(admin, ada.id, "admin")
        elif deed == "deactivate":
            await people.admin.deactivate(admin, ada.id)
        elif deed == "sign out":
            await people.admin.sign_out(admin, ada.id)
        elif deed == "password":
            await people.own.change_password(ada, "a long password", "another long password")
        else:
            token = (await people.resets.make(admin, ada.id))["url"].partition("token=")[2]
            await people.resets.use(token, "another long password")
        await until(lambda: all(socket.close_code for socket in theirs), "the end of all sockets")
        assert {socket.close_code for socket in theirs} == {CloseCode.TOKEN_INVALID}
        assert all(socket.is_open for socket in others)


@pytest.mark.gen_test
async def test_one_ended_sign_in_closes_its_own_sockets_only(tmp_path):
    """On whatever node they are."""
    async with houses(tmp_path) as (here, there):
        ada = await here.teacher()
        lost = await there.sign_in("t@school.example")
        sockets = [there.connect(lost), there.connect(ada)]
        await here.services.people.sign_ins.end(ada, lost.jti)
        await until(lambda: sockets[0].close_code, "the end of the socket")
        assert sockets[1].is_open
