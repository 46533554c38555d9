"""The results of a room as a table for spreadsheets."""

import csv
import io
from typing import Any

# What a spreadsheet may take for the beginning of a formula; the wide ones where one writes Japanese.
# https://owasp.org/www-community/attacks/CSV_Injection
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def to_csv(results: dict[str, Any]) -> str:
    """`results` as their JSON, but with each answer as its cell (game.kinds, Kind.cell)."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    header = ["rank", "nickname", "score", "correct", "streak_best"]
    for item in results["rounds"]:
        header += [f"{item['round']} {name}" for name in ("answer", "correct", "points", "response_ms")]
    writer.writerow(header)
    for person in results["participants"]:
        line = [person[name] for name in header[:5]]
        for entry in person["answers"]:
            line += [entry["answer"], entry["correct"], entry["points"], entry["response_ms"]]
        writer.writerow(map(_defused, line))
    return out.getvalue()


def _defused(cell: Any) -> str:
    """A spreadsheet must not take what a student typed for a formula; negative numbers stay numbers."""
    text = "" if cell is None else str(cell)
    if isinstance(cell, str) and text.startswith(FORMULA_STARTS):
        return "'" + text
    return text
