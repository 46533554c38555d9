"""The contract of a question kind. A kind knows one question, never a room.

A room's questions are mixed once, when it is made. From then on answers, keys and distributions speak of
*wire indexes*, those of the mixed question; `authored` and `authored_distribution` give them as their author counts.
"""

from collections.abc import Sequence
from typing import Any, Protocol

from game.kinds.answers import Answer, Shuffle, settle
from game.kinds.guessing import Guessing
from game.kinds.telling import Telling
from game.kinds.writing import Writing
from game.question import Question


class Kind(Writing, Telling, Guessing, Protocol):
    """One kind of question. Methods without a body are what a new kind must bring."""

    name: str
    # The name of the files that show it; kinds that look alike share them.
    view: str
    # Where it stands among the others wherever they are listed.
    position: int
    # Poll and info are never graded; info takes no answers at all.
    graded: bool = True
    takes_answers: bool = True
    # Whether its questions may be Markdown; not where the prompt is a form itself.
    takes_markup: bool = True
    # Everybody sees what anybody writes: word lists look over it before.
    is_masked: bool = False
    # Host and screen see what is written while the round is open.
    has_cloud: bool = False

    def formats(self, markup: str) -> bool:
        """Whether a question written in `markup` is shown as its author formats it, wherever it is shown."""
        return markup == "markdown" and self.takes_markup

    def order(self, question: Question, shuffle: Shuffle | None) -> tuple[int, ...] | None:
        """In which order the choices are shown, fixed when the room is made; None for the author's."""
        return None

    def mix(self, question: Question, shuffle: Shuffle, with_lists: bool) -> Question:
        """The question as a room asks it: what must not stand in its author's order is mixed inside its body.

        `with_lists` mixes what may stand in that order too.
        """
        return question

    def authored(self, question: Question, answer: Answer) -> Answer:
        """An answer or a key to the mixed question in its author's indexes."""
        return answer

    def authored_distribution(self, question: Question, distribution: dict[str, Any]) -> dict[str, Any]:
        return distribution

    def public(
        self, question: Question, order: tuple[int, ...] | None, *, with_choices: bool, show_text: bool
    ) -> dict[str, Any]:
        """What anybody may see before the reveal. Lists every field by name, so that no key slips in."""
        return {
            "id": question.id,
            "kind": question.kind,
            "prompt": question.prompt if show_text else None,
            "time_limit_s": question.time_limit_s,
            "points": question.points if self.graded else 0,
        }

    def parse_answer(self, question: Question, raw: object) -> Answer:
        """The answer in the form in which it is stored. Raises InvalidAnswer."""
        ...

    def credit(self, question: Question, answer: Answer, partial: bool) -> float:
        """What one parsed answer is worth, 0 to 1; without `partial` it is 0 or 1."""
        return self.credits(question, [answer], partial)[0]

    def credits(self, question: Question, answers: Sequence[Answer], partial: bool) -> list[float]:
        """The credit of each answer of a round, in their order; they may depend on each other."""
        if not self.graded:
            return [0.0] * len(answers)
        # A round of thousands has few different answers, and those that are equal are one object, as a rule.
        known = {id(answer): answer for answer in answers}
        worth = {key: settle(self.worth(question, answer), partial) for key, answer in known.items()}
        return [worth[id(answer)] for answer in answers]

    def worth(self, question: Question, answer: Answer) -> float:
        """What one parsed answer is worth by itself, where `credits` is not the kind's own."""
        return 0.0

    def key(self, question: Question) -> dict[str, Any] | None:
        """The right answer as the reveal shows it, in the shape of an answer; None when there is none."""
        return None

    def distribution(self, question: Question, answers: Sequence[Answer]) -> dict[str, Any]:
        """How the answers of a round spread."""
        ...
