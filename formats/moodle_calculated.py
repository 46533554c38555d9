"""Moodle's calculated questions: numbers that are drawn for each student, and a formula for what is right.

The first numbers that the file has drawn are those of everybody here. The formula is worked out, never run: it knows
numbers, four operations and a few functions.
"""

import ast
import math
import re
from collections.abc import Callable
from typing import Any

from formats.intermediate import Skip
from formats.marks import bare
from formats.moodle_draft import MoodleDraft

LONGEST = 500
_NAME = re.compile(r"\{([A-Za-z][\w ]{0,60})\}")
_WITHIN = re.compile(r"\{=((?:[^{}]|\{[^{}]*\}){1,300})\}")
_OPERATIONS: dict[type, Callable[[float, float], float]] = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
    ast.Div: lambda a, b: a / b,
    ast.Mod: math.fmod,
}
_FUNCTIONS: dict[str, Callable[..., float]] = {
    **{name: getattr(math, name) for name in ("sqrt", "sin", "cos", "tan", "asin", "acos", "atan", "atan2", "exp")},
    **{name: getattr(math, name) for name in ("sinh", "cosh", "tanh", "log", "log10", "pow", "floor", "ceil")},
    **{"abs": abs, "min": min, "max": max, "pi": lambda: math.pi, "deg2rad": math.radians, "rad2deg": math.degrees},
    "round": lambda value, digits=0.0: round(value, int(digits)),
}
# Possessive, so that what is no formula is known at once.
_SIGNS = re.compile(r"(?:[-+*/%(),\s]|[a-z]\w*+|(?:\d++(?:\.\d*+)?+|\.\d++)(?:[eE][-+]?\d++)?+(?![A-Za-z_.]))*+")


def read_calculated(draft: MoodleDraft) -> None:
    """Raises Skip."""
    drawn = _drawn(draft)

    def said(match: re.Match[str]) -> str:
        return f"{_worked_out(match[1], drawn):.10g}"

    prompt = _WITHIN.sub(said, draft.fields["prompt"])
    for name, value in drawn.items():
        prompt = prompt.replace(f"{{{name}}}", f"{value:.10g}")
    accepted: list[dict[str, Any]] = []
    for answer, weight, _ in draft.answers():
        if weight <= 0:
            continue
        value = _worked_out((answer.findtext("text") or "").strip(), drawn)
        margin = _worked_out((answer.findtext("tolerance") or "0").strip() or "0", {})
        # Unless it says that it is absolute, it is a share.
        margin = abs(margin if (answer.findtext("tolerancetype") or "").strip() == "2" else margin * value)
        entry = {"value": _tidy(value)} | ({"tolerance": _tidy(margin)} if margin else {})
        accepted.append(entry if weight >= 1 else entry | {"weight": round(weight, 7)})
    if not accepted:
        raise Skip("no_right_answer", "No answer of this question is right.")
    shown = ", ".join(f"{name} = {value:.10g}" for name, value in drawn.items())
    draft.warn("formula_fixed", f"Its numbers are drawn by chance elsewhere; here they are {shown}.")
    draft.fields.update(kind="number", prompt=prompt, accepted=accepted)


def _drawn(draft: MoodleDraft) -> dict[str, float]:
    """The first value of each of its numbers, by name. Raises Skip."""
    drawn: dict[str, float] = {}
    for definition in draft.element.iter("dataset_definition"):
        first = definition.findtext("dataset_items/dataset_item/value")
        if first is not None:
            drawn[(definition.findtext("name/text") or "").strip()] = _worked_out(first.strip(), {})
    if not drawn:
        raise Skip("kind_formula", "This question has a formula, and no numbers that were drawn for it.")
    return drawn


def _worked_out(formula: str, drawn: dict[str, float]) -> float:
    """Raises Skip for what is no such formula."""
    text = _NAME.sub(lambda name: f"({drawn[name[1]]!r})" if name[1] in drawn else name.group(), bare(formula))
    try:
        if len(text) > LONGEST or not _SIGNS.fullmatch(text):
            raise ValueError("no formula")
        value = float(_value(ast.parse(text.strip(), mode="eval").body))
    except (SyntaxError, ValueError, TypeError, ArithmeticError, RecursionError, MemoryError, KeyError) as error:
        raise Skip("kind_formula", f"Its formula “{formula[:60]}” cannot be worked out.") from error
    if not abs(value) < 1e300:
        raise Skip("kind_formula", f"What its formula “{formula[:60]}” gives is no number.")
    return value


def _value(node: ast.expr) -> float:
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float) and not isinstance(node.value, bool):
        return float(node.value)
    if isinstance(node, ast.BinOp):
        return _OPERATIONS[type(node.op)](_value(node.left), _value(node.right))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.UAdd):
        value = _value(node.operand)
        return -value if isinstance(node.op, ast.USub) else value
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and not node.keywords:
        return _FUNCTIONS[node.func.id](*map(_value, node.args))
    raise ValueError("no part of a formula")


def _tidy(value: float) -> float:
    rounded = float(f"{value:.12g}")
    return int(rounded) if rounded.is_integer() and abs(rounded) < 2**53 else rounded
