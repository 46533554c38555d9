"""The storms and the curve from end to end, with twenty participants and no peers."""

import pytest

from benchmarks import answer_storm, cost_curve, join_storm
from benchmarks.lab.options import Options
from benchmarks.lab.storm_room import StormRoom

OURS = Options(sizes=(20,), rounds=1, only=("ours",))


@pytest.mark.process
def test_answers_are_stored_once_each() -> None:
    """Two rounds of two storms (one to warm up): 80 answers, all of them in the file; a ping is no answer."""
    report = answer_storm.run(OURS)
    names = {row["name"]: row for row in report.rows}
    assert names[answer_storm.OURS]["per_s"] > 0
    assert names[answer_storm.PING]["spread_p50_ms"] > 0
    assert names[answer_storm.UNSTORED]["per_s"] > 0
    assert "absent" in names[answer_storm.POSTGRES]
    assert "20: 80 acknowledged answers are in the database, each exactly once." in report.remarks
    assert answer_storm.OURS in report.text()


@pytest.mark.process
def test_without_storage_answers_are_acknowledged_and_not_there() -> None:
    """All the way but the one into the database."""
    with StormRoom.open(20, program=answer_storm.WITHOUT_STORAGE) as room:
        room.open_round()
        assert len(room.fire(room.answer_shots()).replied) == 20
        room.close_round()
        with pytest.raises(AssertionError, match="0 stored, 20 acknowledged"):
            room.check()


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
    # A round takes two seconds or, on a busy machine, longer: thirty of them a minute at most.
    assert 0 < row["answers_minute"] <= 20 * 30
    # Each round everybody hears round.opened, round.closed and standings.shown and is graded; progress comes on top.
    assert row["events_minute"] >= 4 * row["answers_minute"] * 0.99
    assert row["cpu_s_minute"] > 0


@pytest.mark.process
def test_pings_are_answered_between_turns() -> None:
    """A host and participants that only wait are not taken as gone: their pings of one second are answered."""
    with StormRoom.open(20, {"WS_PING_INTERVAL": "1s", "WS_PONG_WAIT": "1s"}) as room:
        before = room.storm.messages
        # Three turns of a second, in each of which everybody was pinged.
        for _ in range(3):
            assert room.storm.wait_for("nothing that anybody says", 1, 1) == 0
            room.tend()
        room.open_round()
        assert len(room.fire(room.answer_shots()).replied) == 20
        assert room.storm.lost == 0
        assert room.storm.messages > before
