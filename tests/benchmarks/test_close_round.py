"""The table of a closing round, with twenty participants."""

import pytest

from benchmarks import close_round
from benchmarks.lab.options import Options
from benchmarks.lab.wire import library
from benchmarks.peers import FLOOR

pytestmark = pytest.mark.process


def test_everyone_is_graded_and_told() -> None:
    """Each round anew, in the service and in its parts; with a compiler beside the floor."""
    report = close_round.run(Options(sizes=(20,), rounds=2))
    rows = {row["name"]: row for row in report.rows}
    service, parts = rows[close_round.SERVICE], rows[close_round.PARTS]
    assert 0 < service["first_ms"] <= service["p50_ms"] <= service["last_ms"]
    assert service["cpu_us"] > 0
    shares = [parts[name] for name in ("reading_ms", "grading_ms", "insert_ms", "commit_ms", "loop_ms")]
    assert all(share > 0 for share in shares)
    assert (FLOOR in rows) is (library() is not None)
