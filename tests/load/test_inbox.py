"""What came has the time at which it came, however long the reading of others takes."""

import asyncio

from clock import ManualClock
from load.inbox import CHUNKS_EACH_TURN, Inbox


class Reading:
    """Takes a second for each chunk, by the run's clock, and keeps what it was given with its stamp."""

    def __init__(self, inbox, clock):
        self.inbox, self.clock = inbox, clock
        self.got = []

    def read(self, data):
        self.got.append((data, self.inbox.arrived_s))
        self.clock.advance(1)

    def end(self):
        self.got.append(("end", self.inbox.arrived_s))


def test_stamps_are_those_of_coming_not_of_reading():
    async def main():
        clock = ManualClock()
        inbox = Inbox(clock)
        reader = Reading(inbox, clock)
        start = clock.monotonic_s()
        for number in range(3 * CHUNKS_EACH_TURN):
            inbox.put(reader, bytes([number]))
        inbox.put(reader, None)
        while not reader.got or reader.got[-1][0] != "end":
            await asyncio.sleep(0)
        return start, reader.got

    start, got = asyncio.run(main())
    assert [data for data, _ in got] == [bytes([n]) for n in range(3 * CHUNKS_EACH_TURN)] + ["end"]
    assert {at for _, at in got} == {start}


def test_what_comes_while_much_is_read_is_stamped_between():
    """Its stamp is later than the first turn's and earlier than the end of all reading."""

    async def main():
        clock = ManualClock()
        inbox = Inbox(clock)
        reader = Reading(inbox, clock)
        for number in range(3 * CHUNKS_EACH_TURN):
            inbox.put(reader, bytes([number]))
        while len(reader.got) < CHUNKS_EACH_TURN:
            await asyncio.sleep(0)
        inbox.put(reader, b"late")
        while reader.got[-1][0] != b"late":
            await asyncio.sleep(0)
        return reader.got

    got = asyncio.run(main())
    first, late = got[0][1], got[-1][1]
    assert CHUNKS_EACH_TURN <= late - first < 3 * CHUNKS_EACH_TURN


def test_a_reader_that_fails_does_not_stop_the_others():
    class Failing(Reading):
        def read(self, data):
            raise RuntimeError("this one cannot")

    async def main():
        clock = ManualClock()
        inbox = Inbox(clock)
        told = []
        asyncio.get_running_loop().set_exception_handler(lambda _, context: told.append(context["exception"]))
        reader = Reading(inbox, clock)
        inbox.put(Failing(inbox, clock), b"x")
        inbox.put(reader, b"y")
        for _ in range(5):
            await asyncio.sleep(0)
        return told, reader.got

    told, got = asyncio.run(main())
    assert [str(error) for error in told] == ["this one cannot"]
    assert [data for data, _ in got] == [b"y"]
