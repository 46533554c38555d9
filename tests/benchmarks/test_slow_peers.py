"""The table of slow peers, at the pace of the machine: enough texts that every deaf peer passes the mark."""

import logging

import pytest

from benchmarks import slow_peers
from benchmarks.lab.options import Options
from benchmarks.peers.engine import Slow

ROUNDS = 800


@pytest.mark.process
def test_the_deaf_go_and_the_others_get_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    """All of them are out, with one line each in the log and nothing else; alone there is nothing to say."""
    monkeypatch.setattr(slow_peers, "EVERY_S", 0.0)
    report = slow_peers.run(Options(sizes=(10,), rounds=ROUNDS))
    rows = {row["name"]: row for row in report.rows}
    beside, alone = rows[slow_peers.BESIDE], rows[slow_peers.ALONE]
    assert beside["got"] == alone["got"] == 10 * ROUNDS
    assert beside["passed"] == beside["freed"] == beside["lines"] == slow_peers.DEAF
    assert alone["passed"] == alone["lines"] == 0


def test_every_line_of_the_log_counts() -> None:
    """Also one that is about nobody in particular."""
    slow = Slow()
    slow.handle(logging.makeLogRecord({"connection": "c1"}))
    slow.handle(logging.makeLogRecord({"msg": "what is this?"}))
    slow.freed("c1")
    slow.freed("c2")
    assert {name: slow.left()[name] for name in ("passed", "freed", "lines")} == {"passed": 1, "freed": 1, "lines": 2}
