"""What a node counts and times as it happens, in a Prometheus collection of its own; docs/metrics.md lists all of it.

Owns the names and the buckets. What can be read when somebody asks (connections, rooms) is in node_figures.py.
"""

from collections.abc import Sequence

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
)

from services.batch_histogram import BatchHistogram

# The library would add a second series to every count, with the time of its making; nobody plots those.
disable_created_metrics()  # type: ignore[no-untyped-call]

# From the finest step of a quiet node to what a class would call broken.
SECONDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
WRITES = (1, 2, 5, 10, 25, 50, 100, 250, 500, 1000)
# What is judged by how long it takes, here and on the admins' page.
TIMES = {
    "delivery": "From the host's command, or the time a move was due, to the last player",
    "fan_out": "Handing one event to all local subscribers of its topic",
    "commit": "One transaction of the writer, from its begin to its commit",
    "receipt": "From the coming of an answer to the commit that stored it",
    "loop_lag": "How late the event loop ran a timer",
}
# What becomes of a message that another system published for a user.
NOTICES = ("delivered", "not_json", "wrong_shape", "too_large")
REFUSALS = ("round_closed", "wrong_phase", "room_over", "already_answered", "invalid_answer", "forbidden", "overloaded")
STATUS_CLASSES = ("1xx", "2xx", "3xx", "4xx", "5xx")

# (upper bound, how many were at or below it), ascending; the last bound is infinity.
Buckets = tuple[tuple[float, int], ...]


class Figures:
    """One per node, never one per process: a test starts many nodes. Safe on any thread, save `receipts_sent`."""

    def __init__(self, alerts: Sequence[str] = ()) -> None:
        """`alerts` are the names that `alert` will be called with: each shows as 0 before it was ever raised."""
        self.registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        GCCollector(registry=registry)

        def timed(name: str, about: str) -> Histogram:
            return Histogram(f"quizhall_{name}_seconds", about, buckets=SECONDS, registry=registry)

        def counted(name: str, about: str, labels: Sequence[str] = ()) -> Counter:
            return Counter(f"quizhall_{name}", about, labels, registry=registry)

        self._times = {name: timed(name, about) for name, about in TIMES.items() if name != "receipt"}
        self._receipt_times = BatchHistogram("quizhall_receipt_seconds", TIMES["receipt"], SECONDS, registry)
        self._writes = Histogram(
            "quizhall_commit_writes", "Writes that were committed together", buckets=WRITES, registry=registry
        )
        self._commits_failed = counted("commits_failed", "Transactions of the writer that were not committed")
        receipts = counted("receipts", "Answers acknowledged; repeated ones had been stored before", ["kind"])
        self._receipts = {is_new: receipts.labels("new" if is_new else "repeated") for is_new in (True, False)}
        refused = counted("answers_refused", "Answers refused, by the code of the error", ["reason"])
        self._refused = {reason: refused.labels(reason) for reason in REFUSALS}
        requests = counted("http_requests", "HTTP requests answered, by the class of the status", ["status"])
        self._requests = {name: requests.labels(name) for name in STATUS_CLASSES}
        self._request_times = timed("http_request", "From an HTTP request to the end of its answer")
        self._received = counted("broker_received", "Messages that the broker brought to this node")
        notices = counted("notices", "Messages of other systems for a user who is connected here", ["outcome"])
        self._notices = {outcome: notices.labels(outcome) for outcome in NOTICES}
        raised = Gauge("quizhall_alert_raised", "1 while the alert stands", ["alert"], registry=registry)
        self._alerts = {name: raised.labels(name) for name in alerts}
        self._webhook_failed = counted("alert_webhook_failed", "Alerts that the webhook did not take")

    def loop_lag(self, seconds: float) -> None:
        self._times["loop_lag"].observe(seconds)

    def fan_out(self, seconds: float) -> None:
        self._times["fan_out"].observe(seconds)

    def delivery(self, seconds: float) -> None:
        self._times["delivery"].observe(seconds)

    def batch(self, seconds: float, writes: int, is_committed: bool) -> None:
        """Called on the writer's thread."""
        if not is_committed:
            self._commits_failed.inc()
            return
        self._times["commit"].observe(seconds)
        self._writes.observe(writes)

    def receipts_sent(self, seconds: Sequence[float], repeated: int) -> None:
        """What one commit acknowledged: how long each had waited, and how many of them had been stored before.

        Called on the loop.
        """
        self._receipts[True].inc(len(seconds) - repeated)
        self._receipts[False].inc(repeated)
        self._receipt_times.observe(seconds)

    def refused(self, reason: str) -> None:
        """`reason` is one of REFUSALS."""
        self._refused[reason].inc()

    def request(self, status: int, seconds: float) -> None:
        self._requests[f"{status // 100}xx"].inc()
        self._request_times.observe(seconds)

    def broker_received(self, topic: str, payload: bytes) -> None:
        self._received.inc()

    def notice(self, reason: str) -> None:
        """`reason` says why it was bad, "" when it was not."""
        self._notices[reason or "delivered"].inc()

    def alert(self, name: str, is_raised: bool) -> None:
        self._alerts[name].set(is_raised)

    def webhook_failed(self) -> None:
        self._webhook_failed.inc()

    def answers(self) -> int:
        """Answers stored so far, each counted once."""
        (family,) = self._receipts[True].collect()
        return int(next(s.value for s in family.samples if s.name.endswith("_total")))

    def times(self, name: str) -> Buckets:
        """What was observed so far of one of TIMES."""
        if name == "receipt":
            return self._receipt_times.buckets()
        (family,) = self._times[name].collect()
        found = [(float(s.labels["le"]), int(s.value)) for s in family.samples if s.name.endswith("_bucket")]
        return tuple(sorted(found))

    def received(self) -> int:
        """Messages the broker brought so far."""
        return int(self.registry.get_sample_value("quizhall_broker_received_total") or 0)


def since(before: Buckets, after: Buckets) -> Buckets:
    """What was observed between two looks at the same histogram."""
    return tuple((bound, new - old) for (_, old), (bound, new) in zip(before, after, strict=True))
