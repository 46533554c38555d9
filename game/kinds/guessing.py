"""A kind's part in a rehearsal: answers such as people give, right ones and wrong ones, made up with chance."""

import re
from random import Random
from typing import Any, Protocol

from game.kinds.answers import Answer
from game.question import Question

# What says how an answer is judged and is no part of one.
_NO_ANSWER = ("accepted", "areas")
_WORD = re.compile(r"[^\W\d_]{4,30}")


class Guessing(Protocol):
    def key(self, question: Question) -> dict[str, Any] | None: ...

    def guess(self, question: Question, chance: Random, is_right: bool) -> Answer | None:
        """An answer to the mixed question of somebody who knows, or who does not; None of one who gives none.

        What is meant to be wrong may be right by luck, as it is with people.
        """
        key = self.key(question)
        if key is None or not is_right:
            return None
        return {name: value for name, value in key.items() if name not in _NO_ANSWER}


def slip(text: str, chance: Random) -> str:
    """A text as somebody types it who nearly knows it: one letter is not there."""
    if len(text) < 2:
        return text + text
    at = chance.randrange(len(text))
    return (text[:at] + text[at + 1 :]).strip() or text + text


def words_about(question: Question, chance: Random, most: int) -> list[str]:
    """Up to `most` words for a question that anything is an answer to: its own, since they are in its language."""
    known = list(dict.fromkeys(_WORD.findall(question.prompt))) or ["…"]
    return chance.sample(known, min(len(known), 1 + chance.randrange(most)))
