"""A process under test: started on the server's core, told one line at a time, and always ended.

A peer prints one JSON object a line: first its hello with the port, then an answer to each line it is told.
"""

import json
import os
import select
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from benchmarks.lab.cores import pin_server

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 60.0
END_S = 5.0


class ProcessError(Exception):
    """The process ended or said nothing; the message carries what it wrote last."""


class Process:
    """Use it with `with`. `hello` is the first line that it says."""

    def __init__(
        self,
        command: Sequence[str],
        env: Mapping[str, str] | None = None,
        *,
        says_hello: bool = True,
        pinned: bool = True,
    ) -> None:
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the process
        self._rest = b""
        self._process = subprocess.Popen(
            list(command),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            cwd=ROOT,
            env={**os.environ, **(env or {})},
            preexec_fn=pin_server if pinned else None,
        )
        self.pid = self._process.pid
        try:
            self.hello: dict[str, Any] = self.hear() if says_hello else {}
        except BaseException:
            self.end()
            raise

    def tell(self, line: str) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(line.encode() + b"\n")
            self._process.stdin.flush()
        except OSError as error:
            raise ProcessError(f"the process is gone: {self.complaint()}") from error

    def hear_line(self, patience_s: float = PATIENCE_S) -> str:
        """The next line of its standard output."""
        assert self._process.stdout is not None
        fd, deadline = self._process.stdout.fileno(), time.monotonic() + patience_s
        waiting = select.poll()
        waiting.register(fd, select.POLLIN)
        while b"\n" not in self._rest:
            # Not select(), which knows no number above 1024: thousands of sockets may be open here.
            ready = waiting.poll(max(0.0, deadline - time.monotonic()) * 1000)
            data = os.read(fd, 1 << 20) if ready else b""
            if not data:
                raise ProcessError(("it ended: " if ready else "it said nothing: ") + self.complaint())
            self._rest += data
        line, _, self._rest = self._rest.partition(b"\n")
        return line.decode()

    def hear(self, patience_s: float = PATIENCE_S) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(self.hear_line(patience_s))
        return answer

    def ask(self, line: str, patience_s: float = PATIENCE_S) -> dict[str, Any]:
        self.tell(line)
        return self.hear(patience_s)

    def complaint(self) -> str:
        """The last line that it wrote to its standard error."""
        self._errors.seek(0)
        lines = self._errors.read().decode(errors="replace").strip().splitlines()
        return lines[-1] if lines else "no reason given"

    def end(self) -> None:
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(END_S)
            except subprocess.TimeoutExpired:
                self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()
        self._errors.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()
