"""When which fault strikes: all of it follows from the plan and its seed. Pure."""

from dataclasses import dataclass
from random import Random

from prove.plan import SCENARIOS, Plan

# Everything is given time to heal after the last.
HEAL_S = 15.0


@dataclass(frozen=True)
class Fault:
    """`node` is a number; `lasts_s` and `share` are taken by those faults that have use for them."""

    at_s: float
    name: str
    node: int
    lasts_s: float
    share: float


def make_schedule(plan: Plan) -> list[Fault]:
    """In the order of time; empty when the scenario has no faults."""
    scenario = SCENARIOS[plan.scenario]
    weights = {
        name: weight
        for name, weight in scenario.faults.items()
        if plan.database == "postgresql" or not name.startswith("database_")
    }
    if not weights:
        return []
    rng = Random(plan.seed)
    rest: list[str] = []
    faults: list[Fault] = []
    at_s = scenario.first_s
    end_s = max(plan.seconds - HEAL_S, at_s + 1)
    while at_s < end_s:
        if not rest:
            rest = _bag(weights, rng)
        lasts_s, share = rng.uniform(0.5, 4.0), rng.uniform(0.3, 1.0)
        faults.append(Fault(round(at_s, 3), rest.pop(0), rng.randrange(plan.nodes), round(lasts_s, 2), round(share, 2)))
        at_s += scenario.every_s * rng.uniform(0.6, 1.4)
    return faults


def _bag(weights: dict[str, int], rng: Random) -> list[str]:
    """Each fault as often as its weight says; every one once before any comes a second time."""
    bag: list[str] = []
    for turn in range(max(weights.values())):
        names = sorted(name for name, weight in weights.items() if weight > turn)
        rng.shuffle(names)
        bag += names
    return bag
