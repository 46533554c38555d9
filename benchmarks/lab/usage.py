"""What a process has used, as the kernel counts it: processor time of all its threads, and resident memory."""

import time
from pathlib import Path

LOOK_EVERY_S = 0.1
# A process that does less than this share of the time rests: heartbeats and jobs go on.
REST_SHARE = 0.1


def cpu_s(pid: int) -> float:
    """Processor seconds so far. The figure of a thread that is running lags by a tick: read it when the process rests.

    A thread that ended takes its share along; none of what we measure ends threads while it works.
    """
    total_ns = 0
    for task in Path(f"/proc/{pid}/task").iterdir():
        total_ns += int((task / "schedstat").read_text().split()[0])
    return total_ns / 1e9


def resident_kib(pid: int) -> int:
    """User space only: what the kernel keeps for each socket is not in it."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1])
    raise LookupError(f"no process {pid}")


def settle(pid: int, patience_s: float = 3.0) -> None:
    """Waits until the process has nothing left to do: what it still does belongs to what was measured before."""
    deadline, before = time.monotonic() + patience_s, cpu_s(pid)
    while time.monotonic() < deadline:
        time.sleep(LOOK_EVERY_S)
        now = cpu_s(pid)
        if now - before < LOOK_EVERY_S * REST_SHARE:
            return
        before = now
