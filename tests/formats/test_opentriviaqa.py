"""OpenTriviaQA's text files, as they really are: questions of several lines, mixed line ends, up to seven answers."""

import formats

FILE = (
    b"\n#Q Two lines?\r\nA second one.\n^ Caf\xe9\nA Tea\nB Caf\xe9\nC Water\n\n"
    b"#Q Is it so?\n^ No\nA Yes\nB No\n\n"
    b"#Q Statement.\n^ False\nA False\nB True\n"
)


def parse(text: str) -> formats.Parsed:
    (parsed,) = formats.parse(text.encode(), "brain-teasers")
    return parsed


def right(question: dict) -> list[str]:
    return [choice["text"] for choice in question["choices"] if choice.get("correct")]


def test_a_real_file_is_read_whole():
    """In Windows-1252 and with two kinds of line ends; its questions stand at their lines."""
    (parsed,) = formats.parse(FILE, "brain_teasers.txt")
    assert [question["_where"] for question in parsed.questions] == ["line 2", "line 9", "line 14"]
    assert [question["kind"] for question in parsed.questions] == ["single", "single", "true_false"]
    assert [right(question) for question in parsed.questions] == [["Café"], ["No"], ["False"]]
    assert parsed.questions[0]["prompt"] == "Two lines?\nA second one."
    assert parsed.title == "brain teasers"
    assert "CC BY-SA 4.0" in parsed.description
    assert [issue.code for issue in parsed.issues] == ["encoding_guessed"]


def test_a_line_that_begins_no_answer_belongs_to_the_one_before():
    """Also when it begins with a capital letter of its own."""
    (question,) = parse("#Q Q?\n^ Long one\nA Long\none\nB I think\nI am\nA bee\n").questions
    assert [choice["text"] for choice in question["choices"]] == ["Long one", "I think I am A bee"]


def test_a_right_answer_that_is_not_among_them_is_told():
    """Written a little otherwise it is found; else it is added."""
    parsed = parse("#Q Q?\n^ ice-cream\nA Ice cream\nB Jam\n\n#Q Q?\n^ Tea\nA Ice cream\nB Jam\n")
    assert [right(question) for question in parsed.questions] == [["Ice cream"], ["Tea"]]
    assert [(issue.where, issue.code) for issue in parsed.issues] == [("line 6", "right_answer_added")]


def test_what_cannot_be_played_is_skipped_at_its_line():
    """A question without answers to choose from is typed."""
    parsed = parse("#Q Q?\n^ Tea\n\n#Q\n^ Tea\nA Tea\nB Jam\n\n#Q Q?\nA Tea\nB Jam\n\n#Q Q?\n^ Tea\nA Tea\n")
    assert [question["kind"] for question in parsed.questions] == ["text"]
    assert [(issue.where, issue.code) for issue in parsed.issues] == [
        ("line 4", "no_text"),
        ("line 9", "no_right_answer"),
        ("line 13", "too_few_answers"),
    ]
