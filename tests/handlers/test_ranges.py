"""Parts of files, as browsers write them and as nobody should."""

import pytest

from handlers.ranges import Unsatisfiable, part_of


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("bytes=0-", (0, 10)),
        ("bytes=0-0", (0, 1)),
        ("bytes=3-5", (3, 6)),
        ("bytes=9-900", (9, 10)),
        ("bytes=-3", (7, 10)),
        ("bytes=-900", (0, 10)),
        ("", None),
        ("bytes=-", None),
        ("bytes=5-3", None),
        ("bytes=0-1,3-4", None),
        ("lines=0-1", None),
        ("bytes=" + "9" * 5000 + "-", None),
    ],
)
def test_a_part_of_ten_bytes(header, part):
    """What asks for nothing in particular gets all."""
    assert part_of(header, 10) == part


@pytest.mark.parametrize("header", ["bytes=10-", "bytes=10-20", "bytes=-0"])
def test_a_part_that_is_not_there(header):
    """Told, since the player would wait for it."""
    with pytest.raises(Unsatisfiable):
        part_of(header, 10)
