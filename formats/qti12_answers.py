"""How each type of item of QTI 1.2 is answered: its kind and its key, in the fields of quiz JSON."""

import math
from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element

from formats import marks, qti12_blackboard
from formats.intermediate import Skip
from formats.qti12_draft import ItemDraft, equal, points, source_of
from formats.qti12_gaps import read_blanks, read_categories, read_dropdowns, read_fields, read_order, read_pairs
from formats.qti12_spots import read_spots
from formats.weights import WHOLE


def _read_choices(draft: ItemDraft, *, is_multi: bool = False) -> None:
    earned: dict[str, float] = {}
    for condition in draft.right:
        for _, ident in equal(condition):
            earned[ident] = max(earned.get(ident, 0.0), points(condition))
    most = max(earned.values(), default=0.0)
    choices: list[dict[str, Any]] = []
    for ident, text in _choices(draft, earned).items():
        share = earned.get(ident, 0.0) / most if most else 0.0
        is_part = not is_multi and 0 < share < WHOLE
        own: dict[str, Any] = {"weight": round(share, 7)} if is_part else {"correct": True} if share else {}
        feedback = " ".join(draft.feedback(f"{ident}_fb").split())
        choices.append({"text": text} | own | ({"feedback": feedback} if feedback else {}))
    right = sum("correct" in choice for choice in choices)
    if not right:
        raise Skip("no_right_answer", "No answer of this question is right.")
    words = sorted(marks.bare(choice["text"]).lower() for choice in choices)
    if not is_multi and right == 1 and words == ["false", "true"]:
        choices.sort(key=lambda choice: marks.bare(choice["text"]).lower() == "false")
        draft.fields.update(kind="true_false", choices=choices)
    else:
        draft.fields.update(kind="multi" if is_multi else "single", choices=choices)


def _choices(draft: ItemDraft, earned: dict[str, float]) -> dict[str, str]:
    """Canvas keeps the lines that an author left free; they are no answers. Raises Skip."""
    sources = {label.get("ident") or "": source_of(label) for label in draft.item.iter("response_label")}
    texts = draft.labels()
    free = [ident for ident, text in texts.items() if not text and "<img" not in sources[ident]]
    if any(not text and (ident not in free or ident in earned) for ident, text in texts.items()):
        raise Skip("choice_without_text", "One of its answers has no text (perhaps a picture).")
    if free:
        draft.warn("answer_empty", f"{len(free)} of its answers had no text and were left out.")
    found = {ident: text for ident, text in texts.items() if text}
    if len(found) < 2:
        raise Skip("too_few_answers", "A choice question needs at least two answers.")
    return found


def _read_several(draft: ItemDraft) -> None:
    _read_choices(draft, is_multi=True)


def _read_texts(draft: ItemDraft) -> None:
    accepted = [text for text in draft.equal() if text]
    if not accepted:
        raise Skip("no_right_answer", "No answer of this question is right.")
    draft.fields.update(kind="text", accepted=accepted)


def _read_numbers(draft: ItemDraft) -> None:
    accepted = [entry for condition in draft.right if (entry := _accepted(condition))]
    if not accepted:
        raise Skip("no_right_answer", "No answer of this question is right.")
    draft.fields.update(kind="number", accepted=accepted)


def _accepted(condition: Element) -> dict[str, float] | None:
    """A value, perhaps with a margin, or a range. Canvas writes a margin as a range around the value."""
    low, high = _end(condition, "vargte", "vargt"), _end(condition, "varlte", "varlt")
    varequal = condition.find(".//varequal")
    value = _number(varequal)
    if low is not None and high is not None:
        if low == high:
            return {"value": low}
        if value is not None and math.isclose(value - low, high - value, rel_tol=1e-6):
            return {"value": value, "tolerance": round(max(value - low, high - value), 12)}
        return {"min": min(low, high), "max": max(low, high)}
    if value is None or varequal is None:
        return None
    try:
        margin = abs(float(varequal.get("margin") or 0))
    except ValueError:
        margin = 0.0
    if varequal.get("margintype") == "percent":
        margin = abs(value) * margin / 100
    return {"value": value, "tolerance": margin} if 0 < margin < 1e300 else {"value": value}


def _end(condition: Element, *names: str) -> float | None:
    return next((found for name in names if (found := _number(condition.find(f".//{name}"))) is not None), None)


def _number(element: Element | None) -> float | None:
    return _number_of(element.text or "") if element is not None else None


def _number_of(text: str) -> float | None:
    try:
        value = float(text.strip())
    except ValueError:
        return None
    if not abs(value) < 1e300:
        return None
    return int(value) if value.is_integer() and abs(value) < 2**53 else value


def _read_formula(draft: ItemDraft) -> None:
    """Canvas draws the numbers for each student: the first that it has drawn are those of everybody here."""
    drawn = draft.item.find(".//var_sets/var_set")
    value = _number(drawn.find("answer")) if drawn is not None else None
    if drawn is None or value is None:
        raise Skip("kind_formula", "This question has a formula, and no numbers that were drawn for it.")
    names = {variable.get("name") or "": (variable.text or "").strip() for variable in drawn.findall("var")}
    for name, text in names.items():
        draft.fields["prompt"] = draft.fields["prompt"].replace(f"[{name}]", text)
    shown = ", ".join(f"{name} = {text}" for name, text in names.items())
    draft.warn("formula_fixed", f"Its numbers are drawn by chance elsewhere; here they are {shown}.")
    said = (draft.item.findtext(".//answer_tolerance") or "").strip()
    margin = _number_of(said.rstrip("% ")) or 0.0
    margin = abs(value * margin / 100) if said.endswith("%") else abs(margin)
    draft.fields.update(kind="number", accepted=[{"value": value} | ({"tolerance": margin} if margin else {})])


def _read_open(draft: ItemDraft) -> None:
    draft.fields["kind"] = "open"


def _read_slide(draft: ItemDraft) -> None:
    draft.fields["kind"] = "info"


READERS: dict[str, Callable[[ItemDraft], None]] = {
    "multiple_choice_question": _read_choices,
    "true_false_question": _read_choices,
    "multiple_answers_question": _read_several,
    "short_answer_question": _read_texts,
    "numerical_question": _read_numbers,
    "calculated_question": _read_formula,
    "essay_question": _read_open,
    "hot_spot_question": read_spots,
    "text_only_question": _read_slide,
    "matching_question": read_pairs,
    "categorization_question": read_categories,
    "ordering_question": read_order,
    "blackboard_pairs": qti12_blackboard.read_pairs,
    "fill_in_multiple_blanks_question": read_blanks,
    "multiple_dropdowns_question": read_dropdowns,
    # Ours, for what has no name: several fields in one text.
    "fields_question": read_fields,
}
