"""The kind answered by sorting items into categories."""

from typing import Any

from game.fields import Fields
from game.kinds import mixing
from game.kinds.answers import Shuffle
from game.kinds.assigning import AssigningKind
from game.question import Problem, Question
from game.shapes import Schema, listed, text, thing

CATEGORIES_LEAST = 2
CATEGORIES_MOST = 8
ITEMS_LEAST = 2
ITEMS_MOST = 24
TEXT_MOST = 200


class CategorizeKind(AssigningKind):
    name = view = "categorize"
    position = 90
    key_fields = ("categories", "items")
    answer_field = "categories"
    things = "items"
    targets = "categories"

    def read_body(self, fields: Fields) -> dict[str, Any]:
        categories = fields.texts("categories", CATEGORIES_MOST, TEXT_MOST)
        items = []
        for path, entry in fields.items("items", ITEMS_MOST):
            item = Fields(entry, path, fields.problems)
            words = item.text("text", TEXT_MOST, least=1)
            if item.raw("category") is None:
                item.note_missing("category")
            else:
                items.append({"text": words, "category": item.integer("category", 0, CATEGORIES_MOST - 1, 0)})
            item.finish()
        return {"categories": categories, "items": items}

    def shape(self) -> dict[str, Schema]:
        category = {"type": "integer", "minimum": 0, "maximum": CATEGORIES_MOST - 1}
        about = {"description": "The index of its category"}
        item = thing({"text": text(1, TEXT_MOST), "category": category | about}, is_closed=True)
        return {
            "categories": listed(text(1, TEXT_MOST), CATEGORIES_LEAST, CATEGORIES_MOST),
            "items": listed(item, ITEMS_LEAST, ITEMS_MOST),
        }

    def problems(self, question: Question) -> list[Problem]:
        categories, items = question.body["categories"], question.body["items"]
        found = []
        if len(categories) < CATEGORIES_LEAST:
            wanted = f"needs {CATEGORIES_LEAST} to {CATEGORIES_MOST} categories, not {len(categories)}"
            found.append(Problem("categories", f"a categorize question {wanted}"))
        if len(items) < ITEMS_LEAST:
            wanted = f"needs {ITEMS_LEAST} to {ITEMS_MOST} items, not {len(items)}"
            found.append(Problem("items", f"a categorize question {wanted}"))
        for name, texts in (("categories", categories), ("items", self.thing_texts(question))):
            for index, words in enumerate(texts):
                if texts.index(words) < index:
                    found.append(Problem(f"{name}[{index}]", f"{words} is already {name}[{texts.index(words)}]"))
        for index, item in enumerate(items):
            if item["category"] >= len(categories):
                message = f"there is no category {item['category']}, counted from 0"
                found.append(Problem(f"items[{index}].category", message))
        return found

    def mix(self, question: Question, shuffle: Shuffle, with_lists: bool) -> Question:
        lists = {"items": range(len(question.body["items"])), "categories": range(len(question.body["categories"]))}
        return mixing.mix(question, lists, shuffle, in_order=() if with_lists else ("categories",))

    def thing_texts(self, question: Question) -> list[str]:
        return [item["text"] for item in question.body["items"]]

    def target_texts(self, question: Question) -> list[str]:
        return list(question.body["categories"])

    def solution(self, question: Question) -> list[int]:
        return [item["category"] for item in question.body["items"]]


KINDS = (CategorizeKind(),)
