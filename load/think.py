"""How long participants think before they answer: a distribution, read from a word on the command line. Pure."""

import re
from dataclasses import dataclass
from random import Random

from load.errors import UsageError

LONGEST_S = 600.0
PATTERN = re.compile(r"uniform:(?P<low>\d+(?:\.\d+)?)-(?P<high>\d+(?:\.\d+)?)s?|fixed:(?P<fixed>\d+(?:\.\d+)?)s?|burst")


@dataclass(frozen=True)
class Think:
    """Seconds from least to most, all equally likely."""

    least_s: float
    most_s: float

    def delay_s(self, rng: Random) -> float:
        """How long one participant thinks this time."""
        return rng.uniform(self.least_s, self.most_s)


def parse_think(text: str) -> Think:
    """`uniform:0.2-3s`, `fixed:1s`, or `burst` (at once). UsageError says what may stand there."""
    found = PATTERN.fullmatch(text)
    if not found:
        raise UsageError(f"--think is {text!r}; it may be uniform:0.2-3s, fixed:1s or burst.")
    if found["fixed"]:
        think = Think(float(found["fixed"]), float(found["fixed"]))
    else:
        think = Think(float(found["low"] or 0), float(found["high"] or 0))
    if not think.least_s <= think.most_s <= LONGEST_S:
        raise UsageError(f"--think is {text!r}; the times go from small to large, up to {LONGEST_S:g} s.")
    return think
