"""One item of QTI 2: its text, what it asks in it, and what else it says."""

from xml.etree.ElementTree import Element

from formats.draft import Draft
from formats.gaps import Gaps
from formats.intermediate import Skip
from formats.pictures import FindPicture
from formats.qti2_answers import READERS, Asked, gap_of, read_choices, read_gap_match
from formats.qti2_body import hidden, html_of, inner
from formats.qti2_key import Response, responses
from formats.qti2_spots import SPOTS, read_spots, take_picture

GAP = "_____"

_WITHIN_TEXT = {"textEntryInteraction", "inlineChoiceInteraction"}
_NOT_HERE = {
    "uploadInteraction": ("kind_upload", "is answered with a file"),
    "drawingInteraction": ("kind_draw", "is answered with a drawing"),
    "mediaInteraction": ("kind_media", "is answered by watching or listening"),
}
_ON_PICTURES = ("graphic", "position")
# Feedback that says nothing but this is what everybody sees anyway.
_EMPTY_FEEDBACK = {"", "correct", "incorrect", "right", "wrong", "true", "false"}


def read_item(item: Element, find: FindPicture) -> Draft:
    """Raises Skip."""
    body = item.find("itemBody")
    if body is None:
        raise Skip("no_text", "This item has no body, so there is nothing to ask.")
    if item.get("adaptive") == "true":
        raise Skip("kind_adaptive", "This item changes while it is answered, which Quizhall does not have.")
    if item.find("templateDeclaration") is not None:
        raise Skip("kind_template", "The numbers of this item are drawn by chance, which Quizhall does not have.")
    draft = Draft(find)
    if item.find("assessmentStimulusRef") is not None:
        draft.warn("stimulus_lost", "The text that belongs to this item stands in another file and was left out.")
    _read(item, body, draft)
    _read_rest(item, draft)
    return draft


def _read(item: Element, body: Element, draft: Draft) -> None:
    interactions = [element for element in body.iter() if str(element.tag).endswith("Interaction")]
    interactions = [element for element in interactions if element.tag != "endAttemptInteraction"]
    title, known = item.get("title") or "", responses(item)
    names = {element.tag for element in interactions}
    asked = [Asked(item, element, _response(element, known), draft) for element in interactions]
    if not asked:
        draft.prompt(html_of(body, _shown), title)
        draft.fields["kind"] = "info"
    elif names <= _WITHIN_TEXT and len(asked) > 1:
        _read_gaps(body, asked, draft)
    elif len(asked) > 1:
        raise Skip(
            "several_interactions", f"This item asks {len(asked)} things at once; they would be as many questions."
        )
    elif asked[0].element.tag == "gapMatchInteraction":
        _read_gap_match(body, asked[0], draft)
    else:
        _read_one(item, body, asked[0], title)


def _response(interaction: Element, known: dict[str, Response]) -> Response:
    identifier = interaction.get("responseIdentifier") or "RESPONSE"
    return known.get(identifier) or Response(identifier, "single", "")


def _read_one(item: Element, body: Element, asked: Asked, title: str) -> None:
    tag = str(asked.element.tag)
    if tag in SPOTS:
        take_picture(asked.element, asked.draft)
    elif tag not in READERS and tag != "inlineChoiceInteraction":
        code, what = _NOT_HERE.get(tag, ("kind_unknown", f"is of the type “{tag[:40]}”"))
        if tag.startswith(_ON_PICTURES):
            code, what = "kind_picture", "is answered on a picture"
        raise Skip(code, f"This item {what}, which Quizhall does not have.")

    def handle(element: Element) -> str | None:
        if element is asked.element:
            handle_inner = _spot_stem if tag in SPOTS else _stem
            return GAP if tag in _WITHIN_TEXT else f"<div>{html_of(element, handle_inner)}</div>"
        return _shown(element)

    asked.draft.prompt(html_of(body, handle), title)
    # A gap at the very end is where the answer would be written anyway.
    prompt = asked.draft.fields["prompt"]
    asked.draft.fields["prompt"] = prompt.removesuffix(GAP).rstrip() or prompt
    if tag in SPOTS:
        read_spots(item, asked.element, asked.response, asked.draft)
    elif tag == "inlineChoiceInteraction":
        read_choices(asked, "inlineChoice")
    else:
        READERS[tag](asked)


def _read_gaps(body: Element, asked: list[Asked], draft: Draft) -> None:
    gaps = Gaps()
    places = {one.element: gap_of(one, gaps) for one in asked}

    def handle(element: Element) -> str | None:
        return places[element] if element in places else _shown(element)

    draft.prompt(html_of(body, handle))
    draft.fields.update(gaps.fields(draft.fields["prompt"]))


def _read_gap_match(body: Element, asked: Asked, draft: Draft) -> None:
    gaps = Gaps()
    places, below = read_gap_match(asked, gaps)

    def handle(element: Element) -> str | None:
        if element.tag == "gap":
            return places.get(element.get("identifier") or "", "")
        return (
            f"<div>{inner(element)}</div>"
            if element.tag == "prompt"
            else ""
            if element.tag == "gapText"
            else _shown(element)
        )

    draft.prompt(html_of(body, handle))
    draft.fields.update(gaps.fields(draft.fields["prompt"] + below))


def _shown(element: Element) -> str | None:
    """Of a body: without what is hidden; what is for those who mark stands in the notes."""
    if element.tag == "rubricBlock":
        return f"<div>{inner(element)}</div>" if "candidate" in (element.get("view") or "") else ""
    return hidden(element)


def _stem(element: Element) -> str | None:
    """Of an interaction: its own text, without the answers; words in a text that can be chosen are marked."""
    if element.tag == "hottext":
        return f"[{inner(element)}]"
    if element.tag == "prompt":
        return f"<div>{inner(element)}</div>"
    if element.tag in ("simpleChoice", "simpleMatchSet", "simpleAssociableChoice", "inlineChoice"):
        return ""
    return _shown(element)


def _spot_stem(element: Element) -> str | None:
    return "" if element.tag in ("object", "img") else _stem(element)


def _read_rest(item: Element, draft: Draft) -> None:
    """Rubrics for those who mark, and feedback that belongs to no choice."""
    for rubric in item.iter("rubricBlock"):
        if "candidate" not in (rubric.get("view") or "") and (text := draft.html(inner(rubric))):
            draft.notes.append(text)
    choices = {element.get("identifier") for element in item.iter("simpleChoice")}
    told: dict[str, str] = {}
    for feedback in item.iter("modalFeedback"):
        name, text = feedback.get("identifier") or "", draft.html(inner(feedback))
        if name not in choices and text.lower().rstrip(".!") not in _EMPTY_FEEDBACK:
            told.setdefault(text, name)
    for text, name in told.items():
        # One text whatever was answered says something of the question itself.
        if len(told) == 1 or any(word in name.lower() for word in ("solution", "general", "explan")):
            draft.explain(text)
        else:
            draft.notes.append(f"{name}: {text}")
