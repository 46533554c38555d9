"""A node and what it needs, as its operator meets it: Redis or the database is not there, or goes away."""

import json
import urllib.request
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from blackbox_process import Service

from prove.redis_process import RedisProcess

pytestmark = pytest.mark.process
SECRET = "the same secret on all of the nodes"


@pytest.fixture
def redis() -> Iterator[RedisProcess]:
    process = RedisProcess().start()
    yield process
    process.stop()


def health(service: Service) -> dict[str, Any]:
    with urllib.request.urlopen(f"http://127.0.0.1:{service.port}/health", timeout=10) as reply:
        body: dict[str, Any] = json.load(reply)
        return body


def test_a_node_without_its_redis_is_degraded_and_serves(
    make_service: Callable[..., Service], redis: RedisProcess
) -> None:
    """Whoever restarts nodes by their health must not restart one whose rooms go on."""
    service = make_service(REDIS_URL=redis.url, JWT_SECRET_KEY=SECRET)
    well = health(service)
    assert (well["status"], well["redis"]["status"]) == ("healthy", "healthy")
    assert well["redis"]["ping_ms"] < 1000
    redis.kill()
    ill = health(service)
    assert (ill["status"], ill["redis"]) == ("degraded", {"status": "unhealthy", "ping_ms": None})


def test_a_redis_that_is_not_there_stops_the_start_with_a_sentence(make_service: Callable[..., Service]) -> None:
    """Naming the setting and the address, and not the password."""
    with pytest.raises(AssertionError, match="the service ended at start") as caught:
        make_service(REDIS_URL="redis://:hidden-word@127.0.0.1:1/0", JWT_SECRET_KEY=SECRET)
    said = str(caught.value)
    assert "quizhall: REDIS_URL: Redis at 127.0.0.1:1/0 does not answer" in said
    assert "hidden-word" not in said
    assert "Traceback" not in said


def test_a_database_that_is_not_there_is_named_without_its_password(make_service: Callable[..., Service]) -> None:
    """At the start, and by the commands beside it."""
    service = make_service()
    service.stop()
    service.settings["DATABASE_URL"] = "postgresql://quizhall:hidden-word@127.0.0.1:1/quizhall"
    with pytest.raises(AssertionError, match="the service ended at start") as caught:
        service.start()
    said = str(caught.value)
    assert "quizhall: DATABASE_URL: postgresql://127.0.0.1:1/quizhall cannot be used: connection" in said
    assert "hidden-word" not in said
    with pytest.raises(
        AssertionError, match=r"The database postgresql://127\.0\.0\.1:1/quizhall cannot be used"
    ) as caught:
        service.command("migrate")
    assert "hidden-word" not in str(caught.value)
