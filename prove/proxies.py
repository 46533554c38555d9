"""The proxies of a run, seen from the run: where they listen, and what they are told."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


class Proxies:
    """One process for all; `ports` by name."""

    def __init__(self, targets: dict[str, int]) -> None:
        command = [sys.executable, "-m", "prove.proxy", json.dumps(targets)]
        self._process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert self._process.stdout is not None
        self.ports: dict[str, int] = json.loads(self._process.stdout.readline())

    def tell(self, name: str, mode: str, value: float = 0.0) -> None:
        """See prove/proxy.py for the modes."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{name} {mode} {value}\n".encode())
        self._process.stdin.flush()

    def stop(self) -> None:
        """Ends it, and all that it carries."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait(10)
