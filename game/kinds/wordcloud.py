"""The kind answered with a few words of one's own, which grow into a cloud. Nothing is right or wrong."""

from collections import Counter
from collections.abc import Sequence
from random import Random
from typing import Any

from game.fields import Fields
from game.kinds.answers import Answer, InvalidAnswer, alike, only_field, spread_values, typed_text
from game.kinds.guessing import words_about
from game.kinds.kind import Kind
from game.kinds.matching import fold
from game.question import Question
from game.shapes import Schema

WORDS_MOST = 5
WORDS_DEFAULT = 3
WORD_LONGEST = 30
CLOUD_MOST = 60


class WordcloudKind(Kind):
    name = view = "wordcloud"
    position = 130
    graded = False
    is_masked = True
    has_cloud = True
    key_fields = ("words_most",)
    optional_fields = ("words_most",)

    def read_body(self, fields: Fields) -> dict[str, Any]:
        return {"words_most": fields.integer("words_most", 1, WORDS_MOST, WORDS_DEFAULT)}

    def shape(self) -> dict[str, Schema]:
        about = "How many words each may give"
        return {
            "words_most": {
                "type": "integer",
                "minimum": 1,
                "maximum": WORDS_MOST,
                "default": WORDS_DEFAULT,
                "description": about,
            }
        }

    def public(
        self, question: Question, order: tuple[int, ...] | None, *, with_choices: bool, show_text: bool
    ) -> dict[str, Any]:
        view = super().public(question, order, with_choices=with_choices, show_text=show_text)
        return view | {"words_most": question.body["words_most"]}

    def parse_answer(self, question: Question, raw: object) -> Answer:
        given = only_field(raw, "words")
        most = question.body["words_most"]
        if not isinstance(given, list | tuple) or not 1 <= len(given) <= most:
            raise InvalidAnswer("answer.words", f"must be a list of 1 to {most} words")
        words = [typed_text(f"answer.words[{index}]", word, WORD_LONGEST) for index, word in enumerate(given)]
        # Who says the same twice has said it once.
        return {"words": list({fold(word): word for word in reversed(words)}.values())[::-1]}

    def guess(self, question: Question, chance: Random, is_right: bool) -> Answer | None:
        return {"words": words_about(question, chance, question.body["words_most"])}

    def distribution(self, question: Question, answers: Sequence[Answer]) -> dict[str, Any]:
        """Words that differ in case alone are one, shown as most of them were typed."""
        counts = alike(Counter(word for answer in answers for word in answer["words"]), fold)
        return spread_values(counts, lambda _: False, CLOUD_MOST)

    def told(self, question: Question, answer: Answer) -> str:
        return ", ".join(answer["words"])


KINDS = (WordcloudKind(),)
