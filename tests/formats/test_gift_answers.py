"""The answer block: kinds in Moodle's order of decision, weights, feedback."""

import pytest

from formats.gift_answers import read_answers
from formats.gift_draft import GiftDraft


def answers(body: str) -> dict:
    """The fields that an answer block gives, without a warning."""
    draft = GiftDraft()
    read_answers(body, draft)
    assert draft.warnings == []
    return draft.finish()


def warned(body: str) -> tuple[dict, list[str]]:
    draft = GiftDraft()
    read_answers(body, draft)
    return draft.finish(), [code for code, _ in draft.warnings]


def texts(fields: dict) -> list[tuple[str, bool]]:
    return [(choice["text"], choice.get("correct", False)) for choice in fields["choices"]]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("#4", "number"),
        ("~a =b", "single"),
        ("=uno -> 1 ~dos", "single"),
        ("T", "true_false"),
        ("=T", "text"),
        ("=%100%Moodler#", "text"),
        ("=a =b", "text"),
        ("~%50%a ~%50%b ~%-100%c", "multi"),
    ],
)
def test_kinds_are_told_apart_in_moodles_order(body, kind):
    """The first rule that fits decides."""
    assert answers(body)["kind"] == kind


def test_plain_choices_need_no_weights():
    """The game's own rule is the same."""
    fields = answers(" ~a\n =b#good\n ~c # no")
    assert fields["choices"] == [
        {"text": "a"},
        {"text": "b", "feedback": "good", "correct": True},
        {"text": "c", "feedback": "no"},
    ]


def test_a_partly_right_choice_keeps_its_weight_and_is_not_the_right_one():
    """100, 50 and nothing."""
    fields = answers("~a ~%50%b =c")
    assert [(choice.get("correct", False), choice["weight"]) for choice in fields["choices"]] == [
        (False, 0.0),
        (False, 0.5),
        (True, 1.0),
    ]


def test_several_right_answers_of_a_single_choice_all_count():
    """Any of them earns everything."""
    assert texts(answers("=a =b ~c")) == [("a", True), ("b", True), ("c", False)]


def test_multi_keeps_moodles_weights():
    """Thirds do not add up to 1 exactly, which is no reason for a warning."""
    fields = answers("~%33.33333%a ~%33.33333%b ~%33,33333%c ~%-50%d")
    assert [choice["weight"] for choice in fields["choices"]] == [0.3333333, 0.3333333, 0.3333333, -0.5]


def test_one_answer_at_100_is_a_single_choice():
    """However it was written."""
    fields = answers("~%100%a ~%-100%b ~%-100%c")
    assert fields["kind"] == "single"
    assert [choice["weight"] for choice in fields["choices"]] == [1.0, -1.0, -1.0]


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        ("~%50%a ~%25%b ~%-50%c", ["weights_sum"]),
        ("~%50%a ~%50%b ~c", ["no_loss"]),
        ("~%200%a ~%-100%b", ["weight_limited"]),
        ("~a ~b", ["read_as_poll"]),
        ("anything", ["answer_without_sign"]),
        ("verdadero", ["read_as_true_false"]),
        ("=a =%-50%b", ["weight_below_zero"]),
        ("#3,5", ["decimal_comma"]),
    ],
)
def test_what_was_understood_but_not_written_so_is_told(body, codes):
    """The question comes over all the same."""
    assert warned(body)[1] == codes


def test_a_choice_without_any_right_answer_is_a_poll():
    """Without weights, which a poll cannot have."""
    fields, _ = warned("~%-10%a ~b#why")
    assert fields == {"kind": "poll", "choices": [{"text": "a"}, {"text": "b", "feedback": "why"}]}


@pytest.mark.parametrize("body", ["~a ~=b ~c", "~a ~ =b ~c", "~a =b ~c ~"])
def test_marks_without_text_are_no_answers(body):
    """~= before an answer means right."""
    assert texts(answers(body)) == [("a", False), ("b", True), ("c", False)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("=$5 ~$6 ~$7", ["$5", "$6", "$7"]),
        ("~10$~20$=30$", ["10$", "20$", "30$"]),
        (r"=$x = \sqrt{25}$ ~$y = 1$", [r"$x = \sqrt{25}$", "$y = 1$"]),
        ("=x >= 5 ~x <= 5", ["x >= 5", "x <= 5"]),
        ('=<span style="color: red">x</span> ~y', ["x", "y"]),
        ("=http://x.org/?a=b#right ~no", ["http://x.org/?a=b", "no"]),
        ("=it&#39;s ~was", ["it's", "was"]),
        (r"=C\# ~\~ ~\\", ["C#", "~", "\\"]),
        ("=<b> ~<i>", ["<b>", "<i>"]),
    ],
)
def test_signs_inside_formulas_tags_and_addresses_do_not_part_answers(body, expected):
    """Money is no formula."""
    assert [choice["text"] for choice in answers(body)["choices"]] == expected


def test_true_and_false_with_feedback():
    """The first feedback is for those who were wrong."""
    fields = answers("F#no one is buried there#yes####why")
    assert fields["choices"] == [
        {"text": "True", "feedback": "no one is buried there"},
        {"text": "False", "correct": True, "feedback": "yes"},
    ]
    assert fields["explanation"] == "why"


@pytest.mark.parametrize(
    ("body", "is_true"), [("T", True), ("TRUE", True), ("t", True), ("false", False), (" F ", False)]
)
def test_true_and_false_in_any_case(body, is_true):
    """Index 0 is true."""
    assert answers(body)["choices"][0].get("correct", False) is is_true


def test_typed_answers_keep_weights_and_their_feedback_goes_to_the_notes():
    """What earns nothing is not accepted, but what it teaches is kept."""
    fields = answers("=Frog#Good! =%50%Cat =%0%*#Wrong")
    assert fields == {
        "kind": "text",
        "accepted": ["Frog", {"text": "Cat", "weight": 0.5}],
        "notes": "Frog: Good!\nOtherwise: Wrong",
    }


def test_a_star_makes_a_pattern():
    """An escaped one stays a star."""
    assert answers(r"=*Paris* =5\*3") | {"kind": ""} == {
        "kind": "",
        "accepted": ["*Paris*", r"5\*3"],
        "match": "wildcard",
    }
    assert "match" not in answers("=Paris")


def test_run_together_answers_are_parted():
    """=a=b=c."""
    assert answers("=a=b=c")["accepted"] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("body", "accepted"),
    [
        ("#1822", [{"value": 1822}]),
        ("#-3.142:0.001", [{"value": -3.142, "tolerance": 0.001}]),
        ("#1..5", [{"min": 1, "max": 5}]),
        ("#\n=1822:0\n=%50%1822:2", [{"value": 1822}, {"value": 1822, "tolerance": 2, "weight": 0.5}]),
        ("#3:2~#no", [{"value": 3, "tolerance": 2}]),
        ("#=3 =%25%*#near", [{"value": 3}, {"min": -1e300, "max": 1e300, "weight": 0.25}]),
        ("#=%0%5:0#no =%100%9:0", [{"value": 9}]),
    ],
)
def test_numbers(body, accepted):
    """Values, tolerances, ranges, weights and what catches the rest."""
    assert answers(body)["accepted"] == accepted
