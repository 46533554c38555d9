"""The live cloud: host and screen see what is written while a word cloud is open, whatever node it came to."""

import json

import pytest
from house import house, houses, until
from sample_kinds import OPEN, WORDCLOUD

from services import clouds


def told(connection):
    """The clouds that a connection was sent."""
    messages = [json.loads(text) for text in connection.transport.sent]
    return [message["params"] for message in messages if "cloud" in message.get("params", {})]


async def watching(here, teacher, room):
    connection = here.connect(teacher)
    await here.services.subscriptions.subscribe(connection, teacher, room["pin"], None, None)
    return connection


async def opened(here, question, **settings):
    """(teacher, room) with its first round open."""
    teacher = await here.teacher()
    room = await here.room(teacher, question, read_time_s=0, close_when_all_answered=False, **settings)
    await here.services.transitions.command(room["id"], "room.start")
    return teacher, room


@pytest.mark.gen_test
async def test_words_come_in_while_the_round_is_open(tmp_path, monkeypatch):
    """Counted together, rude ones as dots, to the host and not to those who write."""
    monkeypatch.setattr(clouds, "EVERY_S", 0.01)
    async with house(tmp_path) as here:
        teacher, room = await opened(here, WORDCLOUD)
        host = await watching(here, teacher, room)
        ada, phone = await here.seat(room["pin"], "Ada")
        bo, _ = await here.seat(room["pin"], "Bo")
        await here.answer(room["pin"], ada, 1, {"words": ["Wet", "fuck"]})
        await here.answer(room["pin"], bo, 1, {"words": ["wet"]}, "s2")
        cloud = [{"value": "Wet", "count": 2}, {"value": "•••", "count": 1}]
        whole = {"room": room["pin"], "round": 1, "answered": 2, "connected": 2, "cloud": cloud}
        await until(lambda: told(host) and told(host)[-1] == whole, "the cloud")
        assert not told(phone)


@pytest.mark.gen_test
async def test_who_looks_later_gets_it_too(tmp_path, monkeypatch):
    """A projector that is reloaded waits for nobody to write again."""
    monkeypatch.setattr(clouds, "EVERY_S", 0.01)
    async with house(tmp_path) as here:
        teacher, room = await opened(here, WORDCLOUD)
        ada, _ = await here.seat(room["pin"], "Ada")
        await here.answer(room["pin"], ada, 1, {"words": ["wet"]})
        host = await watching(here, teacher, room)
        await until(lambda: told(host), "the cloud")
        assert told(host)[0]["cloud"] == [{"value": "wet", "count": 1}]


@pytest.mark.gen_test
async def test_it_comes_once_for_many(tmp_path, monkeypatch):
    """Nothing is told before its time, however many write."""
    monkeypatch.setattr(clouds, "EVERY_S", 600)
    async with house(tmp_path) as here:
        teacher, room = await opened(here, WORDCLOUD)
        host = await watching(here, teacher, room)
        for number in range(20):
            who, _ = await here.seat(room["pin"], f"p{number}")
            await here.answer(room["pin"], who, 1, {"words": ["wet"]}, f"s{number}")
        await until(lambda: any('"answered":20' in text for text in host.transport.sent), "the progress")
        assert not told(host)


@pytest.mark.gen_test
async def test_other_kinds_have_none(tmp_path, monkeypatch):
    """What is written to them is for afterwards."""
    monkeypatch.setattr(clouds, "EVERY_S", 0.001)
    async with house(tmp_path) as here:
        teacher, room = await opened(here, OPEN)
        host = await watching(here, teacher, room)
        ada, _ = await here.seat(room["pin"], "Ada")
        await here.answer(room["pin"], ada, 1, {"text": "wet"})
        await until(lambda: any("answered" in text for text in host.transport.sent[1:]), "the progress")
        assert not told(host)


@pytest.mark.gen_test
async def test_words_of_all_nodes_are_in_it(tmp_path, monkeypatch):
    """The host is at one node, who writes at another."""
    monkeypatch.setattr(clouds, "EVERY_S", 0.01)
    async with houses(tmp_path) as (here, there):
        teacher, room = await opened(here, WORDCLOUD)
        host = await watching(here, teacher, room)
        bo, _ = await there.seat(room["pin"], "Bo")
        await there.answer(room["pin"], bo, 1, {"words": ["far"]})
        there.services.shares.renew()
        await until(lambda: told(host) and told(host)[-1]["cloud"] == [{"value": "far", "count": 1}], "the cloud")
