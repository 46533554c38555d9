"""Room settings: defaults, and faults that name the field."""

import pytest

from game.settings import Settings, SettingsError, decode_settings


def test_defaults_are_the_contracts():
    """None and an empty object both give the documented defaults."""
    expected = Settings(
        scoring="speed",
        read_time_s=5,
        close_when_all_answered=True,
        auto_advance=False,
        shuffle_choices=False,
        show_question_on_phone=True,
        streak_bonus=False,
        late_join=True,
        partial_credit=True,
        nicknames="free",
        name_filter=True,
    )
    assert decode_settings(None) == decode_settings({}) == expected


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"scoring": "fast"}, "scoring"),
        ({"read_time_s": -1}, "read_time_s"),
        ({"read_time_s": "5"}, "read_time_s"),
        ({"auto_advance": 1}, "auto_advance"),
        ({"nicknames": "mine"}, "nicknames"),
        ({"name_filter": "on"}, "name_filter"),
        ({"sccoring": "speed"}, "settings"),
        ([], "settings"),
    ],
)
def test_a_wrong_setting_is_named(data, field):
    """The error says which setting and why."""
    with pytest.raises(SettingsError) as caught:
        decode_settings(data)
    ((named, reason),) = caught.value.problems
    assert named == field
    assert reason


def test_every_wrong_setting_is_named():
    """Whoever filled a form in wrong sees all of it at once."""
    with pytest.raises(SettingsError) as caught:
        decode_settings({"scoring": "fast", "late_join": True, "read_time_s": 121})
    assert [field for field, _ in caught.value.problems] == ["scoring", "read_time_s"]
