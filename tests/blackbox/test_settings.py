"""What the settings of a room and the kinds without a right answer do, as a participant sees it."""

from typing import Any

import pytest
from blackbox_class import CALM, RIGHT, SINGLE, WRONG, Classroom, classroom, run
from blackbox_http import Api, Json, Room
from blackbox_live import Host, Player

pytestmark = pytest.mark.process
POLL = {"kind": "poll", "prompt": "Tea or coffee?", "choices": [{"text": "tea"}, {"text": "coffee"}]}
SLIDE = {"kind": "info", "prompt": "Now something else."}
MANY = {
    "kind": "multi",
    "prompt": "Which are even?",
    "choices": [{"text": str(number), "correct": number % 2 == 0} for number in range(1, 9)],
    "time_limit_s": None,
}


async def lesson(api: Api, questions: list[Json], **settings: Any) -> tuple[Room, Host, Player]:
    """A started room with a host and one participant; the caller closes both."""
    room = api.room(api.quiz(questions), **(CALM | settings))
    assert api.token is not None
    host = Host(api.port, room.pin, api.token)
    player = Player(api.port, room.pin, api.join(room.pin, "Ada"))
    await host.join_room()
    await player.join_room()
    await host.command("room.start")
    return room, host, player


async def leave(*peers: Host | Player) -> None:
    for peer in peers:
        await peer.close()
        assert not peer.faults, peer.faults


def test_a_round_ends_by_itself_when_everyone_has_answered(api: Api) -> None:
    """Whoever is there counts, each one's answer; a seat that never came does not hold the room up."""

    async def play() -> None:
        async with classroom(api, close_when_all_answered=True) as room:
            players = [await room.player() for _ in range(3)]
            api.join(room.room.pin, "Never here")
            await room.open()
            for player in players[1:]:
                await player.submit(1, RIGHT)
            await players[0].submit(1, WRONG)
            # The node does not judge who is there in the first 15 seconds of its life.
            closed = await players[0].event("round.closed", round=1, deadline_s=25)
            assert closed["distribution"]["counts"] == [1, 2]

    run(play())


def test_a_round_ends_by_itself_at_its_deadline(api: Api) -> None:
    """Everyone is graded, with or without an answer."""

    async def play() -> None:
        _, host, player = await lesson(api, [SINGLE | {"time_limit_s": 1}])
        opened = await player.event("round.opened", round=1)
        assert opened["closes_at"] == opened["opened_at"] + 1000
        closed = await player.event("round.closed", round=1)
        assert closed["server_time"] >= opened["closes_at"]
        graded = await player.event("answer.graded", round=1)
        assert (graded["correct"], graded["credit"], graded["points"]) == (False, 0, 0)
        await leave(host, player)

    run(play())


def test_the_reading_time_ends_by_itself(api: Api) -> None:
    """READ, then OPEN at the moment that was announced."""

    async def play() -> None:
        _, host, player = await lesson(api, [SINGLE], read_time_s=1)
        announced = await player.event("round.announced", round=1)
        opened = await player.event("round.opened", round=1)
        assert opened["opened_at"] >= announced["opens_at"]
        await leave(host, player)

    run(play())


def test_a_slide_and_a_poll_bring_nobody_a_point(api: Api) -> None:
    """A slide has no answers and goes on with `room.next`; a poll has a distribution and no key."""

    async def play() -> None:
        room, host, player = await lesson(api, [SLIDE, POLL, SINGLE])
        slide = await player.event("round.opened", round=1)
        assert (slide["question"]["kind"], slide["closes_at"]) == ("info", None)
        await host.command("room.next")
        await player.event("round.opened", round=2)
        await player.submit(2, {"choices": [1]})
        await host.command("round.close")
        closed = await player.event("round.closed", round=2)
        assert closed["key"] is None
        assert closed["distribution"]["counts"] == [0, 1]
        await host.command("room.next")
        await player.event("round.opened", round=3)
        await player.submit(3, RIGHT)
        await host.command("round.close")
        graded = await player.event("answer.graded", round=3)
        assert (graded["score"], graded["streak"]) == (graded["points"], 1)
        await host.command("room.next")
        results = api.results(room)
        assert [entry["kind"] for entry in results["rounds"]] == ["info", "poll", "single"]
        assert [entry["counted"] for entry in results["rounds"]] == [False, False, True]
        await leave(host, player)

    run(play())


