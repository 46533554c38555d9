"""How each interaction of QTI 2 is answered: its kind and its key, in the fields of quiz JSON."""

from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element

from formats import marks
from formats.draft import Draft
from formats.gaps import READ_AS_TYPED, Gaps, choices_after, choices_below
from formats.intermediate import Skip
from formats.qti2_body import inner
from formats.qti2_key import Response, bounds, number, tolerance
from formats.qti2_pairs import read_associate, read_match


class Asked:
    """An interaction, the declaration of its answer, and the draft that it goes into."""

    def __init__(self, item: Element, interaction: Element, response: Response, draft: Draft) -> None:
        self.item = item
        self.element = interaction
        self.response = response
        self.draft = draft

    def texts(self, tag: str) -> dict[str, str]:
        """What there is to choose from, by identifier. Raises Skip for a choice without a text."""
        found: dict[str, str] = {}
        for choice in self.element.iter(tag):
            found[choice.get("identifier") or ""] = text = self.draft.line(inner(choice))
            if not text:
                raise Skip("choice_without_text", "One of its answers has no text (perhaps a picture).")
        return found


def read_choices(asked: Asked, tag: str = "simpleChoice") -> None:
    response, texts = asked.response, asked.texts(tag)
    if len(texts) < 2:
        raise Skip("too_few_answers", "A choice question needs at least two answers.")
    right = [identifier for identifier in texts if identifier in response.right]
    choices: list[dict[str, Any]] = [
        {"text": text} | ({"correct": True} if identifier in right else {}) for identifier, text in texts.items()
    ]
    for choice, feedback in zip(choices, map(_feedback(asked, tag), texts), strict=True):
        if feedback:
            choice["feedback"] = feedback
    if not right:
        asked.draft.warn("read_as_poll", "No answer is marked as right, so the question became a poll.")
        asked.draft.fields.update(kind="poll", choices=choices)
        return
    is_one = asked.response.cardinality != "multiple" or asked.element.get("maxChoices") == "1" or len(right) == 1
    kind = "single" if is_one else "multi"
    words = [marks.bare(text).lower() for text in texts.values()]
    if kind == "single" and sorted(words) == ["false", "true"]:
        kind = "true_false"
        choices.sort(key=lambda choice: marks.bare(choice["text"]).lower() == "false")
    elif response.most:
        _weigh(choices, list(texts), response)
    asked.draft.fields.update(kind=kind, choices=choices)


def _weigh(choices: list[dict[str, Any]], identifiers: list[str], response: Response) -> None:
    """Weights that only say again what is right are left out."""
    weights = [response.weight(identifier) for identifier in identifiers]
    is_said = [weight == (1.0 if "correct" in choice else 0.0) for choice, weight in zip(choices, weights, strict=True)]
    shares = {weight for weight in weights if weight > 0}
    if all(is_said) or (response.cardinality == "multiple" and len(shares) == 1 and min(weights) >= 0):
        return
    for choice, weight in zip(choices, weights, strict=True):
        if weight > 0 or "correct" not in choice:
            choice["weight"] = round(weight, 7)


def _feedback(asked: Asked, tag: str) -> Callable[[str], str]:
    """Of a choice: what stands within it, or is shown afterwards under its name."""
    within = {
        choice.get("identifier"): " ".join(inner(told) for told in choice.iter("feedbackInline"))
        for choice in asked.element.iter(tag)
    }
    after = {told.get("identifier"): inner(told) for told in asked.item.iter("modalFeedback")}
    return lambda identifier: asked.draft.line(within.get(identifier) or after.get(identifier) or "")


def read_order(asked: Asked) -> None:
    texts = asked.texts("simpleChoice")
    items = [texts[identifier] for identifier in asked.response.right if identifier in texts]
    if len(items) < 2:
        raise Skip("no_right_answer", "What the right order is does not stand in the file.")
    if len(items) < len(texts):
        asked.draft.warn("items_left_out", "What belongs nowhere in the right order was left out.")
    asked.draft.fields.update(kind="order", items=items)


