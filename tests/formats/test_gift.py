"""GIFT as teachers really write it: what is read, what is repaired with a warning, what is skipped with a reason."""

import contextlib
import time

import pytest

import formats
from formats import gift


def read(text: str, name: str = "quiz.gift"):
    """The one quiz of a GIFT text."""
    (parsed,) = formats.parse(text.encode(), name)
    return parsed


def told(parsed) -> list[tuple[str, str]]:
    """Where and code of every issue."""
    return [(issue.where, issue.code) for issue in parsed.issues]


def only(text: str) -> dict:
    """The one question of a text that needs no remark."""
    parsed = read(text)
    assert parsed.issues == []
    (question,) = parsed.questions
    return question


def test_a_question_below_a_category_is_not_swallowed_by_it():
    """Moodle reads both lines as the category's name."""
    parsed = read("$CATEGORY: $course$/top/Default for Ríos\n::Q1:: a {T}\n\nb {F}")
    assert parsed.title == "Ríos"
    assert [question["prompt"] for question in parsed.questions] == ["a", "b"]


def test_a_quiz_without_category_is_named_after_its_file():
    """Without its endings and underscores."""
    assert read("a {T}", "week_3.gift.txt").title == "week 3"


def test_several_categories_are_joined_and_told():
    """One quiz, in the order of the file."""
    parsed = read("$CATEGORY: a\n\nx {T}\n\n$CATEGORY: b\n\ny {F}")
    assert len(parsed.questions) == 2
    assert told(parsed) == [("line 5", "categories_joined")]


def test_blank_lines_inside_the_braces_do_not_end_a_question():
    """Feedback has paragraphs."""
    question = only("Q {\n=a\n\n~b\n\n####first\n\nsecond\n}")
    assert question["explanation"] == "first\n\nsecond"
    assert [choice["text"] for choice in question["choices"]] == ["a", "b"]


@pytest.mark.parametrize(
    "next_question",
    ["Q2 {=c ~d}", "::Q2::Text\n{=c ~d}", "$CATEGORY: x\nQ2 {=c ~d}"],
    ids=["plain", "titled", "category"],
)
def test_a_brace_that_never_closes_costs_one_question(next_question):
    """Reading goes on with the next question."""
    parsed = read(f"Q0 {{T}}\n\nQ1 {{=a ~b\n\n{next_question}\n\nQ3 {{F}}")
    assert told(parsed) == [("line 3", "brace_not_closed")]
    assert [question["kind"] for question in parsed.questions] == ["true_false", "single", "true_false"]


def test_questions_without_a_blank_line_between_them_are_told_apart():
    """With the line of each."""
    parsed = read("Q1 {T}\nQ2 {F}.\n::third::Q3 {=a\n~b}")
    assert [question["_where"] for question in parsed.questions] == ["line 1", "line 2", "line 3"]
    assert told(parsed) == [("line 2", "blank_line_missing"), ("line 3", "blank_line_missing")]


def test_a_blank_line_before_the_braces_does_not_part_question_and_answers():
    """What looked like a slide was the question."""
    question = only("Capital of France?\n\n{=Paris ~Lyon}")
    assert (question["kind"], question["prompt"], question["_where"]) == ("single", "Capital of France?", "line 1")


@pytest.mark.parametrize("text", ["Q {}", "Q { }", "Q {####only feedback}"])
def test_an_essay_is_an_open_question(text):
    """Nothing is right in it."""
    question = only(text)
    assert (question["kind"], question["prompt"]) == ("open", "Q")


