"""The list of all rooms."""

import pytest
from past_lessons import played
from web import EMAIL

from handlers.pages.rooms import start_of

DAY_S = 24 * 60 * 60


def test_a_day_is_read_as_the_field_writes_it():
    """What is no day is no day."""
    assert start_of("1970-01-02") == 86_400_000
    assert start_of("1970-01-01", days_later=1) == 86_400_000
    assert [start_of(text) for text in ("", "x", "2026-02-30", "9999-12-31x", "0001-01-01")][:4] == [None] * 4
    assert start_of("9999-12-31", days_later=1) is None


@pytest.mark.gen_test
async def test_rooms_are_listed_and_looked_for(signed_in, web, here):
    """By quiz and day; odd questions are no questions, strangers have to sign in."""
    teacher = await here.services.accounts.identity_of(EMAIL)
    assert "No rooms yet" in (await signed_in.page("/rooms")).body.decode()
    room = await played(here, teacher, "Ada")
    page = (await signed_in.page("/rooms")).body.decode()
    assert f"/rooms/{room['id']}/results" in page
    assert "1 participant" in page
    for query, is_found in (("from=2023-11-14", True), ("to=2023-11-13", False), ("quiz=x&from=y&page=z", True)):
        assert (room["id"] in (await signed_in.page(f"/rooms?{query}")).body.decode()) is is_found, query
    assert (await web.page("/rooms")).code == 302
