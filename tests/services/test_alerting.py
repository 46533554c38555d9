"""From a node's own figures to the log and a webhook: once each way, in order, and never in anybody's way."""

import asyncio
import logging

import pytest
from house import house

from handlers.webhook import webhook
from services.alerting import AlertWatch
from services.alerts import RULES, Alerts


class Receiver:
    """A webhook in a list. `fails` makes it refuse, `opened` makes it wait."""

    def __init__(self):
        self.got = []
        self.fails = False
        self.opened = asyncio.Event()
        self.opened.set()

    async def __call__(self, message):
        await self.opened.wait()
        if self.fails:
            raise ConnectionRefusedError("nobody there")
        self.got.append(message)


def watch_of(here, post):
    """A second watch of the same node, with this webhook."""
    s = here.services
    return AlertWatch(s.node, here.clock, s.figures, s.loop_lag, Alerts(), post)


def look(here, watch, lag_s, times=1):
    """So many windows of five seconds with this lag."""
    changes = []
    for _ in range(times):
        here.services.loop_lag.note(lag_s)
        here.clock.advance(5)
        changes += watch.look()
    return changes


@pytest.mark.gen_test
async def test_an_alert_is_told_once_each_way(tmp_path, caplog):
    """To the log, to /metrics and to the webhook, with what a person and a program want to know."""
    caplog.set_level(logging.INFO, "services.alerting")
    async with house(tmp_path) as here:
        receiver = Receiver()
        watch = watch_of(here, receiver)
        began = here.clock.now_ms()
        look(here, watch, 0.8, times=3)
        registry = here.services.figures.registry
        assert registry.get_sample_value("quizhall_alert_raised", {"alert": "loop_blocked"}) == 1
        look(here, watch, 0.0, times=5)
        assert registry.get_sample_value("quizhall_alert_raised", {"alert": "loop_blocked"}) == 0
        await watch.settle()
    raised, cleared = receiver.got
    (rule,) = (rule for rule in RULES if rule.name == "loop_blocked")
    text = f"alert raised: loop_blocked (0.8, threshold 0.5). The event loop stood still for 0.8 s. {rule.advice}"
    assert raised == {
        "service": "quizhall",
        "node": "node-1",
        "alert": "loop_blocked",
        "severity": "critical",
        "state": "raised",
        "value": 0.8,
        "threshold": 0.5,
        "since": began + 5000,
        "timestamp": began + 5000,
        "text": text,
    }
    assert cleared["text"] == "alert cleared: loop_blocked (0, threshold 0.1). It is over after 25 s."
    assert (cleared["state"], cleared["since"], cleared["timestamp"]) == ("cleared", began + 5000, began + 30_000)
    assert [record.getMessage() for record in caplog.records] == [text, cleared["text"]]


@pytest.mark.gen_test
async def test_a_webhook_that_fails_is_logged_once(tmp_path, caplog):
    """And again only after it had worked in between."""
    async with house(tmp_path) as here:
        receiver = Receiver()
        receiver.fails = True
        watch = watch_of(here, receiver)
        for _ in range(3):
            look(here, watch, 0.8)
            look(here, watch, 0.0, times=3)
            await watch.settle()
        complaints = [r.getMessage() for r in caplog.records if "webhook" in r.getMessage()]
        assert complaints == ["the alert webhook did not take an alert: ConnectionRefusedError: nobody there"]
        assert here.services.figures.registry.get_sample_value("quizhall_alert_webhook_failed_total") == 6
        receiver.fails = False
        look(here, watch, 0.8)
        await watch.settle()
    assert [message["state"] for message in receiver.got] == ["raised"]


@pytest.mark.gen_test
async def test_a_webhook_that_hangs_delays_nothing(tmp_path):
    """Looking goes on, what happened meanwhile waits in order, and a stop does not wait for it."""
    async with house(tmp_path) as here:
        receiver = Receiver()
        receiver.opened.clear()
        watch = watch_of(here, receiver)
        assert len(look(here, watch, 0.8)) == 1
        await asyncio.sleep(0)
        assert len(look(here, watch, 0.0, times=3)) == 1
        assert receiver.got == []
        receiver.opened.set()
        await watch.settle()
        assert [message["state"] for message in receiver.got] == ["raised", "cleared"]
        receiver.opened.clear()
        look(here, watch, 0.8)
        await asyncio.sleep(0)
        await watch.stop()
        assert len(receiver.got) == 2


@pytest.mark.gen_test
async def test_a_real_webhook_gets_a_post(tmp_path):
    """JSON over HTTP; an address where nobody listens is a failure like any other."""
    asked = asyncio.Queue()

    async def serve(reader, writer):
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))[15:])
        await asked.put((head, await reader.readexactly(length)))
        writer.write(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    post = webhook(f"http://127.0.0.1:{port}/hook/")
    await post({"alert": "hot_shard"})
    head, body = await asked.get()
    assert head.startswith(b"POST /hook/ HTTP/1.1\r\n")
    assert b"content-type: application/json\r\n" in head.lower()
    assert body == b'{"alert":"hot_shard"}'
    server.close()
    await server.wait_closed()
    with pytest.raises(OSError):  # noqa: PT011 - the system's own words
        await post({"alert": "hot_shard"})


@pytest.mark.gen_test
async def test_the_windows_are_made_of_the_hubs_figures(tmp_path):
    """A connection that takes nothing any more loses events: message_loss."""

    def broken(frame):
        raise OSError("gone")

    async with house(tmp_path) as here:
        room = await here.room(await here.teacher(), {"kind": "info", "prompt": "Hi"})
        mia, connection = await here.seat(room["pin"], "Mia")
        watch = watch_of(here, None)
        connection.transport.write = broken
        for _ in range(2):
            for _ in range(300):
                here.services.hub.send_to_user(mia.id, "x", ephemeral=False)
            changes = look(here, watch, 0.0)
        assert [(c.rule.name, c.is_raised, c.value) for c in changes] == [("message_loss", True, 1.0)]


@pytest.mark.gen_test
async def test_deliveries_are_judged_over_a_minute(tmp_path):
    """A class makes one every few seconds: no single look would ever see enough of them."""
    async with house(tmp_path) as here:
        watch = watch_of(here, None)
        changes = []
        for _ in range(6):
            here.services.figures.delivery(2.0)
            changes += look(here, watch, 0.0)
        assert [(c.rule.name, c.is_raised) for c in changes] == [("high_latency", True)]
        assert look(here, watch, 0.0, times=9) == []
        changes = look(here, watch, 0.0, times=4)
        assert [(c.rule.name, c.is_raised) for c in changes] == [("high_latency", False)]


@pytest.mark.gen_test
async def test_a_line_that_is_down_is_told_until_it_is_back(tmp_path):
    """From the moment it went, not from the next look."""
    async with house(tmp_path) as here:
        watch = watch_of(here, None)
        broker = here.services.node.broker
        broker.on_change(False)
        (change,) = look(here, watch, 0.0)
        assert (change.rule.name, change.is_raised, change.value) == ("redis_down", True, 5.0)
        broker.on_change(True)
        (change,) = look(here, watch, 0.0)
        assert (change.rule.name, change.is_raised) == ("redis_down", False)
