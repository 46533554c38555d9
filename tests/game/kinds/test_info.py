"""The slide that nobody answers."""

import pytest

from game.kinds import InvalidAnswer, kind_of
from game.quiz import decode_question

SLIDE = decode_question({"id": "q", "kind": "info", "prompt": "Welcome", "notes": "smile"}, lambda: "q")


def test_takes_no_answer() -> None:
    """Whatever is sent to a slide is refused."""
    assert not kind_of(SLIDE).takes_answers
    with pytest.raises(InvalidAnswer, match="takes no answer"):
        kind_of(SLIDE).parse_answer(SLIDE, {"choices": [0]})


def test_has_no_key_and_no_points() -> None:
    """A slide is neither graded nor revealed."""
    kind = kind_of(SLIDE)
    assert not kind.graded
    assert kind.key(SLIDE) is None
    assert kind.order(SLIDE, list.reverse) is None
    view = kind.public(SLIDE, None, with_choices=True, show_text=True)
    assert view == {"id": "q", "kind": "info", "prompt": "Welcome", "time_limit_s": 20, "points": 0}
