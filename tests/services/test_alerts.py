"""When alerts are raised and cleared: every rule, and the steps between."""

import math

import pytest

from services.alerts import RULES, Alerts, Rule, Window, quantile

NOTHING = ((0.1, 0), (1.0, 0), (math.inf, 0))


def window(**values):
    """Five quiet seconds, but for what is given."""
    quiet = {"handled": (0, 0, 0, 0), "sent": 0, "failed": 0, "skipped": 0, "lag_s": 0.001}
    quiet |= {"published": 0, "unheard": 0, "line_down_s": 0.0}
    return Window(**(quiet | {"seconds": 5, "receipts": NOTHING, "deliveries": NOTHING} | values))


SLOW = ((0.1, 0), (1.0, 100), (math.inf, 100))
QUICK = ((0.1, 100), (1.0, 100), (math.inf, 100))
# Per rule: a window that raises it, one between its bounds, one that clears it.
CASES = {
    "hot_shard": (
        {"handled": (4000, 100, 100, 100)},
        {"handled": (5000, 1000, 1000, 1000)},
        {"handled": (4000, 3000, 3000, 3000)},
    ),
    "high_latency": ({"receipts": SLOW}, {"receipts": ((0.25, 0), (0.4, 99), (math.inf, 99))}, {"receipts": QUICK}),
    "slow_consumers": ({"sent": 800, "skipped": 200}, {"sent": 930, "skipped": 70}, {"sent": 990, "skipped": 10}),
    "loop_blocked": ({"lag_s": 0.6}, {"lag_s": 0.3}, {"lag_s": 0.05}),
    "message_loss": ({"sent": 900, "failed": 100}, {"sent": 995, "failed": 5}, {"sent": 5000, "failed": 1}),
    "redis_down": ({"line_down_s": 4.0}, {"line_down_s": 0.7}, {}),
}


def names(changes):
    return [(change.rule.name, change.is_raised) for change in changes]


def test_every_rule_has_its_case():
    """A new rule is tried here too."""
    assert set(CASES) == {rule.name for rule in RULES}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_is_raised_once_and_cleared_once(rule):
    """After as many windows as it says, and not in between."""
    bad, middling, good = (window(**values) for values in CASES[rule.name])
    alerts = Alerts([rule])
    for _ in range(rule.raise_after - 1):
        assert alerts.evaluate(bad, 1000) == []
    assert names(alerts.evaluate(bad, 2000)) == [(rule.name, True)]
    assert [(raised.rule, raised.since_ms) for raised in alerts.raised()] == [(rule, 2000)]
    for values in (bad, middling, middling, middling, middling):
        assert alerts.evaluate(values, 3000) == []
    for _ in range(rule.clear_after - 1):
        assert alerts.evaluate(good, 4000) == []
    (cleared,) = alerts.evaluate(good, 5000)
    assert (cleared.is_raised, cleared.since_ms, cleared.at_ms) == (False, 2000, 5000)
    assert alerts.raised() == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_value_between_the_bounds_raises_nothing(rule):
    """However long it lasts."""
    alerts = Alerts([rule])
    assert [alerts.evaluate(window(**CASES[rule.name][1]), 0) for _ in range(10)] == [[]] * 10


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.raise_after > 1], ids=lambda rule: rule.name)
def test_one_bad_window_among_good_ones_is_no_alert(rule):
    """The windows must be bad one after the other."""
    alerts = Alerts([rule])
    bad, _, good = (window(**values) for values in CASES[rule.name])
    assert [alerts.evaluate(values, 0) for values in (bad, good) * 5] == [[]] * 10


def test_a_relapse_starts_the_clearing_anew():
    """Two good windows, a middling one, two good ones: the alert still stands."""
    (rule,) = (rule for rule in RULES if rule.name == "loop_blocked")
    alerts = Alerts([rule])
    alerts.evaluate(window(lag_s=1), 0)
    for lag_s in (0.01, 0.01, 0.3, 0.01, 0.01):
        assert alerts.evaluate(window(lag_s=lag_s), 0) == []
    assert names(alerts.evaluate(window(lag_s=0.01), 0)) == [("loop_blocked", False)]