def test_pairs_are_matched():
    """A right side alone fits nothing; the same pair twice is one."""
    question = only("Q {=a -> 1 =b -> 2 =b -> 2 = -> 3 =<b>c</b> -> x \\= y}")
    assert question["pairs"] == [
        {"left": "a", "right": "1"},
        {"left": "b", "right": "2"},
        {"left": "**c**", "right": "x = y"},
    ]
    assert question["distractors"] == ["3"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Q is {1:MC:~=a~b} here", {"kind": "single", "prompt": "Q is _____ here"}),
        (
            "Q? {1:SAC:=a\\}~%50%b}",
            {"prompt": "Q?", "accepted": ["a}", {"text": "b", "weight": 0.5}], "match": "exact"},
        ),
        ("Q? {2:NUMERICAL:=3:0.1}", {"kind": "number", "accepted": [{"value": 3, "tolerance": 0.1}]}),
        ("Q? {1:MR:=a~=b~c}", {"kind": "multi"}),
        ("[html]<b>A</b> {1:SA:=x} {1:MC:=y~z}", {"prompt": "A {{1}} {{2}} (y / z)"}),
        ("A {=x ~y} and {=z =%50%w}.", {"prompt": "A {{1}} (x / y) and {{2}}."}),
        ("A {#3} and {=z}.", {"blanks": [{"accepted": ["3"]}, {"accepted": ["z"]}]}),
    ],
)
def test_embedded_answers_are_gaps(text, expected):
    """One alone is the question that it asks, several are blanks."""
    (question,) = read(text).questions
    assert expected.items() <= question.items()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Q {=a -> 1}", "too_few_answers"),
        ("Q {=a -> 1 =b}", "pair_unclear"),
        ("Q {=a -> 1 =a -> 2}", "pairs_alike"),
        ("Q {=a -> 1 =b -> 1}", "pairs_alike"),
        ("Q is {1:MC:=a} here", "too_few_answers"),
        ("Q is {1:MC:%50%a~b} here", "no_right_answer"),
        ("Q is {1:MR:=a~=b} or {1:SA:=c}", "kind_gaps"),
        ("Q is {1:HOLOGRAM:=a} here", "gap_unclear"),
        ("Q is {1:SA:=a here", "brace_not_closed"),
        ("Q {=a} and {T} here {=b}", "several_answer_blocks"),
        ("Q =a ~b}", "brace_not_opened"),
        ("Q\n=a\n~b", "no_braces"),
        ("Q {~a}", "too_few_answers"),
        ("Q {#}", "no_right_answer"),
        ("Q {=%0%a}", "no_right_answer"),
        ("{=a ~b}", "no_text"),
        ("[html]Q {=<img src='a.png'> ~b}", "choice_without_text"),
        ("Q {=" + "a" * gift.LONGEST_QUESTION + "}", "too_long"),
        ("Q {=" + "~" * gift.MOST_SIGNS + "}", "too_long"),
    ],
)
def test_what_cannot_come_over_is_skipped_with_its_line_and_reason(text, code):
    """And leaves the questions around it alone."""
    parsed = read(f"before {{T}}\n\n{text}\n\nafter {{F}}")
    assert told(parsed) == [("line 3", code)]
    assert [question["prompt"] for question in parsed.questions] == ["before", "after"]
    assert parsed.found == 3


@pytest.mark.parametrize(
    ("stem", "prompt"),
    [
        (r"What is $\dfrac{2x}{3}$ for $x \neq 3$?", r"What is $\dfrac{2x}{3}$ for $x \neq 3$?"),
        (r"Solve \(x^{2}=4\).", r"Solve $x^{2}=4$."),
        (r"Escaped $\\frac\{1\}\{2\}$", r"Escaped $\frac{1}{2}$"),
        (r"$$\begin{cases} x \\ y \end{cases}$$", r"$$\begin{cases} x \\ y \end{cases}$$"),
        ("It costs $5 or $6.", "It costs $5 or $6."),
        (r"a \{ b \} \~ \= \# \: c \\ d \e", r"a { b } ~ = # : c \ d \e"),
        (r"two\nlines", "two\nlines"),
        ("1+1=2: a # b", "1+1=2: a # b"),
    ],
)
def test_formulas_escapes_and_signs_in_the_text_survive(stem, prompt):
    """Escaped or not."""
    assert only(f"{stem} {{T}}")["prompt"] == prompt


def test_bare_braces_outside_a_formula_are_kept_and_told():
    """The answers are the braces that begin with a sign."""
    parsed = read("Solve x^{2} = 4 {=2 ~\\sqrt{3}}")
    assert parsed.questions[0]["prompt"] == "Solve x^{2} = 4"
    assert [choice["text"] for choice in parsed.questions[0]["choices"]] == ["2", "\\sqrt{3}"]
    assert told(parsed) == [("line 1", "braces_not_escaped")]


@pytest.mark.parametrize(
    ("text", "prompt"),
    [
        ("Grant is {~buried =entombed} in a tomb.", "Grant is _____ in a tomb."),
        ("{ =Asia } is large.", "_____ is large."),
        ("Two and two are {=four}.", "Two and two are _____."),
        ("in\n{=a ~b}\nthe middle", "in _____ the middle"),
        ("The sun is hot {T}.", "The sun is hot."),
        ("Is it? {T}.", "Is it?"),
    ],
)
def test_words_after_the_braces_make_a_gap(text, prompt):
    """But a statement that is true or false has none."""
    assert only(text)["prompt"] == prompt


