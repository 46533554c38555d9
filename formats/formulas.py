r"""Formulas in the texts of a question, however a file marks them: `\(x\)`, `\[x\]`, `$$x$$` or `$x$`.

A question that has some becomes one that is formatted (`markup: markdown`), with its formulas between dollars and all
other signs of formatting escaped: whoever wrote them meant them as they stand.
"""

import re
from collections.abc import Callable
from typing import Any

# Dollars: a formula touches both its signs, no figure follows, and it has something of LaTeX or is a short
# one that begins with a letter: “$5 and $6” is money.
_FORMULA = re.compile(
    r"\\\((?P<inline>.{1,1000}?)\\\)|\\\[(?P<block>.{1,2000}?)\\\]|\$\$(?P<dollars>[^$]{1,2000})\$\$"
    r"|(?<![\\$\w])\$(?![\s$])(?P<single>(?=[^$\n]{0,500}[\\^_{=]|[A-Za-z][\w()+*/<>',|-]{0,30}\$)[^$\n]{1,500})(?<![\s\\])\$(?![\d$])",
    re.DOTALL,
)
_ESCAPABLE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_LISTS = ("items", "categories", "distractors")


def with_formulas(fields: dict[str, Any]) -> dict[str, Any]:
    """The question formatted, when there is a formula in one of its texts; else, and with gaps, as it is."""
    if fields.get("kind") == "blanks" or "markup" in fields:
        return fields
    found: list[bool] = []
    changed = _mapped(fields, lambda text: _formatted(text, found))
    return {**changed, "markup": "markdown"} if any(found) else fields


def _mapped(fields: dict[str, Any], change: Callable[[str], str]) -> dict[str, Any]:
    """Every text that is shown formatted goes through `change`."""
    changed = dict(fields)
    for name in ("prompt", "explanation"):
        if name in fields:
            changed[name] = change(fields[name])
    if "choices" in fields:
        changed["choices"] = [{**choice, "text": change(choice["text"])} for choice in fields["choices"]]
    if "pairs" in fields:
        changed["pairs"] = [{side: change(text) for side, text in pair.items()} for pair in fields["pairs"]]
    for name in _LISTS:
        if name in fields:
            changed[name] = [
                change(entry) if isinstance(entry, str) else {**entry, "text": change(entry["text"])}
                for entry in fields[name]
            ]
    return changed


def _formatted(text: str, found: list[bool]) -> str:
    pieces, at = [], 0
    for formula in _FORMULA.finditer(text):
        pieces.append(_escaped(text[at : formula.start()]))
        is_block = formula["inline"] is None and formula["single"] is None
        latex = " ".join((formula["inline"] or formula["block"] or formula["dollars"] or formula["single"]).split())
        if not latex:
            pieces.append(_escaped(formula.group()))
        else:
            found.append(True)
            pieces.append(_apart(f"$${latex}$$" if is_block else f"${latex}$", text, formula))
        at = formula.end()
    pieces.append(_escaped(text[at:]))
    return "".join(pieces)


def _apart(formula: str, text: str, where: re.Match[str]) -> str:
    """A figure right beside the dollars would make money of it."""
    before = " " if text[where.start() - 1 : where.start()].isdigit() else ""
    after = " " if text[where.end() : where.end() + 1].isdigit() else ""
    return f"{before}{formula}{after}"


def _escaped(text: str) -> str:
    text = _ESCAPABLE.sub(r"\\\\", text).replace("$", r"\$").replace("`", r"\`")
    for sign in "*_~":
        # One alone, and a row of them as a gap is, formats nothing.
        mark = re.escape(sign)
        runs = re.compile(rf"(?<!{mark}){mark}{{1,2}}(?!{mark})")
        if len(runs.findall(text)) > 1:
            text = runs.sub(lambda run: "".join(f"\\{char}" for char in run.group()), text)
    return text
