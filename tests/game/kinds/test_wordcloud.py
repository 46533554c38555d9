"""A cloud: a few words from each, counted together."""

import pytest
from sample_kinds import WORDCLOUD

from game.kinds import InvalidAnswer, kind_of
from game.quiz import QuizError, decode_question

QUESTION = decode_question(WORDCLOUD, lambda: "q")
KIND = kind_of(QUESTION)


def test_words_alike_are_one():
    """As most of them were typed; who says the same twice has said it once."""
    said = [["Wet", "blue"], ["wet"], ["wet", "WET"]]
    answers = [KIND.parse_answer(QUESTION, {"words": words}) for words in said]
    assert answers[2] == {"words": ["wet"]}
    values = KIND.distribution(QUESTION, answers)["values"]
    assert [(entry["value"], entry["count"], entry["correct"]) for entry in values] == [
        ("wet", 3, False),
        ("blue", 1, False),
    ]


def test_the_cloud_has_an_end():
    """The most frequent words, and how many there are besides."""
    answers = [{"words": [f"w{number}"]} for number in range(70)] + [{"words": ["w69"]}]
    spread = KIND.distribution(QUESTION, answers)
    assert (len(spread["values"]), spread["values"][0], spread["other"]) == (
        60,
        {"value": "w69", "count": 2, "correct": False},
        10,
    )


def test_how_many_is_told_before():
    """The page needs it for its fields."""
    assert KIND.public(QUESTION, None, with_choices=True, show_text=False)["words_most"] == 2
    plain = decode_question({"kind": "wordcloud", "prompt": "?"}, lambda: "q")
    assert plain.body == {"words_most": 3}


@pytest.mark.parametrize("words", [[], ["a", "b", "c"], "a", [""], [" "], [7], ["x" * 31], ["a\x00"], None])
def test_answer_that_does_not_fit(words):
    """One to as many as may be, of 1 to 30 characters."""
    with pytest.raises(InvalidAnswer, match=r"answer\.words"):
        KIND.parse_answer(QUESTION, {"words": words})


@pytest.mark.parametrize("most", [0, 6, 1.5, "3", None])
def test_question_that_does_not_fit(most):
    """One to five words."""
    with pytest.raises(QuizError, match="words_most"):
        decode_question(WORDCLOUD | {"words_most": most}, lambda: "q")