def test_a_phone_that_shows_no_question_is_sent_none(api: Api) -> None:
    """The texts are for the wall; the order of the choices is the same there."""

    async def play() -> None:
        _, host, player = await lesson(api, [MANY], show_question_on_phone=False, shuffle_choices=True)
        phone = (await player.event("round.opened", round=1))["question"]
        wall = (await host.event("round.opened", round=1))["question"]
        assert phone["prompt"] is None
        assert {choice["text"] for choice in phone["choices"]} == {None}
        assert [choice["index"] for choice in phone["choices"]] == [choice["index"] for choice in wall["choices"]]
        for choice in wall["choices"]:
            assert choice["text"] == MANY["choices"][choice["index"]]["text"]  # type: ignore[index,call-overload]
        assert not any("Which are even" in text for text in player.raw)
        await leave(host, player)

    run(play())


@pytest.mark.parametrize(("partial", "credit"), [(True, 0.5), (False, 0)])
def test_partial_credit_can_be_switched_off(api: Api, partial: bool, credit: float) -> None:
    """Two of four right ones are worth half, or nothing."""

    async def play() -> None:
        _, host, player = await lesson(api, [MANY], partial_credit=partial)
        await player.event("round.opened", round=1)
        await player.submit(1, {"choices": [1, 3]})
        await host.command("round.close")
        graded = await player.event("answer.graded", round=1)
        assert (graded["credit"], graded["points"], graded["correct"]) == (credit, credit * 1000, False)
        await leave(host, player)

    run(play())


def test_whoever_comes_back_or_late_finds_all_there_is_to_know(api: Api) -> None:
    """`you` has the own answer and the last result; the snapshot the open question without a key."""

    async def play() -> None:
        async with classroom(api) as room:
            player = await room.player("Ada", "device-1")
            await room.open()
            receipt = await player.submit(1, RIGHT)
            again = Player(api.port, room.room.pin, api.join(room.room.pin, "Ada", "device-1"))
            late = Player(api.port, room.room.pin, api.join(room.room.pin, "Late"))
            room.players += [again, late]
            for peer in (again, late):
                await peer.join_room()
                snapshot = peer.snapshots[-1]
                assert (snapshot["phase"], snapshot["round"], snapshot["rounds"]) == ("OPEN", 1, 2)
                assert snapshot["question"]["choices"]
                assert not snapshot.get("key")
            assert again.you is not None
            assert late.you is not None
            held = {name: receipt[name] for name in ("round", "id", "received_at")} | {"answer": RIGHT}
            assert again.you["answer"] == held
            assert not late.you.get("answer")
            await late.submit(1, WRONG)
            await room.host.command("round.close")
            graded = await late.event("answer.graded", round=1)
            await late.close()
            await late.join_room()
            told = {name: value for name, value in graded.items() if name != "room"}
            assert late.you["graded"].items() >= told.items()
            check_names(room)

    run(play())


def check_names(room: Classroom) -> None:
    """The owner's list has both, by HTTP."""
    page = room.api.expect(200, "GET", f"/api/v1/rooms/{room.room.id}/participants")
    assert {row["nickname"] for row in page["participants"]} == {"Ada", "Late"}


def test_names_travel_to_the_wall_and_not_to_phones(api: Api) -> None:
    """`lobby.changed` and the snapshot have names for host and screen only."""

    async def play() -> None:
        async with classroom(api) as room:
            player = await room.player("Zwetschge")
            other = await room.player("Mirabelle")
            changed = await room.host.event("lobby.changed", participants=2)
            assert "Mirabelle" in changed["recent"]
            await other.event("lobby.changed", participants=2)
            assert not any("Mirabelle" in text for text in player.raw)
            assert "names" not in player.snapshots[0] or not player.snapshots[0]["names"]

    run(play())


def test_results_come_as_a_table_too(api: Api) -> None:
    """CSV: a header and a line for each participant; no cell that a spreadsheet would run."""

    async def play() -> None:
        async with classroom(api) as room:
            player = await room.player("=1+1")
            await room.open()
            await player.submit(1, RIGHT)
            await room.host.command("room.end")
            reply = api.call("GET", f"/api/v1/rooms/{room.room.id}/results.csv")
            assert reply.status == 200
            assert reply.headers["Content-Type"].startswith("text/csv")
            text = reply.body.decode("utf-8-sig")
            assert "1+1" in text
            assert not any(cell.strip('"').startswith("=") for line in text.splitlines() for cell in line.split(","))
            same = api.expect(200, "GET", f"/api/v1/rooms/{room.room.id}/results.json")
            assert same == api.results(room.room)

    run(play())
