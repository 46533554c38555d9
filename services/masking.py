"""What a class wrote freely, fit for the projector: rude words become dots. What is stored stays as it was written."""

import re
from typing import Any

from services.name_filter import is_doubtful

MASK = "•••"
_WORD = re.compile(r"\S+")


def masked(distribution: dict[str, Any], language: str) -> dict[str, Any]:
    """A distribution of free values; those that are the same with their dots are one."""
    found: dict[str, dict[str, Any]] = {}
    for entry in distribution["values"]:
        value = masked_text(entry["value"], language)
        if value in found:
            found[value]["count"] += entry["count"]
        else:
            found[value] = entry | {"value": value}
    values = sorted(found.values(), key=lambda entry: -entry["count"])
    return distribution | {"values": values}


def masked_text(text: str, language: str) -> str:
    """Word by word; what is rude only as a whole is dots as a whole."""
    # A text that is fine is looked at once: the lists take half a millisecond each time.
    if not is_doubtful(text, language):
        return text
    found = _WORD.sub(lambda word: MASK if is_doubtful(word[0], language) else word[0], text)
    return MASK if is_doubtful(found, language) else found
