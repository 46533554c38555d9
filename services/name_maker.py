"""Friendly names of two words for rooms in which nobody types one, and for those who would like to be surprised.

What somebody is offered follows from the room and their client_id, so nothing is kept until they take a seat.
"""

import hmac
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import msgspec

from models import participants
from models.database import Database
from services.errors import Invalid
from services.nicknames import nickname_key

PURPOSE = b"quizhall: names"
# The first one, and five times another one.
OFFERS = 6
# Of one pair of words in a room; after that the next pair is tried.
NUMBERS_MOST = 500
WORDS = Path(__file__).parents[1] / "locales" / "names.json"


class Words(NamedTuple):
    """`pattern` has {first} and {second}: languages differ in which comes first, and in what stands between."""

    pattern: str
    first: list[str]
    second: list[str]


class NameMaker:
    def __init__(self, secret: bytes, db: Database) -> None:
        self._key = hmac.digest(secret, PURPOSE, "sha256")
        self._db = db

    def pairs(self, room_id: str, client_id: str, language: str) -> list[str]:
        """The offers without numbers, each once."""
        words = words_of(language)
        found: dict[str, None] = {}
        count = 0
        while len(found) < OFFERS:
            said = f"{room_id}|{client_id}|{count}".encode("utf-8", "surrogatepass")
            drawn = int.from_bytes(hmac.digest(self._key, said, "sha256")[:8])
            second, first = divmod(drawn, len(words.first))
            pair = words.pattern.format(first=words.first[first], second=words.second[second % len(words.second)])
            found[pair] = None
            count += 1
        return list(found)

    async def offers(self, room_id: str, client_id: str, language: str) -> list[str]:
        """Names that were free when they were asked for."""
        pairs = self.pairs(room_id, client_id, language)
        return await self._db.read(lambda: [self._free(room_id, pair) for pair in pairs])

    def _free(self, room_id: str, pair: str) -> str:
        return next((name for name in numbered(pair) if not participants.is_taken(room_id, nickname_key(name))), pair)

    def candidates(self, room_id: str, client_id: str, language: str, chosen: str | None) -> Iterator[str]:
        """What to try for a seat, one after the other: what was chosen, then what is as near to it as can be.

        Raises Invalid for a name that was not offered.
        """
        pairs = self.pairs(room_id, client_id, language)
        pair = pairs[0] if chosen is None else pair_of(chosen)
        if pair not in pairs:
            reason = "must be one of the names that this room offers you"
            raise Invalid(f"The nickname {reason}.", [{"field": "nickname", "reason": reason}])
        if chosen is not None:
            yield chosen
        yield from numbered(pair)
        for other in pairs:
            yield from numbered(other)


def numbered(pair: str) -> Iterator[str]:
    """Brave Otter, Brave Otter 2, …"""
    yield pair
    for number in range(2, NUMBERS_MOST + 1):
        yield f"{pair} {number}"


def pair_of(name: str) -> str:
    """The words of a name without its number."""
    pair, _, number = name.rpartition(" ")
    is_numbered = number.isascii() and number.isdigit() and len(number) <= len(str(NUMBERS_MOST))
    return pair if is_numbered else name


@cache
def _all_words() -> dict[str, Words]:
    return msgspec.json.decode(WORDS.read_bytes(), type=dict[str, Words])


def words_of(language: str) -> Words:
    """In this language, else in English."""
    words = _all_words()
    return words.get(language.partition("-")[0].lower(), words["en"])
