"""A real nginx with our own file from deploy/, its ports replaced by free ones."""

import re
import shutil
import socket
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SITE = ROOT / "deploy" / "nginx" / "quizhall.conf"
START_WITHIN_S = 20


class NginxProcess:
    """In front of the nodes at `ports`, which may be down when it starts."""

    def __init__(self, folder: Path, ports: list[int]) -> None:
        program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/sbin")
        if program is None:
            raise RuntimeError("nginx is not installed: run make test, or apt-get install nginx-light")
        self._program = program
        self._folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        site = SITE.read_text()
        nodes = iter(ports)
        site, found = re.subn(r"server 127\.0\.0\.1:\d+", lambda _: f"server 127.0.0.1:{next(nodes)}", site)
        assert found == len(ports), "the file names another number of nodes"
        site, found = re.subn(r"listen 80;", f"listen 127.0.0.1:{self.port};", site)
        assert found == 1
        (folder / "site.conf").write_text(site)
        temporary = "".join(
            f"{kind}_temp_path {folder}/{kind}; " for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        (folder / "nginx.conf").write_text(
            f"daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log info;\n"
            f"events {{ worker_connections 1024; }}\n"
            f"http {{ access_log off; {temporary} include {folder}/site.conf; }}\n"
        )
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> "NginxProcess":
        command = [self._program, "-p", str(self._folder), "-c", str(self._folder / "nginx.conf")]
        command += ["-e", str(self._folder / "error.log")]
        self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
        end_s = time.monotonic() + START_WITHIN_S
        while not self._listens():
            if self._process.poll() is not None or time.monotonic() > end_s:
                raise RuntimeError(f"nginx did not start: {self.log_text()}")
            time.sleep(0.02)
        return self

    def _listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def log_text(self) -> str:
        log = self._folder / "error.log"
        return log.read_text(errors="replace") if log.exists() else ""

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(10)
            self._process = None
