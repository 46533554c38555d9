"""A quiz as Moodle XML: plain texts as they are, formatted ones as HTML. What Moodle has no place for is told."""

import base64
import html
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Mapping
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from formats.exported import GAP, Exported, accepted_of, tell_common, tell_typed, weights_of
from formats.markdown_html import block_html, is_formatted, line_html, unformatted
from formats.moodle_draft import PLUGIN_FILE
from formats.xml_writing import as_html, clean

Make = Callable[[str], str]
"""A text as HTML."""

# What means something in a gap.
_SIGNS = re.compile(r"[\\}~=#/\"]")
_TYPES = {
    "single": "multichoice",
    "multi": "multichoice",
    "poll": "multichoice",
    "true_false": "truefalse",
    "text": "shortanswer",
    "number": "numerical",
    "match": "matching",
    "categorize": "matching",
    "order": "ordering",
    "open": "essay",
    "blanks": "cloze",
    "info": "description",
}


def export(quiz: dict[str, Any], images: Mapping[str, bytes]) -> Exported:
    """Quiz JSON to Moodle XML, with those of its images that are given."""
    exported = Exported(type="application/xml; charset=utf-8", extension=".xml")
    root = Element("quiz")
    category = SubElement(SubElement(root, "question", type="category"), "category")
    SubElement(category, "text").text = "$course$/top/" + clean(" ".join(quiz["title"].split())).replace("/", "//")
    for number, question in enumerate(quiz["questions"], start=1):
        if question["kind"] not in _WRITERS:
            exported.skip(number, "kind", "Moodle has no questions of this kind.")
            continue
        if reason := _unwritable(question):
            exported.skip(number, "not_writable", reason)
            continue
        picture = images.get((question.get("media") or {}).get("image") or "")
        markup = () if question["kind"] == "blanks" else ("markup",)
        keeps = ("explanation", "feedback", *markup, *(("picture",) if picture is not None else ()))
        tell_common(exported, number, question, keeps=keeps)
        element = SubElement(root, "question", type=_TYPES[question["kind"]])
        _text(element, "name", f"{number:03} {' '.join(unformatted(question)['prompt'].split())[:60]}")
        _ask(element, question, picture)
        if question.get("explanation"):
            _shown(element, "generalfeedback", question["explanation"], question, block_html)
        _WRITERS[question["kind"]](element, question, number, exported)
    ElementTree.indent(root)
    exported.data = b'<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, "utf-8") + b"\n"
    return exported


def _unwritable(question: dict[str, Any]) -> str:
    """Why Moodle would take its text for something else; "" as a rule."""
    typed = {"text": [question], "blanks": question.get("blanks")}.get(question["kind"]) or ()
    if any(entry["text"] == "*" for part in typed for entry in accepted_of(part)):
        return "Moodle takes the answer * for any answer at all."
    if question["kind"] != "blanks":
        return ""
    if "{" in GAP.sub("", question["prompt"]):
        return "Moodle takes a { in a text with gaps for a gap of its own."
    if any(all(entry["weight"] != 1 for entry in accepted_of(blank)) for blank in question["blanks"]):
        return "Moodle wants an answer of full weight in every gap."
    return ""


def _ask(element: Element, question: dict[str, Any], picture: bytes | None) -> None:
    """Its text, and behind it its picture, which Moodle keeps in the question itself."""
    if question["kind"] != "blanks" and picture is None:
        _shown(element, "questiontext", question["prompt"], question, block_html)
        return
    text = _cloze(question) if question["kind"] == "blanks" else _as_html(question)
    if picture is None:
        _text(element, "questiontext", text, format="html")
        return
    media = question["media"]
    alt = html.escape(clean(media.get("alt") or ""))
    text += f'<p><img src="{PLUGIN_FILE}/{media["image"]}" alt="{alt}"></p>'
    asked = _text(element, "questiontext", text, format="html")
    file = SubElement(asked, "file", name=media["image"], path="/", encoding="base64")
    file.text = base64.b64encode(picture).decode()


def _as_html(question: dict[str, Any]) -> str:
    return block_html(question["prompt"]) if is_formatted(question) else f"<p>{as_html(question['prompt'])}</p>"


def _shown(
    parent: Element, name: str, text: str, question: dict[str, Any], make: Make = line_html, **attributes: str
) -> Element:
    """A text of the question as it is shown there: as HTML where it is formatted."""
    if is_formatted(question):
        return _text(parent, name, make(text), **attributes, format="html")
    return _text(parent, name, text, **attributes, format="plain_text")


def _text(parent: Element, name: str, text: str, **attributes: str) -> Element:
    element = SubElement(parent, name, attributes)
    SubElement(element, "text").text = clean(text)
    return element


def _answer(parent: Element, text: str, weight: float) -> Element:
    return _text(parent, "answer", text, fraction=_percent(weight), format="plain_text")


def _percent(weight: float) -> str:
    return f"{weight * 100:.5f}".rstrip("0").rstrip(".") or "0"


def _feedback(answer: Element, choice: dict[str, Any]) -> None:
    if choice.get("feedback"):
        _text(answer, "feedback", choice["feedback"], format="plain_text")


