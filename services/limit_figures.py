"""What is told of the limits at /metrics; docs/metrics.md lists it."""

from prometheus_client import CollectorRegistry, Counter, Gauge

KINDS = ("login", "pin", "join", "upgrade", "api", "sign_up")


class LimitFigures:
    def __init__(self, registry: CollectorRegistry) -> None:
        about = "Refused for being tried too often, by what was tried"
        refused = Counter("quizhall_rate_limited", about, ["kind"], registry=registry)
        self._refused = {kind: refused.labels(kind) for kind in KINDS}
        about = "1 while limits are counted by this node for itself"
        self._alone = Gauge("quizhall_limits_alone", about, registry=registry)

    def refused(self, kind: str) -> None:
        """`kind` is one of KINDS."""
        self._refused[kind].inc()

    def shared(self, is_shared: bool) -> None:
        """Whether limits are counted over all nodes."""
        self._alone.set(not is_shared)
