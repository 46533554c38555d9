"""The parts of a file that a player asks for (RFC 9110, section 14): Safari plays nothing of a server without them."""

import re

_ONE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")


class Unsatisfiable(Exception):
    """There is no such part."""


def part_of(header: str, length: int) -> tuple[int, int] | None:
    """(first, behind the last) byte of the one part asked for; None for the whole file, as for several parts.

    Raises Unsatisfiable for a part that begins behind the end.
    """
    asked = _ONE.fullmatch(header.strip())
    if asked is None or asked[1] == asked[2] == "":
        return None
    if asked[1] == "":
        last = int(asked[2])
        if last == 0:
            raise Unsatisfiable
        return max(0, length - last), length
    first, last = int(asked[1]), int(asked[2] or length)
    if last < first:
        return None
    if first >= length:
        raise Unsatisfiable
    return first, min(last + 1, length)
