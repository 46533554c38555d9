"""What the Open Trivia Database answers, in each of its encodings."""

import base64
import json
from urllib.parse import quote, quote_plus

import pytest

import formats

ENTRY = {
    "type": "multiple",
    "difficulty": "easy",
    "category": "Science &amp; Nature",
    "question": "What is &quot;&pi;&quot; &lt; 4&#039;s letter, co&shy;py &amp;lt;?",
    "correct_answer": "p &amp; i",
    "incorrect_answers": ["q", "r", "s"],
}
BOOLEAN = ENTRY | {"type": "boolean", "correct_answer": "False", "incorrect_answers": ["True"]}
PLAIN = 'What is "π" < 4\'s letter, copy &lt;?'


def parse(document, name: str = "slice.json") -> formats.Parsed:
    (parsed,) = formats.parse(json.dumps(document).encode(), name)
    return parsed


def encoded(entry: dict, encode) -> dict:
    plain = entry | {"question": PLAIN, "category": "Science & Nature", "correct_answer": "p & i"}
    return {
        name: [encode(one) for one in value] if isinstance(value, list) else encode(value)
        for name, value in plain.items()
    }


def right(question: dict) -> list[str]:
    return [choice["text"] for choice in question["choices"] if choice.get("correct")]


def test_entities_are_read_exactly_once():
    """In questions, answers and categories; what was written as &amp;lt; is the text &lt;."""
    parsed = parse({"response_code": 0, "results": [ENTRY]})
    (question,) = parsed.questions
    assert question["prompt"] == PLAIN
    assert right(question) == ["p & i"]
    assert question["notes"] == "Science & Nature · easy"
    assert parsed.title == "Science & Nature"
    assert parsed.issues == []
    assert "CC BY-SA 4.0" in parsed.description


@pytest.mark.parametrize(
    "encode",
    [lambda text: base64.b64encode(text.encode()).decode(), lambda text: quote(text, safe=""), quote_plus],
    ids=["base64", "url3986", "urlLegacy"],
)
def test_every_encoding_of_the_api_says_the_same(encode):
    """Nothing in the file names the encoding."""
    (question,) = parse({"response_code": 0, "results": [encoded(ENTRY, encode)]}).questions
    assert (question["prompt"], right(question)) == (PLAIN, ["p & i"])
    assert {choice["text"] for choice in question["choices"]} == {"p & i", "q", "r", "s"}


def test_a_boolean_is_true_or_false_with_true_first():
    """Whatever stands first in the file."""
    (question,) = parse([BOOLEAN]).questions
    assert question["kind"] == "true_false"
    assert question["choices"] == [{"text": "True"}, {"text": "False", "correct": True}]


def test_the_right_answer_is_not_always_at_one_place():
    """It moves from question to question, and stays where it is when the file is read again."""
    entries = [ENTRY | {"question": f"Number {number}?"} for number in range(40)]
    places = [[c.get("correct", False) for c in q["choices"]].index(True) for q in parse(entries).questions]
    assert set(places) == {0, 1, 2, 3}
    assert places == [[c.get("correct", False) for c in q["choices"]].index(True) for q in parse(entries).questions]


def test_what_is_no_question_is_skipped_at_its_place():
    """And an answer that stands there twice comes in once, which is told."""
    no_key = {name: value for name, value in ENTRY.items() if name != "correct_answer"} | {"correct_answer": ""}
    twice = ENTRY | {"incorrect_answers": ["q", "q", "p &amp; i"]}
    parsed = parse([ENTRY, "x", no_key, ENTRY | {"question": ""}, ENTRY | {"incorrect_answers": []}, twice])
    assert [(issue.where, issue.severity, issue.code) for issue in parsed.issues] == [
        ("questions[1]", "skipped", "not_a_question"),
        ("questions[2]", "skipped", "no_right_answer"),
        ("questions[3]", "skipped", "no_text"),
        ("questions[4]", "skipped", "too_few_answers"),
        ("questions[5]", "warning", "answer_repeated"),
    ]
    assert len(parsed.questions[1]["choices"]) == 2


@pytest.mark.parametrize(("code", "said"), [(1, "fewer questions"), (3, "token is unknown"), (5, "five seconds")])
def test_an_answer_without_questions_says_why(code, said):
    """As the database's own response codes mean it."""
    with pytest.raises(formats.FormatError, match=said):
        parse({"response_code": code, "results": []})
