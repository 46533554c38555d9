"""The service as a real process: started, killed and started again on the same port and database.

Knows the command line, the environment and /health; nothing of what the service says otherwise.
"""

import atexit
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from databases import database_url

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "a long enough pass phrase"
TEACHER = "ada@school.example"
OTHER_TEACHER = "grace@school.example"
ADMIN = "root@school.example"
START_DEADLINE_S = 20.0
STOP_DEADLINE_S = 15.0

_prepared: list[Path] = []


def free_port() -> int:
    """A port of the loopback that nobody holds right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Service:
    """One process and its directory; the database outlives the process. `code` is where its app.py stands."""

    def __init__(self, directory: Path, settings: dict[str, str] | None = None, code: Path = ROOT) -> None:
        self.directory = directory
        self.code = code
        self.port = free_port()
        self.log = directory / "service.log"
        self.starts = 0
        self.status: int | None = None  # of the process that ended last
        self._process: subprocess.Popen[bytes] | None = None
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
        self.settings = kept | {
            "PORT": str(self.port),
            "HOST": "127.0.0.1",
            "DATABASE_URL": database_url(directory),
            "RATE_LIMIT_WS": "100000/minute",
            "RATE_LIMIT_JOIN": "100000/minute",
            **(settings or {}),
        }

    def prepare(self) -> None:
        """The database and three accounts, made with the command line; where it is a file, a copy of the first."""
        url = self.settings["DATABASE_URL"]
        file = Path(url.removeprefix("sqlite:///")) if url.startswith("sqlite:") else None
        if file is not None and _prepared:
            shutil.copyfile(_prepared[0], file)
            return
        self._make_accounts()
        if file is not None:
            folder = Path(tempfile.mkdtemp())
            atexit.register(shutil.rmtree, folder)
            _prepared.append(Path(shutil.copyfile(file, folder / "prepared.db")))

    def _make_accounts(self) -> None:
        self.command("migrate")
        for email, name, role in (
            (TEACHER, "Ada", "teacher"),
            (OTHER_TEACHER, "Grace", "teacher"),
            (ADMIN, "Root", "admin"),
        ):
            arguments = ("user", "add", email, "--name", name, "--role", role, "--password-stdin")
            self.command(*arguments, stdin=PASSWORD + "\n")

    def command(self, *arguments: str, stdin: str = "") -> str:
        """Runs `app.py …` to its end and returns what it printed; a failure shows its output."""
        done = subprocess.run(
            [sys.executable, str(self.code / "app.py"), *arguments],
            cwd=self.code, env=self.settings, input=stdin, capture_output=True, text=True, timeout=30,
        )  # fmt: skip
        assert done.returncode == 0, f"app.py {' '.join(arguments)}: {done.stdout}\n{done.stderr}"
        return done.stdout

    def start(self) -> None:
        """Starts the process and returns when /health answers 200."""
        assert self._process is None, "the service is running"
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, str(self.code / "app.py")],
                cwd=self.code, env=self.settings, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip
        self.starts += 1
        self._wait_until_healthy()

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def kill(self) -> None:
        """SIGKILL: nothing of the process gets another instruction."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """SIGTERM when it still runs; SIGKILL when it does not end in time."""
        if self._process is not None:
            self._end(signal.SIGTERM)

    def signal_kill(self) -> None:
        """Sends SIGKILL without waiting, for a kill out of the event loop; `reap` must follow."""
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)

    def signal_term(self) -> None:
        """Sends SIGTERM without waiting; `reap` must follow."""
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)

    def reap(self) -> None:
        """Waits for the end of a process that was sent a signal."""
        assert self._process is not None
        try:
            self._process.wait(STOP_DEADLINE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self.status = self._process.returncode
        self._process = None

    def log_text(self) -> str:
        """All that every start has written so far."""
        return self.log.read_text(errors="replace")

    def _end(self, how: signal.Signals) -> None:
        assert self._process is not None
        self._process.send_signal(how)
        self.reap()

    def _wait_until_healthy(self) -> None:
        assert self._process is not None
        deadline = time.monotonic() + START_DEADLINE_S
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                self._process = None
                raise AssertionError(f"the service ended at start:\n{self.log_text()[-4000:]}")
            if self._is_healthy():
                return
            # There is nothing to wait on before the port listens.
            time.sleep(0.02)
        raise AssertionError(f"no healthy answer in {START_DEADLINE_S} s:\n{self.log_text()[-4000:]}")

    def _is_healthy(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
        try:
            connection.request("GET", "/health")
            reply = connection.getresponse()
            body = reply.read()
            return reply.status == 200 and bool(json.loads(body)["status"])
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()
