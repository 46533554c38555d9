"""Puts together what the nodes say of themselves: all of them as an admin sees them. Pure."""

from collections.abc import Iterable
from heapq import nlargest
from typing import Any

Share = dict[str, Any]

# Added up over the rooms instead: a room is on as many nodes as it has people at.
_OF_ROOMS = ("rooms", "participants")


def merge(own: Share, others: Iterable[Share], rooms_most: int) -> Share:
    """`nodes`, `totals`, `p99_ms`, `rooms`, `rooms_total` and `alerts` of all. This node's own share is the first."""
    shares = [own, *sorted(others, key=lambda share: str(share["node"]["node"]))]
    rooms = _rooms(shares)
    totals = {name: round(sum(share["totals"][name] for share in shares), 2) for name in own["totals"]}
    for name in _OF_ROOMS:
        totals[name] -= _twice(shares, rooms, name)
    return {
        "nodes": [share["node"] for share in shares],
        "totals": totals,
        "p99_ms": {name: _worst(share["p99_ms"].get(name) for share in shares) for name in own["p99_ms"]},
        "rooms": nlargest(rooms_most, rooms.values(), key=lambda room: int(room["participants"])),
        "rooms_total": totals["rooms"],
        "alerts": [alert for share in shares for alert in share["alerts"]],
    }


def _rooms(shares: list[Share]) -> dict[str, dict[str, Any]]:
    """By id, each once; its lag is that of the node that was last to tell its players."""
    rooms: dict[str, dict[str, Any]] = {}
    for share in shares:
        for room in share["rooms"]:
            known = rooms.setdefault(room["id"], room)
            if known is not room:
                rooms[room["id"]] = known | {"lag_ms": _worst((known["lag_ms"], room["lag_ms"]))}
    return rooms


def _twice(shares: list[Share], rooms: dict[str, dict[str, Any]], name: str) -> int:
    """How much was counted more than once, as far as the listed rooms tell."""
    counted = [_counts(room, name) for share in shares for room in share["rooms"]]
    return sum(counted) - sum(_counts(room, name) for room in rooms.values())


def _counts(room: dict[str, Any], name: str) -> int:
    """What a room adds to a total; the people of a rehearsal are made up. A node of an older version knows of none."""
    if name == "rooms":
        return 1
    return 0 if room.get("is_rehearsal") else int(room[name])


def _worst(values: Iterable[float | None]) -> float | None:
    return max((value for value in values if value is not None), default=None)
