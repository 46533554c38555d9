"""Real GIFT files, counted: every question is imported or named as skipped. They lie beside the repository."""

import json
from collections import Counter
from pathlib import Path

import pytest

import formats
from game.quiz import decode_question

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "samples" / "gift"
ORACLES = FOLDER / "peg-with-expected-json"

needs_samples = pytest.mark.skipif(
    not FOLDER.exists(), reason=f"the shared samples are not there: {FOLDER} holds real files that we may not copy"
)

# name → (found, kinds imported, skipped), as the samples' README counts them
COUNTS = {
    "moodle-examples.txt": (43, {"single": 16, "multi": 2, "text": 9, "number": 8, "true_false": 5, "match": 3}, 0),
    "moodle-questions-crlf.gift.txt": (
        9,
        {"open": 1, "match": 1, "single": 1, "multi": 1, "number": 1, "text": 1, "true_false": 3},
        0,
    ),
    "moodle-questions_in_category-crlf.gift.txt": (4, {"single": 1, "text": 1, "true_false": 1, "match": 1}, 0),
    "moodle-encoding_windows-1252.gift.txt": (3, {"open": 2}, 1),
    "mtommasi-markdow.gift": (3, {"open": 3}, 0),
    "mtommasi-specials.gift": (3, {"text": 3}, 0),
    "mtommasi-inline.gift": (4, {"single": 2, "text": 1, "open": 1}, 0),
    "mtommasi-categories.gift": (6, {"text": 3, "info": 1, "open": 2}, 0),
    "giftplay-ejemplo-matematicas-latex.gift": (8, {"single": 5, "multi": 1, "true_false": 2}, 0),
    "giftplay-ejemplo-gift.txt": (10, {"single": 5, "multi": 2, "true_false": 2, "text": 1}, 0),
}
ORACLE_KINDS = {
    "MC": {"single", "multi"},
    "TF": {"true_false"},
    "Short": {"text"},
    "Numerical": {"number"},
    "Description": {"info"},
    "Essay": {"open"},
    "Matching": {"match"},
}


def parsed(path: Path):
    """All quizzes of a file as (questions, issues)."""
    quizzes = formats.parse(path.read_bytes(), path.name)
    questions = [question for quiz in quizzes for question in quiz.questions]
    return questions, [issue for quiz in quizzes for issue in quiz.issues]


@needs_samples
@pytest.mark.parametrize("name", sorted(COUNTS))
def test_every_question_of_a_real_file_is_accounted_for(name):
    """Imported and skipped add up to what the README counts, kind by kind, each with its line."""
    questions, issues = parsed(FOLDER / name)
    skipped = [issue for issue in issues if issue.severity == "skipped"]
    found, kinds, left_out = COUNTS[name]
    assert len(questions) + len(skipped) == found
    assert dict(Counter(question["kind"] for question in questions)) == kinds
    assert len(skipped) == left_out
    assert all(issue.where.startswith("line ") and issue.message for issue in issues)


@needs_samples
@pytest.mark.parametrize("path", sorted([*FOLDER.glob("*.*"), *ORACLES.glob("*.gift")]), ids=lambda path: path.name)
def test_what_is_imported_can_be_played(path):
    """Each question is one that the game takes as it is."""
    if path.name == "categorySpecialCharacter.gift":
        with pytest.raises(formats.FormatError, match="no questions"):
            parsed(path)
        return
    questions, _ = parsed(path)
    for question in questions:
        place = question.pop("_where")
        assert decode_question(question, lambda: "q").kind == question["kind"], place


@needs_samples
@pytest.mark.parametrize("path", sorted(ORACLES.glob("*.json")), ids=lambda path: path.stem)
def test_an_independent_parser_finds_the_same_right_answers(path):
    """Kind by kind and answer by answer; what we skip, it calls essay, matching or category."""
    expected = [item for item in json.loads(path.read_text(encoding="utf-8")) if item["type"] in ORACLE_KINDS]
    try:
        questions, _ = parsed(path.with_suffix(".gift"))
    except formats.FormatError:
        questions = []
    if path.stem != "totara_moodle_backslash":
        assert len(questions) == len(expected)
    for question, item in zip(questions, expected, strict=False):
        kinds = ORACLE_KINDS[item["type"]]
        one_answer = item["type"] == "MC" and len(item["choices"]) == 1
        assert question["kind"] in (kinds | {"text"} if one_answer else kinds), question["_where"]
        if item["type"] == "TF":
            assert question["choices"][0].get("correct", False) is item["isTrue"]
        if question["kind"] in ("single", "multi"):
            # Of a single choice a part of the points is not the right answer; of several choices each part is.
            is_multi = question["kind"] == "multi"
            right = [choice["isCorrect"] or (is_multi and (choice["weight"] or 0) > 0) for choice in item["choices"]]
            assert [choice.get("correct", False) for choice in question["choices"]] == right, question["_where"]


@needs_samples
@pytest.mark.parametrize("path", sorted(ORACLES.glob("*.json")), ids=lambda path: path.stem)
def test_an_independent_parser_finds_the_same_weights_and_values(path):
    """Choices, typed answers and numbers, each in the order of the file."""
    expected = [item for item in json.loads(path.read_text(encoding="utf-8")) if item["type"] in ORACLE_KINDS]
    try:
        questions, _ = parsed(path.with_suffix(".gift"))
    except formats.FormatError:
        questions = []
    for question, item in zip(questions, expected, strict=True):
        place = question["_where"]
        if question["kind"] in ("single", "multi") and any("weight" in choice for choice in question["choices"]):
            weights = [100 * choice["weight"] for choice in question["choices"]]
            assert weights == pytest.approx([_weight(choice) for choice in item["choices"]], abs=1e-3), place
        elif question["kind"] == "text":
            found = [_accepted(entry) for entry in question["accepted"]]
            assert found == [(_words(c["text"]["text"]), c["weight"] or 100) for c in item["choices"]], place
        elif question["kind"] == "number":
            assert question["accepted"] == _numbers(item["choices"]), place


def _weight(choice: dict) -> float:
    return choice["weight"] if choice["weight"] is not None else 100 * choice["isCorrect"]


def _words(text: str) -> str:
    return " ".join(text.split())


def _accepted(entry) -> tuple[str, float]:
    return (entry, 100) if isinstance(entry, str) else (entry["text"], 100 * entry["weight"])


def _numbers(choices) -> list[dict]:
    """What the other parser found, in our form; what earns nothing is not accepted."""
    if isinstance(choices, dict):
        return [_entry(choices, 100)]
    right = [choice for choice in choices if choice["isCorrect"] and choice["weight"] != 0]
    return [_entry(choice["text"], 100 if choice["weight"] is None else choice["weight"]) for choice in right]


def _entry(value: dict, weight: float) -> dict:
    if value["type"] == "high-low":
        entry = {"min": value["numberLow"], "max": value["numberHigh"]}
    else:
        entry = {"value": value["number"]} | ({"tolerance": value["range"]} if value.get("range") else {})
    return entry if weight == 100 else entry | {"weight": weight / 100}
