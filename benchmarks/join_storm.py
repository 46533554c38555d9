"""A class, a hall, a stadium comes in: whole joins, and upgrades alone beside the peers'.

A whole join is what a phone does: `POST …/participants` over a connection of its own, then the upgrade, then
`room.subscribe` until the reply is there. An upgrade alone is a connect and a handshake with a token that is checked.
"""

import contextlib
import itertools
from collections.abc import Callable, Iterator

from benchmarks.lab.compiled import compiled
from benchmarks.lab.figures import Figures, percentile
from benchmarks.lab.joins import TOKEN, CameIn, Plan, coming_in
from benchmarks.lab.options import Options
from benchmarks.lab.process import Process, ProcessError
from benchmarks.lab.report import Column, Report
from benchmarks.lab.rounds import RoundError, interleaved
from benchmarks.lab.service import Host, Room, Service, command
from benchmarks.lab.sockets import text_frame
from benchmarks.lab.storm_peers import FLOOR, LIBRARIES, bearer, start, start_echo
from benchmarks.lab.storm_room import QUESTION
from benchmarks.lab.usage import cpu_s, resident_kib, settle

TITLE = "Joins: whole ones, and upgrades alone with the check of a token; 256 on the way at once"
FULL = Options(sizes=(8000,), rounds=7)
QUICK = Options(sizes=(100,), rounds=1)
COLUMNS = (
    Column("per_s", "each s", 0),
    Column("per_cpu_s", "a CPU s", 0),
    Column("p50_ms", "p50 ms"),
    Column("p99_ms", "p99 ms"),
    Column("cpu_us", "CPU µs", 0),
    Column("kib_each", "KiB each"),
)
WHOLE, UPGRADE = "ours, whole joins", "ours, upgrades alone"
AT_ONCE = 256
SUBPROTOCOL = ("Sec-WebSocket-Protocol", f"quizhall.v1, bearer.{TOKEN}")


def run(options: Options) -> Report:
    report = Report("join_storm", TITLE, COLUMNS)
    for size in options.sizes:
        measure(size, options, report)
    report.remark(
        "A CPU s: how many in a second of the server's processor time, whatever else the machine does meanwhile."
    )
    report.remark("KiB each: growth of the resident memory in the first round, divided by the connections.")
    if not compiled("joins"):
        report.remark("No C compiler here: the generator is Python, and the figures are as slow as it is.")
    return report


def measure(size: int, options: Options, report: Report) -> None:
    with contextlib.ExitStack() as stack:
        plan: dict[str, Callable[[], Figures]] = {}
        if options.wants(WHOLE):
            door = Door(stack, size)
            plan[WHOLE] = Watched(door.service.pid, door.whole)
        if options.wants(UPGRADE):
            door = Door(stack, size)
            plan[UPGRADE] = Watched(door.service.pid, door.upgrades)
        for name, process in peers(stack, options):
            wanted = Plan(process.hello["port"], ("Authorization", f"Bearer {TOKEN}"), [bearer()] * size)
            plan[name] = Watched(process.pid, lambda wanted=wanted: wanted)
        made = interleaved(plan, options.rounds)
        for name, figures in made.medians().items():
            way = plan[name]
            report.add(size, name, figures | ({"kib_each": way.kib_each} if isinstance(way, Watched) else {}))
        for name, reason in made.failed.items():
            report.add_absent(size, name, reason)
        for peer in LIBRARIES:
            if options.wants(peer.name) and (reason := peer.absent()):
                report.add_absent(size, peer.name, reason)


def peers(stack: contextlib.ExitStack, options: Options) -> Iterator[tuple[str, Process]]:
    if options.wants(FLOOR) and (echo := start_echo()):
        yield FLOOR, stack.enter_context(echo)
    for peer in LIBRARIES:
        if options.wants(peer.name) and not peer.absent():
            check = "own HMAC" if peer.package == "ws" else "PyJWT"
            yield f"{peer.name}, {check}", stack.enter_context(start(peer))


class Door:
    """A service whose rooms have a host who watches, as they have when people come: the room is in memory."""

    def __init__(self, stack: contextlib.ExitStack, size: int) -> None:
        self.service = stack.enter_context(Service())
        self.size = size
        self._host: Host | None = None
        self._numbers = itertools.count()
        self._seats: list[str] = []
        self._room: Room | None = None
        stack.callback(self._leave)

    def whole(self) -> Plan:
        """Everybody into a new room."""
        room = self._watched(self.service.open_room([QUESTION]))
        numbers = [next(self._numbers) for _ in range(self.size)]
        bodies = [{"nickname": f"Bench {number:06}", "client_id": f"{number:032x}"} for number in numbers]
        subscribe = text_frame(command("room.subscribe", room.pin, id=1))
        path = f"/api/v1/rooms/{room.pin}/participants"
        return Plan(self.service.port, SUBPROTOCOL, (), path, bodies, subscribe, '"snapshot"')

    def upgrades(self) -> Plan:
        """With the tokens of seats taken before: everybody comes back in each round, as after a lost network."""
        if self._room is None:
            self._room = self.service.open_room([QUESTION])
            self._seats = [seat.token for seat in self.service.join(self._room, self.size)]
        self._watched(self._room)
        return Plan(self.service.port, SUBPROTOCOL, self._seats)

    def _watched(self, room: Room) -> Room:
        """A new socket each time: between the rounds nobody answers pings on it."""
        self._leave()
        self._host = self.service.connect_host(room)
        return room

    def _leave(self) -> None:
        if self._host is not None:
            self._host.sock.close()


class Watched:
    """A round: everybody comes in, and is gone again when it is over."""

    def __init__(self, pid: int, plan: Callable[[], Plan]) -> None:
        self._pid = pid
        self._plan = plan
        # Measured once: later rounds find the memory of the earlier ones.
        self.kib_each: float | None = None

    def __call__(self) -> Figures:
        plan = self._plan()
        settle(self._pid)
        cpu, memory = cpu_s(self._pid), resident_kib(self._pid)
        with self._coming_in(plan) as came:
            settle(self._pid)
            cpu = cpu_s(self._pid) - cpu
            if self.kib_each is None:
                self.kib_each = (resident_kib(self._pid) - memory) / plan.count
        settle(self._pid)
        return figures_of(came, cpu)

    @contextlib.contextmanager
    def _coming_in(self, plan: Plan) -> Iterator[CameIn]:
        try:
            with coming_in(plan, AT_ONCE) as came:
                yield came
        except ProcessError as error:
            raise RoundError(str(error)) from error


def figures_of(came: CameIn, cpu: float) -> Figures:
    count = len(came.took_ms)
    return {
        "per_s": count / came.seconds,
        "per_cpu_s": count / cpu,
        "p50_ms": percentile(came.took_ms, 0.5),
        "p99_ms": percentile(came.took_ms, 0.99),
        "cpu_us": cpu / count * 1e6,
    }
