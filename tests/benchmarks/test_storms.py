"""The storms and the curve from end to end, with twenty participants and no peers."""

import pytest

from benchmarks import answer_storm, cost_curve, join_storm
from benchmarks.lab.options import Options

OURS = Options(sizes=(20,), rounds=1, only=("ours",))


@pytest.mark.process
def test_answers_are_stored_once_each() -> None:
    """Two rounds of two storms (one to warm up): 80 answers, all of them in the file; a ping is no answer."""
    report = answer_storm.run(OURS)
    names = {row["name"]: row for row in report.rows}
    assert names[answer_storm.OURS]["per_s"] > 0
    assert names[answer_storm.PING]["spread_p50_ms"] > 0
    assert "absent" in names["ours, stored (PostgreSQL)"]
    assert "20: 80 acknowledged answers are in the database file, each exactly once." in report.remarks
    assert answer_storm.OURS in report.text()


@pytest.mark.process
def test_joins_of_the_real_service() -> None:
    """Whole ones and upgrades alone, each with its times, CPU and memory."""
    rows = {row["name"]: row for row in join_storm.run(OURS).rows}
    for name in (join_storm.WHOLE, join_storm.UPGRADE):
        assert rows[name]["per_s"] > 0
        assert rows[name]["p99_ms"] >= rows[name]["p50_ms"] > 0
        assert rows[name]["cpu_us"] > 0
        assert "kib_each" in rows[name]


@pytest.mark.process
def test_what_a_participant_costs() -> None:
    """Short rounds for small sizes: every answer is counted, and everybody hears the opening, the end and the grade."""
    row = cost_curve.run(Options(sizes=(20,), rounds=1)).rows[0]
    # A round takes two seconds: thirty of them a minute.
    assert row["answers_minute"] == pytest.approx(20 * 30, rel=0.1)
    # At least round.opened, round.closed, answer.graded and standings.shown.
    assert row["events_minute"] >= 4 * row["answers_minute"] * 0.9
    assert row["cpu_s_minute"] > 0