def _choices(element: Element, question: dict[str, Any], number: int, exported: Exported) -> None:
    is_poll = question["kind"] == "poll"
    if is_poll:
        exported.warn(number, "poll", "Moodle has no polls: it takes this for a question without a right answer.")
    SubElement(element, "single").text = "false" if question["kind"] == "multi" else "true"
    weights = [0.0] * len(question["choices"]) if is_poll else weights_of(question)
    for choice, weight in zip(question["choices"], weights, strict=True):
        _feedback(_shown(element, "answer", choice["text"], question, fraction=_percent(weight)), choice)


def _true_false(element: Element, question: dict[str, Any], number: int, exported: Exported) -> None:
    if [choice["text"] for choice in question["choices"]] != ["True", "False"]:
        exported.warn(number, "words_lost", "Its own words for true and false are not in the file.")
    for word, choice in zip(("true", "false"), question["choices"], strict=True):
        _feedback(_answer(element, word, float(bool(choice.get("correct")))), choice)


def _texts(element: Element, question: dict[str, Any], number: int, exported: Exported) -> None:
    match = question.get("match", "ignore_case")
    tell_typed(exported, number, question, compares="ignore_case" if match == "fuzzy" else match, has_weights=True)
    if match != "wildcard" and any("*" in entry["text"] for entry in accepted_of(question)):
        exported.warn(number, "star", "A * in an accepted answer stands for anything in Moodle.")
    SubElement(element, "usecase").text = "1" if match == "exact" else "0"
    for entry in accepted_of(question):
        _answer(element, entry["text"], entry["weight"])


def _numbers(element: Element, question: dict[str, Any], number: int, exported: Exported) -> None:
    if question.get("score") == "closest":
        exported.warn(number, "closest_lost", "That the closest answer wins is not in the file.")
    for entry in accepted_of(question):
        if "min" in entry:
            value, tolerance = (entry["min"] + entry["max"]) / 2, (entry["max"] - entry["min"]) / 2
        else:
            value, tolerance = entry["value"], entry.get("tolerance", 0)
        answer = _answer(element, repr(value), entry["weight"])
        SubElement(answer, "tolerance").text = repr(tolerance)


def _match(element: Element, question: dict[str, Any], number: int, exported: Exported) -> None:
    """A right side that fits none has an empty left one."""
    SubElement(element, "shuffleanswers").text = "true"
    pairs = [(pair["left"], pair["right"]) for pair in question["pairs"]]
    _write_pairs(element, question, pairs + [("", text) for text in question.get("distractors") or ()])


def _write_pairs(element: Element, question: dict[str, Any], pairs: list[tuple[str, str]]) -> None:
    """Moodle takes what stands on the right for plain text."""
    rights = unformatted({**question, "distractors": [right for _, right in pairs]})["distractors"]
    for (left, _), right in zip(pairs, rights, strict=True):
        entry = _shown(element, "subquestion", left, question)
        _text(entry, "answer", right, format="plain_text")


def _sort(element: Element, question: dict[str, Any], number: int, exported: Exported) -> None:
    """Each thing beside its category: several have the same one, and each counts alike, as here."""
    exported.warn(number, "kind_changed", "Moodle has it as pairs: each thing beside its category.")
    SubElement(element, "shuffleanswers").text = "true"
    categories = question["categories"]
    used = {item["category"] for item in question["items"]}
    pairs = [(item["text"], categories[item["category"]]) for item in question["items"]]
    _write_pairs(element, question, pairs + [("", text) for at, text in enumerate(categories) if at not in used])


def _order(element: Element, question: dict[str, Any], number: int, exported: Exported) -> None:
    """The place of each item stands where the weight of an answer does."""
    for name, value in (("layouttype", "VERTICAL"), ("selecttype", "ALL"), ("gradingtype", "ABSOLUTE_POSITION")):
        SubElement(element, name).text = value
    for place, item in enumerate(question["items"], start=1):
        _shown(element, "answer", item, question, fraction=f"{place}.0")


def _open(element: Element, question: dict[str, Any], number: int, exported: Exported) -> None:
    SubElement(element, "responseformat").text = "plain"


def _cloze(question: dict[str, Any]) -> str:
    """The text with its gaps as Moodle writes them: as HTML, gaps too."""
    family = "SHORTANSWER_C" if question.get("match") == "exact" else "SHORTANSWER"

    def gap(match: re.Match[str]) -> str:
        answers = []
        for entry in accepted_of(question["blanks"][int(match[1]) - 1]):
            weight = "=" if entry["weight"] == 1 else f"%{entry['weight'] * 100:g}%"
            # Behind a backslash at its end the next sign would be taken for escaped.
            end = " " if entry["text"].endswith("\\") else ""
            answers.append(weight + _SIGNS.sub(r"\\\g<0>", as_html(entry["text"])) + end)
        return f"{{1:{family}:{'~'.join(answers)}}}"

    return GAP.sub(gap, as_html(question["prompt"]))


def _blanks(element: Element, question: dict[str, Any], number: int, exported: Exported) -> None:
    match = question.get("match", "ignore_case")
    tell_typed(exported, number, question, compares=match if match == "exact" else "ignore_case", has_weights=True)


def _slide(element: Element, question: dict[str, Any], number: int, exported: Exported) -> None:
    """A description has nothing to answer."""


_WRITERS: dict[str, Any] = {
    "single": _choices,
    "multi": _choices,
    "poll": _choices,
    "true_false": _true_false,
    "text": _texts,
    "number": _numbers,
    "match": _match,
    "categorize": _sort,
    "order": _order,
    "open": _open,
    "blanks": _blanks,
    "info": _slide,
}
