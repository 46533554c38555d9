"""Everyone who does not get a seat in a room, and why; whoever has one keeps it."""

import pytest
from blackbox_class import Classroom, classroom, details_name, run
from blackbox_http import Api, Reply

pytestmark = pytest.mark.process


def finish(room: Classroom) -> None:
    async def end() -> None:
        await room.host.join_room()
        await room.host.command("room.end")
        await room.host.close()

    run(end())


def join(api: Api, pin: str, **body: object) -> Reply:
    return api.call("POST", f"/api/v1/rooms/{pin}/participants", body)


def test_an_unknown_pin_is_404_everywhere(nobody: Api) -> None:
    """The same body for every PIN that is nobody's."""
    bodies = {nobody.call("GET", f"/api/v1/rooms/{pin}").body for pin in ("000000", "999999", "12345", "x")}
    assert len(bodies) == 1
    for reply in (nobody.call("GET", "/api/v1/rooms/000000"), join(nobody, "000000", nickname="Eve")):
        assert reply.status == 404
        assert reply.error["code"] == "not_found"


def test_a_finished_room_is_410(api: Api, nobody: Api) -> None:
    """Neither its public face nor a seat can be had; its results can."""
    room = Classroom(api)
    finish(room)
    for reply in (
        nobody.call("GET", f"/api/v1/rooms/{room.room.pin}"),
        join(nobody, room.room.pin, nickname="Eve"),
    ):
        assert reply.status == 410
        assert reply.error["code"] == "room_over"
    assert api.results(room.room)["participants"] == []


def test_the_public_face_of_a_room(api: Api, nobody: Api) -> None:
    """What a phone may know before it joins."""
    room = Classroom(api)
    room.seat("Ada")
    public = nobody.expect(200, "GET", f"/api/v1/rooms/{room.room.pin}")
    assert public == {
        "pin": room.room.pin,
        "title": "Quiz",
        "phase": "LOBBY",
        "locked": False,
        "participants": 1,
    }


def test_a_locked_room_is_423_but_keeps_its_seats(api: Api, nobody: Api) -> None:
    """Nobody new gets in; who has a seat comes back to it; unlocked, it is open again."""

    async def play() -> None:
        async with classroom(api) as room:
            pin = room.room.pin
            seat = room.seat("Ada", "device-1")
            await room.host.command("room.lock", locked=True)
            assert nobody.expect(200, "GET", f"/api/v1/rooms/{pin}")["locked"] is True
            reply = join(nobody, pin, nickname="Eve")
            assert (reply.status, reply.error["code"]) == (423, "room_locked")
            assert nobody.join(pin, "Ada", "device-1")["participant"]["id"] == seat.id
            await room.host.command("room.lock", locked=False)
            assert join(nobody, pin, nickname="Eve").status == 201

    run(play())


def test_a_taken_name_is_409_whatever_its_case_and_form(api: Api, nobody: Api) -> None:
    """Names are compared in NFC and ignoring case."""
    pin = Classroom(api).room.pin
    nobody.join(pin, "Zoé")
    for same in ("Zoé", "ZOÉ", "zoe\u0301"):
        reply = join(nobody, pin, nickname=same)
        assert (reply.status, reply.error["code"]) == (409, "name_taken"), same


def test_the_same_client_id_gets_the_same_seat(api: Api, nobody: Api) -> None:
    """A lost reply does no harm; without a client_id it is another person."""
    pin = Classroom(api).room.pin
    first = nobody.join(pin, "Zoé", "device-7")
    again = nobody.join(pin, "Zoé", "device-7")
    assert again["participant"] == first["participant"]
    assert nobody.expect(200, "GET", f"/api/v1/rooms/{pin}")["participants"] == 1


@pytest.mark.parametrize("nickname", ["", "   ", "x" * 25, "a\x00b", "a\u202eb", "a\nb", 7, None, ["Ada"]])
def test_a_bad_nickname_is_422_and_named(api: Api, nobody: Api, nickname: object) -> None:
    """1 to 24 characters, no control or bidi-override characters, a text."""
    details_name(join(nobody, Classroom(api).room.pin, nickname=nickname), "nickname")


def test_a_join_without_a_nickname_is_422_and_named(api: Api, nobody: Api) -> None:
    """Fields that are missing and fields that nobody knows."""
    pin = Classroom(api).room.pin
    details_name(join(nobody, pin), "nickname")
    details_name(join(nobody, pin, nickname="Ada", client_id=9), "client_id")


def test_late_join_off_closes_the_door_with_the_start(api: Api, nobody: Api) -> None:
    """Before the start the room is open; afterwards it is as if locked."""

    async def play() -> None:
        async with classroom(api, late_join=False) as room:
            room.seat("Ada")
            await room.host.command("room.start")
            assert join(nobody, room.room.pin, nickname="Eve").status == 423

    run(play())
