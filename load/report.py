"""What a run came to: as a dict for programs, as text for people. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from load.figures import Figures, Pace, percentile
from load.oracle import Findings
from load.plan import Plan

SHOWN = 10
# Above this share of a core the generator's own work shows in its figures.
BUSY = 0.75


@dataclass
class Report:
    """One run. `problems` are sentences about what was not played as planned."""

    plan: Plan
    figures: Figures
    findings: Findings = field(default_factory=Findings)
    joined: int = 0
    connected: int = 0
    # Events that a live socket skipped, or that never came.
    missed: int = 0
    problems: list[str] = field(default_factory=list)
    seconds: float = 0.0
    # What the generator itself used: processor time while it played, and its memory at the most.
    cpu_s: float = 0.0
    memory_mib: float = 0.0

    @property
    def busy(self) -> float:
        """The share of a core that the generator used."""
        return self.cpu_s / self.seconds if self.seconds else 0.0

    @property
    def is_clean(self) -> bool:
        """Everything that was promised was kept, for everyone that was planned."""
        found = self.findings
        broken = found.lost or found.doubled or found.wrong or found.unconfirmed or self.problems
        return not broken and not self.missed

    @property
    def exit_code(self) -> int:
        """0 or 1."""
        return 0 if self.is_clean else 1


def as_dict(report: Report) -> dict[str, Any]:
    """The report's JSON; docs/load.md says what each figure is. Times are milliseconds unless they say otherwise."""
    plan, figures, findings = report.plan, report.figures, report.findings
    return {
        "clean": report.is_clean,
        "rooms": plan.rooms,
        "participants": {"planned": plan.everyone, "joined": report.joined, "connected": report.connected},
        "rounds": plan.rounds,
        "joins": _pace(figures.joins),
        "upgrades": _pace(figures.upgrades),
        "subscriptions": _pace(figures.subscriptions),
        "receipts": times(figures.receipt_ms),
        "receipts_after_reconnect": times(figures.resumed_receipt_ms),
        "delivery": times(figures.delivery_ms),
        "last_delivery": times(figures.last_delivery_ms),
        "grading": times(figures.grading_ms),
        "lost": len(findings.lost),
        "doubled": len(findings.doubled),
        "wrong": len(findings.wrong),
        "late": len(findings.late),
        "unconfirmed": len(findings.unconfirmed),
        "missed_events": report.missed,
        "repeated_events": figures.repeated,
        "reset": figures.reset,
        "reconnects": figures.reconnects,
        "snapshots": figures.snapshots,
        "errors": dict(sorted(figures.errors.items())),
        "generator_lag": times(figures.lag_ms),
        "generator": {
            "cpu_s": round(report.cpu_s, 3),
            "busy": round(report.busy, 3),
            "memory_mib": round(report.memory_mib, 1),
        },
        "duration_s": round(report.seconds, 3),
        "seed": plan.seed,
        "problems": report.problems,
        "findings": {name: sentences[:SHOWN] for name, sentences in vars(findings).items() if sentences},
    }


def times(values: Sequence[float]) -> dict[str, float]:
    """Count and percentiles, rounded to the microsecond."""
    shares = {"p50_ms": 0.5, "p90_ms": 0.9, "p99_ms": 0.99, "max_ms": 1.0}
    return {"count": len(values), **{name: round(percentile(values, share), 3) for name, share in shares.items()}}


def as_text(report: Report) -> str:
    """A page for people."""
    whole = as_dict(report)
    people = whole["participants"]
    lines = [
        f"{whole['rooms']} rooms, {people['planned']} participants, {whole['rounds']} rounds"
        f" in {whole['duration_s']:.1f} s (seed {whole['seed']})",
        f"joined {people['joined']}, connected {people['connected']}",
        "",
        f"{'':27}{'count':>8}{'per second':>12}",
        *(_pace_line(name, whole[name]) for name in ("joins", "upgrades", "subscriptions")),
        "",
        f"{'milliseconds':27}{'count':>8}{'p50':>10}{'p90':>10}{'p99':>10}{'max':>10}",
        *(_times_line(label, whole[name]) for name, label in TIMES.items() if whole[name]["count"]),
        "",
        f"lost {whole['lost']}, doubled {whole['doubled']}, graded differently {whole['wrong']},"
        f" unconfirmed {whole['unconfirmed']}, late {whole['late']}, events missed {whole['missed_events']},"
        f" twice {whole['repeated_events']}",
        f"sockets reset {whole['reset']}, reconnects {whole['reconnects']}, snapshots {whole['snapshots']}",
        "errors: " + (", ".join(f"{code} {count}" for code, count in whole["errors"].items()) or "none"),
    ]
    used = whole["generator"]
    lines.append(
        f"the generator used {used['cpu_s']:.1f} s of CPU, {100 * used['busy']:.0f} % of a core,"
        f" {used['memory_mib']:.0f} MiB"
    )
    if used["busy"] > BUSY:
        lines.append("That is most of a core: the figures tell of the generator too. Give it company (docs/load.md).")
    for name, sentences in whole["findings"].items():
        lines += ["", f"{name}:", *(f"  {sentence}" for sentence in sentences)]
    lines += ["", *report.problems, "Clean." if report.is_clean else "Not clean."]
    return "\n".join(lines)


TIMES = {
    "receipts": "receipt of an answer",
    "receipts_after_reconnect": "  across a reconnect",
    "delivery": "round.opened, each",
    "last_delivery": "round.opened, the last",
    "grading": "answer.graded, the last",
    "generator_lag": "the generator's own lag",
}


def _pace(pace: Pace) -> dict[str, float]:
    return {"count": pace.count, "per_second": round(pace.per_second, 1), "seconds": round(pace.seconds, 3)}


def _pace_line(name: str, pace: dict[str, float]) -> str:
    return f"{name:27}{pace['count']:>8}{pace['per_second']:>12,.0f}"


def _times_line(label: str, found: dict[str, float]) -> str:
    figures = "".join(f"{found[name]:>10,.1f}" for name in ("p50_ms", "p90_ms", "p99_ms", "max_ms"))
    return f"{label:27}{found['count']:>8}{figures}"
