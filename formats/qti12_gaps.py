"""QTI 1.2's items that ask several things: pairs, categories, and texts with gaps."""

import html
from xml.etree.ElementTree import Element

from formats.gaps import READ_AS_TYPED, Gaps, choices_after, without_places
from formats.intermediate import Skip
from formats.pairing import match_fields, sorted_fields
from formats.qti12_draft import ItemDraft, source_of


def read_pairs(draft: ItemDraft) -> None:
    """Each left side has a list of all right ones. Where both are empty somebody left a line free."""
    pairs, rights = [], {}
    for response in draft.item.iter("response_lid"):
        left, labels = draft.line(source_of(response.find("material"))), draft.labels(response)
        rights.update(labels)
        right = [labels[name] for name in draft.equal(response.get("ident")) if labels.get(name)]
        if left and right:
            pairs.append((left, right[0]))
        elif left:
            draft.warn("items_left_out", f"Nothing belongs to “{left[:60]}”, so it was left out.")
    used = {right for _, right in pairs}
    others = [text for text in rights.values() if text and text not in used]
    draft.fields.update(match_fields(pairs, others, draft.warn))


def read_categories(draft: ItemDraft) -> None:
    """Each category has a list of all items; an item that is right in none is left out."""
    categories: dict[str, str] = {}
    items: dict[str, str] = {}
    pairs = []
    for response in draft.item.iter("response_lid"):
        ident = response.get("ident") or ""
        categories[ident] = draft.line(source_of(response.find("material")))
        items.update(draft.labels(response))
        pairs += [(item, ident) for item in draft.equal(ident)]
    known = [(item, ident) for item, ident in pairs if item in items]
    draft.fields.update(sorted_fields(items, categories, known, draft.warn))


def read_order(draft: ItemDraft) -> None:
    labels = draft.labels()
    items = [labels[name] for name in draft.equal() if labels.get(name)]
    if len(items) < 2:
        raise Skip("no_right_answer", "What the right order is does not stand in the file.")
    draft.fields.update(kind="order", items=items)


def read_blanks(draft: ItemDraft) -> None:
    """`[name]` in the text is a gap; all that is listed for it is right, though the conditions name only the first."""
    _read_named(draft, has_lists=False)


def read_dropdowns(draft: ItemDraft) -> None:
    """As `read_blanks`, but only what the conditions name is right; the list stands behind the gap."""
    _read_named(draft, has_lists=True)
    draft.warn("read_as_typed", READ_AS_TYPED)


def _read_named(draft: ItemDraft, *, has_lists: bool) -> None:
    gaps = Gaps()
    text = without_places(draft.fields["prompt"])
    responses = {_name(response, draft): response for response in draft.item.iter("response_lid")}
    order = sorted(responses, key=lambda name: _at(text, name))
    for name in order:
        labels = draft.labels(responses[name])
        right = [labels[ident] for ident in draft.equal(responses[name].get("ident")) if ident in labels]
        place = gaps.place(right if has_lists else [*right, *labels.values()])
        place += choices_after(list(labels.values())) if has_lists else ""
        # A gap that the text does not have stands at its end.
        text = text.replace(f"[{name}]", place, 1) if f"[{name}]" in text else f"{text} {place}"
    draft.fields.update(gaps.fields(text))


def _name(response: Element, draft: ItemDraft) -> str:
    said = draft.line(source_of(response.find("material")))
    return said or (response.get("ident") or "").removeprefix("response_")


def _at(text: str, name: str) -> int:
    at = text.find(f"[{name}]")
    return at if at >= 0 else len(text)


def read_fields(draft: ItemDraft) -> None:
    """Several fields to type in between the texts, as other programs than Canvas write them."""
    gaps, pieces = Gaps(), []
    presentation = draft.item.find("presentation")
    for element in presentation.iter() if presentation is not None else ():
        if element.tag == "mattext":
            pieces.append(without_places(source_of(element)))
        elif element.tag == "response_str":
            # Some name the field in their conditions, some the label in it.
            names = [element.get("ident"), *(label.get("ident") for label in element.iter("response_label"))]
            right = [value for name in names if name for value in draft.equal(name)]
            pieces.append(html.escape(gaps.place(right)))
    draft.prompt("".join(pieces).replace("</div><div>", " "))
    draft.fields.update(gaps.fields(draft.fields["prompt"]))
