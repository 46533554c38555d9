"""Answers that meet each other, or the end of their round: each one is in and counted, or refused and not."""

import asyncio
import random

import pytest
from blackbox_class import RIGHT, WRONG, Classroom, classroom, run
from blackbox_http import Api, Json
from blackbox_live import Player, RefusedError

pytestmark = pytest.mark.process
CROWD = 40


async def crowd(room: Classroom, size: int) -> list[Player]:
    players = [room.seat() for _ in range(size)]
    await asyncio.gather(*(player.join_room() for player in players))
    return players


async def outcome(player: Player, number: int, answer: Json, answer_id: str | None = None) -> str:
    """`stored`, or the name of the refusal."""
    try:
        return str((await player.submit(number, answer, answer_id))["status"])
    except RefusedError as error:
        return error.name


def check_counted(room: Classroom, players: list[Player], number: int) -> None:
    """In the results is what has a receipt, and nothing else."""
    rows = {row["id"]: row["answers"][number - 1] for row in room.api.results(room.room)["participants"]}
    for player in players:
        receipts = [one["received_at"] for one in player.receipts.values() if one["round"] == number]
        entry = rows[player.id]
        assert receipts == ([] if entry["answer"] is None else [entry["received_at"]]), player.nickname


def test_answers_that_meet_the_end_of_the_round_are_counted_or_refused(api: Api, rng: random.Random) -> None:
    """The host closes in the middle of a burst, several times; nothing acknowledged is uncounted."""

    async def play() -> None:
        rounds = 6
        async with classroom(api, rounds=rounds) as room:
            players = await crowd(room, CROWD)
            for number in range(1, rounds + 1):
                await room.host.command("room.start" if number == 1 else "room.next")
                await asyncio.gather(*(player.event("round.opened", round=number) for player in players))
                work = [asyncio.create_task(outcome(player, number, RIGHT)) for player in players]
                work.insert(rng.randrange(CROWD), asyncio.create_task(close(room)))
                told = set(await asyncio.gather(*work))
                assert told <= {"stored", "round_closed", "closed"}, told
                await asyncio.gather(*(player.event("answer.graded", round=number) for player in players))
            await room.host.command("room.end")
            for number in range(1, rounds + 1):
                check_counted(room, players, number)

    async def close(room: Classroom) -> str:
        await room.host.command("round.close")
        return "closed"

    run(play())


def test_the_end_of_the_room_in_a_burst_counts_what_it_acknowledged(api: Api) -> None:
    """`room.end` closes and grades the open round first."""

    async def play() -> None:
        async with classroom(api) as room:
            players = await crowd(room, CROWD)
            await room.open()
            work = [asyncio.create_task(outcome(player, 1, RIGHT)) for player in players[: CROWD // 2]]
            work.append(asyncio.create_task(end(room)))
            work += [asyncio.create_task(outcome(player, 1, RIGHT)) for player in players[CROWD // 2 :]]
            told = set(await asyncio.gather(*work))
            assert told <= {"stored", "round_closed", "room_over", "ended"}, told
            for player in players:
                finished = await player.event("participant.finished")
                assert finished["of"] == CROWD
            check_counted(room, players, 1)

    async def end(room: Classroom) -> str:
        await room.host.command("room.end")
        return "ended"

    run(play())


def test_of_two_answers_at_the_same_moment_one_is_stored(api: Api) -> None:
    """Two tabs, two ids, one batch: one receipt, one refusal, one answer."""

    async def play() -> None:
        async with classroom(api) as room:
            players = await crowd(room, 10)
            tabs = []
            for player in players:
                seat = {"token": player.token, "participant": {"id": player.id, "nickname": player.nickname}}
                tabs.append(Player(api.port, room.room.pin, seat))
            room.players += tabs
            await asyncio.gather(*(tab.join_room() for tab in tabs))
            await room.open()
            pairs = zip(players, tabs, strict=True)
            told = await asyncio.gather(
                *(outcome(peer, 1, answer) for pair in pairs for peer, answer in zip(pair, (RIGHT, WRONG), strict=True))
            )
            for first in range(0, len(told), 2):
                assert sorted(told[first : first + 2]) == ["already_answered", "stored"]
            await room.host.command("room.end")
            [entry] = room.api.results(room.room)["rounds"][:1]
            assert entry["answered"] == len(players)

    run(play())


def test_the_same_answer_twice_in_one_batch_has_one_receipt(api: Api) -> None:
    """A resend that overtakes the reply to the first."""

    async def play() -> None:
        async with classroom(api) as room:
            player = await room.player()
            await room.open()
            told = await asyncio.gather(*(outcome(player, 1, RIGHT, "same") for _ in range(5)))
            assert set(told) == {"stored"}
            await room.host.command("room.end")
            assert room.api.results(room.room)["rounds"][0]["answered"] == 1

    run(play())


def test_an_id_is_its_participants_own(api: Api) -> None:
    """Two simple clients that both count from 1 do not get each other's receipts."""

    async def play() -> None:
        async with classroom(api) as room:
            players = await crowd(room, 3)
            await room.open()
            for player, answer in zip(players, (RIGHT, WRONG, RIGHT), strict=True):
                assert await outcome(player, 1, answer, "1") == "stored"
            await room.host.command("room.end")
            rows = {row["id"]: row for row in room.api.results(room.room)["participants"]}
            told = [rows[player.id]["answers"][0]["answer"] for player in players]
            assert told == [RIGHT, WRONG, RIGHT]

    run(play())


def test_of_many_who_want_the_same_name_one_gets_it(api: Api) -> None:
    """At the same moment; so does one device that asks many times."""

    async def play() -> None:
        async with classroom(api) as room:
            path = f"/api/v1/rooms/{room.room.pin}/participants"
            calls = [asyncio.to_thread(api.call, "POST", path, {"nickname": "Ada"}) for _ in range(12)]
            statuses = sorted([reply.status for reply in await asyncio.gather(*calls)])
            assert statuses == [201] + [409] * 11
            body = {"nickname": "Grace", "client_id": "device-1"}
            calls = [asyncio.to_thread(api.call, "POST", path, body) for _ in range(12)]
            replies = await asyncio.gather(*calls)
            assert {reply.status for reply in replies} == {201}
            assert len({reply.json["participant"]["id"] for reply in replies}) == 1

    run(play())
