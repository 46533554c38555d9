"""One item of QTI 1.2: its kind, its texts and its key."""

from collections.abc import Callable, Iterator
from typing import Any
from xml.etree.ElementTree import Element

from formats import markup
from formats.intermediate import Issue, Parsed, Skip
from formats.weights import WHOLE

_NOT_HERE = {
    "essay_question": ("kind_essay", "an essay question"),
    "file_upload_question": ("kind_upload", "a question answered with a file"),
    "matching_question": ("kind_match", "a matching question"),
    "fill_in_multiple_blanks_question": ("kind_gaps", "a text with gaps"),
    "multiple_dropdowns_question": ("kind_gaps", "a text with gaps"),
    "calculated_question": ("kind_formula", "a question with a formula"),
    "ordering_question": ("kind_order", "a question about an order"),
}
_BY_CARDINALITY = {"multiple": "multiple_answers_question", "ordered": "ordering_question"}
_SHOWN_LOSSES = 3


class _Draft:
    def __init__(self, item: Element) -> None:
        self.item = item
        self.fields: dict[str, Any] = {}
        self.lost: list[str] = []

    def text(self, material: Element | None) -> str:
        """Plain text of a material element."""
        pieces = []
        for mattext in material.iter("mattext") if material is not None else ():
            text = mattext.text or ""
            if mattext.get("texttype") == "text/html" or "<" in text:
                text = markup.from_html(text, self.lost)
            pieces.append(text)
        lines = [" ".join(line.split()) for line in "\n".join(pieces).split("\n")]
        return "\n".join(filter(None, lines))

    def labels(self) -> list[tuple[str, str]]:
        """(ident, text) of each answer to choose from."""
        return [(label.get("ident") or "", self.text(label)) for label in self.item.iter("response_label")]

    def right(self) -> list[Element]:
        """The conditions that give points."""
        return [condition for condition in self.item.iter("respcondition") if _points(condition) > 0]


def read_item(item: Element, where: str, parsed: Parsed) -> None:
    """Into the quiz, or among what was skipped."""
    draft = _Draft(item)
    try:
        _read(draft)
    except Skip as skip:
        parsed.skip(where, skip.code, str(skip))
        return
    parsed.questions.append({**draft.fields, "_where": where})
    if draft.lost:
        shown, more = ", ".join(draft.lost[:_SHOWN_LOSSES]), len(draft.lost) - _SHOWN_LOSSES
        message = f"Not taken over: {shown}{f' and {more} more' if more > 0 else ''}."
        parsed.issues.append(Issue("warning", where, "markup_lost", message))


def _read(draft: _Draft) -> None:
    kind = _kind(draft.item)
    if kind in _NOT_HERE:
        code, what = _NOT_HERE[kind]
        raise Skip(code, f"This is {what}, a kind that Quizhall does not have yet.")
    read = _READERS.get(kind)
    if read is None:
        raise Skip("kind_unknown", f"Quizhall has no kind of question like “{kind[:40]}”.")
    prompt = draft.text(_stem(draft.item))
    if not prompt:
        raise Skip("no_text", "This question has no text.")
    draft.fields["prompt"] = prompt
    read(draft)


def _kind(item: Element) -> str:
    """As the metadata say it, else by what is to be answered."""
    for field in item.iter("qtimetadatafield"):
        if field.findtext("fieldlabel") == "question_type":
            return (field.findtext("fieldentry") or "").strip()
    responses = list(item.iter("response_lid"))
    if len(responses) == 1:
        return _BY_CARDINALITY.get((responses[0].get("rcardinality") or "").lower(), "multiple_choice_question")
    if responses:
        return "matching_question"
    fib = item.find(".//render_fib")
    if fib is not None and (fib.get("fibtype") or "").lower() in ("decimal", "integer"):
        return "numerical_question"
    if item.find(".//response_str") is not None:
        return "short_answer_question" if item.find(".//varequal") is not None else "essay_question"
    return "text_only_question" if item.find(".//resprocessing") is None else ""


