"""What an exporter hands out: the file, and everything that it could not carry. Knows no format."""

import re
from dataclasses import dataclass, field
from typing import Any

from formats.intermediate import Issue

GAP = re.compile(r"\{\{(\d{1,3})\}\}")
"""Where a blank is in its prompt."""
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet program takes a cell that begins so for a formula, which may be a stranger's program."""


@dataclass(slots=True)
class Exported:
    """`skipped` issues stand for a question each, `where` is `question 4` as the author counts."""

    data: bytes = b""
    type: str = "text/plain; charset=utf-8"
    extension: str = ".txt"
    issues: list[Issue] = field(default_factory=list)

    def skip(self, number: int, code: str, message: str) -> None:
        self.issues.append(Issue("skipped", f"question {number}", code, message))

    def warn(self, number: int, code: str, message: str) -> None:
        self.issues.append(Issue("warning", f"question {number}", code, message))


def weights_of(question: dict[str, Any]) -> list[float]:
    """What each choice adds to the credit, as the game works it out: an own weight, else the kind's."""
    choices = question["choices"]
    right = sum(bool(choice.get("correct")) for choice in choices)
    is_multi = question["kind"] == "multi"
    share = 1 / right if is_multi and right else 1.0
    has_own = any(choice.get("weight") is not None for choice in choices)
    loss = -share if is_multi and not has_own else 0.0
    return [
        choice["weight"] if choice.get("weight") is not None else share if choice.get("correct") else loss
        for choice in choices
    ]


def is_weighted(question: dict[str, Any]) -> bool:
    """Whether the author gave weights that say more than right and wrong."""
    weights = [choice.get("weight") for choice in question["choices"]]
    return any(weight not in (None, 0, 1) for weight in weights)


def accepted_of(question: dict[str, Any]) -> list[dict[str, Any]]:
    """Each as an object with its weight."""
    accepted = question.get("accepted") or ()
    found = [{"text": entry} if isinstance(entry, str) else entry for entry in accepted]
    return [{"weight": 1.0} | entry for entry in found]


def tell_typed(
    exported: Exported, number: int, question: dict[str, Any], *, compares: str, has_weights: bool = False
) -> None:
    """What a format without words for it loses of how typed texts are compared; `compares` is how it does."""
    if (match := question.get("match", "ignore_case")) != compares:
        exported.warn(number, "match_lost", f"That answers match “{match}” is not in the file.")
    if question.get("ignore_accents"):
        exported.warn(number, "accents_lost", "That accents do not matter is not in the file.")
    if question.get("units"):
        exported.warn(number, "units_lost", "Its units are not in the file.")
    blanks = question.get("blanks") or [question]
    if not has_weights and any(entry["weight"] != 1 for blank in blanks for entry in accepted_of(blank)):
        exported.warn(number, "weights_lost", "The weights of its answers are not in the file.")


def tell_common(exported: Exported, number: int, question: dict[str, Any], *, keeps: tuple[str, ...] = ()) -> None:
    """What no format of others has a place for, unless it is one of `keeps`."""
    media = question.get("media") or {}
    if media.get("image") and "picture" not in keeps:
        exported.warn(number, "picture_lost", "Its picture is not in the file.")
    if media.get("audio"):
        exported.warn(number, "sound_lost", "Its sound and what is heard in it are not in the file.")
    if question.get("markup") == "markdown" and "markup" not in keeps:
        exported.warn(number, "markup_lost", "Its formatting is not in the file.")
    if question.get("notes") and "notes" not in keeps:
        exported.warn(number, "notes_lost", "Your notes are not in the file.")
    if question.get("explanation") and "explanation" not in keeps:
        exported.warn(number, "explanation_lost", "Its explanation is not in the file.")
    if any(choice.get("feedback") for choice in question.get("choices", ())) and "feedback" not in keeps:
        exported.warn(number, "feedback_lost", "The feedback of its answers is not in the file.")
    if question.get("points", 1000) != 1000 and question["kind"] not in ("poll", "info"):
        exported.warn(number, "points_lost", "Its points are not in the file.")
    if question.get("time_limit_s", 20) != 20 and "time" not in keeps:
        exported.warn(number, "time_lost", "Its time limit is not in the file.")
