"""Looks at the node's figures every few seconds and tells the log, /metrics and a webhook what the rules find."""

import asyncio
import contextlib
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from clock import Clock
from realtime.node import Node
from services.alerts import Alerts, Change, Window
from services.figures import Buckets, Figures, since
from services.loop_lag import LoopLag

logger = logging.getLogger(__name__)

# Takes one alert as it is told to the outside; raises whatever keeps it from getting there.
Post = Callable[[dict[str, Any]], Awaitable[None]]
# A webhook that is away for long need not hear of everything that happened meanwhile.
UNTOLD_MOST = 100
# Looks that make the minute over which deliveries are judged, at one every five seconds.
LOOKS_A_MINUTE = 12


@dataclass(frozen=True, slots=True)
class _Reading:
    """Figures that only grow, at one moment: two of them make a window."""

    at_s: float
    shards: tuple[dict[str, int], ...]
    published: int
    unheard: int
    receipts: Buckets
    deliveries: Buckets


class AlertWatch:
    def __init__(
        self,
        node: Node,
        clock: Clock,
        figures: Figures,
        loop_lag: LoopLag,
        alerts: Alerts,
        post: Post | None = None,
    ) -> None:
        self._node = node
        self._clock = clock
        self._down_since_s: float | None = None
        node.broker.on_change = self._line_changed
        self._figures = figures
        self._loop_lag = loop_lag
        self._post = post
        self._untold: deque[dict[str, Any]] = deque(maxlen=UNTOLD_MOST)
        self._telling: asyncio.Task[None] | None = None
        self._is_webhook_failing = False
        self._readings = deque([self._read()], maxlen=LOOKS_A_MINUTE + 1)
        self.alerts = alerts

    def look(self) -> list[Change]:
        """Judges the time since the last look. Waits for nothing: the webhook is told by a task of its own."""
        self._readings.append(self._read())
        down_s = 0.0 if self._down_since_s is None else self._clock.monotonic_s() - self._down_since_s
        window = _window(self._readings, self._loop_lag.take_worst_s(), down_s)
        changes = self.alerts.evaluate(window, self._clock.now_ms())
        for change in changes:
            self._tell(change)
        return changes

    def _line_changed(self, is_up: bool) -> None:
        self._down_since_s = None if is_up else self._clock.monotonic_s()

    def _read(self) -> _Reading:
        shards = tuple(self._node.hub.stats().values())
        times, node = self._figures.times, self._node
        now_s = self._clock.monotonic_s()
        return _Reading(now_s, shards, node.published, node.unheard, times("receipt"), times("delivery"))

    def _tell(self, change: Change) -> None:
        rule = change.rule
        self._figures.alert(rule.name, change.is_raised)
        told = self._message(change)
        level = logging.WARNING if change.is_raised else logging.INFO
        logger.log(level, "%s", told["text"], extra={"alert": rule.name, "node": self._node.id})
        if self._post is None:
            return
        self._untold.append(told)
        if self._telling is None or self._telling.done():
            self._telling = asyncio.get_running_loop().create_task(self._tell_webhook(self._post))

    def _message(self, change: Change) -> dict[str, Any]:
        rule = change.rule
        state = "raised" if change.is_raised else "cleared"
        bound = rule.raise_above if change.is_raised else rule.clear_below
        value = round(change.value, 4)
        lasted_s = (change.at_ms - change.since_ms) / 1000
        message = rule.told(value) if change.is_raised else f"It is over after {lasted_s:g} s."
        return {
            "service": "quizhall",
            "node": self._node.id,
            "alert": rule.name,
            "severity": rule.severity,
            "state": state,
            "value": value,
            "threshold": bound,
            "since": change.since_ms,
            "timestamp": change.at_ms,
            # What chat systems show of a webhook's message.
            "text": f"alert {state}: {rule.name} ({value:g}, threshold {bound:g}). {message}",
        }

    async def _tell_webhook(self, post: Post) -> None:
        """One after the other, so that nobody hears of the end before the beginning. Nothing is sent twice."""
        while self._untold:
            told = self._untold.popleft()
            try:
                await post(told)
            except Exception as error:  # noqa: BLE001 - the seam to somebody else's service, which may do anything
                self._figures.webhook_failed()
                if not self._is_webhook_failing:
                    logger.warning("the alert webhook did not take an alert: %s: %s", type(error).__name__, error)
                self._is_webhook_failing = True
            else:
                if self._is_webhook_failing:
                    logger.info("the alert webhook takes alerts again")
                self._is_webhook_failing = False

    async def settle(self) -> None:
        """Returns when all that was found has been told, or could not be."""
        if self._telling is not None:
            await self._telling

    async def stop(self) -> None:
        """What the webhook has not taken by now it will not hear."""
        if self._telling is not None:
            self._telling.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._telling


def _window(readings: Sequence[_Reading], lag_s: float, line_down_s: float) -> Window:
    oldest, before, after = readings[0], readings[-2], readings[-1]

    def grown(*keys: str) -> list[int]:
        pairs = zip(before.shards, after.shards, strict=True)
        return [sum(new[key] - old[key] for key in keys) for old, new in pairs]

    return Window(
        seconds=after.at_s - before.at_s,
        handled=grown("sent", "failed", "skipped"),
        sent=sum(grown("sent")),
        failed=sum(grown("failed")),
        skipped=sum(grown("skipped")),
        lag_s=lag_s,
        published=after.published - before.published,
        unheard=after.unheard - before.unheard,
        line_down_s=line_down_s,
        receipts=since(before.receipts, after.receipts),
        deliveries=since(oldest.deliveries, after.deliveries),
    )