def test_a_quiet_node_raises_nothing():
    """Nor one on which hardly anything happens, whatever its shares are."""
    alerts = Alerts()
    little = window(handled=(1, 0, 0, 0), sent=0, failed=1, skipped=1, receipts=((0.1, 0), (1.0, 1), (math.inf, 1)))
    for values in (window(), little, window(seconds=0)) * 5:
        assert alerts.evaluate(values, 0) == []


def test_an_alert_is_cleared_when_nothing_happens_any_more():
    """The lesson is over: nobody waits for answers."""
    alerts = Alerts()
    alerts.evaluate(window(receipts=SLOW), 0)
    alerts.evaluate(window(receipts=SLOW), 0)
    assert [raised.rule.name for raised in alerts.raised()] == ["high_latency"]
    for _ in range(3):
        alerts.evaluate(window(), 0)
    assert alerts.raised() == []


def test_slow_deliveries_are_latency_too():
    """Whichever is slower counts; five of them are enough, four are not."""
    for count, changes in ((5, [("high_latency", True)]), (4, [])):
        alerts = Alerts()
        slow = window(receipts=QUICK, deliveries=((0.1, 0), (1.0, count), (math.inf, count)))
        alerts.evaluate(slow, 0)
        assert names(alerts.evaluate(slow, 0)) == changes


def test_the_worst_comes_first_and_says_what_to_do():
    """Then the oldest; the value in it is the last one, told as a person would."""
    alerts = Alerts()
    for _ in range(2):
        alerts.evaluate(window(receipts=SLOW), 1000)
    alerts.evaluate(window(receipts=SLOW, lag_s=0.8), 2000)
    alerts.evaluate(window(receipts=SLOW, lag_s=0.4567), 3000)
    lag, latency = alerts.raised()
    assert (lag.rule.name, lag.rule.severity, lag.since_ms, lag.value) == ("loop_blocked", "critical", 2000, 0.4567)
    assert lag.rule.told(lag.value).startswith("The event loop stood still for 0.457 s. Something else took")
    assert (latency.rule.name, latency.rule.severity, latency.since_ms) == ("high_latency", "warning", 1000)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_says_what_is_wrong_and_what_to_do(rule: Rule):
    """In sentences, with the value in the first of them."""
    assert rule.sentence.count("{}") == 1
    assert rule.sentence.endswith(".")
    assert rule.advice.endswith(".")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_bounds_leave_room(rule: Rule):
    """Without a gap between them an alert would flicker."""
    assert 0 < rule.clear_below < rule.raise_above


@pytest.mark.parametrize(
    ("buckets", "share", "value"),
    [
        ((), 0.5, None),
        (NOTHING, 0.5, None),
        (((1.0, 10), (math.inf, 10)), 0.5, 0.5),
        (((1.0, 0), (2.0, 10), (math.inf, 10)), 0.9, 1.9),
        (((1.0, 5), (2.0, 5), (math.inf, 10)), 0.99, 2.0),
        (((1.0, 0), (math.inf, 3)), 0.5, 1.0),
    ],
)
def test_a_quantile_is_estimated_within_its_bucket(buckets, share, value):
    """As Prometheus does; beyond the last bound only the bound is known."""
    assert quantile(buckets, share) == (None if value is None else pytest.approx(value))


def test_a_quantile_of_too_few_is_none():
    """Three answers say nothing about the hundredth."""
    assert quantile(((1.0, 3), (math.inf, 3)), 0.99, least=4) is None


def test_what_other_nodes_do_not_hear_is_lost_too():
    """A handful of messages is enough to tell; fewer say nothing."""
    rule = next(rule for rule in RULES if rule.name == "message_loss")
    assert rule.measure(window(published=10, unheard=1)) == pytest.approx(0.1)
    assert rule.measure(window(published=10, unheard=1, sent=100, failed=100)) == pytest.approx(0.5)
    assert rule.measure(window(published=4, unheard=4)) is None
