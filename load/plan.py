"""What is to be played, against whom, and the bounds of it. Pure."""

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from load.errors import UsageError
from load.think import Think

MOST_PARTICIPANTS = 20_000
MOST_ROOMS = 1_000
MOST_ROUNDS = 50
SCORINGS = ("speed", "accuracy", "steady")
# A round must outlast the slowest thinker and everything a busy service may need for him.
ROUND_SLACK_S = 60
NOT_YOURS = (
    "{host} is not this machine. Thousands of sockets at once can take a service down, and other people's lessons "
    "with it; if it is yours and nobody needs it right now, say so with --i-own-this-server."
)


@dataclass(frozen=True)
class Target:
    """The service's address in its parts."""

    host: str
    port: int
    is_tls: bool

    @property
    def authority(self) -> str:
        """As it stands in a Host header."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        return f"{name}:{self.port}"

    @property
    def is_loopback(self) -> bool:
        """This machine, and certainly so: a name other than localhost might be anyone."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"


@dataclass(frozen=True)
class Plan:
    """One run. `participants` is per room; `storm` the share of sockets reset in each round."""

    target: Target
    rooms: int
    participants: int
    rounds: int
    think: Think
    storm: float
    scoring: str
    at_once: int
    most_s: float
    seed: int

    @property
    def time_limit_s(self) -> int:
        """The time limit of each question."""
        return int(self.think.most_s) + ROUND_SLACK_S

    @property
    def everyone(self) -> int:
        """Participants in all rooms together."""
        return self.rooms * self.participants


def parse_target(url: str, *, owns_it: bool) -> Target:
    """UsageError unless it is http(s), and this machine or one that the caller says is his."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise UsageError(f"--url is {url!r}: {error}.") from error
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError(f"--url is {url!r}; it may be an address such as http://127.0.0.1:8888.")
    is_tls = parts.scheme == "https"
    target = Target(parts.hostname, port or (443 if is_tls else 80), is_tls)
    if not target.is_loopback and not owns_it:
        raise UsageError(NOT_YOURS.format(host=target.host))
    return target


def check(plan: Plan) -> Plan:
    """The same plan. UsageError names the first thing that is out of bounds."""
    bounds: tuple[tuple[str, float, float, float], ...] = (
        ("--rooms", plan.rooms, 1, MOST_ROOMS),
        ("--players", plan.participants, 1, MOST_PARTICIPANTS),
        ("--rooms times --players", plan.everyone, 1, MOST_PARTICIPANTS),
        ("--rounds", plan.rounds, 1, MOST_ROUNDS),
        ("--storm", plan.storm, 0, 1),
        ("--at-once", plan.at_once, 1, 1000),
        ("--most-seconds", plan.most_s, 1, 86_400),
    )
    for name, value, low, high in bounds:
        if not low <= value <= high:
            raise UsageError(f"{name} is {value:g}; it may be {low:g} to {high:g}.")
    if plan.scoring not in SCORINGS:
        raise UsageError(f"--scoring is {plan.scoring!r}; it may be {', '.join(SCORINGS)}.")
    return plan
