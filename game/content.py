"""A room's frozen copy of its quiz: what is asked in each round and in which order choices are shown."""

from collections.abc import Callable
from typing import Any

import msgspec

from game.kinds import kind_of
from game.quiz import Question, Quiz


class Content(msgspec.Struct, frozen=True):
    """`orders[i]` is the display order of question i's choices, None where a kind has none.

    `sizes` are the (width, height) of its images, so that a page can keep their place free.
    """

    quiz: Quiz
    orders: tuple[tuple[int, ...] | None, ...]
    sizes: dict[str, tuple[int, int]] = {}

    @property
    def rounds(self) -> int:
        return len(self.quiz.questions)

    def question(self, number: int) -> Question:
        """The question of a round, counted from 1."""
        return self.quiz.questions[number - 1]

    def public(self, number: int, *, with_choices: bool = True, show_text: bool = True) -> dict[str, Any]:
        """What anybody may see of a round's question before the reveal."""
        question = self.question(number)
        order = self.orders[number - 1]
        public = kind_of(question).public(question, order, with_choices=with_choices, show_text=show_text)
        return public | {"media": self.media(number) if show_text else None}

    def media(self, number: int) -> dict[str, Any] | None:
        """{image, alt, width, height} of a round's question."""
        media = self.question(number).media
        if media is None:
            return None
        width, height = self.sizes.get(media.image, (None, None))
        return {"image": media.image, "alt": media.alt, "width": width, "height": height}

    def key(self, number: int) -> dict[str, Any] | None:
        question = self.question(number)
        return kind_of(question).key(question)


def freeze(
    quiz: Quiz, shuffle: Callable[[list[int]], None] | None, sizes: dict[str, tuple[int, int]] | None = None
) -> Content:
    """The content of a new room; `shuffle` mixes a list in place, None keeps the author's order."""
    orders = tuple(kind_of(question).order(question, shuffle) for question in quiz.questions)
    return Content(quiz, orders, sizes or {})
