"""QTI 2's interactions that are answered by pointing at a picture."""

from typing import Any
from xml.etree.ElementTree import Element

from formats.draft import Draft
from formats.intermediate import Skip
from formats.qti2_key import Response, number
from formats.spots import named, read_area

SPOTS = ("hotspotInteraction", "selectPointInteraction")


def take_picture(interaction: Element, draft: Draft) -> None:
    """Its own picture is that of the question, whatever stands in the text. Raises Skip."""
    shown = _picture(interaction)
    if shown is not None:
        draft.take_picture(shown.get("data") or shown.get("src") or "", shown.get("alt") or "")
    if "media" not in draft.fields:
        message = draft.warnings[-1][1] if draft.warnings else "The picture on which it is answered is not in the file."
        raise Skip("picture_lost", message)


def read_spots(item: Element, interaction: Element, response: Response, draft: Draft) -> None:
    """Raises Skip."""
    shown = _picture(interaction)
    width, height = (number(shown.get(side)) or 0.0 if shown is not None else 0.0 for side in ("width", "height"))
    if interaction.tag == "hotspotInteraction":
        choices = list(interaction.iter("hotspotChoice"))
        right = response.right
    else:
        choices = [entry for entry in item.iter("areaMapEntry") if (number(entry.get("mappedValue")) or 0) > 0]
        right = [str(at) for at in range(len(choices))]
    areas: list[tuple[str, dict[str, Any]]] = []
    labels: dict[str, str] = {}
    for at, choice in enumerate(choices):
        name = choice.get("identifier") or str(at)
        labels[name] = draft.line(choice.get("hotspotLabel") or "")
        if area := read_area(choice.get("shape") or "", choice.get("coords") or "", width, height):
            areas.append((name, area))
        else:
            draft.warn("area_lost", "One of its areas is of no shape that can be pointed at, so it was left out.")
    if not any(name in right for name, _ in areas):
        raise Skip("no_right_answer", "No area of the picture is right, or its size does not stand in the file.")
    draft.fields.update(kind="hotspot", areas=named(areas, right, labels))


def _picture(interaction: Element) -> Element | None:
    found = interaction.find("object")
    return found if found is not None else interaction.find("img")
