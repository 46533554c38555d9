"""Kinds answered by choosing: single, multi, true_false and poll. Answers carry the author's indexes."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from game.fields import Fields
from game.kinds.answers import CORRECT_FROM, Answer, InvalidAnswer, Shuffle, only_field, settle
from game.kinds.kind import Kind
from game.kinds.telling import Line
from game.question import Choice, Problem, Question
from game.shapes import Schema, listed, maybe, text, thing

CHOICES_LEAST = 2
CHOICES_MOST = 12
TEXT_MOST = 500
FEEDBACK_MOST = 4000
LETTERS = "ABCDEFGHIJKL"

_RIGHT: Schema = {"const": True}
_WRONG: Schema = {"enum": [False, None]}
_RIGHT_WEIGHT: Schema = {"type": "number", "exclusiveMinimum": 0, "maximum": 1}
# With a weight of 1 a choice that is not marked correct would be right after all.
_WRONG_WEIGHT: Schema = {"type": "number", "minimum": -1, "exclusiveMaximum": CORRECT_FROM}
_ANY_WEIGHT: Schema = {"type": "number", "minimum": -1, "maximum": 1}


class _ChoiceKind(Kind):
    view = "choices"
    key_fields = ("choices",)
    is_shuffled = True
    # What a choice that is not right may weigh, as JSON Schema.
    wrong_weight: Schema | None = _ANY_WEIGHT

    def read_key(self, fields: Fields) -> dict[str, Any]:
        entries = fields.items("choices", CHOICES_MOST)
        choices = []
        for index, (path, entry) in enumerate(entries):
            choice = Fields(entry, path, fields.problems)
            weight = None if choice.raw("weight") is None else choice.number("weight", -1, 1, None)
            text = self._read_text(choice, index)
            feedback = choice.text("feedback", FEEDBACK_MOST)
            choices.append(Choice(text, choice.flag("correct"), weight, feedback))
            choice.finish()
        return {"choices": tuple(choices)}

    def _read_text(self, choice: Fields, index: int) -> str:
        return choice.text("text", TEXT_MOST, least=1)

    def write_key(self, question: Question) -> dict[str, Any]:
        return {"choices": [self._write_choice(choice) for choice in question.choices]}

    def _write_choice(self, choice: Choice) -> dict[str, Any]:
        data: dict[str, Any] = {"text": choice.text}
        if self.graded:
            data["correct"] = choice.correct
        if choice.weight is not None:
            data["weight"] = choice.weight
        if choice.feedback:
            data["feedback"] = choice.feedback
        return data

    def shape(self) -> dict[str, Schema]:
        entries = listed({"anyOf": [self._right_shape(), self._wrong_shape()]}, CHOICES_LEAST, CHOICES_MOST)
        has_a_right_one = {"type": "object", "properties": {"correct": _RIGHT}, "required": ["correct"]}
        return {"choices": entries | {"contains": has_a_right_one}}

    def _right_shape(self) -> Schema:
        return _choice_shape(_RIGHT, _RIGHT_WEIGHT, ("feedback", "weight"))

    def _wrong_shape(self) -> Schema:
        return _choice_shape(_WRONG, self.wrong_weight, ("correct", "feedback", "weight"))

    def problems(self, question: Question) -> list[Problem]:
        found = self._count_problems(question)
        if not right(question):
            found.append(Problem("choices", f"a {self.name} question needs at least one right choice"))
        for index, choice in enumerate(question.choices):
            if choice.correct and choice.weight is not None and choice.weight <= 0:
                found.append(Problem(f"choices[{index}].weight", "a right choice needs a weight above 0"))
        return found

    def _count_problems(self, question: Question) -> list[Problem]:
        count = len(question.choices)
        if CHOICES_LEAST <= count <= CHOICES_MOST:
            return []
        wanted = f"needs {CHOICES_LEAST} to {CHOICES_MOST} choices, not {count}"
        return [Problem("choices", f"a {self.name} question {wanted}")]

    def order(self, question: Question, shuffle: Shuffle | None) -> tuple[int, ...] | None:
        if shuffle is None or not self.is_shuffled:
            return None
        indexes = list(range(len(question.choices)))
        shuffle(indexes)
        return tuple(indexes)

    def public(
        self, question: Question, order: tuple[int, ...] | None, *, with_choices: bool, show_text: bool
    ) -> dict[str, Any]:
        view = super().public(question, order, with_choices=with_choices, show_text=show_text)
        if with_choices:
            shown = range(len(question.choices)) if order is None else order
            texts = [choice.text if show_text else None for choice in question.choices]
            view["choices"] = [{"index": index, "text": texts[index]} for index in shown]
        return view

    def parse_answer(self, question: Question, raw: object) -> Answer:
        chosen = only_field(raw, "choices")
        if not isinstance(chosen, list | tuple):
            raise InvalidAnswer("answer.choices", "must be a list of choice indexes")
        last = len(question.choices) - 1
        for index in chosen:
            if isinstance(index, bool) or not isinstance(index, int) or not 0 <= index <= last:
                raise InvalidAnswer("answer.choices", f"must hold whole numbers from 0 to {last}")
        if len(set(chosen)) != len(chosen):
            raise InvalidAnswer("answer.choices", "must not name a choice twice")
        self._check_count(len(chosen))
        return {"choices": sorted(chosen)}

    def _check_count(self, count: int) -> None:
        if count != 1:
            raise InvalidAnswer("answer.choices", f"must name exactly one choice, not {count}")

    def weights(self, question: Question) -> list[float]:
        """What each choice adds to the credit: its own weight, else 1 when it is right."""
        return [float(choice.correct) if choice.weight is None else choice.weight for choice in question.choices]

    def credits(self, question: Question, answers: Sequence[Answer], partial: bool) -> list[float]:
        weights = self.weights(question)
        # A round of thousands has few different answers: each is worked out once.
        known: dict[tuple[int, ...], float] = {}
        credits = []
        for answer in answers:
            chosen = tuple(answer["choices"])
            credit = known.get(chosen)
            if credit is None:
                credit = known[chosen] = settle(sum(weights[index] for index in chosen), partial)
            credits.append(credit)
        return credits

    def key(self, question: Question) -> dict[str, Any] | None:
        indexes = right(question)
        key = {"choices": indexes[:1], "accepted": indexes} if len(indexes) > 1 else {"choices": indexes}
        return key | feedback_of(question)

    def distribution(self, question: Question, answers: Sequence[Answer]) -> dict[str, Any]:
        counts = [0] * len(question.choices)
        for answer in answers:
            for index in answer["choices"]:
                counts[index] += 1
        return {"counts": counts, "other": 0}

    def told(self, question: Question, answer: Answer) -> str:
        return ", ".join(question.choices[index].text for index in self.chosen(question, answer))

    def cell(self, question: Question, answer: Answer) -> str:
        """Letters in the author's order (A is the first): they fit a column and can be counted."""
        return " ".join(LETTERS[index] for index in self.chosen(question, answer))

    def chosen(self, question: Question, answer: Answer) -> tuple[int, ...]:
        return tuple(sorted({*answer["choices"], *answer.get("accepted", ())}))

    def lines(self, question: Question, distribution: Mapping[str, Any], key: Answer | None) -> list[Line]:
        rights = self.chosen(question, key) if key else ()
        return [
            Line(choice.text, distribution["counts"][index], index in rights, index)
            for index, choice in enumerate(question.choices)
        ]


