"""A PostgreSQL of one's own: started, stopped as by a power cut, started again on the same port and data."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from itertools import count
from pathlib import Path

import psycopg

USER = "quizhall"
START_WITHIN_S = 120
# What a test's database need not survive is a power cut of the machine.
OPTIONS = ["fsync=off", "full_page_writes=off", "max_connections=200", "listen_addresses=127.0.0.1"]


def programs() -> Path:
    """Debian keeps them out of the way, one folder for each version."""
    found = shutil.which("initdb")
    folders = [Path(found).parent] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not folders:
        raise RuntimeError("PostgreSQL is not installed: run make test, or apt-get install postgresql")
    return folders[-1]


def clock_settings(file: Path) -> dict[str, str]:
    """Environment of a process whose wall clock is ahead by what stands in the file, looked at every second."""
    libraries = sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
    if not libraries:
        raise RuntimeError("libfaketime is not there; on Debian make prove installs it (faketime)")
    return {
        "LD_PRELOAD": str(libraries[-1]),
        "FAKETIME_TIMESTAMP_FILE": str(file),
        "FAKETIME_CACHE_DURATION": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }


class PostgresProcess:
    """With `has_clock` its machine's clock, as it sees it, can be set."""

    def __init__(self, *, has_clock: bool = False) -> None:
        self._bin = programs()
        self._folder = Path(tempfile.mkdtemp(prefix="quizhall-postgres-"))
        self._numbers = count(1)
        self._template = "template1"
        # It refuses to run as root.
        self._as = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        if self._as:
            shutil.chown(self._folder, "postgres")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self._clock = self._folder / "clock" if has_clock else None
        self._env = dict(os.environ)
        if self._clock is not None:
            self._env |= clock_settings(self._clock)
            self._ahead_s = 0.0
            self.set_clock(0.0)
        self._call("initdb", "--auth=trust", f"--username={USER}", "--no-sync", "-D", str(self._data))

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    def _call(self, program: str, *arguments: str, check: bool = True) -> None:
        command = [*self._as, str(self._bin / program), *arguments]
        done = subprocess.run(
            command, capture_output=True, text=True, cwd=self._folder, stdin=subprocess.DEVNULL, env=self._env
        )
        assert done.returncode == 0 or not check, f"{program}: {done.stdout}{done.stderr}"

    def start(self) -> "PostgresProcess":
        options = " ".join(
            f"-c {o}" for o in [*OPTIONS, f"port={self.port}", f"unix_socket_directories={self._folder}"]
        )
        log = str(self._folder / "log")
        # Its output goes to a file: a server that keeps our pipe open would never let us see its end.
        self._call("pg_ctl", "start", "-w", f"-t{START_WITHIN_S}", "-D", str(self._data), "-l", log, "-o", options)
        return self

    def set_clock(self, step_s: float) -> None:
        """Sets the wall clock on, or back, by so much; the steady one goes on as it did."""
        assert self._clock is not None
        self._ahead_s += step_s
        new = self._clock.with_suffix(".new")
        new.write_text(f"{self._ahead_s:+.3f}\n")
        new.chmod(0o644)
        new.rename(self._clock)

    def kill(self) -> None:
        """At once, as by a power cut: what was committed is found again by `start`."""
        self._call("pg_ctl", "stop", "-m", "immediate", "-D", str(self._data), check=False)

    def database(self) -> str:
        """The address of a new database: empty, or as `template` was left."""
        name = f"test_{next(self._numbers)}"
        with psycopg.connect(self._url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {self._template}")
        return self._url(name)

    def template(self) -> str:
        """The address of a database that all later ones begin as; nobody may be connected to it then."""
        self._template = "pattern"
        with psycopg.connect(self._url("postgres"), autocommit=True) as connection:
            connection.execute("CREATE DATABASE pattern TEMPLATE template1")
        return self._url("pattern")

    def _url(self, name: str) -> str:
        return f"postgresql://{USER}@127.0.0.1:{self.port}/{name}"

    def keep_log(self, file: Path) -> None:
        """A copy of what it wrote down of itself: its own folder goes with it."""
        log = self._folder / "log"
        if log.exists():
            shutil.copyfile(log, file)

    def stop(self) -> None:
        self.kill()
        end_s = time.monotonic() + 10
        while self._folder.exists() and time.monotonic() < end_s:
            shutil.rmtree(self._folder, ignore_errors=True)
