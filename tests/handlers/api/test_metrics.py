"""`/metrics`: every figure moves when its thing happens, both forms, and who may read them."""

import ipaddress
import json
from typing import Any

import pytest
from house import house
from prometheus_client.parser import text_string_to_metric_families
from sample_rooms import SINGLE
from tornado.websocket import websocket_connect

from handlers.api.metrics import is_near, prefers_json
from services.errors import ServiceError

# What Prometheus 2 sends.
PROMETHEUS = "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5,*/*;q=0.1"
FAR = {"X_Forwarded_For": "203.0.113.9"}


@pytest.fixture
def config_values() -> dict[str, Any]:
    """A proxy on this machine that says whom it speaks for, and a Prometheus elsewhere."""
    return {"trusted_proxies": ("127.0.0.1",), "metrics_allowed": ("198.51.100.0/24",), "hub_shards": 2}


async def figures(web: Any) -> dict[str, float]:
    """`name{label=value}` → value of every sample."""
    response = await web.fetch("GET", "/metrics")
    assert response.code == 200, response.body
    return {
        sample.name + "".join(f"{{{label}={value}}}" for label, value in sample.labels.items()): sample.value
        for family in text_string_to_metric_families(response.body.decode())
        for sample in family.samples
    }


def total(found: dict[str, float], name: str) -> float:
    """Over all shards."""
    return sum(value for key, value in found.items() if key.startswith(name + "{shard="))


@pytest.mark.gen_test
async def test_the_json_form_is_the_contracts(web: Any, here: Any) -> None:
    """Exactly these fields; two tabs are one person."""
    room = await here.room(await here.teacher(), SINGLE)
    mia, _ = await here.seat(room["pin"], "Mia")
    here.connect(mia)
    here.services.hub.send_to_user(mia.id, "x", ephemeral=False)
    here.clock.advance(90)
    response = await web.fetch("GET", "/metrics", Accept="application/json")
    assert response.headers["Content-Type"] == "application/json; charset=utf-8"
    assert json.loads(response.body) == {
        "service": "quizhall",
        "timestamp": here.clock.now_ms(),
        "uptime_seconds": 90,
        "connections": {"active": 2, "total_unique_users": 1},
        "messages": {"received_from_redis": 0, "sent_to_clients": 2, "failed": 0},
    }


@pytest.mark.gen_test
async def test_prometheus_gets_its_own_forms(web: Any) -> None:
    """Plain text for whoever asks for nothing, OpenMetrics for whoever prefers it."""
    plain = await web.fetch("GET", "/metrics")
    assert plain.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    assert b"# TYPE quizhall_loop_lag_seconds histogram" in plain.body
    modern = await web.fetch("GET", "/metrics", Accept=PROMETHEUS)
    assert modern.headers["Content-Type"].startswith("application/openmetrics-text")
    assert modern.body.endswith(b"# EOF\n")
    assert b"_created" not in plain.body + modern.body


@pytest.mark.gen_test
async def test_shards_and_rooms_show(web: Any, here: Any) -> None:
    """Who is connected, to what, and what was sent."""
    room = await here.room(await here.teacher(), SINGLE)
    mia, _ = await here.seat(room["pin"], "Mia")
    here.connect(mia)
    await here.seat(room["pin"], "Tim")
    here.services.hub.send_to_user(mia.id, "x", ephemeral=False)
    here.clock.advance(1.5)
    found = await figures(web)
    assert total(found, "quizhall_shard_connections") == 3
    assert total(found, "quizhall_shard_users") == 2
    assert total(found, "quizhall_shard_subscriptions") == 2
    assert total(found, "quizhall_shard_sent_total") == 2
    assert total(found, "quizhall_shard_received_total") == 0
    assert total(found, "quizhall_shard_queue_bytes") == 0
    assert total(found, "quizhall_shard_failed_total") == 0
    assert total(found, "quizhall_shard_skipped_total") == 0
    assert total(found, "quizhall_shard_removed_inactive_total") == 0
    assert found["quizhall_rooms_held{phase=LOBBY}"] == 1
    assert found["quizhall_rooms_held{phase=OPEN}"] == 0
    assert found["quizhall_participants_present"] == 2
    assert found["quizhall_uptime_seconds"] == 1.5
    assert found["quizhall_writes_waiting"] == 0


