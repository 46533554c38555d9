"""All processes of a run: PostgreSQL, Redis, the proxies, the nodes. Loopback only; ends what it started."""

import secrets
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from prove.node_process import NodeProcess, free_port
from prove.plan import SCENARIOS, Plan
from prove.postgres_process import PostgresProcess
from prove.proxies import Proxies
from prove.redis_process import RedisProcess

TEACHER = "ada@school.example"
PASSWORD = "a long enough pass phrase"
SETTINGS = {"RATE_LIMIT_WS": "1000000/minute", "RATE_LIMIT_JOIN": "1000000/minute", "RATE_LIMIT_LOGIN": "1000/minute"}


class Town:
    """`proxies` knows `n1.redis`, `n1.database` and `n1.clients`, and so on for each node."""

    def __init__(self, plan: Plan, folder: Path) -> None:
        names = [f"n{number}" for number in range(1, plan.nodes + 1)]
        self._folder = folder
        self.redis = RedisProcess().start()
        found = SCENARIOS[plan.scenario]
        has_clock = "clock_step" in found.faults
        self.postgres = PostgresProcess(has_clock=has_clock).start() if plan.database == "postgresql" else None
        address = self.postgres.database() if self.postgres else f"sqlite:///{folder / 'quizhall.db'}"
        ports = {name: free_port() for name in names}
        targets = {f"{name}.redis": self.redis.port for name in names}
        targets |= {f"{name}.clients": port for name, port in ports.items()}
        if self.postgres:
            targets |= {f"{name}.database": self.postgres.port for name in names}
        self.proxies = Proxies(targets)
        secret = secrets.token_hex(24)
        self.nodes = []
        for name in names:
            settings = SETTINGS | found.settings | {"JWT_SECRET_KEY": secret, "DATABASE_URL": address}
            settings["REDIS_URL"] = f"redis://127.0.0.1:{self.proxies.ports[f'{name}.redis']}/0"
            if self.postgres:
                carried = self.proxies.ports[f"{name}.database"]
                settings["DATABASE_URL"] = address.replace(f":{self.postgres.port}/", f":{carried}/")
            self.nodes.append(NodeProcess(name, ports[name], folder, settings))

    def start(self) -> None:
        """Returns when all nodes answer."""
        first = self.nodes[0]
        first.command("migrate")
        arguments = ("user", "add", TEACHER, "--name", "Ada", "--role", "admin", "--password-stdin")
        first.command(*arguments, stdin=PASSWORD + "\n")
        with ThreadPoolExecutor() as threads:
            list(threads.map(NodeProcess.start, self.nodes))

    def stop(self) -> None:
        """Ends everything, in whatever state it is."""
        for node in self.nodes:
            node.kill()
        self.proxies.stop()
        self.redis.stop()
        if self.postgres:
            self.postgres.kill()
            self.postgres.keep_log(self._folder / "postgres.log")
            self.postgres.stop()
