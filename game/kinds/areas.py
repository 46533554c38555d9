"""Areas of a picture: read, described, and whether a point is in one. All numbers are shares of its width or height."""

from collections.abc import Callable, Mapping
from typing import Any

from game.fields import Fields
from game.shapes import Schema, listed, text, thing

LABEL_MOST = 100
CORNERS_LEAST = 3
CORNERS_MOST = 60

# What each shape is made of. A circle has two radii: a share of the width is another length than one of the height.
NUMBERS: Mapping[str, tuple[str, ...]] = {
    "rect": ("x", "y", "width", "height"),
    "circle": ("x", "y", "rx", "ry"),
    "polygon": (),
}
SIZES = ("width", "height", "rx", "ry")


def read(fields: Fields) -> dict[str, Any]:
    """An area as it stands in the quiz JSON."""
    area: dict[str, Any] = {"label": fields.text("label", LABEL_MOST, least=1), "correct": fields.flag("correct")}
    area["shape"] = shape = fields.one_of("shape", tuple(NUMBERS))
    if not fields.has("shape"):
        fields.note_missing("shape")
    for name in NUMBERS[shape]:
        if not fields.has(name):
            fields.note_missing(name)
        area[name] = fields.number(name, 0, 1, 0.0)
        if name in SIZES and area[name] == 0:
            fields.note(name, "must be above 0", is_unfinished=True)
    if shape == "polygon":
        area["points"] = [_read_corner(fields, path, corner) for path, corner in fields.items("points", CORNERS_MOST)]
        if len(area["points"]) < CORNERS_LEAST:
            fields.note("points", f"a polygon needs {CORNERS_LEAST} to {CORNERS_MOST} corners", is_unfinished=True)
    fields.finish()
    return area


def _read_corner(fields: Fields, path: str, corner: object) -> list[float]:
    if point := as_point(corner):
        return point
    fields.note_at(path, "must be [x, y], two numbers from 0 to 1")
    return [0.0, 0.0]


def as_point(value: object) -> list[float] | None:
    """[x, y] within the picture; None for anything else."""
    if not isinstance(value, list | tuple) or len(value) != 2:
        return None
    for share in value:
        if isinstance(share, bool) or not isinstance(share, int | float) or not 0 <= share <= 1:
            return None
    return list(value)


def is_in(area: Mapping[str, Any], x: float, y: float) -> bool:
    """Edges belong to their area."""
    return _WITHIN[area["shape"]](area, x, y)


def _in_rect(area: Mapping[str, Any], x: float, y: float) -> bool:
    across, down = x - area["x"], y - area["y"]
    return bool(0 <= across <= area["width"] and 0 <= down <= area["height"])


def _in_circle(area: Mapping[str, Any], x: float, y: float) -> bool:
    across, down = (x - area["x"]) / area["rx"], (y - area["y"]) / area["ry"]
    return bool(across**2 + down**2 <= 1)


def _in_polygon(area: Mapping[str, Any], x: float, y: float) -> bool:
    """By how often a line to the right crosses its sides: an odd number is inside."""
    corners = area["points"]
    is_inside = False
    for (ax, ay), (bx, by) in zip(corners, [*corners[1:], corners[0]], strict=True):
        if (ay > y) != (by > y) and x < ax + (bx - ax) * (y - ay) / (by - ay):
            is_inside = not is_inside
    return is_inside


_WITHIN: Mapping[str, Callable[[Mapping[str, Any], float, float], bool]] = {
    "rect": _in_rect,
    "circle": _in_circle,
    "polygon": _in_polygon,
}

_SHARE: Schema = {"type": "number", "minimum": 0, "maximum": 1}
_SIZE: Schema = {"type": "number", "exclusiveMinimum": 0, "maximum": 1}
_CORNER: Schema = {"type": "array", "items": _SHARE, "minItems": 2, "maxItems": 2}


def _shape_of(shape: str) -> Schema:
    properties: Schema = {
        "label": text(1, LABEL_MOST),
        "correct": {"type": ["boolean", "null"], "default": False},
        "shape": {"const": shape},
    }
    properties |= {name: _SIZE if name in SIZES else _SHARE for name in NUMBERS[shape]}
    if shape == "polygon":
        properties["points"] = listed(_CORNER, CORNERS_LEAST, CORNERS_MOST)
    return thing(properties, ("correct",), is_closed=True)


SHAPES: list[Schema] = [_shape_of(shape) for shape in NUMBERS]
