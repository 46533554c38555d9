"""Specification of services/batch_histogram.py."""

from prometheus_client import CollectorRegistry, Histogram, generate_latest

from services.batch_histogram import BatchHistogram

BOUNDS = (0.001, 0.01, 0.1)


def test_it_shows_what_prometheus_own_would():
    """Below, at, between and above the bounds, many at once, one by one and none at all."""
    ours, theirs = CollectorRegistry(), CollectorRegistry()
    batched = BatchHistogram("receipt_seconds", "Receipts", BOUNDS, ours)
    plain = Histogram("receipt_seconds", "Receipts", buckets=BOUNDS, registry=theirs)
    for batch in ([0.5, 0.001, 0.0625, 0.0005, 0.01, 0.1, 0.125], [0.002], [], [7.0, 8.0], [0.0]):
        batched.observe(batch)
        for value in batch:
            plain.observe(value)
    shown, expected = (
        sorted(line for line in generate_latest(registry).decode().splitlines() if "_created" not in line)
        for registry in (ours, theirs)
    )
    assert shown == expected
    assert batched.buckets()[-1] == (float("inf"), 11)
