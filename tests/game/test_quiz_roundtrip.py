"""Generated quizzes: what is written reads the same, and nothing breaks the reader."""

import itertools
from collections.abc import Callable
from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from game.kinds import KINDS
from game.quiz import Quiz, QuizError, decode_quiz, encode_quiz


def counter() -> Callable[[], str]:
    numbers = itertools.count(1)
    return lambda: f"new{next(numbers)}"


words = st.text(st.characters(categories=("L", "N", "P")), min_size=1, max_size=20)
weights = st.floats(0.01, 1)
finite = st.floats(-1e9, 1e9)
wrong_choice = st.fixed_dictionaries({"text": words}, optional={"weight": st.floats(-1, 0.9), "feedback": words})
right_choice = st.fixed_dictionaries({"text": words, "correct": st.just(True)}, optional={"weight": weights})
choice_lists = st.tuples(st.lists(wrong_choice, min_size=1, max_size=5), st.lists(right_choice, min_size=1)).map(
    lambda both: (both[0] + both[1])[:12]
)
choice_lists = choice_lists.filter(lambda choices: any(choice.get("correct") for choice in choices))
accepted_text = st.one_of(words, st.fixed_dictionaries({"text": words}, optional={"weight": weights}))
accepted_number = st.one_of(
    st.fixed_dictionaries({"value": finite}, optional={"tolerance": st.floats(0, 10), "weight": weights}),
    st.tuples(finite, finite).map(lambda ends: {"min": min(ends), "max": max(ends)}),
)
keys = st.one_of(
    st.fixed_dictionaries({"kind": st.sampled_from(["single", "multi"]), "choices": choice_lists}),
    st.builds(
        lambda first: {"kind": "true_false", "choices": [{"correct": first}, {"correct": not first}]}, st.booleans()
    ),
    st.fixed_dictionaries(
        {"kind": st.just("text"), "accepted": st.lists(accepted_text, min_size=1, max_size=5)},
        optional={"match": st.sampled_from(["exact", "ignore_case", "fuzzy", "wildcard"])},
    ),
    st.fixed_dictionaries({"kind": st.just("number"), "accepted": st.lists(accepted_number, min_size=1, max_size=5)}),
    st.fixed_dictionaries(
        {"kind": st.just("number"), "score": st.just("closest"), "accepted": st.just([{"value": 4}])}
    ),
    st.fixed_dictionaries({"kind": st.just("poll"), "choices": st.just([{"text": "a"}, {"text": "b"}])}),
    st.just({"kind": "info"}),
)
heads = st.fixed_dictionaries(
    {"prompt": words},
    optional={
        "time_limit_s": st.one_of(st.none(), st.integers(1, 3600)),
        "points": st.integers(0, 10000),
        "explanation": words,
        "notes": words,
        "media": st.one_of(
            st.none(),
            st.fixed_dictionaries({"image": st.just("0a" * 32 + ".webp")}, optional={"alt": words}),
        ),
    },
)


@given(st.lists(st.builds(lambda head, key: head | key, heads, keys), min_size=1, max_size=4))
def test_what_is_written_reads_the_same(questions: list[dict[str, Any]]) -> None:
    """Writing and reading gives an equal quiz, through JSON and as stored structs."""
    read = decode_quiz({"title": "Sums", "questions": questions}, counter())
    assert decode_quiz(msgspec.json.encode(encode_quiz(read)), counter()) == read
    assert msgspec.json.decode(msgspec.json.encode(read), type=Quiz) == read


json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(
                ["title", "questions", "kind", "prompt", "choices", "accepted", "text", "value", "min", "max", "weight"]
            ),
            inner,
            max_size=4,
        ),
    ),
    max_leaves=12,
)


@given(st.sampled_from(sorted(KINDS)), json_values, json_values, json_values)
def test_no_json_breaks_the_reader(kind: str, choices: Any, accepted: Any, prompt: Any) -> None:
    """Whatever comes, it is read or refused with its faults named."""
    data = {"title": "Sums", "questions": [{"kind": kind, "prompt": prompt, "choices": choices, "accepted": accepted}]}
    try:
        decode_quiz(data, counter())
    except QuizError as error:
        told = error.problems
    else:
        return
    assert told
    assert all(problem.where and problem.message for problem in told)