class SingleKind(_ChoiceKind):
    name = "single"
    position = 10
    wrong_weight = _WRONG_WEIGHT

    def problems(self, question: Question) -> list[Problem]:
        found = super().problems(question)
        for index, choice in enumerate(question.choices):
            if choice.weight is not None and choice.weight >= CORRECT_FROM and not choice.correct:
                message = "a choice that earns everything must be marked correct"
                found.append(Problem(f"choices[{index}].weight", message))
        return found

    def guess(self, question: Question, chance: Random, is_right: bool) -> Answer | None:
        pool = [index for index, choice in enumerate(question.choices) if choice.correct is is_right]
        return {"choices": [chance.choice(pool)]} if pool else None


class MultiKind(_ChoiceKind):
    name = "multi"
    position = 20

    def weights(self, question: Question) -> list[float]:
        """Each right choice adds its share and each wrong one takes as much.

        An author who gives weights says where something is lost: a wrong choice without one takes nothing.
        """
        share = 1 / len(right(question))
        loss = 0.0 if any(choice.weight is not None for choice in question.choices) else -share
        return [
            choice.weight if choice.weight is not None else share if choice.correct else loss
            for choice in question.choices
        ]

    def guess(self, question: Question, chance: Random, is_right: bool) -> Answer | None:
        known = set(right(question))
        missed = {chance.randrange(len(question.choices))}
        return {"choices": sorted(known if is_right else known ^ missed or {0, *missed})}

    def _check_count(self, count: int) -> None:
        if count < 1:
            raise InvalidAnswer("answer.choices", "must name at least one choice")

    def key(self, question: Question) -> dict[str, Any] | None:
        return {"choices": right(question)} | feedback_of(question)


