"""Quizzes of every kind for hypothesis, with the texts that break files: signs of formats, of HTML and of formulas, in
every direction of writing."""

import itertools
from typing import Any

from hypothesis import strategies as st

from game.quiz import decode_quiz, encode_quiz

SIGNS = r"""
=1+1 +49 -5 @SUM(A1) 'x ";,| {=a~b} } {{1}} \neq \ \n -> → <b>x</b> <script> &lt; &amp; ]]> <!-- -->
$x^{2}$ \(y\) ::t:: // #### %50% # > ``` --- *** === |a|b| [a]:b ![i](u) A)x T {T} * __ ~ : 1 3.14 true
False #Q ^ [html]x _x_ ANSWER:A $CATEGORY:x مرحبا é 🎉 ß שלום 1. 1) {poll} {weight=0.5} **
"""
HOSTILE = (
    *SIGNS.split(),
    *("\t=2", "## h {poll}", "- [x] a", "1. b", "> q", "A) x", "B. y", "a\nb", "a\n\nb", "  x", "1. 2", "Question 1"),
    *("\u202eabc\u202c", "\u200d", "\u00a0x", "// c", "ANSWER: A", "$CATEGORY: x"),
)
pieces = st.one_of(
    st.sampled_from(HOSTILE), st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cn")), max_size=8)
)


def _fit(parts: list[str], most: int) -> str:
    kept = "".join(char for char in " ".join(parts) if char.isprintable() or char in "\n\t\u200d\u202e\u202c")
    return kept.strip()[:most].strip()


def texts(most: int, *, many: int = 4) -> st.SearchStrategy[str]:
    """Texts with something in them that can be stored."""
    return st.lists(pieces, min_size=1, max_size=many).map(lambda parts: _fit(parts, most)).filter(bool)


short = texts(60)
weights = st.sampled_from([0.5, 0.25, 1, 0.9])
ENTRY = st.one_of(short, st.fixed_dictionaries({"text": short, "weight": weights}))
FINITE = st.one_of(st.integers(-(10**6), 10**6), st.floats(-1e6, 1e6))
POINT = st.lists(st.sampled_from([0, 0.1, 0.25, 0.5, 1]), min_size=2, max_size=2)


def _choices(least: int, right: st.SearchStrategy[int]) -> st.SearchStrategy[list[dict[str, Any]]]:
    entry = st.fixed_dictionaries({"text": short}, optional={"feedback": short})

    def mark(both: tuple[list[dict[str, Any]], int]) -> list[dict[str, Any]]:
        entries, bits = both
        return [e | ({"correct": True} if bits >> at & 1 else {}) for at, e in enumerate(entries)]

    return st.tuples(st.lists(entry, min_size=least, max_size=5), right).map(mark)


def _single(choices: list[dict[str, Any]]) -> dict[str, Any]:
    return {"kind": "single", "choices": choices}


def _different(least: int, most: int) -> st.SearchStrategy[list[str]]:
    return st.lists(short, min_size=least, max_size=most, unique=True)


def _pairs(lefts: list[str]) -> dict[str, Any]:
    return {"kind": "match", "pairs": [{"left": left, "right": f"r{at}"} for at, left in enumerate(lefts)]}


def _blanks(blanks: list[Any], text: str) -> dict[str, Any]:
    gaps = " ".join(f"{{{{{number}}}}} and" for number in range(1, len(blanks) + 1))
    clean = text.replace("{{", "").replace("}}", "")
    return {"kind": "blanks", "prompt": f"{clean} {gaps} .", "blanks": [{"accepted": entries} for entries in blanks]}


