"""The report as text and as JSON."""

import json

import pytest

from load.figures import Figures, Pace
from load.oracle import Findings
from load.plan import Plan, Target
from load.report import Report, as_dict, as_text
from load.think import Think


@pytest.fixture
def report():
    """Of 2 × 50 participants."""
    plan = Plan(Target("127.0.0.1", 8888, False), 2, 50, 4, Think(0, 1), 0.1, "speed", 64, 300, 42)
    figures = Figures(joins=Pace(100, 0.5), upgrades=Pace(100, 0.25), receipt_ms=[*range(1, 101)], reset=7)
    return Report(plan, figures, joined=100, connected=100, seconds=12.34)


def test_programs_get_every_figure(report):
    """Names with units, and percentiles of what was measured."""
    whole = json.loads(json.dumps(as_dict(report)))
    assert whole["joins"] == {"count": 100, "per_second": 200.0, "seconds": 0.5}
    assert whole["receipts"] == {"count": 100, "p50_ms": 50, "p90_ms": 90, "p99_ms": 99, "max_ms": 100}
    assert whole["delivery"]["count"] == 0
    assert (whole["clean"], whole["lost"], whole["reset"], whole["seed"]) == (True, 0, 7, 42)


def test_people_get_a_page(report):
    """The same figures, without rows that have none."""
    text = as_text(report)
    assert "2 rooms, 100 participants, 4 rounds in 12.3 s (seed 42)" in text
    assert "errors: none" in text
    assert "round.opened" not in text
    assert text.endswith("Clean.")


def test_a_busy_generator_says_so(report):
    """What it used is always there; that it was too much only when it was."""
    report.cpu_s, report.memory_mib = 6.17, 80.4
    assert "the generator used 6.2 s of CPU, 50 % of a core, 80 MiB" in as_text(report)
    assert "company" not in as_text(report)
    report.cpu_s = 11.0
    assert "company" in as_text(report)
    assert as_dict(report)["generator"] == {"cpu_s": 11.0, "busy": 0.891, "memory_mib": 80.4}


@pytest.mark.parametrize("name", ["lost", "doubled", "wrong", "unconfirmed"])
def test_a_breach_ends_with_1(report, name):
    """And is shown, at most ten of a kind."""
    setattr(report.findings, name, [f"thing {n}." for n in range(20)])
    assert report.exit_code == 1
    text = as_text(report)
    assert "thing 9." in text
    assert "thing 10." not in text
    assert text.endswith("Not clean.")


def test_missed_events_and_problems_end_with_1(report):
    """A run that could not be played as planned proves nothing."""
    report.missed = 1
    assert report.exit_code == 1
    report.missed, report.problems = 0, ["The run was not over after 300 s."]
    assert report.exit_code == 1
    assert "not over" in as_text(report)


def test_errors_and_late_answers_alone_are_no_breach(report):
    """They are counted by code: refused in time and in words is what the protocol allows."""
    report.figures.errors["overloaded"] = 3
    report.findings = Findings(late=["refused"])
    assert report.exit_code == 0
    assert "overloaded 3" in as_text(report)
