"""Items of QTI 1.2 as Canvas writes them: what is shown, which answers score, and what is told afterwards."""

import html
from collections.abc import Callable, Sequence
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from formats.exported import GAP, Exported, accepted_of, is_weighted, tell_common, tell_typed
from formats.markdown_html import as_equation, block_html, is_formatted, line_html, unformatted
from formats.xml_writing import as_html, clean

FILES = "%24IMS-CC-FILEBASE%24/"


class Item:
    """One item while it is built; `element` is the whole."""

    def __init__(self, ident: str, number: int, kind: str, *, is_formatted: bool) -> None:
        self.ident = ident
        self._is_formatted = is_formatted
        self.element = Element("item", ident=ident, title=f"Question {number}")
        metadata = SubElement(SubElement(self.element, "itemmetadata"), "qtimetadata")
        field(metadata, "question_type", kind)
        field(metadata, "points_possible", "0" if kind == "text_only_question" else "1.0")
        field(metadata, "assessment_question_identifierref", f"{ident}_ref")
        self.presentation = SubElement(self.element, "presentation")
        self._processing = SubElement(self.element, "resprocessing")
        outcomes = SubElement(self._processing, "outcomes")
        SubElement(outcomes, "decvar", maxvalue="100", minvalue="0", varname="SCORE", vartype="Decimal")

    def show(self, prompt: str, media: dict[str, str] | None) -> None:
        shown = self._in_blocks(prompt)
        if media and media.get("image"):
            alt = html.escape(clean(media["alt"]))
            shown += f'<p><img src="{FILES}quizhall/{media["image"]}" alt="{alt}"></p>'
        material(self.presentation, f"<div>{shown}</div>", is_html=True)

    def choose(self, ident: str, texts: Sequence[str], cardinality: str = "Single", left: str | None = None) -> None:
        """Answers to choose from, the labels `<ident>_1` and so on; `left` is what they stand beside."""
        response = SubElement(self.presentation, "response_lid", ident=ident, rcardinality=cardinality)
        if left is not None:
            self._beside(response, left)
        choice = SubElement(response, "render_choice")
        for at, text in enumerate(texts, start=1):
            label = SubElement(choice, "response_label", ident=f"{ident}_{at}")
            if left is None:
                material(label, self._in_line(text), is_html=True)
            else:
                plain(label, text)

    def _beside(self, response: Element, left: str) -> None:
        if self._is_formatted:
            material(response, self._in_line(left), is_html=True)
        else:
            plain(response, left)

    def _in_blocks(self, text: str) -> str:
        return block_html(text, as_equation) if self._is_formatted else f"<p>{as_html(text)}</p>"

    def _in_line(self, text: str) -> str:
        return line_html(text, as_equation) if self._is_formatted else as_html(text)

    def type(self, kind: str = "") -> None:
        response = SubElement(self.presentation, "response_str", ident="response1", rcardinality="Single")
        fib = SubElement(response, "render_fib", {"fibtype": kind} if kind else {})
        SubElement(fib, "response_label", ident="answer1")

    def condition(self, score: float, *, adds: bool = False) -> Element:
        """Where the condition goes that scores that much."""
        outer = SubElement(self._processing, "respcondition", {"continue": "Yes" if adds else "No"})
        variable = SubElement(outer, "conditionvar")
        SubElement(outer, "setvar", action="Add" if adds else "Set", varname="SCORE").text = f"{score:.6g}"
        return variable

    def explain(self, text: str) -> None:
        self._tell("general_fb", self._in_blocks(text))

    def tell(self, text: str, label: str) -> None:
        """What is said once this answer is chosen."""
        self._tell(f"{label}_fb", f"<p>{as_html(text)}</p>", label)

    def _tell(self, ident: str, shown: str, label: str = "") -> None:
        outer = SubElement(self._processing, "respcondition", {"continue": "Yes"})
        variable = SubElement(outer, "conditionvar")
        if label:
            equal(variable, label)
        else:
            SubElement(variable, "other")
        SubElement(outer, "displayfeedback", feedbacktype="Response", linkrefid=ident)
        feedback = SubElement(SubElement(self.element, "itemfeedback", ident=ident), "flow_mat")
        material(feedback, shown, is_html=True)


def field(parent: Element, label: str, entry: str) -> None:
    outer = SubElement(parent, "qtimetadatafield")
    SubElement(outer, "fieldlabel").text = label
    SubElement(outer, "fieldentry").text = entry


def material(parent: Element, text: str, *, is_html: bool = False) -> None:
    kind = "text/html" if is_html else "text/plain"
    SubElement(SubElement(parent, "material"), "mattext", texttype=kind).text = clean(text)


def plain(parent: Element, text: str) -> None:
    """What Canvas shows as it stands; a text with signs of HTML goes as HTML, or they would be taken for it."""
    is_html = "<" in text or "&" in text
    material(parent, as_html(text) if is_html else text, is_html=is_html)


def equal(parent: Element, text: str, response: str = "response1") -> None:
    SubElement(parent, "varequal", respident=response).text = clean(text)


def write_item(
    question: dict[str, Any], number: int, ident: str, exported: Exported, *, has_image: bool
) -> Element | None:
    """None, and told, for what Canvas has no question for."""
    kind, write = _WRITERS.get(question["kind"], ("", None))
    if write is None:
        exported.skip(number, "kind", "Canvas has no questions of this kind.")
        return None
    markup = () if question["kind"] == "blanks" else ("markup",)
    keeps = ("explanation", "feedback", *markup, *(("picture",) if has_image else ()))
    tell_common(exported, number, question, keeps=keeps)
    item = Item(ident, number, kind, is_formatted=is_formatted(question))
    item.show(_prompt(question), question.get("media") if has_image else None)
    write(item, question, number, exported)
    if question.get("explanation"):
        item.explain(question["explanation"])
    return item.element


