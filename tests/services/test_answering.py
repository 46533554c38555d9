"""Taking answers: receipts after the commit, in their own hands whoever else has trouble."""

import asyncio
import json

import peewee
import pytest
from databases import sqlite_only
from house import house
from sample_rooms import SINGLE

from game.phases import Phase
from handlers.live.commands import commands, rpc_error
from models import write_queue
from realtime.codes import CloseCode
from realtime.dispatch import Dispatcher
from realtime.intake import Intake
from services.errors import AlreadyAnswered, InvalidAnswer, RoundClosed

RIGHT = {"choices": [1]}


class Phones:
    """A room with an open round, and phones whose messages go the whole way from the intake on."""

    def __init__(self, here, room):
        self.here = here
        self.room = room
        self.gone = []
        self._dispatcher = Dispatcher(commands(here.services), rpc_error)

    async def join(self, name):
        identity, connection = await self.here.seat(self.room["pin"], name)
        connection.transport.sent.clear()
        intake = Intake(connection, self._dispatcher, self.here.clock, self.gone.append)
        return Phone(self.room["pin"], identity, connection, intake)


class Phone:
    def __init__(self, pin, identity, connection, intake):
        self.pin = pin
        self.identity = identity
        self.connection = connection
        self.intake = intake

    def send(self, method, request_id, **params):
        request = {"jsonrpc": "2.0", "id": request_id, "method": method, "params": {"room": self.pin, **params}}
        self.intake.on_message(json.dumps(request))

    def answer(self, id, number=1, answer=RIGHT, request_id=1):
        self.send("answer.submit", request_id, round=number, answer=answer, id=id)

    @property
    def replies(self):
        """(id of the request, receipt or name of the error), events left out."""
        found = [json.loads(text) for text in self.connection.transport.sent]
        return [(one["id"], one.get("result") or one["error"]["data"]["code"]) for one in found if "id" in one]

    async def replied(self, count=1):
        while len(self.replies) < count:
            await asyncio.sleep(0)
        return self.replies


async def open_room(here, **settings):
    settings = {"read_time_s": 0, "close_when_all_answered": False} | settings
    room = await here.room(await here.teacher(), SINGLE, SINGLE, **settings)
    phones = Phones(here, room)
    return phones, lambda: here.services.transitions.command(room["id"], "room.start")


@pytest.mark.gen_test
async def test_an_answer_is_acknowledged_without_a_task_of_its_own(tmp_path):
    """Read, handed over and answered by plain calls; the receipt is as the contract says."""
    async with house(tmp_path) as here:
        phones, start = await open_room(here)
        ada = await phones.join("Ada")
        await start()
        before = asyncio.all_tasks()
        ada.answer("a1")
        assert asyncio.all_tasks() == before
        assert ada.connection.in_flight == 1
        receipt = {"status": "stored", "id": "a1", "round": 1, "received_at": here.clock.now_ms()}
        assert await ada.replied() == [(1, receipt)]
        assert ada.connection.in_flight == 0


@pytest.mark.gen_test
async def test_what_is_sent_behind_an_answer_waits_for_its_receipt(tmp_path):
    """A phone that asks how it stands hears of the answer that it gave before."""
    async with house(tmp_path) as here:
        phones, start = await open_room(here)
        ada = await phones.join("Ada")
        await start()
        ada.answer("a1")
        ada.send("room.subscribe", 2)
        ada.answer("a1", request_id=3)
        (_, receipt), (_, state), (_, again) = await ada.replied(3)
        assert state["you"]["answer"]["id"] == "a1"
        assert receipt == again


@pytest.mark.gen_test
async def test_a_room_that_is_not_held_is_read_first(tmp_path):
    """After a restart the first answer may come before any page has."""
    async with house(tmp_path) as here:
        phones, start = await open_room(here)
        ada = await phones.join("Ada")
        await start()
        here.services.live.drop(await here.services.live.hold(phones.room["id"]))
        ada.answer("a1")
        assert (await ada.replied())[0][1]["status"] == "stored"