def _stem(item: Element) -> Element | None:
    """The text before the answers, through any number of flow elements."""
    element = item.find("presentation")
    while element is not None:
        material = element.find("material")
        if material is not None:
            return material
        element = element.find("flow")
    return None


def _points(condition: Element) -> float:
    """What it adds; feedback conditions add nothing."""
    total = 0.0
    for setvar in condition.iter("setvar"):
        try:
            total += float(setvar.text or 0)
        except ValueError:
            continue
    return total


def _equal(condition: Element) -> Iterator[str]:
    """The values that it asks for; those within `not` are wrong ones."""
    refused = {id(inner) for negation in condition.iter("not") for inner in negation.iter("varequal")}
    for varequal in condition.iter("varequal"):
        if id(varequal) not in refused:
            yield (varequal.text or "").strip()


def _read_choices(draft: _Draft) -> None:
    labels = draft.labels()
    points: dict[str, float] = {}
    for condition in draft.right():
        for ident in _equal(condition):
            points[ident] = max(points.get(ident, 0.0), _points(condition))
    most = max(points.values(), default=0.0)
    if any(not text for _, text in labels):
        raise Skip("choice_without_text", "One of its answers has no text (perhaps a picture).")
    if len(labels) < 2:
        raise Skip("too_few_answers", "A choice question needs at least two answers.")
    kind = _kind(draft.item)
    choices: list[dict[str, Any]] = []
    for ident, text in labels:
        share = points.get(ident, 0.0) / most if most else 0.0
        is_part = kind != "multiple_answers_question" and 0 < share < WHOLE
        own = {"weight": round(share, 7)} if is_part else {"correct": True} if share else {}
        choices.append({"text": text} | own)
    right = sum("correct" in choice for choice in choices)
    if not right:
        raise Skip("no_right_answer", "No answer of this question is right.")
    if kind == "true_false_question" and right == 1 and [text.lower() for _, text in labels] == ["true", "false"]:
        draft.fields.update(kind="true_false", choices=choices)
    else:
        draft.fields.update(kind="multi" if kind == "multiple_answers_question" else "single", choices=choices)


def _read_texts(draft: _Draft) -> None:
    accepted = list(dict.fromkeys(text for condition in draft.right() for text in _equal(condition) if text))
    if not accepted:
        raise Skip("no_right_answer", "No answer of this question is right.")
    draft.fields.update(kind="text", accepted=accepted)


def _read_numbers(draft: _Draft) -> None:
    accepted = [entry for condition in draft.right() if (entry := _accepted(condition))]
    if not accepted:
        raise Skip("no_right_answer", "No answer of this question is right.")
    draft.fields.update(kind="number", accepted=accepted)


def _accepted(condition: Element) -> dict[str, float] | None:
    """A range where it has both ends, as Canvas writes tolerances too; else a value, perhaps with a margin."""
    low, high = _end(condition, "vargte", "vargt"), _end(condition, "varlte", "varlt")
    if low is not None and high is not None:
        return {"value": low} if low == high else {"min": min(low, high), "max": max(low, high)}
    varequal = condition.find(".//varequal")
    value = _number(varequal)
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
    if element is None:
        return None
    try:
        value = float((element.text or "").strip())
    except ValueError:
        return None
    if not abs(value) < 1e300:
        return None
    return int(value) if value.is_integer() and abs(value) < 2**53 else value


def _read_slide(draft: _Draft) -> None:
    draft.fields["kind"] = "info"


_READERS: dict[str, Callable[[_Draft], None]] = {
    "multiple_choice_question": _read_choices,
    "true_false_question": _read_choices,
    "multiple_answers_question": _read_choices,
    "short_answer_question": _read_texts,
    "numerical_question": _read_numbers,
    "text_only_question": _read_slide,
}
