"""Frozen quiz contents by room, decoded once: they never change. To be asked inside a read or a write."""

from functools import lru_cache

from game.content import Content
from models import rooms
from services import records

KEPT = 256


class Contents:
    def __init__(self) -> None:
        self._cached = lru_cache(maxsize=KEPT)(_load)

    def of(self, room_id: str) -> Content:
        return self._cached(room_id)


def _load(room_id: str) -> Content:
    return records.content_from(rooms.content_of(room_id))
