"""A histogram that takes many observations in one call, where one lock for each of them would be felt."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from math import inf

from prometheus_client import CollectorRegistry
from prometheus_client.core import HistogramMetricFamily


class BatchHistogram:
    """As prometheus_client's Histogram shows it, without labels. Belongs to one thread, the event loop's."""

    def __init__(self, name: str, about: str, buckets: Sequence[float], registry: CollectorRegistry) -> None:
        self._name = name
        self._about = about
        self._bounds = tuple(buckets)
        self._counts = [0] * (len(buckets) + 1)  # the last: above all bounds
        self._sum = 0.0
        registry.register(self)

    def observe(self, values: Iterable[float]) -> None:
        ordered = sorted(values)
        self._sum += sum(ordered)
        below = 0
        for index, bound in enumerate((*self._bounds, inf)):
            up_to = bisect_right(ordered, bound)
            self._counts[index] += up_to - below
            if up_to == len(ordered):
                break
            below = up_to

    def buckets(self) -> tuple[tuple[float, int], ...]:
        """(upper bound, how many were at or below it), ascending; the last bound is infinity."""
        total, found = 0, []
        for bound, count in zip((*self._bounds, inf), self._counts, strict=True):
            total += count
            found.append((bound, total))
        return tuple(found)

    def collect(self) -> Iterator[HistogramMetricFamily]:
        buckets = [("+Inf" if bound == inf else str(float(bound)), float(count)) for bound, count in self.buckets()]
        yield HistogramMetricFamily(self._name, self._about, buckets=buckets, sum_value=self._sum)
