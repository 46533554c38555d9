"""What a run attacks, for how long and with what: the scenarios and one run's plan. Pure."""

from dataclasses import dataclass, field

MOST_MINUTES = 24 * 60


class UsageError(Exception):
    """Asked for something that cannot be run; the message is one plain sentence."""


@dataclass(frozen=True)
class Scenario:
    """`faults` are names of prove/faults.py with their weights; one about every `every_s` seconds."""

    about: str
    faults: dict[str, int]
    every_s: float = 3.0
    seconds: float = 60.0
    rooms: int = 8
    participants: int = 208
    rounds: int = 8
    # Which share of a room's people answers a round: answers are most of what a long run costs.
    answering: float = 1.0
    # How long a teacher waits for those who are connected before closing a round.
    patience_s: float = 6.0
    # Whether for those who are away too.
    waits_for_all: bool = False
    # How often a room is locked and unlocked before its first round, ten times a second: delivery and nothing else.
    locks: int = 0
    nodes: int = 3
    # When the first fault strikes: people have their seats and sockets by then.
    first_s: float = 4.0
    # What nodes are told besides; who may join how often is not limited unless a scenario is about that.
    settings: dict[str, str] = field(default_factory=dict)


KILLS = {"node_kill": 2, "node_kill_in_burst": 3}
REDIS = {
    "redis_freeze": 2,
    "redis_restart": 2,
    "redis_flush": 1,
    "redis_drop_subscribers": 3,
    "redis_overflow": 2,
    "redis_cut": 2,
    "redis_black_hole": 2,
    "redis_delay": 1,
    "publish_lost": 2,
    "both_hints_lost": 1,
}
DATABASE = {"database_restart": 2, "database_cut": 3, "database_delay": 2, "database_black_hole": 1}
SOCKETS = {"sockets_reset": 4, "sockets_slow": 2}
NETWORK = {"clients_cut": 2, "clients_black_hole": 1, "clients_delay": 1}

EVERYTHING = {**KILLS, **REDIS, **DATABASE, **SOCKETS, "node_freeze": 3, "rolling": 1}

SCENARIOS: dict[str, Scenario] = {
    "all": Scenario("everything in turn", EVERYTHING | NETWORK, every_s=2.0, seconds=90),
    "long": Scenario(
        "25 minutes: more than 500 faults and a million deliveries, straight to the nodes: a proxy would be the limit",
        EVERYTHING, every_s=2.4, seconds=1500, participants=1200, rounds=20, answering=0.3, patience_s=2.0,
    ),
    "kills": Scenario("kill -9 of nodes, also while answers are being stored", KILLS, every_s=2.5),
    "freezes": Scenario("SIGSTOP and SIGCONT of nodes", {"node_freeze": 1}),
    "redis": Scenario("Redis frozen, restarted, emptied, cut off, deaf", REDIS),
    "postgres": Scenario("the database restarted, cut off, slow", DATABASE, every_s=6.0),
    "sockets": Scenario("sockets reset, slow readers, networks gone", SOCKETS | NETWORK),
    "rolling": Scenario(
        "20 polite restarts of nodes while rounds are open", {"rolling": 1},
        every_s=6.0, seconds=144, patience_s=20.0, waits_for_all=True,
    ),
    "exit": Scenario(
        "nodes with a thousand sockets restarted politely", {"rolling": 1},
        every_s=12.0, seconds=75, rooms=4, participants=2080, answering=0.2, first_s=30.0, nodes=2,
    ),
    "ghosts": Scenario(
        "a node dies, and its people do not come back", {"node_kill_people_gone": 1},
        every_s=18.0, rooms=4, participants=120,
    ),
    "clocks": Scenario(
        "the clock of the database's machine is set, back and forth", {"clock_step": 1}, every_s=7.0, seconds=90
    ),
    "bots": Scenario(
        "a thousand bots with the PIN, and 40 pupils behind one address who want to join", {"bots_join": 1},
        every_s=30.0, seconds=40, rooms=1, participants=20,
        settings={"RATE_LIMIT_JOIN": "", "TRUSTED_PROXIES": "127.0.0.1"},
    ),
    "deaf": Scenario(
        "both hints of a move lost, where nothing else happens", {"both_hints_lost": 1}, rooms=3, participants=60
    ),
    "calm": Scenario(
        "no fault: what delivery takes from node to node, of ten events a second and of a lesson's moves", {},
        rooms=1, participants=300, seconds=60, locks=200,
    ),
    "quiet": Scenario(
        "one PUBLISH lost in a room where nothing else happens", {"publish_lost": 1}, rooms=3, participants=60
    ),
    "resume": Scenario(
        "300 sockets reset at once", {"sockets_reset_all": 1}, rooms=1, participants=300, every_s=6.0, seconds=50
    ),
    "death": Scenario("one node dies under 200 people", {"node_kill": 1}, rooms=4, participants=200, every_s=9.0),
    "frozen": Scenario(
        "Redis frozen, and how soon nodes see it", {"redis_freeze_long": 1}, every_s=20.0, rooms=4, participants=80
    ),
    "dead": Scenario("peers that fall silent", {"peer_silent": 1}, rooms=1, participants=20, every_s=20.0),
}  # fmt: skip


@dataclass(frozen=True)
class Plan:
    """One run. `is_together` keeps everybody of a room at one node while that lives."""

    scenario: str
    seed: int
    seconds: float
    rooms: int
    participants: int
    rounds: int
    database: str = "postgresql"
    nodes: int = 3
    is_together: bool = False
    answering: float = 1.0
    patience_s: float = 6.0
    waits_for_all: bool = False
    locks: int = 0

    @property
    def each(self) -> int:
        """Participants of one room."""
        return max(1, self.participants // self.rooms)


def make_plan(
    scenario: str, seed: int, minutes: float | None, participants: int | None, database: str, *, is_together: bool
) -> Plan:
    """UsageError names what is out of bounds."""
    if scenario not in SCENARIOS:
        raise UsageError(f"--scenario is {scenario!r}; it may be {', '.join(SCENARIOS)}.")
    if minutes is not None and not 0.1 <= minutes <= MOST_MINUTES:
        raise UsageError(f"--minutes is {minutes:g}; it may be 0.1 to {MOST_MINUTES}.")
    if database == "sqlite" and scenario == "postgres":
        raise UsageError("the scenario postgres needs --database postgresql.")
    found = SCENARIOS[scenario]
    everyone = participants or found.participants
    return Plan(
        scenario, seed, 60 * minutes if minutes else found.seconds, min(found.rooms, everyone), everyone, found.rounds,
        database, found.nodes, is_together=is_together, answering=found.answering, patience_s=found.patience_s,
        waits_for_all=found.waits_for_all, locks=found.locks,
    )  # fmt: skip
