"""What is told to whoever watches over the service."""

import pytest


@pytest.mark.gen_test
async def test_a_well_node_says_so(web, here):
    """With every field of the contract."""
    here.clock.advance(90)
    status, health = await web.json("GET", "/health")
    assert (status, health["status"], health["uptime_seconds"]) == (200, "healthy", 90)
    assert health["timestamp"] == here.clock.now_ms()
    assert health["database"]["status"] == "healthy"
    assert health["redis"] == {"status": "disabled", "ping_ms": None}
    assert health["websocket"] == {"active_connections": 0, "total_unique_users": 0}


@pytest.mark.gen_test
async def test_connections_and_people_are_counted(web, here):
    """Two tabs are one person."""
    room = await here.room(await here.teacher(), {"kind": "info", "prompt": "Hi"})
    mia, _ = await here.seat(room["pin"], "Mia")
    here.connect(mia)
    _, health = await web.json("GET", "/health")
    assert health["websocket"] == {"active_connections": 2, "total_unique_users": 1}


@pytest.mark.gen_test
async def test_a_database_that_is_away_is_503(web, here, monkeypatch):
    """The node cannot do its work then."""

    async def fail(*args):
        raise OSError("gone")

    monkeypatch.setattr(type(here.services.db), "read", fail)
    status, health = await web.json("GET", "/health")
    assert (status, health["status"], health["database"]) == (
        503,
        "unhealthy",
        {"status": "unhealthy", "ping_ms": None},
    )
