"""Specification of realtime/sweep.py."""

import asyncio

from realtime.sweep import sweep_inactive


def sweep(*args):
    return asyncio.run(sweep_inactive(*args))


def nobody(conn):
    return False


def test_the_inactive_are_closed_and_counted(hub, clock, join):
    """In all shards, and by the shard; who did something lately stays."""
    idle = [join(f"idle-{n}", "t") for n in range(10)]
    clock.advance(60)
    busy = [join(f"busy-{n}", "t") for n in range(3)]
    clock.advance(60)
    assert sweep(hub, clock, 120, nobody) == 10
    assert all(conn.transport.ended == [("close", 4507, "inactive")] for conn in idle)
    assert all(conn.is_open for conn in busy)
    assert hub.subscribers("t") == 3
    assert sum(s["removed_inactive"] for s in hub.stats().values()) == 10
    assert sweep(hub, clock, 120, nobody) == 0


def test_a_touch_keeps_a_connection(hub, clock, join):
    """The clock starts again."""
    conn = join("u1")
    clock.advance(119)
    conn.touch()
    clock.advance(119)
    assert sweep(hub, clock, 120, nobody) == 0
    clock.advance(1)
    assert sweep(hub, clock, 120, nobody) == 1


def test_the_exempt_stay(hub, clock, join):
    """A projector does nothing all lesson long."""
    screen, phone = join("s1", role="screen"), join("p1")
    clock.advance(1_000)
    assert sweep(hub, clock, 120, lambda conn: conn.role == "screen") == 1
    assert screen.is_open
    assert not phone.is_open


def test_the_loop_turns_between_shards(hub, clock, join):
    """Ten thousand connections are not looked at in one go."""
    for number in range(20):
        join(f"u{number}")
    clock.advance(1_000)
    left = []

    async def scenario():
        sweeping = asyncio.ensure_future(sweep_inactive(hub, clock, 120, nobody))
        while not sweeping.done():
            left.append(len(hub))
            await asyncio.sleep(0)

    asyncio.run(scenario())
    assert left[0] == 20
    assert len(set(left)) > 3
    assert len(hub) == 0
