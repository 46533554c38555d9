"""QTI 1.2's items that are answered by pointing at a picture."""

import re
from typing import Any
from xml.etree.ElementTree import Element

from formats.intermediate import Skip
from formats.qti12_draft import ItemDraft
from formats.spots import named, read_area

_BEYOND_SHARES = re.compile(r"(?<![\d.])(?:[2-9]|[1-9]\d)\d*(?:\.\d+)?")


def take_picture(draft: ItemDraft) -> None:
    """Raises Skip for an item whose picture is not in the file."""
    shown = _picture(draft)
    if shown is None or draft.take_picture(shown.get("uri") or "", "") is None or "media" not in draft.fields:
        message = draft.warnings[-1][1] if draft.warnings else "The picture on which it is answered is not in the file."
        raise Skip("picture_lost", message)


def read_spots(draft: ItemDraft) -> None:
    """Canvas gives areas in shares of the picture, others in its pixels. Raises Skip."""
    shown = _picture(draft)
    sides = [_size(shown, side) for side in ("width", "height")]
    areas: list[tuple[str, dict[str, Any]]] = []
    for number, label in enumerate(draft.item.iter("response_label")):
        coordinates = (label.text or "").strip()
        width, height = sides if _BEYOND_SHARES.search(coordinates) else (1.0, 1.0)
        if area := read_area(label.get("rarea") or "rectangle", coordinates, width, height):
            areas.append((f"{label.get('ident') or ''} {number}", area))
    if not areas:
        raise Skip("no_right_answer", "No area of the picture is given in a way that can be understood.")
    right = draft.equal()
    correct = [name for name, _ in areas if not right or name.split(" ")[0] in right]
    if not correct:
        raise Skip("no_right_answer", "No area of the picture is right.")
    draft.fields.update(kind="hotspot", areas=named(areas, correct, {}))


def _picture(draft: ItemDraft) -> Element | None:
    return draft.item.find(".//render_hotspot//matimage")


def _size(shown: Element | None, side: str) -> float:
    try:
        return float((shown.get(side) if shown is not None else None) or 0)
    except ValueError:
        return 0.0
