"""Specification of realtime/readers.py."""

import asyncio
import gc
import itertools
import select
import socket
import weakref

import pytest

from realtime.readers import READ_MOST, readers_of

pytestmark = pytest.mark.skipif(not hasattr(select, "epoll"), reason="there is no epoll here")


class Pairs:
    """Sockets that are watched; `came` has the number of each that was read, in order."""

    def __init__(self, count):
        self.readers = readers_of(asyncio.get_running_loop())
        self.came = []
        self.pairs = [socket.socketpair() for _ in range(count)]
        for number, (ours, _) in enumerate(self.pairs):
            self.readers.add_reader(ours.fileno(), lambda number=number: self.read(number))

    def read(self, number):
        self.pairs[number][0].recv(100)
        self.came.append(number)

    def say(self, *numbers):
        for number in numbers:
            self.pairs[number][1].send(b"x")

    def close(self):
        for ours, peer in self.pairs:
            self.readers.remove_reader(ours.fileno())
            ours.close()
            peer.close()


async def turns(count=5):
    for _ in range(count):
        await asyncio.sleep(0)


def run(count, scenario):
    async def main():
        pairs = Pairs(count)
        try:
            await scenario(pairs)
        finally:
            pairs.close()

    asyncio.run(main())


def test_who_has_something_to_read_is_called_until_removed():
    """Each for itself; removing twice does no harm."""

    async def scenario(pairs):
        pairs.say(0, 2)
        await turns()
        assert sorted(pairs.came) == [0, 2]
        pairs.readers.remove_reader(pairs.pairs[0][0].fileno())
        pairs.readers.remove_reader(pairs.pairs[0][0].fileno())
        pairs.say(0, 1)
        await turns()
        assert sorted(pairs.came) == [0, 1, 2]

    run(3, scenario)


def test_a_turn_of_the_loop_has_an_end():
    """However many are ready, what else is due comes between them."""

    async def scenario(pairs):
        pairs.say(*range(len(pairs.pairs)))
        loop = asyncio.get_running_loop()
        seen = []

        def look():
            seen.append(len(pairs.came))
            if len(pairs.came) < len(pairs.pairs):
                loop.call_soon(look)

        look()
        while len(pairs.came) < len(pairs.pairs):
            await asyncio.sleep(0)
        assert max(after - before for before, after in itertools.pairwise(seen)) <= READ_MOST
        assert sorted(pairs.came) == list(range(len(pairs.pairs)))

    run(3 * READ_MOST, scenario)


def test_one_that_is_removed_by_another_of_the_same_turn_is_not_called():
    """Its socket may be closed already."""

    async def scenario(pairs):
        fds = [ours.fileno() for ours, _ in pairs.pairs]

        def end_both():
            pairs.came.append("ended")
            for fd in fds:
                pairs.readers.remove_reader(fd)

        for fd in fds:
            pairs.readers.add_reader(fd, end_both)
        pairs.say(0, 1)
        await turns()
        assert pairs.came == ["ended"]

    run(2, scenario)


def test_one_that_fails_does_not_keep_the_others_from_being_read():
    """The loop is told of it, as of any callback."""

    async def scenario(pairs):
        told = []
        asyncio.get_running_loop().set_exception_handler(lambda loop, context: told.append(context["exception"]))

        def fail():
            pairs.pairs[0][0].recv(100)
            raise ValueError("mine")

        pairs.readers.add_reader(pairs.pairs[0][0].fileno(), fail)
        pairs.say(0, 1, 2)
        await turns()
        assert sorted(pairs.came) == [1, 2]
        assert [str(error) for error in told] == ["mine"]

    run(3, scenario)


def test_a_loop_has_one_and_takes_it_along():
    """Nothing is left behind when the loop is gone."""

    async def both():
        loop = asyncio.get_running_loop()
        readers = readers_of(loop)
        assert readers_of(loop) is readers
        return weakref.ref(readers)

    kept = asyncio.run(both())
    gc.collect()
    assert kept() is None
