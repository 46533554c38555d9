"""What a teacher sees of a closed round: bars and answers with the letters that the class saw."""

from sample_rooms import MULTI, NUMBER, POLL, SINGLE, TEXT, content_of

from game.kinds import kind_of
from game.outcome import Bar, bars, given, right_answers


def question_of(quiz_question):
    return content_of(quiz_question).question(1)


def spread(question, *answers):
    return kind_of(question).distribution(question, answers)


def test_choices_stand_in_the_order_of_the_screen():
    """Position gives the letter; the text and the check are the author's."""
    question = question_of(SINGLE)
    distribution = spread(question, {"choices": [1]}, {"choices": [1]}, {"choices": [0]})
    found = bars(question, (1, 0), distribution, {"choices": [1]}, 3)
    assert found == [Bar("4", 2, 2 / 3, True, 0), Bar("3", 1, 1 / 3, False, 1)]


def test_of_several_choices_each_may_be_everybodys():
    """Shares are of the people, not of the crosses."""
    question = question_of(MULTI)
    distribution = spread(question, {"choices": [0, 1]}, {"choices": [0]})
    assert [bar.share for bar in bars(question, None, distribution, {"choices": [0, 1]}, 2)] == [1.0, 0.5, 0.0]


def test_who_was_removed_after_answering_breaks_no_bar():
    """They are in the distribution and not among those who answered."""
    question = question_of(POLL)
    found = bars(question, None, spread(question, {"choices": [0]}, {"choices": [0]}), None, 0)
    assert [(bar.share, bar.right) for bar in found] == [(1.0, False), (0.0, False)]


def test_what_was_typed_has_no_letter():
    """The most frequent first, marked when it was right."""
    question = question_of(TEXT)
    distribution = spread(question, {"text": "Lyon"}, {"text": "Paris"}, {"text": "Paris"})
    found = bars(question, None, distribution, None, 4)
    assert found == [Bar("Paris", 2, 0.5, True), Bar("Lyon", 1, 0.25, False)]


def test_what_somebody_gave():
    """Choices in the order of the screen, else what was typed."""
    multi = question_of(MULTI)
    assert given(multi, (2, 0, 1), {"choices": [0, 2]}).choices == ((0, "4"), (1, "2"))
    assert given(question_of(NUMBER), None, {"number": 3}).value == 3


def test_what_was_right():
    """Choices with their place, accepted texts and numbers as the quiz has them; a poll has nothing."""
    single, number, poll = question_of(SINGLE), question_of(NUMBER), question_of(POLL)
    assert right_answers(single, (1, 0), kind_of(single).key(single)) == {"choices": [(0, "4")], "accepted": []}
    accepted = right_answers(number, None, kind_of(number).key(number))["accepted"]
    assert accepted == [{"value": 3.14, "tolerance": 0.01}]
    assert right_answers(poll, None, None) == {"choices": [], "accepted": []}
