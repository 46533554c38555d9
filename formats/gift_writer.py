"""A quiz as Moodle GIFT. What GIFT has no words for is told, and stands in the file as a comment."""

import re
from typing import Any

from formats.exported import Exported, accepted_of, tell_common, tell_typed, weights_of
from formats.gift import read_back
from formats.gift_dollars import AS_HTML, as_html, comes_back, formatted_as_html, has_dollars, texts_of
from formats.markdown_html import is_formatted, unformatted

_KEEPS = ("explanation", "feedback", "time", "notes")
_SIGNS = re.compile(r"([\\~=#{}:])")
# What would be read as markup, a comment, a format or a category instead of as itself.
_NAMES_FORMAT = re.compile(r"\s*(?:\[(?:html|moodle|plain|markdown)\]|%)", re.IGNORECASE)
_NEEDS_PLAIN = re.compile(r"[<&$]|\\[(\[]|\A\s*(?://|\[|\$CATEGORY)")


def export(quiz: dict[str, Any]) -> Exported:
    """Quiz JSON to a GIFT file."""
    exported = Exported(extension=".gift.txt")
    blocks = [f"$CATEGORY: {_category(quiz['title'])}"]
    for number, question in enumerate(quiz["questions"], start=1):
        if question["kind"] not in _WRITERS:
            exported.skip(number, "kind", "GIFT has no questions of this kind.")
            continue
        if reason := _unwritable(question):
            exported.skip(number, "not_writable", reason)
            continue
        if is_formatted(question) and question["kind"] in AS_HTML:
            tell_common(exported, number, question, keeps=(*_KEEPS, "markup"))
            blocks.append(_block(formatted_as_html(question), number, exported, "[html]"))
            continue
        question = unformatted(question)
        before = len(exported.issues)
        tell_common(exported, number, question, keeps=_KEEPS)
        block = _block(question, number, exported)
        if has_dollars(question) and not comes_back(question, read_back(block)):
            del exported.issues[before:]
            if question["kind"] not in AS_HTML:
                exported.skip(number, "not_writable", "GIFT takes what stands between its dollars for a formula.")
                continue
            tell_common(exported, number, question, keeps=_KEEPS)
            block = _block(as_html(question), number, exported, "[html]")
        blocks.append(block)
    exported.data = ("\n\n".join(blocks) + "\n").encode()
    return exported


def _block(question: dict[str, Any], number: int, exported: Exported, format: str = "") -> str:
    lines = [f"// question: {number}"]
    if question.get("time_limit_s") not in (None, 20):
        lines.append(f"// @time: {round(question['time_limit_s'])}")
    lines += [f"// {line}" for line in question.get("notes", "").split("\n") if line.strip()]
    body = _WRITERS[question["kind"]](question, number, exported)
    stem = (format or _format(question)) + escape(question["prompt"])
    lines.append(stem + (f" {{{body}{_explanation(question)}}}" if body is not None else ""))
    return "\n".join(lines)


def escape(text: str) -> str:
    return _SIGNS.sub(r"\\\1", text.replace("\r", "")).replace("\n", "\\n")


def _answer_text(text: str) -> str:
    """An answer may begin with a format or a weight; one that only looks so says that it is plain."""
    return ("[plain]" if _NAMES_FORMAT.match(text) else "") + escape(text)


def _category(title: str) -> str:
    return " ".join(title.split()).replace("/", "//")


def _format(question: dict[str, Any]) -> str:
    """Answers are in the format of the stem, so one sign of markup in any of them makes all of it plain."""
    return "[plain]" if any(map(_NEEDS_PLAIN.search, texts_of(question))) else ""


def _explanation(question: dict[str, Any]) -> str:
    return f" ####{_answer_text(question['explanation'])}" if question.get("explanation") else ""


def _feedback(entry: dict[str, Any]) -> str:
    return f"#{_answer_text(entry['feedback'])}" if entry.get("feedback") else ""


