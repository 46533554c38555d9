"""What answers a question in Markdown: boxes to tick, lines that begin with =, lists; and what it makes of it."""

import math
import re
from collections.abc import Callable
from typing import Any

from formats.intermediate import Skip
from formats.markdown_blocks import Block, read_blocks
from formats.markdown_text import Marks, take_marks
from formats.sheet_columns import fold
from formats.sheet_question import FALSE_WORDS, TRUE_WORDS

_BOX = re.compile(r"\[([ xX*])\](?:[ \t]+|$)")
_ACCEPTED = re.compile(r"=(?:[ \t]+(.*)|)")
_GAP = re.compile(r"\{\{(\d{1,2})\}\}[ \t]*=[ \t]*(.*)")
_LABEL = re.compile(r"(-?\d{1,4})[ \t]*[:=][ \t]*(.*)", re.DOTALL)
_FLOAT = r"[-+−]?(?:\d{1,40}(?:\.\d{0,40})?|\.\d{1,40})(?:[eE][-+]?\d{1,3})?"
_VALUE = re.compile(rf"({_FLOAT})[ \t]*(?:(?:\+-|±)[ \t]*({_FLOAT})(%?))?")
_RANGE = re.compile(rf"\[?[ \t]*({_FLOAT})[ \t]*(?:\.\.|…|,)[ \t]*({_FLOAT})[ \t]*\]?")
_WEIGHT = frozenset(("weight",))

SHAPES = {"rect": ("x", "y", "width", "height"), "circle": ("x", "y", "rx", "ry"), "polygon": ()}
LIST_KINDS = ("poll", "order", "match", "categorize", "scale")
Reads = Callable[[str], str]


def form_of(block: Block) -> str:
    """`boxes`, `accepted` or `gaps` of a block that can be nothing but answers; else ""."""
    if block.kind == "list":
        return "boxes" if block.items and all(_BOX.match(text) for _, text in block.items) else ""
    lines = block.text.split("\n") if block.kind == "paragraph" else []
    if lines and all(_ACCEPTED.fullmatch(line.strip()) for line in lines):
        return "accepted"
    return "gaps" if lines and all(_GAP.fullmatch(line.strip()) for line in lines) else ""


def holds_boxes(text: str) -> bool:
    """Whether a list of boxes may lie within this item: a question of its own."""
    return bool(re.search(r"^[ \t]*(?:[-+*]|\d{1,9}[.)])[ \t]+\[[ xX*]\](?:[ \t]|$)", text, re.MULTILINE))


def guessed_list(block: Block) -> str:
    """The kind that a plain list below a question makes, where nobody says it: `order`, `match` or ""."""
    texts = [text for _, text in block.items]
    if len(texts) < 2 or any("\n" in text for text in texts):
        return ""
    if block.is_ordered:
        return "order"
    return "match" if all("->" in text or "→" in text for text in texts) else ""


def read_boxes(block: Block, marks: Marks, reads: Reads, bullets_are_multi: bool) -> dict[str, Any]:
    choices = [_choice(text, reads) for _, text in block.items]
    if any(not choice["text"] for choice in choices):
        raise Skip("choice_without_text", "One of its answers has no text (perhaps a picture).")
    if len(choices) < 2:
        raise Skip("too_few_answers", "A choice question needs at least two answers.")
    right = sum(bool(choice.get("correct")) for choice in choices)
    kind = marks.get("kind") or guessed_kind(choices, right, bullets_are_multi and not block.is_ordered)
    if "kind" not in marks and kind == "true_false" and fold(choices[0]["text"]) in FALSE_WORDS:
        # True always stands first in this kind.
        choices.reverse()
    return {"kind": kind, "choices": choices}


def guessed_kind(choices: list[dict[str, Any]], right: int, is_multi: bool) -> str:
    words = {fold(choice["text"]) for choice in choices}
    if len(choices) == 2 and right == 1 and words & TRUE_WORDS and words & FALSE_WORDS:
        return "true_false"
    if not right:
        return "poll"
    return "multi" if right > 1 or is_multi else "single"


def _choice(item: str, reads: Reads) -> dict[str, Any]:
    """A quote below an answer is its feedback."""
    box = _BOX.match(item)
    item = item[box.end() :] if box else item
    first, newline, rest = item.partition("\n")
    first, marks = take_marks(first, _WEIGHT)
    text, feedback = first + newline + rest, ""
    if newline:
        blocks = read_blocks(text)
        quotes: list[Block] = []
        while blocks and blocks[-1].kind == "quote":
            quotes.insert(0, blocks.pop())
        if quotes:
            text = "\n".join(text.split("\n")[: quotes[0].start])
            feedback = reads("\n\n".join(quote.text for quote in quotes).strip())
    choice: dict[str, Any] = {"text": reads(text.strip())}
    if box and box[1] != " ":
        choice["correct"] = True
    if (weight := _float(marks.get("weight", ""))) is not None:
        choice["weight"] = weight
    return choice | ({"feedback": feedback} if feedback else {})


