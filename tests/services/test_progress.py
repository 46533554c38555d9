"""News of how many have answered: who is told when."""

import asyncio
import json
import threading

import pytest
from house import house, until
from sample_rooms import SINGLE

from services import progress


def heard(connection):
    """How many had answered and were there, each time that the connection was told."""
    messages = [json.loads(text) for text in connection.transport.sent]
    told = [message["params"] for message in messages if message["method"] == "round.progress"]
    return [(params["answered"], params["connected"]) for params in told]


@pytest.mark.gen_test
async def test_phones_are_told_when_the_answers_are_stored(tmp_path, monkeypatch):
    """The host hears at once that somebody has gone; the phones when nobody waits for a receipt any more."""
    monkeypatch.setattr(progress, "STAFF_EVERY_S", 0.005)
    monkeypatch.setattr(progress, "PHONES_EVERY_S", 0.005)
    monkeypatch.setattr(progress, "BUSY_WAIT_S", 0.005)
    monkeypatch.setattr(progress, "BUSY_FROM", 1)
    is_held_up, goes_on = threading.Event(), threading.Event()

    def hold_up():
        is_held_up.set()
        return goes_on.wait(20)

    async with house(tmp_path) as here:
        teacher = await here.teacher()
        room = await here.room(teacher, SINGLE, read_time_s=0, close_when_all_answered=False)
        host = here.connect(teacher)
        await here.services.subscriptions.subscribe(host, teacher, room["pin"], None, None)
        ada, adas = await here.seat(room["pin"], "Ada")
        bo, phone = await here.seat(room["pin"], "Bo")
        await here.services.transitions.command(room["id"], "room.start")
        await here.answer(room["pin"], ada, 1, {"choices": [1]})
        await until(lambda: heard(host)[-1:] == heard(phone)[-1:] == [(1, 2)], "what all hear")
        held_up = asyncio.ensure_future(here.services.db.write(hold_up))
        await until(is_held_up.is_set, "the writer's turn")
        late = asyncio.ensure_future(here.answer(room["pin"], bo, 1, {"choices": [1]}))
        await until(lambda: here.services.db.waiting_writes, "the answer that waits")
        here.services.hub.unregister(adas)
        await until(lambda: heard(host)[-1:] == [(1, 1)], "what the host hears")
        phone_heard = heard(phone)
        goes_on.set()
        await asyncio.gather(held_up, late)
        await until(lambda: heard(phone)[-1:] == [(2, 1)], "what the phone hears")
        assert phone_heard[-1] == (1, 2)


@pytest.mark.gen_test
async def test_phones_are_not_told_while_many_are_answering(tmp_path, monkeypatch):
    """Many have since one looked last: the receipts of the others come first."""
    monkeypatch.setattr(progress, "PHONES_EVERY_S", 3600)
    monkeypatch.setattr(progress, "BUSY_WAIT_S", 0.005)
    monkeypatch.setattr(progress, "BUSY_FROM", 1)
    async with house(tmp_path) as here:
        teacher = await here.teacher()
        room = await here.room(teacher, SINGLE, read_time_s=0, close_when_all_answered=False)
        ada, phone = await here.seat(room["pin"], "Ada")
        await here.services.transitions.command(room["id"], "room.start")
        await here.answer(room["pin"], ada, 1, {"choices": [1]})
        here.services.progress._tell(room["id"], True, 0)
        assert heard(phone) == []
        await until(lambda: heard(phone) == [(1, 1)], "what the phone hears when it is calm")
