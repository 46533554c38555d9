"""Variants take turns, and who begins moves on with each round: what the machine does meanwhile hits all alike."""

from collections.abc import Callable, Mapping

from benchmarks.lab.figures import Figures, medians

WARM_UP = 2


def interleaved(
    plan: Mapping[str, Callable[[], Figures]], rounds: int, warm_up: int = WARM_UP
) -> dict[str, list[Figures]]:
    """The figures of each round by variant, warm-ups dropped."""
    found: dict[str, list[Figures]] = {name: [] for name in plan}
    names = list(plan)
    for number in range(warm_up + rounds):
        first = number % len(names)
        for name in names[first:] + names[:first]:
            figures = plan[name]()
            if number >= warm_up:
                found[name].append(figures)
    return found


def interleaved_medians(
    plan: Mapping[str, Callable[[], Figures]], rounds: int, warm_up: int = WARM_UP
) -> dict[str, Figures]:
    """The medians of each variant."""
    return {name: medians(runs) for name, runs in interleaved(plan, rounds, warm_up).items()}
