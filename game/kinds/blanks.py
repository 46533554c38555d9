"""The kind answered by filling the gaps of its prompt, {{1}}, {{2}} and so on, each with a text of its own."""

import re
from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from game.fields import Fields
from game.kinds import accepting
from game.kinds.accepting import ACCEPTED_SHAPE, MATCH_SHAPES, MATCHES, TEXT_MOST, Weigh
from game.kinds.answers import CORRECT_FROM, Answer, InvalidAnswer, only_field, settle, typed_text
from game.kinds.guessing import slip
from game.kinds.kind import Kind
from game.kinds.telling import Line
from game.question import AcceptedText, Problem, Question
from game.shapes import Schema, listed, thing

BLANKS_MOST = 20
GAP = re.compile(r"\{\{([0-9]{1,3})\}\}")
NOTHING = "–"


class BlanksKind(Kind):
    name = view = "blanks"
    takes_markup = False
    position = 100
    key_fields = ("blanks", "match", "ignore_accents")
    optional_fields = ("match", "ignore_accents")

    def read_key(self, fields: Fields) -> dict[str, Any]:
        return {"match": fields.one_of("match", MATCHES), "body": self.read_body(fields)}

    def read_body(self, fields: Fields) -> dict[str, Any]:
        blanks = []
        for path, entry in fields.items("blanks", BLANKS_MOST):
            blank = Fields(entry, path, fields.problems)
            blanks.append({"accepted": accepting.write_accepted(accepting.read_accepted(blank))})
            blank.finish()
        body: dict[str, Any] = {"blanks": blanks}
        if fields.flag("ignore_accents"):
            body["ignore_accents"] = True
        return body

    def write_key(self, question: Question) -> dict[str, Any]:
        return super().write_key(question) | {"match": question.match}

    def shape(self) -> dict[str, Schema]:
        blanks = listed(thing({"accepted": ACCEPTED_SHAPE}, is_closed=True), 1, BLANKS_MOST)
        return {"blanks": blanks | {"description": "The first is {{1}} in the prompt"}, **MATCH_SHAPES}

    def problems(self, question: Question) -> list[Problem]:
        blanks = question.body["blanks"]
        gaps = [int(number) for number in GAP.findall(question.prompt)]
        if not blanks:
            return [Problem("blanks", "a blanks question needs at least one blank")]
        found = [
            Problem(f"blanks[{index}].accepted", "a blank needs at least one accepted answer")
            for index, blank in enumerate(blanks)
            if not blank["accepted"]
        ]
        for number in range(1, len(blanks) + 1):
            if gaps.count(number) != 1:
                found.append(Problem("prompt", f"must have {{{{{number}}}}} once, where blank {number} is"))
        for number in sorted(set(gaps) - set(range(1, len(blanks) + 1))):
            found.append(Problem("prompt", f"has {{{{{number}}}}}, but there are {len(blanks)} blanks"))
        return found

    def public(
        self, question: Question, order: tuple[int, ...] | None, *, with_choices: bool, show_text: bool
    ) -> dict[str, Any]:
        view = super().public(question, order, with_choices=with_choices, show_text=show_text)
        # A gap is nothing without the sentence around it, which is there whatever the room shows.
        view["prompt"] = question.prompt
        if with_choices:
            view["blanks"] = [{"index": index} for index in range(len(question.body["blanks"]))]
        return view

    def parse_answer(self, question: Question, raw: object) -> Answer:
        given = only_field(raw, "blanks")
        count = len(question.body["blanks"])
        if not isinstance(given, list | tuple) or len(given) != count:
            raise InvalidAnswer("answer.blanks", f"must be a list of {count} texts, one for each blank")
        typed = [_typed(f"answer.blanks[{index}]", text) for index, text in enumerate(given)]
        if not any(typed):
            raise InvalidAnswer("answer.blanks", "must not be empty all over")
        return {"blanks": typed}

    def credits(self, question: Question, answers: Sequence[Answer], partial: bool) -> list[float]:
        weighers = _weighers(question)
        return [settle(sum(_weigh_all(weighers, answer)) / len(weighers), partial) for answer in answers]

    def key(self, question: Question) -> dict[str, Any] | None:
        blanks = _entries(question)
        return {
            "blanks": [accepting.best(entries) for entries in blanks],
            "accepted": [[entry.text for entry in entries] for entries in blanks],
        }

    def guess(self, question: Question, chance: Random, is_right: bool) -> Answer | None:
        typed = [chance.choice(entries).text for entries in _entries(question)]
        if not is_right:
            at = chance.randrange(len(typed))
            typed[at] = slip(typed[at], chance)
        return {"blanks": typed}

    def distribution(self, question: Question, answers: Sequence[Answer]) -> dict[str, Any]:
        """How many had each blank right."""
        weighers = _weighers(question)
        counts = [0] * len(weighers)
        for answer in answers:
            for index, weight in enumerate(_weigh_all(weighers, answer)):
                counts[index] += weight >= CORRECT_FROM
        return {"counts": counts, "other": 0}

    def asked(self, text: str) -> str:
        return GAP.sub(r"__\1__", text)

    def told(self, question: Question, answer: Answer) -> str:
        return " · ".join(f"{number}. {text or NOTHING}" for number, text in enumerate(answer["blanks"], start=1))

    def lines(self, question: Question, distribution: Mapping[str, Any], key: Answer | None) -> list[Line]:
        return [
            Line(f"{index + 1}. {accepting.best(entries)}", distribution["counts"][index], True)
            for index, entries in enumerate(_entries(question))
        ]


KINDS = (BlanksKind(),)


def _typed(field: str, value: object) -> str:
    is_empty = isinstance(value, str) and not value.strip()
    return "" if is_empty else typed_text(field, value, TEXT_MOST)


def _entries(question: Question) -> list[list[AcceptedText]]:
    return [
        [AcceptedText(entry) if isinstance(entry, str) else AcceptedText(**entry) for entry in blank["accepted"]]
        for blank in question.body["blanks"]
    ]


def _weighers(question: Question) -> list[Weigh]:
    blanks = _entries(question)
    everything = [entry for entries in blanks for entry in entries]
    return [accepting.weigher(question, entries, everything) for entries in blanks]


def _weigh_all(weighers: Sequence[Weigh], answer: Answer) -> list[float]:
    return [weigh(text) if text else 0.0 for weigh, text in zip(weighers, answer["blanks"], strict=True)]
