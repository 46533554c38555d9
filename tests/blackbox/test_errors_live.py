"""Every row of the contract's table of errors, over the wire, each in the situation it is made for."""

import pytest
from blackbox_class import RIGHT, WRONG, classroom, invalid, refused, run
from blackbox_http import Api
from blackbox_live import Host, Peer, Player, RefusedError

pytestmark = pytest.mark.process
UNKNOWN_PIN = "000000"


def test_a_receipt_is_the_same_in_any_phase_whatever_else_is_said(api: Api) -> None:
    """The id decides: another answer, another round, a later phase make no difference."""

    async def play() -> None:
        async with classroom(api) as room:
            player = await room.player()
            await room.open()
            receipt = await player.submit(1, RIGHT, "answer-1")
            for number, answer in ((1, RIGHT), (1, WRONG), (2, RIGHT)):
                again = await player.call("answer.submit", round=number, answer=answer, id="answer-1")
                assert again == receipt
            for command in ("round.close", "room.standings", "room.end"):
                await room.host.command(command)
                assert await player.resend("answer-1") == receipt
            [row] = room.api.results(room.room)["participants"]
            assert row["answers"][0]["answer"] == RIGHT

    run(play())


def test_a_second_answer_is_already_answered(api: Api) -> None:
    """Another id for the same round, the same words or others; the first one stands."""

    async def play() -> None:
        async with classroom(api) as room:
            player, other = await room.player(), await room.player()
            await room.open()
            await player.submit(1, RIGHT)
            for answer in (RIGHT, WRONG):
                await refused("already_answered", player.submit(1, answer))
            await other.submit(1, WRONG)
            await room.host.command("round.close")
            assert (await player.event("answer.graded", round=1))["correct"] is True

    run(play())


def test_an_answer_outside_its_open_round_is_refused_by_when_it_is(api: Api) -> None:
    """Not yet open: wrong_phase. Over: round_closed, in every later phase."""

    async def play() -> None:
        async with classroom(api) as room:
            player = await room.player()
            await refused("wrong_phase", player.submit(1, RIGHT))
            await room.open()
            await refused("wrong_phase", player.submit(2, RIGHT))
            await room.host.command("round.close")
            await refused("round_closed", player.submit(1, RIGHT))
            await room.host.command("room.next")
            await player.event("round.opened", round=2)
            await refused("round_closed", player.submit(1, RIGHT))
            await room.host.command("room.end")
            with pytest.raises(RefusedError) as caught:
                await player.submit(1, RIGHT)
            assert caught.value.name in ("round_closed", "room_over")

    run(play())


def test_an_answer_in_the_reading_time_is_too_early(api: Api) -> None:
    """READ shows the prompt without the choices and takes no answers; `room.next` opens at once."""

    async def play() -> None:
        async with classroom(api, read_time_s=30) as room:
            player = await room.player()
            assert (await room.host.command("room.start"))["phase"] == "READ"
            announced = await player.event("round.announced", round=1)
            assert "choices" not in announced["question"]
            await refused("wrong_phase", player.submit(1, RIGHT))
            assert (await room.host.command("room.next"))["phase"] == "OPEN"
            await player.submit(1, RIGHT)

    run(play())


def test_an_answer_that_does_not_fit_the_question_is_invalid_and_not_counted(api: Api) -> None:
    """Neither an index that is not there nor a field of another kind uses up the one answer."""

    async def play() -> None:
        async with classroom(api) as room:
            player = await room.player()
            await room.open()
            wrong = (
                {"choices": [2]}, {"choices": [-1]}, {"choices": [0, 1]}, {"choices": []},
                {"choices": ["0"]}, {"choices": 0}, {"text": "4"}, {"number": 4}, {},
            )  # fmt: skip
            for answer in wrong:
                with pytest.raises(RefusedError) as caught:
                    await player.submit(1, answer)
                assert caught.value.name in ("invalid_answer", "invalid_params"), (answer, caught.value)
            await player.submit(1, RIGHT)

    run(play())


def test_host_commands_outside_their_phase_are_wrong_phase(api: Api) -> None:
    """The refusal changes nothing and names the phase."""

    async def play() -> None:
        async with classroom(api) as room:
            await refused("wrong_phase", room.host.command("round.close"))
            await room.host.command("room.start")
            for method in ("room.start", "room.next"):
                error = await refused("wrong_phase", room.host.command(method))
                assert "OPEN" in error.message
            await room.host.command("round.close")
            await refused("wrong_phase", room.host.command("round.close"))
            await room.host.command("room.end")
            for method in ("room.next", "room.start", "room.standings"):
                await refused("room_over", room.host.command(method))

    run(play())


def test_of_two_taps_on_two_remotes_one_is_stale(api: Api) -> None:
    """`expect` names the seq that the remote shows."""

    async def play() -> None:
        async with classroom(api) as room:
            start = await room.host.command("room.start", expect=room.host.seq)
            await refused("stale", room.host.command("round.close", expect=start["seq"] - 1))
            await refused("stale", room.host.command("round.close", expect=start["seq"] + 1))
            await room.host.command("round.close", expect=start["seq"])

    run(play())