def _percent(weight: float) -> str:
    """With a blank behind it: `%50%$5` would end what looks like a formula."""
    return f"%{weight * 100:.5f}".rstrip("0").rstrip(".") + "% "


def _choices(question: dict[str, Any], number: int, exported: Exported) -> str:
    parts = []
    is_single = question["kind"] == "single"
    for choice, weight in zip(question["choices"], weights_of(question), strict=True):
        if is_single and choice.get("correct") and weight >= 0.999:
            mark = "="
        else:
            mark = "~" if weight == 0 else f"~{_percent(weight)}"
        parts.append(f"{mark}{_answer_text(choice['text'])}{_feedback(choice)}")
    return " ".join(parts)


def _poll(question: dict[str, Any], number: int, exported: Exported) -> str:
    exported.warn(number, "poll", "Moodle has no polls: it takes this for a question without a right answer.")
    return " ".join(f"~{_answer_text(choice['text'])}" for choice in question["choices"])


def _true_false(question: dict[str, Any], number: int, exported: Exported) -> str:
    true, false = question["choices"]
    if (true["text"], false["text"]) != ("True", "False"):
        exported.warn(number, "words_lost", "Its own words for true and false are not in the file.")
    right, wrong = (true, false) if true.get("correct") else (false, true)
    tail = _feedback(wrong) or ("#" if right.get("feedback") else "")
    return ("T" if right is true else "F") + tail + _feedback(right)


def _unwritable(question: dict[str, Any]) -> str:
    """Why GIFT would take its text for something else; "" as a rule."""
    typed = [entry["text"] for entry in accepted_of(question) if "text" in entry]
    if any("->" in text for text in typed + [pair["left"] for pair in question.get("pairs", ())]):
        return "GIFT takes “->” for a pair, wherever it stands in an answer."
    return "Moodle takes the answer * for any answer at all." if "*" in typed else ""


def _match(question: dict[str, Any], number: int, exported: Exported) -> str:
    pairs = [(pair["left"], pair["right"]) for pair in question["pairs"]]
    pairs += [("", text) for text in question.get("distractors") or ()]
    return " ".join(f"={_answer_text(left)} -> {_answer_text(right)}" for left, right in pairs)


def _open(question: dict[str, Any], number: int, exported: Exported) -> str:
    return ""


def _texts(question: dict[str, Any], number: int, exported: Exported) -> str:
    match = question.get("match", "ignore_case")
    tell_typed(exported, number, question, compares=match if match == "wildcard" else "ignore_case", has_weights=True)
    if match != "wildcard" and any("*" in entry["text"] for entry in accepted_of(question)):
        exported.warn(number, "star", "A * in an accepted answer stands for anything in Moodle.")
    return " ".join(
        f"={'' if entry['weight'] == 1 else _percent(entry['weight'])}{_answer_text(entry['text'])}"
        for entry in accepted_of(question)
    )


def _numbers(question: dict[str, Any], number: int, exported: Exported) -> str:
    if question.get("score") == "closest":
        exported.warn(number, "closest_lost", "That the closest answer wins is not in the file.")
    parts = []
    for entry in accepted_of(question):
        if "min" in entry:
            value = f"{_plain(entry['min'])}..{_plain(entry['max'])}"
        else:
            value = _plain(entry["value"]) + (f":{_plain(entry['tolerance'])}" if entry.get("tolerance") else "")
        parts.append(f"={'' if entry['weight'] == 1 else _percent(entry['weight'])}{value}")
    return "#" + (parts[0][1:] if len(parts) == 1 and parts[0][1] != "%" else " ".join(parts))


def _plain(value: float) -> str:
    return repr(value)


def _slide(question: dict[str, Any], number: int, exported: Exported) -> None:
    if question.get("explanation"):
        exported.warn(number, "explanation_lost", "Its explanation is not in the file.")


_WRITERS: dict[str, Any] = {
    "single": _choices,
    "multi": _choices,
    "poll": _poll,
    "true_false": _true_false,
    "text": _texts,
    "number": _numbers,
    "match": _match,
    "open": _open,
    "info": _slide,
}