@pytest.mark.gen_test
async def test_a_phone_of_another_room_is_forbidden(tmp_path):
    """Also when this node holds the room that it names."""
    async with house(tmp_path) as here:
        phones, start = await open_room(here)
        ada = await phones.join("Ada")
        await start()
        ada.pin = (await here.room(await here.teacher("x@school.example"), SINGLE))["pin"]
        ada.answer("a1")
        assert await ada.replied() == [(1, "forbidden")]


@pytest.mark.gen_test
async def test_everybody_in_a_batch_gets_their_own(tmp_path):
    """New, malformed, too early, a second thought and the same again, all in one turn."""
    async with house(tmp_path) as here:
        phones, start = await open_room(here)
        ada, bo, cy, dan = [await phones.join(name) for name in ("Ada", "Bo", "Cy", "Dan")]
        await start()
        dan.answer("d1")
        await dan.replied()
        ada.answer("a1")
        bo.answer("b1", answer={"choices": [9]})
        cy.answer("c1", number=2)
        dan.answer("d2", request_id=2)
        assert (await ada.replied())[0][1]["status"] == "stored"
        assert await bo.replied() == [(1, "invalid_answer")]
        assert await cy.replied() == [(1, "wrong_phase")]
        assert (await dan.replied(2))[1] == (2, "already_answered")
        live = await here.services.live.hold(phones.room["id"])
        assert sorted(live.answered) == sorted([ada.identity.id, dan.identity.id])


@pytest.mark.gen_test
async def test_a_stored_id_has_its_receipt_in_any_phase(tmp_path):
    """Also with an answer that nobody could grade, and after the round; a new id is refused by then."""
    async with house(tmp_path) as here:
        phones, start = await open_room(here)
        ada, bo = await phones.join("Ada"), await phones.join("Bo")
        await start()
        ada.answer("a1")
        await ada.replied()
        await here.services.transitions.command(phones.room["id"], "round.close")
        here.clock.advance(5)
        ada.answer("a1", number=2, answer={"choices": "?"})
        ada.answer("a2")
        bo.answer("b1")
        first, again, other = await ada.replied(3)
        assert (first[1], other[1]) == (again[1], "round_closed")
        assert await bo.replied() == [(1, "round_closed")]


@sqlite_only
@pytest.mark.gen_test
async def test_nobody_has_a_receipt_of_a_commit_that_failed(tmp_path, caplog):
    """Nor counts as having answered; the same answer sent again is stored. The log has a line, not one for each."""
    async with house(tmp_path) as here:
        phones, start = await open_room(here)
        crowd = [await phones.join(f"p{number}") for number in range(3)]
        await start()
        await here.services.db.write(lambda: here.services.db.engine.execute_sql("PRAGMA busy_timeout = 0"))
        other = peewee.SqliteDatabase(tmp_path / "quizhall.db", timeout=0)
        other.connect()
        other.execute_sql("BEGIN IMMEDIATE")
        for phone in crowd:
            phone.answer("x")
        for phone in crowd:
            assert await phone.replied() == [(1, "overloaded")]
        assert [record.message for record in caplog.records if record.name == "services.failures"] == [
            "the database refused: database is locked"
        ]
        other.execute_sql("ROLLBACK")
        other.close()
        live = await here.services.live.hold(phones.room["id"])
        assert live.answered == {}
        for phone in crowd:
            phone.answer("x", request_id=2)
            assert (await phone.replied(2))[1][1]["status"] == "stored"


@pytest.mark.gen_test
async def test_who_goes_while_the_answer_is_written_has_given_it(tmp_path):
    """The socket is gone before the commit: the answer counts, its neighbours have their receipts."""
    async with house(tmp_path) as here:
        phones, start = await open_room(here)
        ada, bo = await phones.join("Ada"), await phones.join("Bo")
        await start()
        ada.answer("a1")
        bo.answer("b1")
        ada.intake.on_lost()
        assert (await bo.replied())[0][1]["status"] == "stored"
        assert ada.replies == []
        assert phones.gone == [ada.connection]
        live = await here.services.live.hold(phones.room["id"])
        assert sorted(live.answered) == sorted([ada.identity.id, bo.identity.id])


