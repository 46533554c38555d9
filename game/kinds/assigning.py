"""What match and categorize share: each of some things is given one of some others, as many as one likes."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from game.kinds import mixing
from game.kinds.answers import Answer, InvalidAnswer, only_field
from game.kinds.kind import Kind
from game.kinds.telling import Line
from game.question import Question


class AssigningKind(Kind):
    """A kind gives the lists; answers are `{answer_field: {"index of a thing": index of what it was given}}`."""

    answer_field: str
    # The names of the two lists, as they stand in the question on the wire.
    things: str
    targets: str

    def thing_texts(self, question: Question) -> list[str]:
        """The author's, by their index."""
        raise NotImplementedError

    def target_texts(self, question: Question) -> list[str]:
        raise NotImplementedError

    def target_indexes(self, question: Question) -> Sequence[int]:
        """Those of the author's targets that are offered."""
        return range(len(self.target_texts(question)))

    def solution(self, question: Question) -> list[int]:
        """The author's index of the right target of each thing."""
        raise NotImplementedError

    def _wires(self, question: Question) -> tuple[Sequence[int], Sequence[int]]:
        things = mixing.wire_of(question, self.things, range(len(self.thing_texts(question))))
        return things, mixing.wire_of(question, self.targets, self.target_indexes(question))

    def authored(self, question: Question, answer: Answer) -> Answer:
        things, targets = self._wires(question)
        given = {things[int(thing)]: targets[target] for thing, target in answer[self.answer_field].items()}
        return {self.answer_field: {str(thing): given[thing] for thing in sorted(given)}}

    def authored_distribution(self, question: Question, distribution: dict[str, Any]) -> dict[str, Any]:
        return mixing.authored_counts(distribution, self._wires(question)[0])

    def public(
        self, question: Question, order: tuple[int, ...] | None, *, with_choices: bool, show_text: bool
    ) -> dict[str, Any]:
        view = super().public(question, order, with_choices=with_choices, show_text=show_text)
        if with_choices:
            # Nobody can sort what they do not see: the texts are there whatever the room shows.
            things, targets = self._wires(question)
            view[self.things] = mixing.listed(question, self.things, things, self.thing_texts(question))
            view[self.targets] = mixing.listed(question, self.targets, targets, self.target_texts(question))
        return view

    def parse_answer(self, question: Question, raw: object) -> Answer:
        field = f"answer.{self.answer_field}"
        given = only_field(raw, self.answer_field)
        if not isinstance(given, Mapping):
            raise InvalidAnswer(field, f"must be an object that gives {self.things} their {self.targets}")
        if not given:
            raise InvalidAnswer(field, "must not be empty")
        things, targets = self._wires(question)
        names = [str(index) for index in range(len(things))]
        for thing, target in given.items():
            if thing not in names:
                raise InvalidAnswer(field, f'must have the indexes of {self.things} as names, "0" to "{names[-1]}"')
            if isinstance(target, bool) or not isinstance(target, int) or not 0 <= target < len(targets):
                raise InvalidAnswer(f"{field}.{thing}", f"must be a whole number from 0 to {len(targets) - 1}")
        return {self.answer_field: {name: given[name] for name in names if name in given}}

    def worth(self, question: Question, answer: Answer) -> float:
        return len(self._right(question, answer)) / len(self.thing_texts(question))

    def _right(self, question: Question, answer: Answer) -> list[int]:
        """The author's indexes of the things that were given what is right."""
        solution = self.solution(question)
        given = self.authored(question, answer)[self.answer_field]
        return [int(thing) for thing, target in given.items() if solution[int(thing)] == target]

    def key(self, question: Question) -> dict[str, Any] | None:
        things, targets = self._wires(question)
        solution, at = self.solution(question), mixing.places(targets)
        return {self.answer_field: {str(place): at[solution[thing]] for place, thing in enumerate(things)}}

    def guess(self, question: Question, chance: Random, is_right: bool) -> Answer | None:
        given = dict((self.key(question) or {})[self.answer_field])
        if not is_right:
            targets = len(self._wires(question)[1])
            thing = chance.choice(list(given))
            given[thing] = (given[thing] + chance.randrange(1, targets)) % targets
        return {self.answer_field: given}

    def distribution(self, question: Question, answers: Sequence[Answer]) -> dict[str, Any]:
        at = mixing.places(self._wires(question)[0])
        counts = [0] * len(at)
        for answer in answers:
            for thing in self._right(question, answer):
                counts[at[thing]] += 1
        return {"counts": counts, "other": 0}

    def told(self, question: Question, answer: Answer) -> str:
        things, targets = self.thing_texts(question), self.target_texts(question)
        given = self.authored(question, answer)[self.answer_field]
        return " · ".join(f"{things[int(thing)]} → {targets[target]}" for thing, target in given.items())

    def lines(self, question: Question, distribution: Mapping[str, Any], key: Answer | None) -> list[Line]:
        counts = self.authored_distribution(question, dict(distribution))["counts"]
        targets = self.target_texts(question)
        return [
            Line(f"{thing} → {targets[self.solution(question)[index]]}", counts[index], True)
            for index, thing in enumerate(self.thing_texts(question))
        ]
