"""Finds what Python says to people, for translations: every text that is a sentence, docstrings aside, and LABEL.

What errors and forms say stands in services/ and handlers/ as plain English; templates look it up (`error|said`).
Sentences with something in them ("This room has {n} seats.") stay in English.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO

SENTENCE = re.compile(r"[A-Z][^{}]*\s[^{}]*[.?]")


def extract(
    fileobj: BinaryIO, keywords: object, comment_tags: object, options: Mapping[str, str]
) -> Iterator[tuple[int, str | None, str, list[str]]]:
    """As Babel calls it: (line, function, text, comments)."""
    tree = ast.parse(fileobj.read())
    documents = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name("LABEL")], value=ast.Constant(str(text))):
                yield node.lineno, None, text, []
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documents
        if is_text and SENTENCE.fullmatch(node.value):
            yield node.lineno, None, node.value, []
