"""One node as a real process: started, killed, frozen, ended politely, on the same port each time."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# A machine that does much else, and a database that other faults keep away, take their time.
START_WITHIN_S = 90.0
STOP_WITHIN_S = 15.0
AGAIN_S = 0.5


def free_port() -> int:
    """A port of the loopback that nobody holds right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class NodeProcess:
    """`starts` counts its lives."""

    def __init__(self, name: str, port: int, folder: Path, settings: dict[str, str]) -> None:
        self.name = name
        self.port = port
        self.starts = 0
        self.log = folder / f"{name}.log"
        self._process: subprocess.Popen[bytes] | None = None
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
        self._env = kept | settings | {"PORT": str(self.port), "HOST": "127.0.0.1"}

    @property
    def is_running(self) -> bool:
        """It was started and has not been ended by us."""
        return self._process is not None

    def command(self, *arguments: str, stdin: str = "") -> None:
        """Runs `app.py …` to its end; RuntimeError with its output when it fails."""
        command = [sys.executable, str(ROOT / "app.py"), *arguments]
        done = subprocess.run(
            command, cwd=ROOT, env=self._env, input=stdin, capture_output=True, text=True, timeout=60, check=False
        )
        if done.returncode != 0:
            raise RuntimeError(f"app.py {' '.join(arguments)}: {done.stdout}{done.stderr}")

    @property
    def has_died(self) -> bool:
        """It has ended, and not by us."""
        return self._process is not None and self._process.poll() is not None

    def start(self) -> None:
        """Returns when it answers. One that ends at its start, for want of a database, is started again.

        RuntimeError when it does not answer in time.
        """
        end_s = time.monotonic() + START_WITHIN_S
        while time.monotonic() < end_s:
            with self.log.open("ab") as log:
                self._process = subprocess.Popen(
                    [sys.executable, str(ROOT / "app.py")],
                    cwd=ROOT, env=self._env, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                )  # fmt: skip
            self.starts += 1
            while self._process.poll() is None and time.monotonic() < end_s:
                if self.answers("/health/live"):
                    return
                time.sleep(0.05)
            self.kill()
            time.sleep(AGAIN_S)
        raise RuntimeError(f"{self.name} did not start: {self.log.read_text(errors='replace')[-2000:]}")

    def answers(self, path: str, within_s: float = 2.0) -> bool:
        """Whether a GET of this is answered 200."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=within_s)
        try:
            connection.request("GET", path)
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def kill(self) -> None:
        """SIGKILL: nothing of it gets another instruction."""
        self._end(signal.SIGKILL)

    def stop(self) -> float:
        """SIGTERM; how many seconds it took to end."""
        began_s = time.monotonic()
        self._end(signal.SIGTERM)
        return time.monotonic() - began_s

    def freeze(self) -> None:
        """Stops it where it is; its sockets stay open."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Lets it go on."""
        self._signal(signal.SIGCONT)

    def _signal(self, number: signal.Signals) -> None:
        process = self._process
        if process is not None and process.poll() is None:
            process.send_signal(number)

    def _end(self, number: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if process.poll() is None:
            process.send_signal(number)
            process.send_signal(signal.SIGCONT)
        try:
            process.wait(STOP_WITHIN_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
