"""How often an address, an account or a room may try something: sign-in, wrong PINs, joining, sockets, API, accounts.

Nobody waits for another node: counts are this node's own and what it last heard of the others (realtime/counts.py).
Only a sign-in asks Redis (sign_in_rate.py). The rates come from the settings (`10/5minutes`).
"""

import ipaddress
from collections.abc import Callable
from functools import lru_cache
from typing import ParamSpec, TypeVar

from limits.aio.storage import Storage

from realtime.counts import Counts
from realtime.ignore import ignore
from services.errors import RateLimited
from services.join_budget import JoinBudget
from services.pin_guesses import OF_ALL, OF_ONE, PinGuesses
from services.rates import Rate, Usage
from services.sign_in_rate import SignInRate

# To one e-mail address.
LETTERS = "3/hour"
P = ParamSpec("P")
T = TypeVar("T")


class Limits:
    """`on_refused(kind)` is told of each refusal; kind is one of limit_figures.KINDS."""

    def __init__(
        self,
        counts: Counts,
        *,
        login: str,
        join: str,
        ws: str,
        api: str,
        sign_up: str,
        wrong_pins: str = OF_ONE,
        all_wrong_pins: str = OF_ALL,
        shared: Storage | None = None,
    ) -> None:
        self.counts = counts
        self._login = SignInRate(login, counts, shared)
        self._guesses = PinGuesses(counts, wrong_pins, all_wrong_pins)
        self._join = JoinBudget(counts, join)
        self._ws = Rate(counts, "ws", ws)
        self._api = Rate(counts, "api", api)
        self._sign_up = Rate(counts, "sign_up", sign_up)
        self._letters = Rate(counts, "letters", LETTERS)
        self.on_refused: Callable[[str], None] = ignore

    async def login(self, address: str, account: str) -> Usage:
        """One sign-in attempt: per address *and* account, as a whole school may share the address."""
        try:
            return await self._login.take(network(address), _account(account))
        except RateLimited:
            self.on_refused("login")
            raise

    def check_pin_guesses(self, address: str) -> None:
        """Before a PIN is looked up: refuses an address that named too many wrong ones."""
        self._told("pin", self._guesses.check, network(address))

    def count_wrong_pin(self, address: str) -> Usage:
        """After a PIN was not found. Raises RateLimited like check_pin_guesses."""
        return self._told("pin", self._guesses.wrong, network(address))

    def count_right_pin(self, address: str) -> None:
        """After a room was found: costs nothing, and speaks for the address."""
        self._guesses.right(network(address))

    def at_home(self, pin: str, address: str) -> None:
        """The room's host or screen is at this address: who joins from there is not held up by others."""
        self._join.at_home(pin, network(address))

    def join(self, pin: str, address: str) -> Usage:
        """One more participant of a room."""
        return self._told("join", self._join.take, pin, network(address))

    def upgrade(self, address: str) -> None:
        """One WebSocket handshake."""
        self._told("upgrade", self._ws.count, network(address))

    def api(self, who: str) -> Usage:
        """One request of an account, or of an address that nobody signed in at."""
        return self._told("api", self._api.take, who)

    def sign_up(self, address: str) -> Usage:
        """One attempt to make an account, or to have a letter sent."""
        return self._told("sign_up", self._sign_up.take, network(address))

    def may_get_letter(self, account: str) -> bool:
        """One more letter to this e-mail, whoever asks for it: nobody's letter box is to be filled from here."""
        try:
            self._letters.count(_account(account))
        except RateLimited:
            return False
        return True

    def _told(self, kind: str, limit: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return limit(*args, **kwargs)
        except RateLimited:
            self.on_refused(kind)
            raise


@lru_cache(maxsize=10_000)
def network(address: str) -> str:
    """What counts as one: an IPv4 address; of IPv6 the 64 bits that one line is given."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version == 4:
        return address
    return str(parsed.ipv4_mapped or ipaddress.ip_network((int(parsed) >> 64 << 64, 64)))


def _account(email: str) -> str:
    return email.strip().lower()[:254]
