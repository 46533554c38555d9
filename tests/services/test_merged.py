"""Who asks gets work that began after the asking, and shares it with all who asked as well."""

import asyncio

import pytest

from services.merged import Merged


class Work:
    """Goes on when it is told to; counts how often it ran."""

    def __init__(self):
        self.runs = []
        self.may_end = asyncio.Event()
        self.fails = False

    async def __call__(self, key):
        self.runs.append(key)
        await self.may_end.wait()
        if self.fails:
            raise ConnectionError("down")


async def turns(count=5):
    for _ in range(count):
        await asyncio.sleep(0)


@pytest.mark.gen_test
async def test_all_who_ask_before_it_begins_share_one_run():
    """Three hundred at once are one read."""
    work = Work()
    merged = Merged(work)
    asking = [asyncio.create_task(merged.ask("room")) for _ in range(300)]
    await turns()
    assert work.runs == ["room"]
    work.may_end.set()
    await asyncio.gather(*asking)
    assert work.runs == ["room"]


@pytest.mark.gen_test
async def test_who_asks_while_it_runs_gets_a_later_run():
    """What was read before they asked may be too old for them; all of these share one more."""
    work = Work()
    merged = Merged(work)
    first = asyncio.create_task(merged.ask("room"))
    await turns()
    later = [asyncio.create_task(merged.ask("room")) for _ in range(10)]
    other = asyncio.create_task(merged.ask("other"))
    await turns()
    assert work.runs == ["room", "other"]
    assert not first.done()
    work.may_end.set()
    await asyncio.gather(first, other, *later)
    assert work.runs == ["room", "other", "room"]


@pytest.mark.gen_test
async def test_a_failure_is_told_to_those_who_asked_and_forgotten():
    """The next one tries anew."""
    work = Work()
    work.fails = True
    work.may_end.set()
    merged = Merged(work)
    told = await asyncio.gather(merged.ask("room"), merged.ask("room"), return_exceptions=True)
    assert [type(error) for error in told] == [ConnectionError] * 2
    work.fails = False
    await merged.ask("room")
    assert work.runs == ["room"] * 2


@pytest.mark.gen_test
async def test_whoever_stops_waiting_does_not_end_it_for_the_others():
    """A socket may go while its command waits."""
    work = Work()
    merged = Merged(work)
    one, two = (asyncio.create_task(merged.ask("room")) for _ in range(2))
    await turns()
    one.cancel()
    await turns()
    work.may_end.set()
    await two
    assert work.runs == ["room"]
