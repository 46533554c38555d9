"""A quiz as a table with the columns of Wayground's sheet, which Wayground and this program read back."""

from typing import Any

from formats.exported import Exported, accepted_of, is_weighted, tell_common, tell_typed
from formats.markdown_html import unformatted
from formats.sheet_writer import CSV, Cell, write_csv

OPTIONS_LEAST = 5
OPTIONS_MOST = 12
_TYPES = {"single": "Multiple Choice", "true_false": "Multiple Choice", "multi": "Checkbox", "poll": "Poll"}


def export(quiz: dict[str, Any]) -> Exported:
    """The quiz as CSV with as many columns for answers as it needs, with what did not fit."""
    exported = Exported(type=CSV, extension=".csv")
    exported.data = write_csv(table_rows(quiz, exported, OPTIONS_MOST))
    return exported


def table_rows(quiz: dict[str, Any], exported: Exported, options_most: int) -> list[list[Cell]]:
    """Headings and a row for each question that fits; the others are told."""
    fitting = []
    for number, question in enumerate(map(unformatted, quiz["questions"]), start=1):
        options = _options(question)
        if options is None:
            exported.skip(number, "kind", "Such a table has no questions of this kind.")
        elif len(options) > options_most:
            message = f"There is room for {options_most} answers, this question has {len(options)}."
            exported.skip(number, "too_many_answers", message)
        else:
            _tell(question, number, exported)
            fitting.append((question, options))
    width = max([OPTIONS_LEAST, *(len(options) for _, options in fitting)])
    return [_header(width), *(_row(question, options, width) for question, options in fitting)]


def _header(width: int) -> list[Cell]:
    options: list[Cell] = [f"Option {number}" for number in range(1, width + 1)]
    behind: list[Cell] = ["Correct Answer", "Time in seconds", "Image Link", "Answer explanation"]
    return ["Question Text", "Question Type", *options, *behind]


def _row(question: dict[str, Any], options: list[str], width: int) -> list[Cell]:
    right = [str(at) for at, choice in enumerate(question.get("choices", ()), start=1) if choice.get("correct")]
    limit = question.get("time_limit_s", 20)
    padded: list[Cell] = [*options, *[None] * (width - len(options))]
    kind = _TYPES.get(question["kind"]) or ("Open-Ended" if question["kind"] == "open" else "Fill-in-the-Blank")
    return [question["prompt"], kind, *padded, ",".join(right), limit, None, question.get("explanation")]


def _options(question: dict[str, Any]) -> list[str] | None:
    if question["kind"] in _TYPES:
        return [choice["text"] for choice in question["choices"]]
    if question["kind"] == "text":
        return [entry["text"] for entry in accepted_of(question)]
    return [] if question["kind"] == "open" else None


def _tell(question: dict[str, Any], number: int, exported: Exported) -> None:
    tell_common(exported, number, question, keeps=("explanation", "time"))
    if question.get("time_limit_s", 20) is None:
        exported.warn(number, "time_changed", "That it has no time limit is not in the file.")
    if question["kind"] == "text":
        tell_typed(exported, number, question, compares="ignore_case")
    elif question.get("choices") and is_weighted(question):
        exported.warn(number, "weights_lost", "The weights of its answers are not in the file.")
