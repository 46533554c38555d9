"""Nicknames: any script, nothing invisible, one of a kind."""

import pytest

from services.errors import Invalid
from services.nicknames import clean_nickname, nickname_key


@pytest.mark.parametrize(
    ("given", "kept"),
    [("Ada", "Ada"), ("  Ada   L ", "Ada L"), ("Zoe\u0308", "Zoë"), ("李雷", "李雷"), ("علي", "علي"), ("👩‍🚀", "👩‍🚀")],
)
def test_any_script_is_welcome(given, kept):
    """NFC and single spaces; joiners inside an emoji stay."""
    assert clean_nickname(given) == kept


@pytest.mark.parametrize(
    "given",
    ["", "   ", "\u200b", "\u200d", "a\u202eb", "a\u2066b", "a\x00b", "a\nb", "a\u2028b", "x" * 25, "\u00a0", "\ud800"],
)
def test_what_cannot_be_read_or_turns_text_around_is_refused(given):
    """The error names the field and says why."""
    with pytest.raises(Invalid) as caught:
        clean_nickname(given)
    problem = caught.value.details["problems"][0]
    assert problem["field"] == "nickname"
    assert problem["reason"].startswith("must")


def test_twenty_four_characters_are_the_most():
    """The limit is stated in the contract."""
    assert clean_nickname("x" * 24) == "x" * 24


@pytest.mark.parametrize(("one", "other"), [("Ada", "ADA"), ("straße", "STRASSE"), ("ﬁn", "fin"), ("a\u200db", "ab")])
def test_names_that_look_the_same_are_the_same(one, other):
    """Case, compatibility forms and invisible joiners make no second name."""
    assert nickname_key(one) == nickname_key(other)