def test_commands_of_another_role_are_forbidden(api: Api) -> None:
    """A participant does not drive, a host does not answer, a screen only looks."""

    async def play() -> None:
        async with classroom(api) as room:
            player = await room.player()
            token = api.expect(200, "POST", f"/api/v1/rooms/{room.room.id}/screen")["token"]
            async with Peer(api.port, room.room.pin, token) as screen:
                await screen.subscribe()
                for peer in (player, screen):
                    for method in ("room.start", "room.next", "round.close", "room.standings", "room.end"):
                        await refused("forbidden", peer.call(method))
                    await refused("forbidden", peer.call("room.lock", locked=True))
                    await refused("forbidden", peer.call("participant.kick", participant=player.id))
                await room.open()
                for other in (screen, room.host):
                    await refused("forbidden", other.call("answer.submit", round=1, answer=RIGHT, id="x"))
                assert not screen.faults

    run(play())


def test_another_teachers_room_is_forbidden(api: Api, other: Api) -> None:
    """Being a teacher is not being the host of this room."""

    async def play() -> None:
        assert other.token is not None
        async with classroom(api) as room, Host(api.port, room.room.pin, other.token) as stranger:
            for method in ("room.subscribe", "room.start", "room.end"):
                await refused("forbidden", stranger.call(method))
            assert room.host.snapshots[-1]["phase"] == "LOBBY"
            await room.host.command("room.start")

    run(play())


def test_a_participants_token_is_good_for_its_own_room_only(api: Api) -> None:
    """Subscribing and answering elsewhere are forbidden."""

    async def play() -> None:
        async with classroom(api) as room, classroom(api) as elsewhere:
            player = await room.player()
            await elsewhere.open()
            pin = elsewhere.room.pin
            await refused("forbidden", player.call("room.subscribe", room=pin))
            await refused("forbidden", player.call("answer.submit", room=pin, round=1, answer=RIGHT, id="x"))

    run(play())


def test_an_unknown_pin_or_participant_is_not_found(api: Api) -> None:
    """To a teacher, who may ask about any room."""

    async def play() -> None:
        async with classroom(api) as room:
            await refused("not_found", room.host.call("room.subscribe", room=UNKNOWN_PIN))
            await refused("not_found", room.host.call("room.start", room=UNKNOWN_PIN))
            nobody = "6f0c1f3e-0000-4000-8000-000000000000"
            await refused("not_found", room.host.call("participant.kick", participant=nobody))

    run(play())


def test_params_that_do_not_fit_are_named(api: Api) -> None:
    """-32602 with the field; the connection goes on."""

    async def play() -> None:
        async with classroom(api) as room:
            player = await room.player()
            await invalid("locked", room.host.call("room.lock", locked="yes"))
            await invalid("locked", room.host.call("room.lock"))
            await invalid("participant", room.host.call("participant.kick"))
            await invalid("expect", room.host.call("room.start", expect="1"))
            await invalid("after", player.call("room.subscribe", after=-1.5, epoch=player.epoch))
            await invalid("round", player.call("answer.submit", round="1", answer=RIGHT, id="x"))
            await invalid("id", player.call("answer.submit", round=1, answer=RIGHT))
            await invalid("answer", player.call("answer.submit", round=1, id="x"))
            message = {"jsonrpc": "2.0", "method": "room.start", "params": {}}
            await invalid("room", room.host.request(message))
            await invalid("params", room.host.request(message | {"params": [1]}))

    run(play())


def test_messages_that_are_no_requests_get_json_rpcs_own_errors(api: Api) -> None:
    """Malformed: -32700 with id null. Not a request: -32600. No such method: -32601. All go on."""

    async def number_of(player: Player, text: str) -> int:
        before = len(player.frames)
        await player.send_raw(text)

        def answer() -> int | None:
            errors = [frame["error"]["code"] for frame in player.frames[before:] if "error" in frame]
            return errors[0] if errors else None

        return await player.until(answer, f"error for {text[:40]}")

    async def play() -> None:
        async with classroom(api) as room:
            player = await room.player()
            for text in ("{", "", "\x00", '{"jsonrpc": "2.0", "id": 1, "method": "ping"'):
                assert await number_of(player, text) == -32700, text
            assert player.frames[-1]["id"] is None
            for text in ("[]", "7", "null", '{"id": 1}', '{"jsonrpc": "2.0", "id": 1, "method": 7}',
                         '[{"jsonrpc": "2.0", "id": 1, "method": "ping"}]'):  # fmt: skip
                assert await number_of(player, text) == -32600, text
            text = '{"jsonrpc": "2.0", "id": 5, "method": "room.dance", "params": {}}'
            assert await number_of(player, text) == -32601
            assert player.frames[-1]["id"] == 5
            reply = await player.request({"jsonrpc": "2.0", "method": "ping", "params": {}})
            assert isinstance(reply["server_time"], int)

    run(play())


def test_a_place_that_is_not_in_the_log_gets_the_snapshot(api: Api) -> None:
    """A foreign epoch, a seq beyond the end; a known place gets the events after it."""

    async def play() -> None:
        async with classroom(api) as room:
            player = await room.player()
            start = player.seq
            await room.open()
            probe = Player(api.port, room.room.pin, room.api.join(room.room.pin, "Probe"))
            async with probe:
                for where in ({"after": start, "epoch": "foreign"}, {"after": 99_999, "epoch": player.epoch},
                              {"after": start}):  # fmt: skip
                    reply = await probe.call("room.subscribe", **where)
                    assert "snapshot" in reply or "epoch" not in where, where
                reply = await probe.call("room.subscribe", after=start, epoch=player.epoch)
                assert [event["method"] for event in reply["events"]] == ["round.opened"]
                assert reply["you"]["participant"]["nickname"] == "Probe"
                reply = await probe.call("room.subscribe", after=reply["seq"], epoch=player.epoch)
                assert reply["events"] == []

    run(play())