@pytest.mark.gen_test
async def test_an_answer_shows_with_its_commit_and_its_broadcast(web: Any, here: Any) -> None:
    """New, repeated and refused ones apart."""
    room = await here.room(await here.teacher(), SINGLE, read_time_s=0)
    mia, _ = await here.seat(room["pin"], "Mia")
    await here.seat(room["pin"], "Tim")  # for whom the round waits
    await here.services.transitions.command(room["id"], "room.start")
    before = await figures(web)
    await here.answer(room["pin"], mia, 1, {"choices": [0]})
    await here.answer(room["pin"], mia, 1, {"choices": [0]})
    for number, answer, submission in ((1, {"choices": [1]}, "s2"), (1, {"choices": ["?"]}, "s3"), (9, {}, "s4")):
        with pytest.raises(ServiceError):
            await here.answer(room["pin"], mia, number, answer, submission)
    after = await figures(web)

    def grown(name: str) -> float:
        return after[name] - before[name]

    assert grown("quizhall_receipts_total{kind=new}") == 1
    assert grown("quizhall_receipts_total{kind=repeated}") == 1
    assert grown("quizhall_receipt_seconds_count") == 2
    assert grown("quizhall_answers_refused_total{reason=already_answered}") == 1
    assert grown("quizhall_answers_refused_total{reason=invalid_answer}") == 1
    assert grown("quizhall_answers_refused_total{reason=wrong_phase}") == 1
    assert grown("quizhall_commit_seconds_count") == grown("quizhall_commit_writes_count") == 5
    assert grown("quizhall_commit_writes_sum") == 5
    assert before["quizhall_fan_out_seconds_count"] > 0
    # Joining the round is one event; nobody was told of any other.
    assert before["quizhall_delivery_seconds_count"] == 1


