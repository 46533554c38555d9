"""Which sockets have something to read: one epoll of our own for all of a loop's connections, watched by it as one.

For each socket that is readable asyncio makes a tuple, looks a key up and puts a callback into its queue, which costs
more than receiving; and in one turn it does so for all of them. Here it is a number and a call, and a turn has an end.
"""

import asyncio
import select
import weakref
from collections.abc import Callable
from typing import Protocol

from realtime.wire import call_readable

# Sockets read in one turn of the loop, about 2 ms of work: what else is due gets its turn in a burst too.
READ_MOST = 100


class Readers(Protocol):
    """What a loop offers, and `EpollReaders`: `add_reader` for a descriptor that is there already replaces it."""

    def add_reader(self, fd: int, callback: Callable[[], object], /) -> object: ...

    def remove_reader(self, fd: int, /) -> object:
        """To be called before the descriptor is closed; harmless when it is not there."""


class EpollReaders:
    """Bound to the running loop from the first descriptor to the last."""

    def __init__(self) -> None:
        self._epoll = select.epoll()
        # By descriptor, which are small numbers and used again: nearer at hand than in a dict.
        self._callbacks: list[Callable[[], object] | None] = []
        self._count = 0

    def add_reader(self, fd: int, callback: Callable[[], object], /) -> None:
        callbacks = self._callbacks
        if fd >= len(callbacks):
            callbacks += [None] * (fd + 1 - len(callbacks))
        if callbacks[fd] is None:
            self._epoll.register(fd, select.EPOLLIN)
            if not self._count:
                asyncio.get_running_loop().add_reader(self._epoll, self._read)
            self._count += 1
        callbacks[fd] = callback

    def remove_reader(self, fd: int, /) -> None:
        callbacks = self._callbacks
        if not 0 <= fd < len(callbacks) or callbacks[fd] is None:
            return
        callbacks[fd] = None
        self._count -= 1
        self._epoll.unregister(fd)
        if not self._count:
            asyncio.get_running_loop().remove_reader(self._epoll)

    def _read(self) -> None:
        """What raises costs nobody but itself: whatever is not read now is offered again, behind the others."""
        call_readable(self._epoll, self._callbacks, READ_MOST)


_of_loops: "weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, EpollReaders]" = weakref.WeakKeyDictionary()


def readers_of(loop: asyncio.AbstractEventLoop) -> Readers:
    """The loop itself where there is no epoll."""
    if not hasattr(select, "epoll"):
        return loop
    found = _of_loops.get(loop)
    if found is None:
        found = _of_loops[loop] = EpollReaders()
    return found
