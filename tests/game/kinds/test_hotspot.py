"""Pointing: at a place of the picture, or by the name of an area."""

import pytest
from sample_kinds import HOTSPOT

from game.kinds import InvalidAnswer, areas, kind_of
from game.quiz import QuizError, decode_question

QUESTION = decode_question(HOTSPOT, lambda: "q")
KIND = kind_of(QUESTION)


@pytest.mark.parametrize(
    ("point", "hit"),
    [
        ([0, 0], "north"),
        ([0.5, 0.5], "north"),
        ([0.51, 0.5], None),
        ([0.75, 0.94], "south"),
        ([0.75, 0.96], None),
        ([0.99, 0.75], "south"),
        ([0.99, 0.9], None),
        ([0.05, 0.7], "west"),
        ([0.25, 0.9], None),
    ],
)
def test_where_a_point_lies(point, hit):
    """Edges belong to their area; a circle is as round as its two radii say."""
    found = [area["label"] for area in QUESTION.body["areas"] if areas.is_in(area, *point)]
    assert found == ([hit] if hit else [])
    assert KIND.credit(QUESTION, {"point": point}, True) == (hit == "north")


def test_a_name_is_as_good_as_a_point():
    """For those who do not see the picture."""
    assert [KIND.credit(QUESTION, {"area": index}, True) for index in (0, 1, 2)] == [1, 0, 0]


def test_where_two_areas_lie_over_each_other_the_right_one_is_meant():
    """Whichever was drawn first."""
    over = HOTSPOT["areas"][0] | {"label": "all", "correct": False, "width": 1, "height": 1}
    question = decode_question(HOTSPOT | {"areas": [over, HOTSPOT["areas"][0]]}, lambda: "q")
    assert KIND.distribution(question, [{"point": [0.1, 0.1]}, {"point": [0.9, 0.9]}])["counts"] == [1, 1]


def test_counts_and_points():
    """By area, elsewhere, and the first two hundred places."""
    answers = [{"area": 1}, {"point": [0.9, 0.1]}, *[{"point": [0.1, 0.1]}] * 300]
    spread = KIND.distribution(QUESTION, answers)
    assert (spread["counts"], spread["other"], len(spread["points"])) == ([300, 1, 0], 1, 200)
    assert [KIND.told(QUESTION, answer) for answer in answers[:3]] == ["south", "(90%, 10%)", "north"]


def test_the_list_of_names_says_nothing():
    """No geometry, mixed, and with names whatever the room shows."""
    view = KIND.public(KIND.mix(QUESTION, list.reverse, False), None, with_choices=True, show_text=False)
    assert view["areas"] == [
        {"index": 2, "label": "west"},
        {"index": 1, "label": "south"},
        {"index": 0, "label": "north"},
    ]


def test_the_key_has_the_areas():
    """Where the right ones lie, for the reveal."""
    key = KIND.key(QUESTION)
    assert (key["area"], key["accepted"]) == (0, [0])
    assert key["areas"][1] == {"index": 1, "correct": False} | HOTSPOT["areas"][1]


@pytest.mark.parametrize(
    "raw",
    [
        {},
        {"area": 3},
        {"area": -1},
        {"area": True},
        {"area": 0, "point": [0, 0]},
        {"point": [0]},
        {"point": [0, 1.1]},
        {"point": [0, -0.1]},
        {"point": [0, float("nan")]},
        {"point": ["0", 0]},
        {"point": [False, 0]},
        {"point": None},
    ],
)
def test_answer_that_does_not_fit(raw):
    """A place in the picture, or an area that is there; not both."""
    with pytest.raises(InvalidAnswer, match="answer"):
        KIND.parse_answer(QUESTION, raw)


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"media": None}, ["media"]),
        ({"areas": []}, ["areas"]),
        ({"areas": HOTSPOT["areas"][1:]}, ["areas"]),
        ({"areas": [HOTSPOT["areas"][0]] * 2}, ["areas[1].label"]),
        ({"areas": [HOTSPOT["areas"][0] | {"width": 0}]}, ["areas[0].width"]),
        ({"areas": [HOTSPOT["areas"][0] | {"x": 1.5}]}, ["areas[0].x"]),
        ({"areas": [HOTSPOT["areas"][0] | {"rx": 0.5}]}, ["areas[0].rx"]),
        ({"areas": [HOTSPOT["areas"][0] | {"shape": "star"}]}, ["areas[0].shape"]),
        ({"areas": [HOTSPOT["areas"][2] | {"points": [[0, 0], [1, 1]]}]}, ["areas[0].points"]),
        ({"areas": [HOTSPOT["areas"][2] | {"points": [[0, 0], [1, 1], [2, 0]]}]}, ["areas[0].points[2]"]),
        ({"areas": [{"label": "", "shape": "polygon"}]}, ["areas[0].label", "areas[0].points"]),
    ],
)
def test_question_that_does_not_fit(change, where):
    """With the places of all faults."""
    with pytest.raises(QuizError) as caught:
        decode_question(HOTSPOT | change, lambda: "q")
    assert [problem.where for problem in caught.value.problems] == where
