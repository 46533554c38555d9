"""The table of question kinds. A new kind is one module beside this one and one line in KINDS."""

from collections.abc import Mapping

from game.kinds.choices import MultiKind, PollKind, SingleKind, TrueFalseKind
from game.kinds.info import InfoKind
from game.kinds.kind import CORRECT_FROM, Answer, InvalidAnswer, Kind
from game.kinds.number import NumberKind
from game.kinds.text import TextKind
from game.question import Question

__all__ = ["CORRECT_FROM", "KINDS", "Answer", "InvalidAnswer", "Kind", "kind_of"]

_ALL: tuple[Kind, ...] = (
    SingleKind(),
    MultiKind(),
    TrueFalseKind(),
    TextKind(),
    NumberKind(),
    PollKind(),
    InfoKind(),
)
KINDS: Mapping[str, Kind] = {kind.name: kind for kind in _ALL}


def kind_of(question: Question) -> Kind:
    return KINDS[question.kind]
