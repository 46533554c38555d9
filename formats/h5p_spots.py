"""H5P's Find the Hotspot, which is answered by pointing at a picture."""

from typing import Any

from formats.draft import Draft
from formats.h5p_params import Params, Reader, dicts, draft_of, text_of
from formats.intermediate import Skip
from formats.pictures import FindPicture
from formats.spots import named, read_area


def read_spots(params: Params, find: FindPicture) -> list[Reader]:
    """Find the Hotspot: areas in percent of the picture."""

    def read() -> Draft:
        inner = params.get("imageHotspotQuestion")
        shown = inner.get("backgroundImageSettings") if isinstance(inner, dict) else None
        asked = inner.get("hotspotSettings") if isinstance(inner, dict) else None
        image = shown.get("backgroundImage") if isinstance(shown, dict) else None
        draft = draft_of({"media": {"params": {"file": image}}}, find, text_of(asked, "taskDescription"))
        if "media" not in draft.fields:
            message = draft.warnings[-1][1] if draft.warnings else "The picture on which it is answered is missing."
            raise Skip("picture_lost", message)
        areas = [_area(one) for one in dicts(asked.get("hotspot") if isinstance(asked, dict) else None)]
        known = [(str(at), area) for at, (area, _) in enumerate(areas) if area]
        right = [str(at) for at, (area, is_right) in enumerate(areas) if area and is_right]
        if not right:
            raise Skip("no_right_answer", "No area of the picture is right.")
        draft.fields.update(kind="hotspot", areas=named(known, right, {}))
        return draft

    return [read]


def _area(one: Params) -> tuple[dict[str, Any] | None, bool]:
    """(area, whether it is right); the place is that of its upper left corner."""
    place = one.get("computedSettings")
    said = one.get("userSettings")
    given = [place.get(name) for name in ("x", "y", "width", "height")] if isinstance(place, dict) else []
    numbers = [float(number) for number in given if isinstance(number, int | float)]
    if len(numbers) != 4:
        return None, False
    x, y, width, height = numbers
    if isinstance(place, dict) and place.get("figure") == "circle":
        area = read_area("ellipse", f"{x + width / 2:f},{y + height / 2:f},{width / 2:f},{height / 2:f}", 100, 100)
    else:
        area = read_area("rect", f"{x:f},{y:f},{x + width:f},{y + height:f}", 100, 100)
    return area, isinstance(said, dict) and said.get("correct") is True
