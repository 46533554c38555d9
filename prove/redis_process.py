"""A Redis of one's own: started, frozen, thawed, killed and started again on the same port."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

START_WITHIN_S = 20


class RedisProcess:
    def __init__(self, *options: str) -> None:
        program = shutil.which("redis-server")
        if program is None:
            raise RuntimeError("redis-server is not installed: run make test, or apt-get install redis-server")
        self._program = program
        self._options = options
        self._folder = tempfile.mkdtemp(prefix="quizhall-redis-")
        self._process: subprocess.Popen[bytes] | None = None
        self._is_frozen = False
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> "RedisProcess":
        command = [self._program, "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        command += ["--dir", self._folder, "--loglevel", "warning", *self._options]
        with open(Path(self._folder, "log"), "ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log)
        end_s = time.monotonic() + START_WITHIN_S
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > end_s:
                raise RuntimeError(f"redis-server did not start: {Path(self._folder, 'log').read_text()}")
        return self

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), 1) as sock:
                sock.sendall(b"PING\r\n")
                return sock.recv(100) != b""
        except OSError:
            time.sleep(0.01)
            return False

    def freeze(self) -> None:
        self._signal(signal.SIGSTOP)
        self._is_frozen = True

    def thaw(self) -> None:
        self._signal(signal.SIGCONT)
        self._is_frozen = False

    def kill(self) -> None:
        """As by a power cut; `start` brings an empty one back on the same port."""
        if self._process is not None:
            if self._is_frozen:
                self.thaw()
            self._process.kill()
            self._process.wait()
            self._process = None

    def command(self, *words: str) -> bytes:
        """One command over a connection of its own; returns the raw answer."""
        with socket.create_connection(("127.0.0.1", self.port), 5) as sock:
            sock.sendall(" ".join(words).encode() + b"\r\n")
            return sock.recv(1 << 20)

    def stop(self) -> None:
        self.kill()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _signal(self, number: int) -> None:
        assert self._process is not None
        os.kill(self._process.pid, number)
