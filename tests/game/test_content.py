"""A room's copy of its quiz."""

import pytest
from sample_rooms import INFO, MULTI, SINGLE, TEXT, content_of


@pytest.mark.parametrize(
    ("number", "kinds"),
    [
        (0, ("single", "info", "text", "multi")),
        (1, ("single", "info", "text", "multi")),
        (2, ("info", "single", "text", "multi")),
        (4, ("text", "multi", "single", "info")),
        (5, ("multi", "single", "info", "text")),
    ],
)
def test_kinds_are_told_as_they_come(number, kinds):
    """Each once; from a round on, as a phone that comes late will need them."""
    assert content_of(SINGLE, INFO, SINGLE, TEXT, MULTI).kinds_from(number) == kinds
