"""Who runs where: what is measured on one core, what measures it on another, so that neither pays for the other.

It begins with `pin_generator`, which the main process of a benchmark calls; without it (in tests) nobody is placed.
"""

import contextlib
import os
import resource
from pathlib import Path

# What `pin_generator` chose, for the processes that are started later: "server,generator", or "" on a single core.
CHOSEN = "BENCH_CORES"
FIRST = -20


def pin_generator() -> None:
    """Puts this process, and what it starts, on the generator's core, and lets it open as many files as it may."""
    if CHOSEN not in os.environ:
        found = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
        os.environ[CHOSEN] = f"{found[0]},{found[1]}" if len(found) > 1 else ""
    _place(1)
    _rank_session(FIRST)
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def pin_server() -> None:
    """For `preexec_fn`: the child runs on the server's core."""
    if CHOSEN in os.environ:
        _place(0)


def _place(number: int) -> None:
    if chosen := os.environ[CHOSEN]:
        os.sched_setaffinity(0, {int(chosen.split(",")[number])})
    # Before whatever else this machine is doing, where we may (as root): all that are measured alike.
    with contextlib.suppress(PermissionError):
        os.setpriority(os.PRIO_PROCESS, 0, FIRST)


def let_go() -> None:
    """At the end: the terminal that a benchmark was started from is nobody special again."""
    _rank_session(0)


def _rank_session(nice: int) -> None:
    """Linux gives each session the same share, and priorities count within it only, unless the session has one too."""
    with contextlib.suppress(OSError):
        Path("/proc/self/autogroup").write_text(str(nice))
