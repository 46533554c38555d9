"""Names that the service makes: friendly, short enough, each somebody's own."""

import itertools
import json

import pytest
from house import house
from sample_rooms import SINGLE

from services.errors import Invalid
from services.name_filter import LISTS, is_doubtful
from services.name_maker import NUMBERS_MOST, OFFERS, WORDS
from services.nicknames import LONGEST, clean_nickname, nickname_key


@pytest.mark.parametrize("language", json.loads(WORDS.read_bytes()))
def test_every_name_can_be_one(language):
    """With a number behind it too; no two look the same."""
    pattern, first, second = json.loads(WORDS.read_bytes())[language]
    names = [pattern.format(first=one, second=two) for one, two in itertools.product(first, second)]
    for name in names:
        assert clean_nickname(f"{name} {NUMBERS_MOST}") == f"{name} {NUMBERS_MOST}"
        assert len(name) <= LONGEST
    assert len({nickname_key(name) for name in names}) == len(names) >= 2000


@pytest.mark.parametrize("language", ["en", *LISTS])
def test_no_word_is_doubtful(language):
    _, first, second = json.loads(WORDS.read_bytes())["en"]
    assert [word for word in first + second if is_doubtful(word, language)] == []


@pytest.mark.gen_test
async def test_an_offer_is_ones_own_and_stays_the_same(tmp_path):
    """However often it is asked for; another device is offered other names."""
    async with house(tmp_path) as here:
        room = await here.room(await here.teacher(), SINGLE, nicknames="generated")
        offers = here.services.participants.names.offers
        mine = await offers(room["pin"], "my phone")
        assert len(set(mine)) == OFFERS
        assert mine == await offers(room["pin"], "my phone")
        assert not set(mine) & set(await offers(room["pin"], "your phone"))


@pytest.mark.gen_test
async def test_a_name_is_taken_once(tmp_path):
    """What is taken is offered with a number, and given with the next one to who comes at the same moment."""
    async with house(tmp_path) as here:
        room = await here.room(await here.teacher(), SINGLE, nicknames="generated")
        join, offers = here.services.participants.join, here.services.participants.names.offers
        first, second, *_ = await offers(room["pin"], "a")
        await join(room["pin"], second, "a")
        live = await here.services.live.by_pin(room["pin"])
        assert list(live.seats.values()) == [second]
        assert (await offers(room["pin"], "a"))[:2] == [first, f"{second} 2"]


@pytest.mark.gen_test
async def test_nobody_brings_a_name_of_their_own(tmp_path):
    """Neither one made up nor one that was offered to somebody else; without one, they get the first."""
    async with house(tmp_path) as here:
        room = await here.room(await here.teacher(), SINGLE, nicknames="generated")
        join, offers = here.services.participants.join, here.services.participants.names.offers
        mine, others = await offers(room["pin"], "a"), await offers(room["pin"], "b")
        for name in ("Ada", others[0], f"{mine[0]} x", f"{mine[0]} 1234"):
            with pytest.raises(Invalid) as caught:
                await join(room["pin"], name, "a")
            assert caught.value.details["problems"][0]["field"] == "nickname"
        seat = await join(room["pin"], None, "a")
        assert seat["participant"]["nickname"] == mine[0]
        again = await join(room["pin"], "whatever it says", "a")
        assert again["participant"] == seat["participant"]
        assert (await join(room["pin"], None))["participant"]["nickname"]


@pytest.mark.gen_test
async def test_where_names_are_free_one_is_needed(tmp_path):
    async with house(tmp_path) as here:
        room = await here.room(await here.teacher(), SINGLE)
        with pytest.raises(Invalid):
            await here.services.participants.join(room["pin"], None, "a")
