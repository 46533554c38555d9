"""How long participants think before they answer: a distribution, read from a word on the command line. Pure."""

import re
from dataclasses import dataclass
from random import Random

from load.errors import UsageError

LONGEST_S = 600.0
NUMBER = r"\d+(?:\.\d+)?"
PATTERN = re.compile(
    rf"uniform:(?P<low>{NUMBER})-(?P<high>{NUMBER})s?|lognormal:(?P<half>{NUMBER})s?|fixed:(?P<fixed>{NUMBER})s?|burst"
)
# Response times of people are skewed: their logarithms spread about so far around the middle one.
SPREAD = 0.5
# Who takes this much longer than half of all is not waited for: about one in a thousand.
LONGEST_TIMES = 5.0


@dataclass(frozen=True)
class Think:
    """Seconds from least to most, all equally likely; with `half_s` log-normal, half of all below it."""

    least_s: float
    most_s: float
    half_s: float | None = None

    @property
    def busy_s(self) -> float:
        """The time in which most answers fall."""
        return self.most_s if self.half_s is None else 2 * self.half_s

    def delay_s(self, rng: Random) -> float:
        """How long one participant thinks this time."""
        if self.half_s is None:
            return rng.uniform(self.least_s, self.most_s)
        return min(self.most_s, self.half_s * rng.lognormvariate(0, SPREAD))


def parse_think(text: str) -> Think:
    """`uniform:0.2-3s`, `lognormal:4s`, `fixed:1s`, or `burst` (at once). UsageError says what may stand there."""
    found = PATTERN.fullmatch(text)
    if not found:
        raise UsageError(f"--think is {text!r}; it may be uniform:0.2-3s, lognormal:4s, fixed:1s or burst.")
    if found["half"]:
        half_s = float(found["half"])
        think = Think(0, LONGEST_TIMES * half_s, half_s)
    elif found["fixed"]:
        think = Think(float(found["fixed"]), float(found["fixed"]))
    else:
        think = Think(float(found["low"] or 0), float(found["high"] or 0))
    if not think.least_s <= think.most_s <= LONGEST_S:
        raise UsageError(f"--think is {text!r}; the times go from small to large, up to {LONGEST_S:g} s.")
    return think
