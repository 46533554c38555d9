"""A picture or a sound that is fit to be shown, as images.py and sounds.py make it. For those who make none."""

from typing import NamedTuple


class Medium(NamedTuple):
    """`id` is the hash of `data` with its ending: the same file sent twice is one.

    A picture has a width and a height, a sound how long it lasts; what it has not is 0.
    """

    id: str
    type: str
    width: int
    height: int
    data: bytes
    duration_ms: int = 0
