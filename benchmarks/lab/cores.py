"""Who runs where: what is measured on one core, what measures it on another, so that neither pays for the other."""

import os
import resource


def cores() -> tuple[int | None, int | None]:
    """The server's and the generator's; (None, None) on a machine with a single core, where nothing is pinned."""
    if not hasattr(os, "sched_getaffinity"):
        return None, None
    found = sorted(os.sched_getaffinity(0))
    # A process that is pinned already sees its own core only: it was given them by name.
    if given := os.environ.get("BENCH_CORES"):
        server, generator = (int(part) for part in given.split(","))
        return server, generator
    return (found[0], found[1]) if len(found) > 1 else (None, None)


def pin_generator() -> None:
    """Puts this process, and what it starts, on the generator's core, and lets it open as many files as it may."""
    server, generator = cores()
    if server is not None and generator is not None:
        os.environ["BENCH_CORES"] = f"{server},{generator}"
        os.sched_setaffinity(0, {generator})
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def pin_server() -> None:
    """For `preexec_fn`: the child runs on the server's core."""
    server, _ = cores()
    if server is not None:
        os.sched_setaffinity(0, {server})
