"""A server and its crowd: the parts of every fan-out row that need no peer to be installed."""

from collections.abc import Iterator

import pytest

from benchmarks.lab.remote import RemoteStage, StageError
from benchmarks.lab.stage import MEMORY, PeerStage, ServiceStage
from benchmarks.lab.wire import SlowCrowd, library
from benchmarks.peers import ENGINE, FLOOR, PEERS, STREAM, Peer

pytestmark = pytest.mark.process
OURS = {peer.name: peer for peer in PEERS if peer.name in (ENGINE, FLOOR, STREAM)}


def peer_stages() -> Iterator[str]:
    """All that run without a peer's package, and the floor where it can be compiled."""
    yield from (name for name in OURS if name != FLOOR or library() is not None)


@pytest.mark.parametrize("name", peer_stages())
def test_a_broadcast_reaches_the_whole_crowd(name: str) -> None:
    """Everyone's time is after the call, and the last one's is the largest."""
    stage = PeerStage(OURS[name], 20)
    try:
        figures = stage.round("go")
        assert 0 < figures["p50_ms"] <= figures["p99_ms"] <= figures["last_ms"]
        assert figures["cpu_us"] > 0
        assert stage.round(MEMORY).keys() == {"kib_each"}
    finally:
        stage.end()


def test_the_engine_tells_its_loop_s_worst_gap() -> None:
    """In a round of its own, since looking costs a little."""
    stage = PeerStage(OURS[ENGINE], 20)
    try:
        assert stage.round("watch")["gap_ms"] > 0
    finally:
        stage.end()


def test_a_room_of_the_real_service_is_played_on() -> None:
    """Each round opens the next question at everyone, from the host's command to the last participant."""
    stage = ServiceStage(20, rounds=3)
    try:
        found = [stage.round("go") for _ in range(3)]
        assert all(0 < one["p50_ms"] <= one["last_ms"] for one in found)
        stage.rest()
    finally:
        stage.end()


def test_without_a_compiler_the_generator_is_python(monkeypatch: pytest.MonkeyPatch) -> None:
    """Slower, and the same figures."""
    monkeypatch.setattr("benchmarks.lab.wire.library", lambda: None)
    stage = PeerStage(OURS[ENGINE], 20)
    try:
        assert isinstance(stage._crowd, SlowCrowd)
        assert stage.round("go")["last_ms"] > 0
    finally:
        stage.end()


def test_a_server_that_does_not_start_is_a_sentence() -> None:
    """The row says what the server said last."""
    with pytest.raises(StageError, match=r"No module named benchmarks\.peers\.nobody"):
        RemoteStage(PeerStage, Peer("nobody", "nobody", []), 20)


def test_a_stage_in_its_own_process_plays_the_same() -> None:
    """Rounds and memory come over the pipe."""
    stage = RemoteStage(PeerStage, OURS[ENGINE], 20)
    try:
        assert stage.round("go")["last_ms"] > 0
        assert isinstance(stage.kib_each, float)
        with pytest.raises(StageError, match="20 were closed"):
            stage.round("no such way")
    finally:
        stage.end()