KEYS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "single": _choices(2, st.sampled_from([1, 2])).map(_single),
    "multi": _choices(3, st.sampled_from([1, 3, 5, 7])).map(lambda choices: {"kind": "multi", "choices": choices}),
    "true_false": st.booleans().map(
        lambda first: {"kind": "true_false", "choices": [{"correct": first}, {"correct": not first}]}
    ),
    "poll": _choices(2, st.just(0)).map(lambda choices: {"kind": "poll", "choices": choices}),
    "text": st.fixed_dictionaries(
        {"kind": st.just("text"), "accepted": st.lists(ENTRY, min_size=1, max_size=4)},
        optional={"match": st.sampled_from(["exact", "ignore_case", "fuzzy"])},
    ),
    "number": st.fixed_dictionaries(
        {
            "kind": st.just("number"),
            "accepted": st.lists(
                st.one_of(
                    st.fixed_dictionaries({"value": FINITE}, optional={"tolerance": st.floats(0.001, 9)}),
                    st.tuples(FINITE, FINITE).map(lambda ends: {"min": min(ends), "max": max(ends)}),
                ),
                min_size=1,
                max_size=3,
            ),
        }
    ),
    "info": st.just({"kind": "info"}),
    "order": _different(2, 5).map(lambda items: {"kind": "order", "items": items}),
    "match": st.builds(
        lambda lefts, more: _pairs(lefts) | ({"distractors": more} if more else {}), _different(2, 4), _different(0, 2)
    ),
    "categorize": st.builds(
        lambda names, items, numbers: {
            "kind": "categorize",
            "categories": names,
            "items": [
                {"text": text, "category": number % len(names)} for text, number in zip(items, numbers, strict=False)
            ],
        },
        _different(2, 3),
        _different(2, 5),
        st.lists(st.integers(0, 5), min_size=5, max_size=5),
    ),
    "blanks": st.builds(_blanks, st.lists(st.lists(ENTRY, min_size=1, max_size=3), min_size=1, max_size=3), short),
    "scale": st.fixed_dictionaries(
        {"kind": st.just("scale"), "min": st.integers(-3, 1), "max": st.integers(2, 9)},
        optional={"labels": st.fixed_dictionaries({"min": short, "max": short})},
    ),
    "wordcloud": st.integers(1, 5).map(lambda most: {"kind": "wordcloud", "words_most": most}),
    "open": st.just({"kind": "open"}),
    "hotspot": st.builds(
        lambda labels, corners: {
            "kind": "hotspot",
            "media": {"image": "a" * 64 + ".webp", "alt": "x"},
            "areas": [
                {"label": labels[0], "correct": True, "shape": "rect", "x": 0, "y": 0.5, "width": 0.5, "height": 1},
                {"label": labels[1], "shape": "circle", "x": 0.1, "y": 0, "rx": 0.25, "ry": 0.5},
                {"label": labels[2], "shape": "polygon", "points": corners},
            ],
        },
        _different(3, 3),
        st.lists(POINT, min_size=3, max_size=4),
    ),
}
HEADS = st.fixed_dictionaries(
    {"prompt": texts(200)},
    optional={
        "time_limit_s": st.sampled_from([None, 20, 30, 7.5]),
        "points": st.sampled_from([0, 500, 1000]),
        "explanation": texts(200),
        "notes": texts(200),
        "markup": st.sampled_from(["plain", "markdown"]),
    },
)


def quizzes(*kinds: str) -> st.SearchStrategy[dict[str, Any]]:
    """Quiz JSON with all its fields, as the database has it."""
    question = st.builds(lambda head, key: head | key, HEADS, st.one_of(*(KEYS[kind] for kind in kinds)))
    return st.builds(whole, st.lists(question, min_size=1, max_size=3), texts(80), st.one_of(st.just(""), texts(200)))


def whole(questions: list[dict[str, Any]], title: str = "T", description: str = "") -> dict[str, Any]:
    names = (f"q{number}" for number in itertools.count(1))
    quiz = {"title": title, "description": description, "language": "pt-BR", "tags": ["a b"], "questions": questions}
    return encode_quiz(decode_quiz(quiz, lambda: next(names)))
