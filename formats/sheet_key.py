"""The cell that says which answers are right, in all the ways that people and spreadsheet programs write it."""

import re
from dataclasses import dataclass, field

from formats.sheet_columns import fold

Warnings = list[tuple[str, str]]

_DATE = re.compile(r"\d{4}-(\d\d)-(\d\d)")
_DECIMAL = re.compile(r"\d(?:\.\d)+")
_RUN = re.compile(r"[1-9]{2,8}")
_PARTS = re.compile(r"[\s,;/|+&]+")
_MANY = re.compile(r"\s*[,;|\n]\s*")
_MARKED = re.compile(
    r"(?:answer|option|choice|antwort|respuesta|reponse)?\s*(?:(\d{1,2})(?:\.0+)?|([a-l]))[).:]?", re.I
)
_AND = {"and", "und", "y", "et", "e", "en", "og", "och"}


@dataclass(slots=True)
class Key:
    """`right` are indexes of answers that hold something."""

    right: set[int] = field(default_factory=set)
    warnings: Warnings = field(default_factory=list)


def read_key(text: str, answers: list[str]) -> Key:
    """`answers` as they stand in their columns, "" where one is empty."""
    key = Key()
    text = text.strip()
    if not text:
        return key
    wanted = _numbers(text, len(answers), key)
    if wanted is None:
        wanted = _by_text(text, answers)
    if wanted is None:
        key.warnings.append(("key_unclear", f"“{text[:60]}” does not say which answer is right."))
        return key
    key.right = {number - 1 for number in wanted if 1 <= number <= len(answers) and answers[number - 1]}
    if missing := sorted(wanted - {index + 1 for index in key.right}):
        shown = ", ".join(map(str, missing))
        key.warnings.append(("key_at_no_answer", f"Answer {shown} is called right, but there is none."))
    return key


def _numbers(text: str, most: int, key: Key) -> set[int] | None:
    """Numbers of answers counted from 1; None when the text is no list of them."""
    if found := _respelled(text, most):
        message = f"“{text}” was read as {', '.join(map(str, sorted(found)))}; a spreadsheet may have changed it."
        key.warnings.append(("key_respelled", message))
        return found
    wanted: set[int] = set()
    for part in filter(None, _PARTS.split(text)):
        if part.lower() in _AND:
            continue
        match = _MARKED.fullmatch(part)
        if match is None:
            return None
        wanted.add(int(match[1]) if match[1] else ord(match[2].lower()) - ord("a") + 1)
    return wanted or None


def _respelled(text: str, most: int) -> set[int]:
    """What spreadsheet programs make of 1,3: the number 1.3, the number 13, or the first of March."""
    if date := _DATE.fullmatch(text):
        digits = [int(date[1]), int(date[2])]
    elif _DECIMAL.fullmatch(text) and not text.endswith(".0"):
        digits = [int(part) for part in text.split(".")]
    elif _RUN.fullmatch(text) and int(text) > most and list(text) == sorted(set(text)):
        digits = [int(char) for char in text]
    else:
        return set()
    return set(digits) if all(1 <= digit <= most for digit in digits) else set()


def _by_text(text: str, answers: list[str]) -> set[int] | None:
    """The answer's own words, or those of several."""
    places = {_same(answer): number for number, answer in reversed(list(enumerate(answers, start=1))) if answer}
    if (whole := _same(text)) in places:
        return {places[whole]}
    parts = [_same(part) for part in _MANY.split(text) if part.strip()]
    return {places[part] for part in parts} if parts and all(part in places for part in parts) else None


def _same(text: str) -> str:
    """Folded, unless nothing is left of it: + and − are answers too."""
    return fold(text) or text.strip()