def test_stray_signs_after_the_braces_are_left_out():
    """They come from files that were once source code."""
    parsed = read('a {T}";\n\nb {=x ~y}}')
    assert [question["prompt"] for question in parsed.questions] == ["a", "b"]
    assert told(parsed) == [("line 1", "stray_signs"), ("line 3", "stray_signs")]


def test_titles_are_kept_only_when_they_say_something():
    """Numbers and the first words of the text do not."""
    text = "::Q1:: a {T}\n\n::What is t...:: What is this {T}\n\n::Rivers\\: two:: b {T}"
    assert [question.get("notes") for question in read(text).questions] == [None, None, "Rivers: two"]


def test_a_title_without_text_is_asked():
    """With a warning."""
    parsed = read("::What is 2+2?::{#4}")
    assert parsed.questions[0]["prompt"] == "What is 2+2?"
    assert told(parsed) == [("line 1", "title_as_prompt")]


def test_comments_may_set_the_clock_and_say_nothing_else():
    """Each for the question after or around it."""
    text = "// @time: 30\nQ1{T}\n\n// a\nQ2\n// [id:7]\nmore{T}\n// @time: 99999\nQ3{T}"
    questions = read(text).questions
    assert [question["prompt"] for question in questions] == ["Q1", "Q2\nmore", "Q3"]
    assert [question.get("time_limit_s") for question in questions] == [30, None, 3600]


def test_a_text_without_braces_among_questions_is_a_slide():
    """Also one that holds a formula."""
    questions = read("Part 1: x^{2}\n\nQ {T}").questions
    assert [question["kind"] for question in questions] == ["info", "true_false"]


def test_html_becomes_text_and_its_losses_are_told_once():
    """Answers are in the question's format unless they say another."""
    parsed = read('[html]<p>a&nbsp;&lt;b&gt;</p><img src\\="x.png">{=<b>yes</b> ~[plain]<b>no</b>#<a href\\="u">l</a>}')
    question = parsed.questions[0]
    assert question["prompt"] == "a\u00a0<b>"
    assert [choice["text"] for choice in question["choices"]] == ["**yes**", "<b>no</b>"]
    assert question["choices"][1]["feedback"] == "l"
    assert told(parsed) == [("line 1", "markup_lost")]
    assert "picture (x.png), link (u)" in parsed.issues[0].message


def test_long_feedback_is_cut_and_told():
    """The game would refuse the question for it."""
    parsed = read("Q {T####" + "word " * 2000 + "}")
    assert len(parsed.questions[0]["explanation"]) <= 4000
    assert told(parsed) == [("line 1", "text_shortened")]


def test_prose_is_refused_whatever_its_name():
    """Nobody wants a letter as ten slides."""
    with pytest.raises(formats.FormatError, match="no GIFT questions"):
        formats.parse(b"Dear parents,\n\nwe go on a trip.", "letter.gift")


SIGNS = [
    "{",
    "}",
    "{}",
    "{=",
    "$",
    "$a$",
    "\\",
    "\\$",
    "\\(",
    "<a ",
    "<a x='",
    "<b>",
    "<!--",
    "&",
    "&#1",
    "=%",
    "[a](",
    "*",
    "_",
    "\n",
]
FRAMES = ["%s", "q {=a ~b#%s}", "q {=a ~%s}", "[html]%s {=a ~b}", "[markdown]%s {T}", "::%s", "x {#%s}", "q {T}%s"]


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("sign", SIGNS)
def test_no_text_takes_long(sign, frame):
    """A pattern that goes over it again and again would need minutes, what is linear needs a tenth of a second."""
    text = "\n\n".join([frame % (sign * 40_000)[:40_000]] * 3) + "\n\nq {T}"
    before = time.process_time()
    with contextlib.suppress(formats.FormatError):
        formats.parse(text.encode(), "a.gift", "gift")
    assert time.process_time() - before < 5


def test_more_questions_than_a_quiz_holds_become_several_quizzes():
    """None is lost."""
    first, second = formats.parse(b"q {T}\n\n" * 600, "many.gift")
    assert [len(first.questions), len(second.questions)] == [500, 100]
    assert [first.title, second.title] == ["many", "many (2)"]
    assert told(first) == [("line 1001", "quiz_divided")]


@pytest.mark.parametrize(
    "data",
    [b"q {T}\n\n" * 11_000, b"q {=" + b"a" * gift.MAX_CHARACTERS + b"}", b"{" * (gift.MAX_BRACES + 1) + b"= }"],
    ids=["questions", "characters", "braces"],
)
def test_what_is_far_more_than_a_quiz_is_refused(data):
    """Before much time goes into it."""
    with pytest.raises(formats.FormatError):
        formats.parse(data, "huge.gift", "gift")
