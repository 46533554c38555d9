"""A real HAProxy with our own file from deploy/, its ports replaced by free ones."""

import re
import shutil
import socket
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SITE = ROOT / "deploy" / "haproxy" / "haproxy.cfg"
START_WITHIN_S = 20


class HaproxyProcess:
    """In front of the nodes at `ports`, which may be down when it starts."""

    def __init__(self, folder: Path, ports: list[int]) -> None:
        program = shutil.which("haproxy") or shutil.which("haproxy", path="/usr/sbin:/sbin")
        if program is None:
            raise RuntimeError("haproxy is not installed: run make test, or apt-get install haproxy")
        self._program = program
        self._folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        nodes = iter(ports)
        site, found = re.subn(r"127\.0\.0\.1:\d+ check", lambda _: f"127.0.0.1:{next(nodes)} check", SITE.read_text())
        assert found == len(ports), "the file names another number of nodes"
        site, found = re.subn(r"bind :80\n", f"bind 127.0.0.1:{self.port}\n", site)
        assert found == 1
        # As many as this machine's limit of open files allows, whatever it is.
        site, found = re.subn(r"maxconn 50000", "maxconn 1000", site)
        assert found == 1
        (folder / "haproxy.cfg").write_text(site)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> "HaproxyProcess":
        command = [self._program, "-db", "-f", str(self._folder / "haproxy.cfg")]
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        end_s = time.monotonic() + START_WITHIN_S
        while not self._listens():
            if self._process.poll() is not None or time.monotonic() > end_s:
                raise RuntimeError(f"haproxy did not start: {(self._folder / 'log').read_text(errors='replace')}")
            time.sleep(0.02)
        return self

    def _listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(10)
            self._process = None
