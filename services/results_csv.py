"""The results of a room as a table for spreadsheets."""

import csv
import io
from typing import Any

# What a spreadsheet may take for the beginning of a formula; the wide ones where one writes Japanese.
# https://owasp.org/www-community/attacks/CSV_Injection
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def to_csv(results: dict[str, Any]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    header = ["rank", "nickname", "score", "correct", "streak_best"]
    for item in results["rounds"]:
        header += [f"{item['round']} {name}" for name in ("answer", "correct", "points", "response_ms")]
    writer.writerow(header)
    for person in results["participants"]:
        line = [person[name] for name in header[:5]]
        for entry in person["answers"]:
            line += [_shown(entry["answer"]), entry["correct"], entry["points"], entry["response_ms"]]
        writer.writerow(map(_defused, line))
    return out.getvalue()


def _shown(answer: dict[str, Any] | None) -> Any:
    """Choices as letters in the author's order (A is the first), a text or a number as it was given."""
    if answer is None:
        return ""
    if "choices" in answer:
        return " ".join(chr(ord("A") + index) for index in answer["choices"])
    return next(iter(answer.values()))


def _defused(cell: Any) -> str:
    """A spreadsheet must not take what a student typed for a formula; negative numbers stay numbers."""
    text = "" if cell is None else str(cell)
    if isinstance(cell, str) and text.startswith(FORMULA_STARTS):
        return "'" + text
    return text
