"""Wrong PINs: how many an address may name, and what becomes of that while very many are named from everywhere.

A school mistypes, and it also types right ones. Who tries PINs out, however many addresses they have, does not.
"""

from realtime.counts import Counts
from services.rates import Rate, Usage, windows

# Of one address. A class mistypes a few; who tries them out gets nowhere.
OF_ONE = "60/minute;600/hour"
# Of all addresses together. Beyond it each has FEW, and as many again as the right ones that it named.
OF_ALL = "600/minute"
FEW = 3
ALL = "all"


class PinGuesses:
    def __init__(self, counts: Counts, of_one: str, of_all: str) -> None:
        self._of_one = Rate(counts, "wrong-pin", of_one)
        self._all = windows(counts, "wrong-pins", of_all)

    def check(self, address: str) -> None:
        """Before a PIN is looked up: raises RateLimited when this address named too many wrong ones."""
        self._of_one.check(address)
        for window in self._all:
            # Only looked at, but over all nodes: the guesses may be elsewhere.
            if window.count(ALL, 0) < window.most:
                continue
            if window.used(_wrong(address)) >= FEW + window.used(_right(address)):
                raise window.usage(0).refusal()

    def wrong(self, address: str) -> Usage:
        """A PIN was not found. Raises RateLimited like check."""
        for window in self._all:
            window.count(ALL)
            window.count(_wrong(address))
        return self._of_one.take(address)

    def right(self, address: str) -> None:
        """A room was found."""
        for window in self._all:
            window.count(_right(address))


def _wrong(address: str) -> str:
    return f"wrong/{address}"


def _right(address: str) -> str:
    return f"right/{address}"
