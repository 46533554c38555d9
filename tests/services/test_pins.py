"""PINs: how long they are, and that one rests before it is used again."""

import pytest
from house import house
from sample_rooms import SINGLE

from services.pins import REST_MS, choose_pin, digits_for


@pytest.mark.parametrize(("live", "digits"), [(0, 6), (100, 6), (101, 7), (1000, 7), (1001, 8)])
def test_pins_grow_while_more_than_one_in_ten_thousand_is_live(live, digits):
    """Guessing stays useless however many rooms there are."""
    assert digits_for(live, 6) == digits


@pytest.mark.gen_test
async def test_a_pin_rests_for_a_day(tmp_path):
    """A PIN that was in use is not given out again for 24 hours."""
    async with house(tmp_path) as here:
        room = await here.room(await here.teacher(), SINGLE)
        taken = int(room["pin"]) - 100_000
        picks = iter([taken, taken, taken + 1 if taken < 899_999 else 0])
        await here.services.transitions.command(room["id"], "room.end")
        now = here.clock.now_ms()
        fresh = await here.services.db.read(choose_pin, 6, now + REST_MS - 1, lambda _: next(picks))
        assert fresh != room["pin"]
        again = await here.services.db.read(choose_pin, 6, now + REST_MS + 1, lambda _: taken)
        assert again == room["pin"]
