"""A kind's part in the quiz JSON: what only its questions have there, how it is checked and described."""

from typing import Any, Protocol

from game.fields import Fields
from game.question import Problem, Question
from game.shapes import Schema


class Writing(Protocol):
    # The fields of the quiz JSON in which this kind keeps its choices and its key; some may be left out.
    key_fields: tuple[str, ...] = ()
    optional_fields: tuple[str, ...] = ()

    def read_key(self, fields: Fields) -> dict[str, Any]:
        """The `key_fields` as arguments of Question. Notes wrong types; `problems` judges the whole."""
        return {"body": self.read_body(fields)}

    def read_body(self, fields: Fields) -> dict[str, Any]:
        """Those of the `key_fields` that only this kind has, as they stand in the quiz JSON."""
        return {}

    def write_key(self, question: Question) -> dict[str, Any]:
        """The `key_fields` as they stand in the quiz JSON."""
        return {name: question.body[name] for name in self.key_fields if name in question.body}

    def shape(self) -> dict[str, Schema]:
        """The `key_fields` as JSON Schema."""
        return {}

    def problems(self, question: Question) -> list[Problem]:
        """What makes a question of this kind unplayable; paths count from the question."""
        return []
