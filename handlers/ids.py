"""Ids as they stand in an address."""

import re

from services.errors import NotFound

UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def is_id(text: str) -> bool:
    return UUID.fullmatch(text) is not None


def checked_id(text: str) -> str:
    """The id as the database writes it; raises NotFound for what is none."""
    if not is_id(text):
        raise NotFound("There is nothing with this id.")
    return text.lower()
