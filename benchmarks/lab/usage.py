"""What a process has used, as the kernel counts it: processor time of all its threads, and resident memory."""

from pathlib import Path


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
