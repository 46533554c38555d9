"""Finds what Python says to people, for translations: sentences and reasons, docstrings aside, and names of formats.

What errors and forms say stands in services/, formats/ and game/ as plain English; templates look it up (`error|said`,
`fault|reason`). A value in it becomes a number: f"This room has {n} seats." is found as "This room has {1} seats.".
"""

import ast
import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO

SENTENCE = re.compile(r"[A-Z{][^{}]*\s.*[.?]", re.DOTALL)
# What a field "must have"; a form makes a sentence of it.
REASON = re.compile(r"(must|has|have|is|are|does|cannot|contains|needs|names|no)\s.*[^.:,\s]", re.DOTALL)
# Where in a file something is.
PLACE = re.compile(r"(line|question|row) \{1\}.*|[^{}]+, row \{1\}|\{1\}, row \{2\}")
# "{1} {2}." alone would be found in anything.
LETTERS_LEAST = 8


def extract(
    fileobj: BinaryIO, keywords: object, comment_tags: object, options: Mapping[str, str]
) -> Iterator[tuple[int, str | None, str, list[str]]]:
    """As Babel calls it: (line, function, text, comments)."""
    tree = ast.parse(fileobj.read())
    skipped = _documents(tree) | _parts(tree)
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name("Format"), args=[_, ast.Constant(str(label)), *_]):
                yield node.lineno, None, label, []
        if id(node) in skipped:
            continue
        text = _text(node)
        if text and any(shape.fullmatch(text) for shape in (SENTENCE, REASON, PLACE)):
            yield node.lineno, None, text, []  # type: ignore[attr-defined]


def _text(node: ast.AST) -> str | None:
    """The text of a literal, its values as numbers; None of anything else."""
    match node:
        case ast.Constant(str(text)):
            return None if "{" in text else text
        case ast.JoinedStr(values):
            text, count = "", 0
            for part in values:
                if isinstance(part, ast.Constant):
                    text += str(part.value)
                else:
                    count += 1
                    text += f"{{{count}}}"
            return text if sum(map(str.isalpha, text)) >= LETTERS_LEAST or PLACE.fullmatch(text) else None
    return None


def _documents(tree: ast.AST) -> set[int]:
    return {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }


def _parts(tree: ast.AST) -> set[int]:
    """The texts within a text with values, which are no texts of their own."""
    return {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)} - {
        id(node) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)
    }
