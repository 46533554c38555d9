"""The texts of a question as they are shown formatted: what a file had of bold, lists, tables and formulas becomes our
Markdown, and all other signs of formatting are escaped, as they were meant to be read. A question with nothing of all
that stays plain.
"""

from collections.abc import Callable
from typing import Any

from formats import marks
from formats.formulas import has_formula
from formats.intermediate import MAX_EXPLANATION
from formats.markdown_making import in_blocks, in_line

_LISTS = ("items", "categories", "distractors")
# Characters that a question may have in each; longer ones without formatting are refused anyway.
_MOST = {"prompt": 2_000, "explanation": MAX_EXPLANATION, "choices": 500}
_LINE_MOST = 200

Change = Callable[[str, str], str]
"""A text, and the field that it is in."""


def formatted(fields: dict[str, Any], *, has_formulas: bool = True) -> dict[str, Any]:
    """The question with `markup: markdown` if there is something to format, else plain; marks are in neither.

    With gaps it stays plain, as nothing in it is shown formatted; so does one that would be too long with its signs.
    """
    if fields.get("kind") == "blanks" or "markup" in fields:
        return bare(fields)
    found: list[bool] = []
    too_long: list[bool] = []

    def look(text: str, name: str) -> str:
        found.append(bool(marks.ANY.search(text)) or (has_formulas and has_formula(text)))
        too_long.append(len(text) > _MOST.get(name, _LINE_MOST))
        return text

    def make(text: str, name: str) -> str:
        made = (in_blocks if name in ("prompt", "explanation") else in_line)(text, has_formulas)
        too_long.append(len(made) > _MOST.get(name, _LINE_MOST))
        return made

    _mapped(fields, look)
    if any(found) and not any(too_long):
        made = _mapped(fields, make)
        if not any(too_long):
            return bare(made | {"markup": "markdown"})
    return bare(fields)


def bare(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: _bare(value) for name, value in fields.items()}


def _mapped(fields: dict[str, Any], change: Change) -> dict[str, Any]:
    """Every text that is shown formatted goes through `change`."""
    changed = dict(fields)
    for name in ("prompt", "explanation"):
        if name in fields:
            changed[name] = change(fields[name], name)
    if "choices" in fields:
        changed["choices"] = [{**entry, "text": change(entry["text"], "choices")} for entry in fields["choices"]]
    if "pairs" in fields:
        changed["pairs"] = [{side: change(text, side) for side, text in pair.items()} for pair in fields["pairs"]]
    for name in _LISTS:
        if name in fields:
            changed[name] = [
                change(entry, name) if isinstance(entry, str) else {**entry, "text": change(entry["text"], name)}
                for entry in fields[name]
            ]
    return changed


def _bare(value: Any) -> Any:
    if isinstance(value, str):
        return marks.bare(value)
    if isinstance(value, dict):
        return bare(value)
    return [_bare(entry) for entry in value] if isinstance(value, list) else value