def read_typed(asked: Asked) -> None:
    """One text or number; long answers that nothing says anything about are open."""
    response = asked.response
    if response.is_number:
        _read_number(asked)
    elif accepted := accepted_texts(response):
        match = "exact" if is_exact(response) else "ignore_case"
        asked.draft.fields.update(kind="text", accepted=accepted, match=match)
    elif asked.element.tag == "extendedTextInteraction":
        asked.draft.fields["kind"] = "open"
    else:
        raise Skip("no_right_answer", "No answer of this question is given as right.")


def accepted_texts(response: Response) -> list[Any]:
    """The right ones, and others that earn a part."""
    accepted: list[Any] = list(response.right)
    for key, points in response.points.items():
        if points > 0 and key and key not in accepted:
            weight = round(response.weight(key), 7)
            accepted.append(key if weight >= 1 else {"text": key, "weight": weight})
    return accepted


def is_exact(response: Response) -> bool:
    """When it says so, or gives two spellings of one word that differ in nothing else a different worth."""
    keys = [key.casefold() for key in response.points]
    return bool(response.is_case_sensitive) or len(set(keys)) < len(keys)


def _read_number(asked: Asked) -> None:
    response = asked.response
    accepted: list[dict[str, float]] = []
    for text in response.right:
        value = number(text)
        if value is None:
            raise Skip("not_a_number", f"“{text[:40]}” is not a number.")
        margin = tolerance(asked.item, response, value)
        accepted.append({"value": value} | ({"tolerance": margin} if margin else {}))
    for key, points in response.points.items():
        value = number(key)
        if value is not None and points > 0 and key not in response.right:
            weight = round(response.weight(key), 7)
            accepted.append({"value": value} | ({"weight": weight} if weight < 1 else {}))
    if not accepted and (found := bounds(asked.item, response)):
        accepted.append({"min": found[0], "max": found[1]})
    if not accepted:
        raise Skip("no_right_answer", "No answer of this question is given as right.")
    asked.draft.fields.update(kind="number", accepted=accepted)


def gap_of(asked: Asked, gaps: Gaps) -> str:
    """How a typed word or a list of words within the text stands in the prompt. Raises Skip."""
    if asked.element.tag == "textEntryInteraction":
        return gaps.place(accepted_texts(asked.response))
    texts = asked.texts("inlineChoice")
    place = gaps.place([texts[identifier] for identifier in asked.response.right if identifier in texts])
    asked.draft.warn("read_as_typed", READ_AS_TYPED)
    return place + choices_after(list(texts.values()))


def read_gap_match(asked: Asked, gaps: Gaps) -> tuple[dict[str, str], str]:
    """(how each gap stands in the prompt, by identifier; what stands below it). Raises Skip."""
    texts = asked.texts("gapText")
    if asked.element.find(".//gapImg") is not None:
        raise Skip("kind_picture", "Pictures are dragged into this text, which Quizhall does not have.")
    right: dict[str, list[str]] = {}
    for pair in asked.response.right:
        word, _, gap = pair.partition(" ")
        # Which end of a pair is the gap, programs see differently.
        word, gap = (gap, word) if gap in texts and word not in texts else (word, gap)
        right.setdefault(gap, []).append(texts.get(word, ""))
    names = [gap.get("identifier") or "" for gap in asked.element.iter("gap")]
    places = {name: gaps.place(right.get(name, [])) for name in names}
    asked.draft.warn("read_as_typed", READ_AS_TYPED)
    return places, choices_below(list(texts.values()))


READERS: dict[str, Callable[[Asked], None]] = {
    "choiceInteraction": read_choices,
    "hottextInteraction": lambda asked: read_choices(asked, "hottext"),
    "orderInteraction": read_order,
    "textEntryInteraction": read_typed,
    "extendedTextInteraction": read_typed,
    "sliderInteraction": read_typed,
    "matchInteraction": lambda asked: read_match(asked.element, asked.response, asked.draft),
    "associateInteraction": lambda asked: read_associate(asked.element, asked.response, asked.draft),
}
