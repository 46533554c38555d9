"""A number with its unit, as people type it: 5 m, 5m, 5,0 metres. Knows no units; an author lists one's spellings."""

import re
from collections.abc import Sequence
from decimal import Decimal

import msgspec

_NUMBER = re.compile(r"([+-]?[0-9]{1,30}(?:[.,][0-9]{1,30})?)\s*(.*)")


class Quantity(msgspec.Struct, frozen=True):
    value: Decimal
    has_unit: bool = True


def quantity(text: str, units: Sequence[str]) -> Quantity | None:
    """What a text says in numbers: nothing when it is no number, or with another unit than those."""
    found = _NUMBER.fullmatch(text)
    if found is None or (found[2] and found[2] not in units):
        return None
    return Quantity(Decimal(found[1].replace(",", ".")), has_unit=bool(found[2]))