@pytest.mark.gen_test
async def test_whom_we_close_while_the_answer_is_written_costs_nobody_else(tmp_path):
    """The answer that was on its way is stored; what waited behind it is not done."""
    async with house(tmp_path) as here:
        phones, start = await open_room(here)
        ada, bo = await phones.join("Ada"), await phones.join("Bo")
        await start()
        ada.answer("a1")
        ada.send("room.unsubscribe", 2)
        ada.connection.close(CloseCode.REPLACED)
        bo.answer("b1")
        assert (await bo.replied())[0][1]["status"] == "stored"
        assert ada.replies == []
        assert ada.connection.topics
        assert ada.connection.in_flight == 0


@pytest.mark.gen_test
async def test_what_the_writer_cannot_take_in_useful_time_is_overloaded(tmp_path, monkeypatch):
    """It is told at once and stored when it is sent again."""
    async with house(tmp_path) as here:
        phones, start = await open_room(here)
        ada, bo, cy = [await phones.join(name) for name in ("Ada", "Bo", "Cy")]
        await start()
        monkeypatch.setattr(write_queue, "QUEUE_MOST", 2)
        for phone in (ada, bo, cy):
            phone.answer("x")
        assert cy.replies == [(1, "overloaded")]
        await ada.replied()
        await bo.replied()
        cy.answer("x", request_id=2)
        assert (await cy.replied(2))[1][1]["status"] == "stored"


@pytest.mark.gen_test
async def test_whoever_waits_for_a_batch_is_told_though_another_stopped_waiting(tmp_path):
    """Cancelling takes no answer back."""
    async with house(tmp_path) as here:
        phones, start = await open_room(here)
        ada, bo = await phones.join("Ada"), await phones.join("Bo")
        await start()
        pin = phones.room["pin"]
        impatient = asyncio.ensure_future(here.answer(pin, ada.identity, 1, RIGHT, "a1"))
        patient = asyncio.ensure_future(here.answer(pin, bo.identity, 1, RIGHT, "b1"))
        await asyncio.sleep(0)
        impatient.cancel()
        assert (await patient).id == "b1"
        assert (await here.answer(pin, ada.identity, 1, RIGHT, "a1")).id == "a1"


@pytest.mark.gen_test
async def test_answers_that_came_before_the_host_closes_are_in(tmp_path):
    """Whatever is gathered goes to the writer before the round's end does."""
    async with house(tmp_path) as here:
        phones, start = await open_room(here)
        ada, bo = await phones.join("Ada"), await phones.join("Bo")
        await start()
        ada.answer("a1")
        closing = asyncio.ensure_future(here.services.transitions.command(phones.room["id"], "round.close"))
        await closing
        assert (await ada.replied())[0][1]["status"] == "stored"
        bo.answer("b1")
        assert await bo.replied() == [(1, "round_closed")]
        assert phones.here.services.live.held(phones.room["id"]).room.phase is Phase.REVEAL


@pytest.mark.gen_test
async def test_a_refusal_is_raised_to_who_waits_for_it(tmp_path):
    """By its class, with the field that is wrong."""
    async with house(tmp_path) as here:
        phones, start = await open_room(here)
        ada = await phones.join("Ada")
        await start()
        pin = phones.room["pin"]
        with pytest.raises(InvalidAnswer) as caught:
            await here.answer(pin, ada.identity, 1, {"choices": [9]}, "a1")
        assert caught.value.details["field"] == "answer.choices"
        await here.answer(pin, ada.identity, 1, RIGHT, "a1")
        with pytest.raises(AlreadyAnswered):
            await here.answer(pin, ada.identity, 1, RIGHT, "a2")
        await here.services.transitions.command(phones.room["id"], "round.close")
        with pytest.raises(RoundClosed):
            await here.answer(pin, ada.identity, 1, RIGHT, "a2")
