"""The kind answered by pointing at a picture, or by naming one of its areas, for those who do not see it."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

import msgspec

from game.fields import Fields
from game.kinds import areas
from game.kinds.answers import Answer, InvalidAnswer, Shuffle, one_field
from game.kinds.kind import Kind
from game.kinds.telling import Line
from game.question import Problem, Question
from game.shapes import Schema, listed

AREAS_MOST = 20
POINTS_MOST = 200
# So often somebody who rehearses looks for a point that is right, or wrong; then they take an area.
GUESSES_MOST = 100


class HotspotKind(Kind):
    name = view = "hotspot"
    position = 110
    key_fields = ("areas",)

    def read_body(self, fields: Fields) -> dict[str, Any]:
        entries = fields.items("areas", AREAS_MOST)
        return {"areas": [areas.read(Fields(entry, path, fields.problems)) for path, entry in entries]}

    def shape(self) -> dict[str, Schema]:
        about = {"description": "Positions and sizes are shares of the picture's width and height; it needs `media`"}
        return {"areas": listed({"oneOf": areas.SHAPES}, 1, AREAS_MOST) | about}

    def problems(self, question: Question) -> list[Problem]:
        found = []
        if question.media is None or not question.media.image:
            found.append(Problem("media", "a hotspot question needs a picture"))
        if not _right(question):
            found.append(Problem("areas", "a hotspot question needs at least one right area"))
        labels = [area["label"] for area in _areas(question)]
        for index, label in enumerate(labels):
            if labels.index(label) < index:
                message = f"{label} is already the label of areas[{labels.index(label)}]"
                found.append(Problem(f"areas[{index}].label", message))
        return found

    def mix(self, question: Question, shuffle: Shuffle, with_lists: bool) -> Question:
        # Authors draw the right area first: the list of labels must not begin with it. Their indexes stay.
        shown = list(range(len(_areas(question))))
        shuffle(shown)
        return msgspec.structs.replace(question, body=question.body | {"shown": shown})

    def public(
        self, question: Question, order: tuple[int, ...] | None, *, with_choices: bool, show_text: bool
    ) -> dict[str, Any]:
        view = super().public(question, order, with_choices=with_choices, show_text=show_text)
        if with_choices:
            # The only way to answer for those who do not see the picture, whatever the room shows.
            found = _areas(question)
            shown = question.body.get("shown", range(len(found)))
            view["areas"] = [{"index": index, "label": found[index]["label"]} for index in shown]
        return view

    def parse_answer(self, question: Question, raw: object) -> Answer:
        name, value = one_field(raw, ("point", "area"))
        if name == "area":
            last = len(_areas(question)) - 1
            if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= last:
                raise InvalidAnswer("answer.area", f"must be a whole number from 0 to {last}")
            return {"area": value}
        point = areas.as_point(value)
        if point is None:
            raise InvalidAnswer("answer.point", "must be [x, y], two numbers from 0 to 1")
        return {"point": point}

    def worth(self, question: Question, answer: Answer) -> float:
        found = _area_of(question, answer)
        return float(found is not None and _areas(question)[found]["correct"])

    def key(self, question: Question) -> dict[str, Any] | None:
        right = _right(question)
        shown = [{"index": index} | area for index, area in enumerate(_areas(question))]
        return {"area": right[0], "accepted": right, "areas": shown}

    def guess(self, question: Question, chance: Random, is_right: bool) -> Answer | None:
        points = [[chance.random(), chance.random()] for _ in range(GUESSES_MOST)]
        for x, y in points:
            if self.worth(question, {"point": [x, y]}) == is_right:
                return {"point": [round(x, 4), round(y, 4)]}
        pool = [index for index, area in enumerate(_areas(question)) if bool(area["correct"]) is is_right]
        return {"area": chance.choice(pool)} if pool else None

    def distribution(self, question: Question, answers: Sequence[Answer]) -> dict[str, Any]:
        """`other` is how many pointed elsewhere; `points` are the first that were pointed at."""
        counts = [0] * len(_areas(question))
        other = 0
        for answer in answers:
            found = _area_of(question, answer)
            if found is None:
                other += 1
            else:
                counts[found] += 1
        points = [answer["point"] for answer in answers if "point" in answer]
        return {"counts": counts, "other": other, "points": points[:POINTS_MOST]}

    def told(self, question: Question, answer: Answer) -> str:
        if "accepted" in answer:
            return ", ".join(_areas(question)[index]["label"] for index in answer["accepted"])
        found = _area_of(question, answer)
        if found is not None:
            label: str = _areas(question)[found]["label"]
            return label
        x, y = answer["point"]
        return f"({x:.0%}, {y:.0%})"

    def accepted(self, question: Question, key: Answer) -> list[Any]:
        return [_areas(question)[index]["label"] for index in key["accepted"]]

    def lines(self, question: Question, distribution: Mapping[str, Any], key: Answer | None) -> list[Line]:
        counts = distribution["counts"]
        return [Line(area["label"], counts[index], area["correct"]) for index, area in enumerate(_areas(question))]


KINDS = (HotspotKind(),)


def _areas(question: Question) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = question.body["areas"]
    return found


def _right(question: Question) -> list[int]:
    return [index for index, area in enumerate(_areas(question)) if area["correct"]]


def _area_of(question: Question, answer: Answer) -> int | None:
    """The area that was meant; where two lie over each other, a right one."""
    if "area" in answer:
        named: int = answer["area"]
        return named
    hit = [index for index, area in enumerate(_areas(question)) if areas.is_in(area, *answer["point"])]
    return next((index for index in hit if _areas(question)[index]["correct"]), hit[0] if hit else None)
