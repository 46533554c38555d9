"""Variants take turns, and who begins moves on with each round: what the machine does meanwhile hits all alike."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from benchmarks.lab.figures import Figures, medians

WARM_UP = 2


class RoundError(Exception):
    """A variant cannot be measured; the message says why in one line."""


@dataclass
class Rounds:
    """The figures of each round by variant, warm-ups dropped, and why a variant has none."""

    found: dict[str, list[Figures]] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)

    def medians(self) -> dict[str, Figures]:
        return {name: medians(runs) for name, runs in self.found.items() if name not in self.failed}


def interleaved(plan: Mapping[str, Callable[[], Figures]], rounds: int, warm_up: int = WARM_UP) -> Rounds:
    """Calls each variant once a round. One that raises RoundError is asked no more; the others go on."""
    made = Rounds({name: [] for name in plan})
    names = list(plan)
    for number in range(warm_up + rounds):
        first = number % max(1, len(names))
        for name in names[first:] + names[:first]:
            if name in made.failed:
                continue
            try:
                figures = plan[name]()
            except RoundError as error:
                made.failed[name] = str(error)
                continue
            if number >= warm_up:
                made.found[name].append(figures)
    return made