@pytest.mark.gen_test
async def test_a_commit_that_fails_shows(web: Any, here: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """And says nothing about how long commits take."""

    def full(*args: Any) -> None:
        raise OSError("disk full")

    before = await figures(web)
    monkeypatch.setattr(here.services.db.engine, "transaction", full)
    with pytest.raises(OSError, match="disk full"):
        await here.services.db.write(len, ())
    monkeypatch.undo()
    after = await figures(web)
    assert after["quizhall_commits_failed_total"] - before["quizhall_commits_failed_total"] == 1
    assert after["quizhall_commit_seconds_count"] == before["quizhall_commit_seconds_count"]


@pytest.mark.gen_test
async def test_requests_are_counted_by_class(web: Any) -> None:
    """Those to /metrics too."""
    await web.fetch("GET", "/nothing-here")
    await web.fetch("GET", "/health")
    found = await figures(web)
    assert found["quizhall_http_requests_total{status=2xx}"] == 1
    assert found["quizhall_http_requests_total{status=4xx}"] == 1
    assert found["quizhall_http_request_seconds_count"] == 2
    assert (await figures(web))["quizhall_http_requests_total{status=2xx}"] == 2


@pytest.mark.gen_test
async def test_the_process_shows(web: Any) -> None:
    """Under the names that every Prometheus dashboard knows."""
    found = await figures(web)
    assert found["process_resident_memory_bytes"] > 1e6
    assert found["process_open_fds"] > 0
    assert "python_gc_collections_total{generation=2}" in found


@pytest.mark.gen_test
async def test_two_nodes_of_one_process_count_apart(web: Any, tmp_path: Any) -> None:
    """Nothing is registered globally."""
    (tmp_path / "other").mkdir()
    async with house(tmp_path / "other") as other:
        other.services.figures.receipts_sent([0.1], 0)
        assert (await figures(web))["quizhall_receipts_total{kind=new}"] == 0


@pytest.mark.gen_test
async def test_strangers_are_refused(web: Any, teacher: Any) -> None:
    """With a sentence that says who may; a teacher is a stranger here."""
    for visitor in (web, teacher):
        response = await visitor.fetch("GET", "/metrics", **FAR)
        assert response.code == 403
        message = json.loads(response.body)["error"]["message"]
        assert message.startswith("The figures are for admins and for programs on this machine")


@pytest.mark.gen_test
async def test_an_admin_may_come_from_anywhere(web: Any, here: Any) -> None:
    """With a token, or signed in in a browser."""
    await here.services.accounts.create("root@school.example", "Root", "admin", "correct horse")
    web.token, _ = await here.services.accounts.login("root@school.example", "correct horse")
    assert (await web.fetch("GET", "/metrics", **FAR)).code == 200
    web.token += "x"
    assert (await web.fetch("GET", "/metrics", **FAR)).code == 401


@pytest.mark.gen_test
async def test_named_addresses_may_read(web: Any) -> None:
    """As the trusted proxy tells of them, and nobody else."""
    assert (await web.fetch("GET", "/metrics", X_Forwarded_For="198.51.100.7")).code == 200
    assert (await web.fetch("GET", "/metrics", X_Forwarded_For="198.51.101.7")).code == 403
    assert (await web.fetch("GET", "/metrics", X_Forwarded_For="127.0.0.1, 203.0.113.9")).code == 403


class TestBehindAnUnknownProxy:
    """A proxy on this machine that TRUSTED_PROXIES does not name."""

    @pytest.fixture
    def config_values(self) -> dict[str, Any]:
        return {}

    @pytest.mark.parametrize("name", ["X_Forwarded_For", "Forwarded", "X_Real_IP"])
    @pytest.mark.gen_test
    async def test_what_it_passes_on_is_not_from_this_machine(self, web: Any, name: str) -> None:
        """Else the whole world would read the figures, as all of it comes from 127.0.0.1."""
        assert (await web.fetch("GET", "/metrics")).code == 200
        assert (await web.fetch("GET", "/metrics", **{name: "127.0.0.1"})).code == 403


@pytest.mark.parametrize(
    ("address", "is_ours"),
    [
        ("127.0.0.1", True),
        ("127.8.0.1", True),
        ("::1", True),
        ("::ffff:127.0.0.1", True),
        ("10.1.2.3", True),
        ("::ffff:10.1.2.3", True),
        ("10.2.0.1", False),
        ("fe80::1%eth0", False),
        ("", False),
        ("localhost", False),
    ],
)
def test_near_is_this_machine_or_a_named_address(address: str, is_ours: bool) -> None:
    """However the address is written."""
    assert is_near(address, [ipaddress.ip_network("10.1.0.0/16")]) is is_ours


@pytest.mark.parametrize(
    ("accept", "is_json"),
    [
        ("", False),
        ("*/*", False),
        (PROMETHEUS, False),
        ("application/json", True),
        ("application/json, text/plain, */*", True),
        ("text/plain, application/json;q=0.5", False),
        ("application/json;q=0", False),
        ("application/json;q=often", False),
    ],
)
def test_json_is_for_those_who_ask_for_it(accept: str, is_json: bool) -> None:
    """And want it no less than text."""
    assert prefers_json(accept) is is_json


@pytest.mark.gen_test
async def test_a_handshake_is_an_answer_of_the_first_class(web: Any, here: Any, base_url: str) -> None:
    """Whoever then holds the socket; its connection shows in a shard, with what comes over it and goes back."""
    room = await here.room(await here.teacher(), SINGLE)
    seat = await here.services.participants.join(room["pin"], "Mia")
    socket = await websocket_connect(f"{base_url.replace('http', 'ws')}/ws?token={seat['token']}")
    found = await figures(web)
    assert found["quizhall_http_requests_total{status=1xx}"] == 1
    assert total(found, "quizhall_shard_connections") == 1
    await socket.write_message('{"jsonrpc": "2.0", "id": 1, "method": "ping"}')
    await socket.write_message("neither fish nor fowl")
    assert await socket.read_message() is not None
    assert await socket.read_message() is not None
    found = await figures(web)
    assert total(found, "quizhall_shard_received_total") == 2
    assert total(found, "quizhall_shard_sent_total") == 2
    socket.close()
    assert await socket.read_message() is None
