"""Areas of a picture as QTI writes them, in the shares of its width and height that a hotspot question has."""

import math
import re
from typing import Any

_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?%?")
_AREAS_MOST = 20


def read_area(shape: str, coordinates: str, width: float, height: float) -> dict[str, Any] | None:
    """{shape, …} of a rectangle, circle, ellipse or polygon; None for what is none within the picture."""
    numbers = [float(number.rstrip("%")) for number in _NUMBER.findall(coordinates)]
    if width <= 0 or height <= 0 or not all(map(math.isfinite, numbers)):
        return None
    across, down = [x / width for x in numbers[::2]], [y / height for y in numbers[1::2]]
    name = shape.lower()
    if name.startswith("rect") and len(numbers) == 4:
        return _rectangle(across, down)
    if name in ("circle", "ellipse") and len(numbers) in (3, 4):
        radii = (numbers[2] / width, numbers[-1] / height)
        return _ellipse(across[0], down[0], *radii)
    if (name.startswith("poly") or name == "bounded") and len(numbers) >= 6 and len(numbers) % 2 == 0:
        # Some close it by saying the first corner once more.
        corners = [[_within(x), _within(y)] for x, y in zip(across, down, strict=True)]
        corners = corners[:-1] if corners[0] == corners[-1] and len(corners) > 3 else corners
        return {"shape": "polygon", "points": corners}
    return None


def named(areas: list[tuple[str, dict[str, Any]]], right: list[str], labels: dict[str, str]) -> list[dict[str, Any]]:
    """The areas of a question by their names in the file; without a label of their own they are numbered."""
    return [
        {"label": labels.get(name, "")[:100] or f"Area {number}", "correct": name in right, **area}
        for number, (name, area) in enumerate(areas[:_AREAS_MOST], start=1)
    ]


def _rectangle(across: list[float], down: list[float]) -> dict[str, Any] | None:
    (left, right), (top, bottom) = (sorted(map(_within, ends)) for ends in (across, down))
    if right <= left or bottom <= top:
        return None
    size = {"width": round(right - left, 6), "height": round(bottom - top, 6)}
    return {"shape": "rect", "x": round(left, 6), "y": round(top, 6), **size}


def _ellipse(x: float, y: float, rx: float, ry: float) -> dict[str, Any] | None:
    if not (0 < rx <= 1 and 0 < ry <= 1 and 0 <= x <= 1 and 0 <= y <= 1):
        return None
    return {"shape": "circle", "x": round(x, 6), "y": round(y, 6), "rx": round(rx, 6), "ry": round(ry, 6)}


def _within(share: float) -> float:
    return round(min(1.0, max(0.0, share)), 6)