def read_accepted(block: Block, marks: Marks, reads: Reads) -> dict[str, Any]:
    entries = []
    for line in block.text.split("\n"):
        found = _ACCEPTED.fullmatch(line.strip())
        text, own = take_marks((found[1] or "") if found else "", _WEIGHT)
        weight = _float(own.get("weight", ""))
        entries.append((text.strip(), {} if weight is None else {"weight": weight}))
    numbers = [_number(text) for text, _ in entries]
    if marks.get("kind", "number") == "number" and all(number is not None for number in numbers):
        merged = [(number or {}) | own for number, (_, own) in zip(numbers, entries, strict=True)]
        return {"kind": "number", "accepted": merged}
    if marks.get("kind") == "number":
        raise Skip("not_a_number", "One of its answers is no number.")
    texts = [({"text": reads(text)} | own) if own else reads(text) for text, own in entries if text]
    if not texts:
        raise Skip("no_right_answer", "No answer of this question is given as right.")
    return {"kind": "text", "accepted": texts}


def _number(text: str) -> dict[str, Any] | None:
    if found := _VALUE.fullmatch(text):
        value, tolerance = _float(found[1]), _float(found[2] or "")
        if value is None:
            return None
        if tolerance is not None and found[3]:
            tolerance = abs(value) * tolerance / 100
        return {"value": value} | ({"tolerance": abs(tolerance)} if tolerance else {})
    if found := _RANGE.fullmatch(text):
        low, high = _float(found[1]), _float(found[2])
        return None if low is None or high is None else {"min": min(low, high), "max": max(low, high)}
    return None


def _float(text: str) -> float | int | None:
    try:
        value = float(text.replace("−", "-"))
    except ValueError:
        return None
    if not math.isfinite(value):
        return None
    return int(text) if re.fullmatch(r"-?\d{1,15}", text) else value


def read_gaps(block: Block, reads: Reads) -> dict[str, Any]:
    """`{{1}} = Paris`, one line for each text that counts in a gap."""
    gaps: dict[int, list[Any]] = {}
    for line in block.text.split("\n"):
        if found := _GAP.fullmatch(line.strip()):
            text, own = take_marks(found[2], _WEIGHT)
            weight = _float(own.get("weight", ""))
            entry: Any = reads(text) if weight is None else {"text": reads(text), "weight": weight}
            gaps.setdefault(int(found[1]), []).append(entry)
    return {"kind": "blanks", "blanks": [{"accepted": gaps[number]} for number in sorted(gaps)]}


def read_areas(block: Block, reads: Reads) -> dict[str, Any]:
    """`- [x] The heart {rect=0.1,0.2,0.3,0.4}`; a polygon has its corners, x and y in turns."""
    areas = []
    for _, item in block.items:
        box = _BOX.match(item)
        label, marks = take_marks(item[box.end() :] if box else item, frozenset(SHAPES))
        shape = next(iter(marks), "")
        numbers = [_float(number) or 0 for number in marks.get(shape, "").split(",")]
        area: dict[str, Any] = {"label": reads(label.strip()), "correct": bool(box and box[1] != " "), "shape": shape}
        if shape == "polygon":
            area["points"] = [list(corner) for corner in zip(numbers[::2], numbers[1::2], strict=False)]
        elif not shape or len(numbers) != len(SHAPES[shape]):
            raise Skip("area_unclear", "One of its areas does not say where it is.")
        areas.append(area | dict(zip(SHAPES[shape], numbers, strict=False)))
    return {"areas": areas}


def read_list(kind: str, block: Block, reads: Reads) -> dict[str, Any]:
    """The key of one of LIST_KINDS."""
    texts = [text for _, text in block.items]
    if kind == "poll":
        return {"choices": [{"text": reads(text.strip())} for text in texts]}
    if kind == "order":
        return {"items": [reads(text.strip()) for text in texts]}
    if kind == "match":
        return _read_match(texts, reads)
    if kind == "scale":
        return {"labels": {number: reads(label) for text in texts for number, label in _label(text)}}
    return _read_categories(texts, reads)


def _label(text: str) -> list[tuple[str, str]]:
    found = _LABEL.fullmatch(text.strip())
    return [(found[1], found[2])] if found else []


def _read_match(texts: list[str], reads: Reads) -> dict[str, Any]:
    pairs, distractors = [], []
    for text in texts:
        left, _, right = text.partition("->" if "->" in text else "→")
        left, right = reads(left.strip()), reads(right.strip())
        if left:
            pairs.append({"left": left, "right": right})
        elif right:
            distractors.append(right)
    return {"pairs": pairs} | ({"distractors": distractors} if distractors else {})


def _read_categories(texts: list[str], reads: Reads) -> dict[str, Any]:
    """Items below their category; one that comes again goes on with its items."""
    categories: dict[str, int] = {}
    items = []
    for text in texts:
        first, _, rest = text.partition("\n")
        category = categories.setdefault(reads(first.strip()), len(categories))
        for block in read_blocks(rest):
            items += [{"text": reads(item.strip()), "category": category} for _, item in block.items]
    return {"categories": list(categories), "items": items}