def _prompt(question: dict[str, Any]) -> str:
    if question["kind"] != "blanks":
        return str(question["prompt"])
    return GAP.sub(lambda gap: f"[blank{gap[1]}]", question["prompt"])


def _choices(item: Item, question: dict[str, Any], number: int, exported: Exported) -> None:
    choices, is_multi = question["choices"], question["kind"] == "multi"
    if is_weighted(question):
        exported.warn(number, "weights_lost", "The weights of its answers are not in the file.")
    texts = [choice["text"] for choice in choices]
    if question["kind"] == "true_false":
        if texts != ["True", "False"]:
            exported.warn(number, "words_lost", "Its own words for true and false are not in the file.")
        texts = ["True", "False"]
    item.choose("response1", texts, "Multiple" if is_multi else "Single")
    for at, choice in enumerate(choices, start=1):
        if choice.get("feedback"):
            item.tell(choice["feedback"], f"response1_{at}")
    right = [at for at, choice in enumerate(choices, start=1) if choice.get("correct")]
    if is_multi:
        both = SubElement(item.condition(100), "and")
        for at in range(1, len(choices) + 1):
            equal(both if at in right else SubElement(both, "not"), f"response1_{at}")
    else:
        for at in right:
            equal(item.condition(100), f"response1_{at}")


def _texts(item: Item, question: dict[str, Any], number: int, exported: Exported) -> None:
    tell_typed(exported, number, question, compares="ignore_case")
    item.type()
    variable = item.condition(100)
    for entry in accepted_of(question):
        equal(variable, entry["text"])


def _numbers(item: Item, question: dict[str, Any], number: int, exported: Exported) -> None:
    if question.get("score") == "closest":
        exported.warn(number, "closest_lost", "That the closest answer wins is not in the file.")
    if any(entry["weight"] != 1 for entry in accepted_of(question)):
        exported.warn(number, "weights_lost", "The weights of its answers are not in the file.")
    item.type("Decimal")
    for entry in accepted_of(question):
        variable = item.condition(100)
        tolerance = entry.get("tolerance", 0)
        low = entry["min"] if "min" in entry else entry["value"] - tolerance
        high = entry["max"] if "max" in entry else entry["value"] + tolerance
        if low == high:
            variable = SubElement(variable, "or")
            equal(variable, repr(low))
            variable = SubElement(variable, "and")
        SubElement(variable, "vargte", respident="response1").text = repr(low)
        SubElement(variable, "varlte", respident="response1").text = repr(high)


def _match(item: Item, question: dict[str, Any], number: int, exported: Exported) -> None:
    _write_pairs(
        item, question, [(pair["left"], pair["right"]) for pair in question["pairs"]], question.get("distractors") or []
    )


def _write_pairs(item: Item, question: dict[str, Any], pairs: list[tuple[str, str]], others: list[str]) -> None:
    """Canvas takes what stands on the right for plain text; each left side counts alike."""
    rights = list(dict.fromkeys([right for _, right in pairs] + others))
    shown = unformatted(question | {"distractors": rights})["distractors"]
    for at, (left, right) in enumerate(pairs, start=1):
        response = f"response_{at}"
        item.choose(response, shown, left=left)
        equal(item.condition(100 / len(pairs), adds=True), f"{response}_{rights.index(right) + 1}", response)


def _order(item: Item, question: dict[str, Any], number: int, exported: Exported) -> None:
    """Each item at its place counts, as here."""
    exported.warn(number, "kind_changed", "Canvas has it as pairs: each place and what stands there.")
    _write_pairs(item, question, [(f"{at}.", text) for at, text in enumerate(question["items"], start=1)], [])


def _sort(item: Item, question: dict[str, Any], number: int, exported: Exported) -> None:
    exported.warn(number, "kind_changed", "Canvas has it as pairs: each thing and its category.")
    categories = question["categories"]
    _write_pairs(item, question, [(one["text"], categories[one["category"]]) for one in question["items"]], categories)


def _blanks(item: Item, question: dict[str, Any], number: int, exported: Exported) -> None:
    tell_typed(exported, number, question, compares="ignore_case")
    for at, blank in enumerate(question["blanks"], start=1):
        response = f"response_blank{at}"
        item.choose(response, [entry["text"] for entry in accepted_of(blank)], left=f"blank{at}")
        equal(item.condition(100 / len(question["blanks"]), adds=True), f"{response}_1", response)


def _open(item: Item, question: dict[str, Any], number: int, exported: Exported) -> None:
    item.type()


def _slide(item: Item, question: dict[str, Any], number: int, exported: Exported) -> None:
    """There is nothing to answer."""


_WRITERS: dict[str, tuple[str, Callable[[Item, dict[str, Any], int, Exported], None]]] = {
    "single": ("multiple_choice_question", _choices),
    "multi": ("multiple_answers_question", _choices),
    "true_false": ("true_false_question", _choices),
    "text": ("short_answer_question", _texts),
    "number": ("numerical_question", _numbers),
    "match": ("matching_question", _match),
    "order": ("matching_question", _order),
    "categorize": ("matching_question", _sort),
    "blanks": ("fill_in_multiple_blanks_question", _blanks),
    "open": ("essay_question", _open),
    "info": ("text_only_question", _slide),
}
