"""The benchmark of many nodes works, on a real Redis and in seconds."""

import pytest

from benchmarks import many_nodes
from benchmarks.lab.options import Options


def test_every_message_arrives_and_is_timed(monkeypatch):
    monkeypatch.setattr(many_nodes, "LASTS_S", 0.5)
    (row,) = many_nodes.run(Options(sizes=(3,), rounds=1)).rows
    assert row["name"] == "one Redis"
    assert row["delivered_per_s"] == pytest.approx(3 * row["published_per_s"])
    assert row["published_per_s"] > 0
    assert row["lost"] == 0
    assert row["redis_us"] > 0
