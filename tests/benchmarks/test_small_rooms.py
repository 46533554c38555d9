"""What small rooms feel beside a crowd."""

from collections.abc import Iterator

import pytest

from benchmarks.lab.small_rooms import PeerWithSmallRooms, ServiceWithSmallRooms
from benchmarks.lab.wire import library
from benchmarks.peers import ENGINE, PEERS

pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(library() is None, reason="the small rooms need a C compiler"),
]


@pytest.fixture(scope="module")
def service() -> Iterator[ServiceWithSmallRooms]:
    stage = ServiceWithSmallRooms(20, 6)
    yield stage
    stage.end()


@pytest.mark.parametrize("how", ["lock", "ping"])
def test_rooms_of_the_service_are_answered_quiet_and_meanwhile(service: ServiceWithSmallRooms, how: str) -> None:
    """Every probe got its event: one that did not would count with the whole patience."""
    quiet = service.round(f"quiet {how}")
    assert 0 < quiet["quiet_p50_ms"] <= quiet["quiet_worst_ms"] < 10_000
    busy = service.round(f"busy {how}")
    assert busy["busy_last_ms"] > 0
    assert busy.get("busy_worst_ms", 0) < 10_000
    assert service.round(f"alone {how}")["last_ms"] > 0


def test_rooms_of_a_peer_are_two_members_of_a_path() -> None:
    """What one says, both get; the crowd's broadcast goes on beside it."""
    stage = PeerWithSmallRooms(next(peer for peer in PEERS if peer.name == ENGINE), 20)
    try:
        assert 0 < stage.round("quiet go")["quiet_worst_ms"] < 10_000
        assert stage.round("busy go")["busy_last_ms"] > 0
        assert stage.round("alone go")["last_ms"] > 0
    finally:
        stage.end()
