"""What came out of a room in one sentence, as what the sentence says; its words are the templates'. Pure."""

from collections.abc import Sequence
from enum import StrEnum

import msgspec

# Shares of right answers: up to the first a question was hard, up to the second it split the class.
HARD_BELOW = 0.35
WELL_FROM = 0.65
# Right answers like weights: what is this near to all is all.
ALL_FROM = 0.999
# A poll splits those who answer when two choices have this share each; and that takes so many people.
POLL_SPLIT_FROM = 0.35
POLL_SPLIT_PEOPLE = 4


class Verdict(StrEnum):
    NONE = "none"
    ALL_RIGHT = "all_right"
    WELL = "well"
    SPLIT = "split"
    HARD = "hard"


class Asked(msgspec.Struct, frozen=True):
    """A closed round that took answers. `right` is None where nothing was right or wrong; `counts` are choices'."""

    number: int
    answered: int
    right: int | None = None
    counts: tuple[int, ...] = ()


class Summary(msgspec.Struct, frozen=True):
    """`complete` of `people` answered all `questions`; the verdict is about `question` when it is SPLIT or HARD."""

    people: int
    complete: int
    questions: int
    verdict: Verdict = Verdict.NONE
    question: int | None = None


def summarise(people: int, complete: int, asked: Sequence[Asked]) -> Summary:
    verdict, question = _verdict(people, asked)
    return Summary(people, complete, len(asked), verdict, question)


def _verdict(people: int, asked: Sequence[Asked]) -> tuple[Verdict, int | None]:
    """The hardest question before the one that split most; what one person does says nothing of a class."""
    shares = [(item.right / item.answered, item.number) for item in asked if item.right is not None and item.answered]
    if not shares:
        return _of_polls(asked)
    lowest, hardest = min(shares)
    if lowest >= ALL_FROM:
        return Verdict.ALL_RIGHT, None
    if people == 1:
        return Verdict.NONE, None
    if lowest < HARD_BELOW:
        return Verdict.HARD, hardest
    if lowest < WELL_FROM:
        _, most_divided = min((abs(share - 0.5), number) for share, number in shares)
        return Verdict.SPLIT, most_divided
    return Verdict.WELL, None


def _of_polls(asked: Sequence[Asked]) -> tuple[Verdict, int | None]:
    for item in asked:
        if item.answered >= POLL_SPLIT_PEOPLE and len(item.counts) > 1:
            second = sorted(item.counts)[-2]
            if second / item.answered >= POLL_SPLIT_FROM:
                return Verdict.SPLIT, item.number
    return Verdict.NONE, None
