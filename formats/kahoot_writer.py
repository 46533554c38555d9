"""A quiz as the spreadsheet that Kahoot imports. What does not fit its limits is left out and named, never cut."""

from typing import Any

from formats.exported import Exported, is_weighted, tell_common
from formats.markdown_html import unformatted
from formats.sheet_writer import XLSX, Cell, write_xlsx

QUESTION_MOST = 120
ANSWER_MOST = 75
ANSWERS_MOST = 4
ROWS_MOST = 100
TIMES = (5, 10, 20, 30, 60, 90, 120, 240)

_HEADER: list[Cell] = [
    None,
    f"Question - max {QUESTION_MOST} characters",
    *(f"Answer {number} - max {ANSWER_MOST} characters" for number in range(1, ANSWERS_MOST + 1)),
    f"Time limit (sec) – {', '.join(map(str, TIMES))} secs",
    "Correct answer(s) - choose at least one",
]
_ABOVE = 7
_WIDTHS = {"A": 5, "B": 60, "C": 30, "D": 30, "E": 30, "F": 30, "G": 18, "H": 18}


def export(quiz: dict[str, Any]) -> Exported:
    """Quiz JSON to Kahoot's columns: the headings in row 8, numbered questions below."""
    exported = Exported(type=XLSX, extension=".xlsx")
    rows: list[list[Cell]] = []
    for number, question in enumerate(map(unformatted, quiz["questions"]), start=1):
        reason = _misfit(question)
        if not reason and len(rows) == ROWS_MOST:
            reason = ("too_many", f"Kahoot takes {ROWS_MOST} questions in one file.")
        if reason:
            exported.skip(number, *reason)
            continue
        tell_common(exported, number, question, keeps=("time",))
        rows.append([len(rows) + 1, *_row(question, number, exported)])
    above: list[list[Cell]] = [[] for _ in range(_ABOVE)]
    above[1] = [None, quiz["title"]]
    exported.data = write_xlsx([*above, _HEADER, *rows], _WIDTHS)
    return exported


def _misfit(question: dict[str, Any]) -> tuple[str, str] | None:
    """(code, sentence) for what Kahoot's sheet has no place for."""
    if question["kind"] not in ("single", "multi", "true_false"):
        return "kind", "Kahoot's spreadsheet has no questions of this kind."
    texts = [choice["text"] for choice in question["choices"]]
    if len(texts) > ANSWERS_MOST:
        return "too_many_answers", f"Kahoot takes {ANSWERS_MOST} answers, this question has {len(texts)}."
    if len(question["prompt"]) > QUESTION_MOST:
        return (
            "too_long",
            f"Kahoot takes questions of {QUESTION_MOST} characters; this one is longer.",
        )
    if any(len(text) > ANSWER_MOST for text in texts):
        return "too_long", f"Kahoot takes answers of {ANSWER_MOST} characters; one of this question is longer."
    return None


def _row(question: dict[str, Any], number: int, exported: Exported) -> list[Cell]:
    if is_weighted(question):
        exported.warn(number, "weights_lost", "The weights of its answers are not in the file.")
    texts: list[Cell] = [choice["text"] for choice in question["choices"]]
    right = [str(at) for at, choice in enumerate(question["choices"], start=1) if choice.get("correct")]
    limit = question.get("time_limit_s", 20)
    time = min(TIMES, key=lambda at: abs(at - limit)) if limit else TIMES[-1]
    if time != limit:
        said = f"{limit:g} s" if limit else "no limit"
        exported.warn(number, "time_changed", f"Kahoot has no {said}; the file says {time} s.")
    return [question["prompt"], *texts, *[None] * (ANSWERS_MOST - len(texts)), time, ",".join(right)]
