"""Numbers in GIFT: a value, a value with a tolerance, a range. Never guesses what a figure might have meant."""

import math
import re

from formats.draft import Draft
from formats.intermediate import Skip

_NUMBER = re.compile(r"[+-]?(?:\d{1,40}(?:[.,]\d{0,40})?|[.,]\d{1,40})(?:[eE][+-]?\d{1,3})?")
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(?:,\d{3})+")
_LARGEST = 1e300
_EXACT_BELOW = 2**53
_SPACES = str.maketrans({" ": "", "\u00a0": "", "\u202f": "", "\u2212": "-", "\u2013": "-"})


def read_number(text: str, draft: Draft) -> dict[str, float]:
    """`{value}`, `{value, tolerance}` or `{min, max}` of one accepted answer. Raises Skip."""
    if text == "*":
        return {"min": -_LARGEST, "max": _LARGEST}
    if ".." in text:
        low, high = (_float(part, draft) for part in text.split("..", 1))
        if low > high:
            draft.warn("range_turned", f"The range {text} was turned round.")
        return {"min": min(low, high), "max": max(low, high)}
    value, colon, tolerance = text.partition(":")
    entry = {"value": _float(value, draft)}
    if colon and tolerance.strip():
        width = abs(_float(tolerance, draft))
        if width:
            entry["tolerance"] = width
    return entry


def _float(text: str, draft: Draft) -> float:
    """A whole number stays one, so that 4 is not shown as 4.0."""
    plain = text.translate(_SPACES)
    if _THOUSANDS.fullmatch(plain):
        raise Skip("number_unclear", f"“{text.strip()}” may be a thousand or a decimal; write it without the comma.")
    if not _NUMBER.fullmatch(plain):
        raise Skip("not_a_number", f"“{text.strip()[:40]}” is not a number.")
    if "," in plain:
        draft.warn("decimal_comma", f"“{text.strip()}” was read with a decimal comma.")
    value = float(plain.replace(",", "."))
    if not math.isfinite(value) or abs(value) > _LARGEST:
        raise Skip("not_a_number", f"“{text.strip()[:40]}” is too large a number.")
    return int(value) if value.is_integer() and abs(value) < _EXACT_BELOW else value
