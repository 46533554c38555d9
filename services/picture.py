"""A picture that is fit to be shown, as images.py makes it. By itself, for those who decode none."""

from typing import NamedTuple


class Picture(NamedTuple):
    """`id` is the hash of `data` with its ending: the same picture sent twice is one."""

    id: str
    type: str
    width: int
    height: int
    data: bytes
