"""The kinds of questions, as they are found: a new one is one module beside this one, with its KINDS."""

import importlib
import pkgutil
from collections.abc import Iterator, Mapping

from game.kinds.answers import CORRECT_FROM, Answer, InvalidAnswer
from game.kinds.kind import Kind
from game.question import Question

__all__ = ["CORRECT_FROM", "KINDS", "Answer", "InvalidAnswer", "Kind", "kind_of"]


def _find() -> Iterator[Kind]:
    for module in pkgutil.iter_modules(__path__):
        yield from getattr(importlib.import_module(f"{__name__}.{module.name}"), "KINDS", ())


KINDS: Mapping[str, Kind] = {kind.name: kind for kind in sorted(_find(), key=lambda kind: (kind.position, kind.name))}


def kind_of(question: Question) -> Kind:
    return KINDS[question.kind]
