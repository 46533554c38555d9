"""A room's frozen copy of its quiz: what is asked in each round, mixed as this room shows it."""

from typing import Any

import msgspec

from game.kinds import kind_of
from game.kinds.answers import Shuffle
from game.markup import add_html, in_blocks
from game.quiz import Question, Quiz


class Content(msgspec.Struct, frozen=True):
    """`orders[i]` is the display order of question i's choices, None where a kind has none.

    `sizes` are the (width, height) of its images, so that a page can keep their place free, and of its sounds the
    (milliseconds, 0) that they last.
    """

    quiz: Quiz
    orders: tuple[tuple[int, ...] | None, ...]
    sizes: dict[str, tuple[int, int]] = {}

    @property
    def rounds(self) -> int:
        return len(self.quiz.questions)

    def kinds_from(self, number: int) -> tuple[str, ...]:
        """Each kind of the quiz once, as they come from a round on; those that only come before it last."""
        questions = self.quiz.questions
        at = max(number, 1) - 1
        return tuple(dict.fromkeys(question.kind for question in questions[at:] + questions[:at]))

    def question(self, number: int) -> Question:
        """The question of a round, counted from 1."""
        return self.quiz.questions[number - 1]

    def takes_answers(self, number: int) -> bool:
        """Whether a round asks anything; a slide does not."""
        return kind_of(self.question(number)).takes_answers

    def public(self, number: int, *, with_choices: bool = True, show_text: bool = True) -> dict[str, Any]:
        """What anybody may see of a round's question before the reveal."""
        question = self.question(number)
        order = self.orders[number - 1]
        public = kind_of(question).public(question, order, with_choices=with_choices, show_text=show_text)
        public["media"] = self.media(number) if show_text else None
        if kind_of(question).formats(question.markup):
            add_html(public)
        return public

    def explanation(self, number: int) -> dict[str, str]:
        """{explanation, explanation_html?, transcript?} of a round; what is heard is told no earlier."""
        question = self.question(number)
        told = {"explanation": question.explanation}
        if question.media is not None and question.media.transcript:
            told["transcript"] = question.media.transcript
        if kind_of(question).formats(question.markup) and question.explanation:
            told["explanation_html"] = in_blocks(question.explanation)
        return told

    def media(self, number: int) -> dict[str, Any] | None:
        """{image, alt, width, height} and {audio, duration_s} of a round's question, as far as it has them."""
        media = self.question(number).media
        if media is None:
            return None
        told: dict[str, Any] = {}
        if media.image:
            width, height = self.sizes.get(media.image, (None, None))
            told = {"image": media.image, "alt": media.alt, "width": width, "height": height}
        if media.audio:
            duration_ms, _ = self.sizes.get(media.audio, (None, None))
            told |= {"audio": media.audio, "duration_s": None if duration_ms is None else duration_ms / 1000}
        return told

    def key(self, number: int) -> dict[str, Any] | None:
        question = self.question(number)
        return kind_of(question).key(question)


def freeze(
    quiz: Quiz,
    shuffle: Shuffle | None,
    sizes: dict[str, tuple[int, int]] | None = None,
    *,
    with_lists: bool = True,
) -> Content:
    """The content of a new room; `shuffle` mixes a list in place, None keeps all in its author's order.

    Without `with_lists` only that is mixed whose order is the key.
    """
    if shuffle is None:
        return Content(quiz, (None,) * len(quiz.questions), sizes or {})
    orders = tuple(kind_of(question).order(question, shuffle if with_lists else None) for question in quiz.questions)
    mixed = tuple(kind_of(question).mix(question, shuffle, with_lists) for question in quiz.questions)
    return Content(msgspec.structs.replace(quiz, questions=mixed), orders, sizes or {})
