"""Lists of questions and answers in anybody's JSON."""

import json

import pytest

import formats

OPTIONS = ["Oslo", "Bergen", "Tromsø"]


def only(entry: object, **others: object) -> dict:
    (parsed,) = formats.parse(json.dumps({"questions": [entry], **others}).encode(), "capitals.json")
    assert parsed.issues == []
    (question,) = parsed.questions
    return question


def right(question: dict) -> list[str]:
    return [choice["text"] for choice in question["choices"] if choice.get("correct")]


@pytest.mark.parametrize(
    "entry",
    [
        {"question": "Capital?", "answer": "Oslo"},
        {"q": "Capital?", "a": "Oslo"},
        {"Frage": "Capital?", "Antwort": "Oslo"},
        {"question": {"text": "Capital?"}, "correctAnswer": "Oslo"},
        {"question": "Capital?", "answers": ["Oslo"], "correct": ["Oslo"], "id": 7} | {"answers": []},
    ],
)
def test_a_question_with_its_answer_is_typed(entry):
    """Whatever its fields are called."""
    question = only(entry)
    assert (question["kind"], question["prompt"], question["accepted"]) == ("text", "Capital?", ["Oslo"])


@pytest.mark.parametrize(
    "entry",
    [
        {"question": "Capital?", "options": OPTIONS, "answer": "Bergen"},
        {"question": "Capital?", "options": OPTIONS, "answer": "B"},
        {"question": "Capital?", "options": OPTIONS, "correct_index": 1},
        {"question": "Capital?", "choices": {"A": "Oslo", "B": "Bergen"}, "correct_answer": "B"},
        {"question": "Capital?", "A": "Oslo", "B": "Bergen", "answer": "B"},
        {"question": "Capital?", "option1": "Oslo", "option2": "Bergen", "answer": "Bergen"},
        {"question": "Capital?", "answers": [{"text": "Oslo"}, {"text": "Bergen", "isCorrect": True}]},
        {"question": "Capital?", "answers": [{"text": "Oslo", "correct": False}, {"text": "Bergen", "correct": True}]},
        {"question": "Capital?", "correctAnswer": "Bergen", "incorrectAnswers": ["Oslo", "Tromsø"]},
    ],
)
def test_a_question_with_answers_to_choose_from_is_a_choice(entry):
    """The right one by text, letter, number or mark."""
    question = only(entry)
    assert question["kind"] == "single"
    assert right(question) == ["Bergen"]


def test_several_right_answers_and_true_or_false():
    """By their texts, and by a boolean."""
    assert right(only({"question": "Q?", "options": OPTIONS, "answer": ["Oslo", "Tromsø"]})) == ["Oslo", "Tromsø"]
    question = only({"question": "Oslo is a capital.", "answer": True})
    assert (question["kind"], right(question)) == ("true_false", ["True"])


def test_numbers_are_counted_from_0_unless_one_is_the_last_counted_from_1():
    """Programs count from 0, people from 1; the whole file decides."""

    def entries(*numbers):
        return [{"question": f"Q{at}?", "options": OPTIONS, "answer": number} for at, number in enumerate(numbers)]

    (parsed,) = formats.parse(json.dumps(entries(0, 2)).encode(), "a.json")
    assert [right(question) for question in parsed.questions] == [["Oslo"], ["Tromsø"]]
    (parsed,) = formats.parse(json.dumps(entries(1, 3)).encode(), "a.json")
    assert [right(question) for question in parsed.questions] == [["Oslo"], ["Tromsø"]]


def test_what_cannot_come_over_is_skipped_at_its_place():
    """And the rest of the entry is used: time, explanation, title of the whole."""
    entries = [
        {"question": "Q?", "answer": "x", "explanation": "Because", "time": 30},
        {"question": "Q?"},
        7,
        {"question": "", "answer": "x"},
    ]
    (parsed,) = formats.parse(json.dumps({"title": "Norway", "questions": entries}).encode(), "a.json")
    assert parsed.title == "Norway"
    assert (parsed.questions[0]["explanation"], parsed.questions[0]["time_limit_s"]) == ("Because", 30)
    assert [(issue.where, issue.code) for issue in parsed.issues] == [
        ("questions[1]", "no_right_answer"),
        ("questions[2]", "not_a_question"),
        ("questions[3]", "no_text"),
    ]


def test_a_list_for_each_topic_is_a_quiz_for_each():
    """And so are several answers of one service in a list."""
    entry = {"question": "Q?", "answer": "x"}
    topics = formats.parse(json.dumps({"Rivers": [entry], "Lakes": [entry, 7], "year": 2026}).encode(), "geo.json")
    assert [(quiz.title, quiz.found) for quiz in topics] == [("geo: Rivers", 1), ("geo: Lakes", 2)]
    assert topics[1].issues[0].where == "Lakes[1]"
    pages = formats.parse(json.dumps([{"results": [entry]}, {"results": [entry]}]).encode(), "geo.json")
    assert [quiz.questions[0]["_where"] for quiz in pages] == ["[0].results[0]", "[1].results[0]"]


def test_quizhalls_own_json_is_its_own():
    """Also when other fields of it look like a list's."""
    own = {"title": "T", "questions": [{"kind": "text", "prompt": "Q?", "accepted": ["x"], "answer": "x"}]}
    assert formats.detect(formats.source.Source(json.dumps(own).encode(), "a.json")).name == "json"
