"""Questions of every kind, generated as quiz JSON, and whatever anybody may send for an answer."""

from typing import Any

from hypothesis import strategies as st
from sample_kinds import PICTURE

words = st.text(st.characters(categories=("L", "N", "P", "M")), min_size=1, max_size=12).filter(str.strip)
weights = st.floats(0.01, 1)
shares = st.floats(0, 0.5)
sizes = st.floats(0.01, 0.5)


def different(least: int, most: int) -> st.SearchStrategy[list[str]]:
    return st.lists(words, min_size=least, max_size=most, unique_by=str.strip)


choices = st.builds(
    lambda texts, right: [{"text": text, "correct": index == right % len(texts)} for index, text in enumerate(texts)],
    different(2, 6),
    st.integers(0, 5),
)
accepted = st.lists(
    st.one_of(words, st.fixed_dictionaries({"text": words}, optional={"weight": weights})), min_size=1, max_size=4
)
matching = {"match": st.sampled_from(["exact", "ignore_case", "fuzzy", "wildcard"]), "ignore_accents": st.booleans()}
areas = st.one_of(
    st.fixed_dictionaries(
        {"shape": st.just("rect"), "x": shares, "y": shares, "width": sizes, "height": sizes, "correct": st.booleans()}
    ),
    st.fixed_dictionaries({"shape": st.just("circle"), "x": shares, "y": shares, "rx": sizes, "ry": sizes}),
    st.fixed_dictionaries(
        {"shape": st.just("polygon"), "points": st.lists(st.tuples(shares, shares).map(list), min_size=3, max_size=5)}
    ),
)


def _blanks(entries: list[list[Any]]) -> dict[str, Any]:
    gaps = " ".join(f"{{{{{number}}}}}" for number in range(1, len(entries) + 1))
    return {"prompt": f"Fill in {gaps}", "blanks": [{"accepted": entry} for entry in entries]}


def _pairs(lefts: list[str], rights: list[str]) -> list[dict[str, str]]:
    return [{"left": left, "right": rights[index % len(rights)]} for index, left in enumerate(lefts)]


BODIES: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "single": st.fixed_dictionaries({"choices": choices}),
    "multi": st.fixed_dictionaries({"choices": choices}),
    "true_false": st.sampled_from([{"choices": [{"correct": True}, {}]}, {"choices": [{}, {"correct": True}]}]),
    "poll": st.builds(lambda texts: {"choices": [{"text": text} for text in texts]}, different(2, 6)),
    "text": st.fixed_dictionaries({"accepted": accepted}, optional=matching),
    "number": st.builds(lambda value: {"accepted": [{"value": value}]}, st.floats(-1e9, 1e9)),
    "order": st.builds(lambda texts, again: {"items": texts + texts[:again]}, different(2, 8), st.integers(0, 1)),
    "match": st.builds(
        lambda lefts, rights, extra: {"pairs": _pairs(lefts, rights), "distractors": extra},
        different(2, 8),
        different(2, 8),
        different(0, 3),
    ),
    "categorize": st.builds(
        lambda categories, items: {
            "categories": categories,
            "items": [{"text": text, "category": index % len(categories)} for index, text in enumerate(items)],
        },
        different(2, 6),
        different(2, 10),
    ),
    "blanks": st.builds(
        lambda entries, more: _blanks(entries) | more,
        st.lists(accepted, min_size=1, max_size=4),
        st.fixed_dictionaries({}, optional=matching),
    ),
    "hotspot": st.builds(
        lambda found: {
            "media": PICTURE,
            "areas": [
                area | {"label": f"area {n}", "correct": area.get("correct", n == 0)} for n, area in enumerate(found)
            ],
        },
        st.lists(areas, min_size=1, max_size=6),
    ).filter(lambda body: any(area["correct"] for area in body["areas"])),
    "scale": st.builds(
        lambda low, steps, labels: {"min": low, "max": low + steps, "labels": labels},
        st.integers(-100, 80),
        st.integers(1, 20),
        st.fixed_dictionaries({}, optional={"min": words, "max": words}),
    ),
    "wordcloud": st.fixed_dictionaries({}, optional={"words_most": st.integers(1, 5)}),
    "open": st.just({}),
    "info": st.just({}),
}


def questions(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    """Quiz JSON of one kind."""
    return BODIES[kind].map(lambda body: {"id": "q", "kind": kind, "prompt": "?"} | body)


json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5)),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=3), inner, max_size=3)),
    max_leaves=8,
)
small = st.integers(-1, 8)
answer_fields = st.sampled_from(
    ["choices", "text", "number", "order", "pairs", "categories", "blanks", "point", "area", "words", "other"]
)
answer_values = st.one_of(
    json_values,
    st.lists(small, max_size=8),
    st.permutations(range(4)),
    st.dictionaries(small.map(str), small, max_size=8),
    st.lists(st.text(max_size=8), max_size=4),
    st.lists(st.floats(-1, 2), min_size=2, max_size=2),
)
# What a phone, or somebody who writes their own client, may send.
garbage = st.one_of(json_values, st.dictionaries(answer_fields, answer_values, max_size=2))