class TrueFalseKind(SingleKind):
    """Index 0 is true and 1 is false, always and in this order; the author may put them in any language."""

    name = "true_false"
    position = 30
    is_shuffled = False

    def shape(self) -> dict[str, Schema]:
        is_right = _choice_shape(_RIGHT, _RIGHT_WEIGHT, ("text", "feedback", "weight"))
        is_wrong = _choice_shape(_WRONG, _WRONG_WEIGHT, ("text", "correct", "feedback", "weight"))
        pairs = [{"prefixItems": [is_right, is_wrong]}, {"prefixItems": [is_wrong, is_right]}]
        about = "First true, then false; exactly one of them is correct"
        return {"choices": {"type": "array", "description": about, "minItems": 2, "maxItems": 2, "anyOf": pairs}}

    def _read_text(self, choice: Fields, index: int) -> str:
        return choice.text("text", TEXT_MOST) or ("False" if index else "True")

    def _count_problems(self, question: Question) -> list[Problem]:
        if len(question.choices) == 2 and len(right(question)) <= 1:
            return []
        message = "a true_false question has two choices, true and then false, and one of them is right"
        return [Problem("choices", message)]


class PollKind(_ChoiceKind):
    name = "poll"
    position = 60
    graded = False
    wrong_weight = None

    def shape(self) -> dict[str, Schema]:
        return {"choices": listed(self._wrong_shape(), CHOICES_LEAST, CHOICES_MOST)}

    def problems(self, question: Question) -> list[Problem]:
        found = self._count_problems(question)
        for index, choice in enumerate(question.choices):
            if choice.correct or choice.weight is not None:
                found.append(Problem(f"choices[{index}]", "a poll has no right choices and no weights"))
        return found

    def credits(self, question: Question, answers: Sequence[Answer], partial: bool) -> list[float]:
        return [0.0] * len(answers)

    def guess(self, question: Question, chance: Random, is_right: bool) -> Answer | None:
        # Opinions are not evenly spread: the first ones are taken more often here.
        return {"choices": [min(chance.randrange(len(question.choices)) for _ in range(2))]}

    def key(self, question: Question) -> dict[str, Any] | None:
        return None


KINDS = (SingleKind(), MultiKind(), TrueFalseKind(), PollKind())


def feedback_of(question: Question) -> dict[str, Any]:
    """{feedback: {index: text}} for those who chose it, once the round is over; {} where there is none."""
    texts = {str(index): choice.feedback for index, choice in enumerate(question.choices) if choice.feedback}
    return {"feedback": texts} if texts else {}


def right(question: Question) -> list[int]:
    """The indexes of the right choices."""
    return [index for index, choice in enumerate(question.choices) if choice.correct]


def _choice_shape(correct: Schema, weight: Schema | None, optional: tuple[str, ...]) -> Schema:
    properties: Schema = {
        "text": maybe(text(0, TEXT_MOST)) if "text" in optional else text(1, TEXT_MOST),
        "correct": correct,
        "feedback": maybe(text(0, FEEDBACK_MOST)),
        "weight": {"type": "null"} if weight is None else maybe(weight),
    }
    return thing(properties, optional, is_closed=True)
