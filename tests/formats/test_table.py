"""Tables that teachers made themselves: what is what, their headings say."""

import pytest

import formats


def read(text: str):
    """The one quiz of a table."""
    (parsed,) = formats.parse(text.encode(), "my table.csv")
    return parsed


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Question,A,B,C,Correct\nQ,x,y,z,B\n", ["y"]),
        ("question,options,answer\nQ,x|y|z,y\n", ["y"]),
        ("question,options,answer\nQ,x|y|z,2\n", ["y"]),
        ("Frage;Antworten;Richtig\nQ;x / y;x\n", ["x"]),
        ("Question,Option 1,Option 2\nQ,x,* y\n", ["y"]),
        ("Question,Choice A,Choice B,Answer\nQ,x,y,x\n", ["x"]),
    ],
)
def test_the_right_answer_is_found_however_it_is_given(text, right):
    """By number, letter, text or star."""
    (question,) = read(text).questions
    assert [choice["text"] for choice in question["choices"] if choice.get("correct")] == right


def test_right_and_wrong_answers_in_columns_are_mixed_the_same_way_each_time():
    """The right one stands first in the sheet, and not always on the phone."""
    text = "Gimkit Spreadsheet Import Template,,\nQuestion,Correct Answer,Incorrect Answer 1,Incorrect Answer 2\n"
    text += "".join(f"Question {number},right,wrong,worse\n" for number in range(20))
    first, again = read(text), read(text)
    assert first.questions == again.questions
    places = {[c.get("correct", False) for c in question["choices"]].index(True) for question in first.questions}
    assert places == {0, 1, 2}
    assert first.issues == []


def test_a_question_and_what_to_type_is_a_table_too():
    """Several answers are parted by a stroke."""
    parsed = read("question,answer\nCapital of France?,Paris\nA colour?,red|green\n")
    assert [(q["kind"], q["accepted"]) for q in parsed.questions] == [("text", ["Paris"]), ("text", ["red", "green"])]


def test_without_any_word_of_the_right_ones_it_is_a_poll():
    """With a warning at each row."""
    parsed = read("Question,Option 1,Option 2\nQ,x,y\n")
    assert parsed.questions[0]["kind"] == "poll"
    assert [issue.code for issue in parsed.issues] == ["read_as_poll"]
