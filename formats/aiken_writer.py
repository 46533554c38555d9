"""A quiz as Aiken, which has one kind of question and no way to write a text that looks like something else in it."""

from typing import Any

from formats.aiken import read_back
from formats.exported import Exported, is_weighted, tell_common
from formats.intermediate import Parsed
from formats.markdown_html import unformatted

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_UNFIT = "Aiken would take a part of its text for something else."


def export(quiz: dict[str, Any]) -> Exported:
    """Quiz JSON to Aiken. Whether a question fits is known by reading it back."""
    exported = Exported(extension=".aiken.txt")
    blocks = []
    for number, question in enumerate(map(unformatted, quiz["questions"]), start=1):
        if question["kind"] not in ("single", "true_false"):
            exported.skip(number, "kind", "Aiken has only questions with one right answer to choose.")
            continue
        texts = [_line(choice["text"]) for choice in question["choices"]]
        right = [at for at, choice in enumerate(question["choices"]) if choice.get("correct")]
        if len(right) != 1:
            exported.skip(number, "several_right", "Aiken has only questions with one right answer.")
            continue
        lettered = [f"{letter}. {text}" for letter, text in zip(_LETTERS, texts, strict=False)]
        lines = [_line(question["prompt"]), *lettered]
        block = "\n".join([*lines, f"ANSWER: {_LETTERS[right[0]]}"]) + "\n"
        if not _comes_back(read_back(block), lines[0], texts, right[0]):
            exported.skip(number, "not_writable", _UNFIT)
            continue
        _tell(question, number, exported)
        blocks.append(block)
    exported.data = "\n".join(blocks).encode()
    return exported


def _line(text: str) -> str:
    return " ".join(text.split())


def _comes_back(found: Parsed, prompt: str, texts: list[str], right: int) -> bool:
    if len(found.questions) != 1 or found.skipped:
        return False
    question = found.questions[0]
    choices = [(choice["text"], bool(choice.get("correct"))) for choice in question["choices"]]
    return question["prompt"] == prompt and choices == [(text, at == right) for at, text in enumerate(texts)]


def _tell(question: dict[str, Any], number: int, exported: Exported) -> None:
    tell_common(exported, number, question)
    if is_weighted(question):
        exported.warn(number, "weights_lost", "The weights of its answers are not in the file.")
    texts = [question["prompt"], *(choice["text"] for choice in question["choices"])]
    if any("\n" in text for text in texts):
        exported.warn(number, "lines_joined", "Aiken has texts of one line: line breaks became blanks.")
