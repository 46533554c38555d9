"""The table of fan_out, with the rows that need no peer, and with one that is not installed."""

import dataclasses

import pytest

from benchmarks import fan_out, idle_memory
from benchmarks.lab.options import Options
from benchmarks.lab.wire import library
from benchmarks.peers import ENGINE, FLOOR, PEERS, Peer

pytestmark = pytest.mark.process
NOWHERE = Peer("a stranger", "stranger", [("a stranger, loop", "go")], package="no_such_package")


@pytest.mark.skipif(library() is None, reason="the floor needs a C compiler")
def test_floor_engine_and_service_stand_in_one_table(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each with its ratio to the floor, the service also to the engine; who is not here is told."""
    kept = [peer for peer in PEERS if peer.name in (FLOOR, ENGINE)]
    monkeypatch.setattr(fan_out, "PEERS", (*kept, NOWHERE))
    report = fan_out.run(Options(sizes=(20,), rounds=1))
    rows = {row["name"]: row for row in report.rows}
    assert set(rows) == {FLOOR, ENGINE, fan_out.SERVICE, "a stranger, loop"}
    assert rows[FLOOR]["to_floor"] == 1
    assert rows[ENGINE]["gap_ms"] > 0
    assert {"to_floor", "to_engine", "kib_each", "cpu_us"} <= set(rows[fan_out.SERVICE])
    assert rows["a stranger, loop"]["absent"] == "pip did not install no_such_package (make bench does)"


def test_memory_is_taken_before_and_after_a_broadcast() -> None:
    """Of one row, chosen by a part of its name."""
    options = dataclasses.replace(idle_memory.QUICK, sizes=(20,), only=(ENGINE,))
    (row,) = idle_memory.run(options).rows
    assert row["name"] == ENGINE
    assert {"kib_each", "kib_after"} <= set(row)
