"""What must hold for each kind, also for one that is added later: of whatever question, mixed however."""

import random
from typing import Any

import msgspec
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from kind_strategies import BODIES, garbage, questions
from sample_kinds import BODIES as SAMPLES
from sample_rooms import INFO, MULTI, NUMBER, POLL, SECRETS, SINGLE, TEXT, keys_of

from game.kinds import KINDS, InvalidAnswer, kind_of
from game.quiz import Question, decode_question, encode_question

# Where one right answer is as good as another, whatever its author weighs.
SURE = ("multi", "number", "order", "match", "categorize", "hotspot", "true_false")
TRUE_FALSE = {"kind": "true_false", "prompt": "A whale is a fish.", "choices": [{"text": "Yes"}, {"correct": True}]}
USUAL = SAMPLES | {one["kind"]: one for one in (SINGLE, MULTI, TRUE_FALSE, TEXT, NUMBER, POLL, INFO)}
each_kind = pytest.mark.parametrize("name", KINDS)
mixes = st.one_of(st.none(), st.tuples(st.integers(), st.booleans()))


def asked(data: dict[str, Any], mix: tuple[int, bool] | None = None) -> Question:
    question = decode_question(data, lambda: "q")
    if mix is None:
        return question
    return kind_of(question).mix(question, random.Random(mix[0]).shuffle, mix[1])


def right_answer(question: Question) -> dict[str, Any] | None:
    """The key as somebody would send it."""
    key = kind_of(question).key(question)
    return None if key is None else {name: value for name, value in key.items() if name not in ("accepted", "areas")}


def earns_all(question: Question) -> bool:
    """Every text that is asked for has a spelling that is worth everything."""
    blanks = [blank["accepted"] for blank in question.body.get("blanks", [])]
    asked_for = blanks or [[entry.weight for entry in question.accepted]]
    return all(any(entry == 1 or isinstance(entry, str) for entry in entries) for entries in asked_for)


def test_every_kind_is_tried() -> None:
    """A new kind brings its strategy."""
    assert BODIES.keys() == KINDS.keys()


@each_kind
@given(st.data())
def test_what_is_written_reads_the_same(name: str, data: st.DataObject) -> None:
    """Through JSON, mixed or not: a room's question is its author's when it is written."""
    question = asked(data.draw(questions(name)))
    mixed = asked(encode_question(question), data.draw(mixes))
    assert decode_question(msgspec.json.decode(msgspec.json.encode(encode_question(mixed))), lambda: "q") == question
    assert msgspec.json.decode(msgspec.json.encode(mixed), type=Question) == mixed


@each_kind
@given(st.data())
def test_the_key_is_right(name: str, data: st.DataObject) -> None:
    """What is shown as right earns everything, with partial credit and without, and is told as such."""
    question = asked(data.draw(questions(name)), data.draw(mixes))
    kind = kind_of(question)
    answer = right_answer(question)
    assert (answer is None) is not kind.graded
    if answer is None:
        return
    # A pattern is no answer, and where no text earns everything none can.
    assume(name not in ("text", "blanks") or (question.match != "wildcard" and earns_all(question)))
    parsed = kind.parse_answer(question, msgspec.json.decode(msgspec.json.encode(answer)))
    assert [kind.credit(question, parsed, partial) for partial in (True, False)] == [1, 1]
    assert kind.told(question, parsed) == kind.told(question, answer)


@each_kind
@given(st.data())
def test_no_answer_breaks_a_kind(name: str, data: st.DataObject) -> None:
    """Whatever comes is refused with its place, or is taken, weighed, counted and told; twice gives the same."""
    question = asked(data.draw(questions(name)), data.draw(mixes))
    kind = kind_of(question)
    raw = data.draw(garbage)
    try:
        answer = kind.parse_answer(question, raw)
    except InvalidAnswer:
        with pytest.raises(InvalidAnswer, match=r"(?s)^answer.*: ."):
            kind.parse_answer(question, raw)
        return
    assert kind.parse_answer(question, msgspec.json.decode(msgspec.json.encode(answer))) == answer
    assert 0 <= kind.credit(question, answer, True) <= 1
    distribution = kind.distribution(question, [answer, answer])
    assert kind.authored_distribution(question, distribution).keys() == distribution.keys()
    assert kind.lines(question, distribution, kind.key(question)) or name in ("wordcloud", "info")
    assert isinstance(kind.told(question, answer), str)
    assert isinstance(kind.cell(question, answer), str | int | float)


@each_kind
@given(st.data())
def test_results_are_those_of_the_question_as_it_was_written(name: str, data: st.DataObject) -> None:
    """Mixing changes what stands on the wire, and nothing that its author sees afterwards."""
    written = data.draw(questions(name))
    plain, mixed = asked(written), asked(written, (data.draw(st.integers()), data.draw(st.booleans())))
    kind = kind_of(plain)
    key = right_answer(mixed)
    if key is None:
        return
    own = right_answer(plain)
    assert own is not None
    assert kind.authored(mixed, key) == kind.authored(plain, own)
    assert kind.told(mixed, key) == kind.told(plain, own)
    spreads = [
        kind.authored_distribution(question, kind.distribution(question, [answer] * 3))
        for question, answer in ((mixed, key), (plain, own))
    ]
    assert spreads[0] == spreads[1]


@each_kind
@given(st.data())
def test_what_everybody_sees_holds_no_key(name: str, data: st.DataObject) -> None:
    """By name, in every form in which it is shown."""
    question = asked(data.draw(questions(name)), data.draw(mixes))
    kind = kind_of(question)
    for with_choices in (True, False):
        for show_text in (True, False):
            view = kind.public(question, None, with_choices=with_choices, show_text=show_text)
            assert not keys_of(view) & (SECRETS | {"shape", "x", "category", "right", "left", "wire", "shown", "pairs"})
            assert view["kind"] == name


@pytest.mark.parametrize("name", ["order", "match", "categorize"])
def test_the_wire_does_not_follow_the_author(name: str) -> None:
    """Whose order is the key stands in another one on the wire, without shuffled choices too."""
    keys = {str(right_answer(asked(SAMPLES[name], (seed, False)))) for seed in range(20)}
    assert len(keys) > 3


@each_kind
@given(st.data(), mixes, st.integers(), st.booleans())
def test_a_guess_is_an_answer(
    name: str, data: st.DataObject, mix: tuple[int, bool] | None, seed: int, is_right: bool
) -> None:
    """Whatever the question; who knows earns all that its author gives for it."""
    question = asked(data.draw(questions(name)), mix)
    kind = kind_of(question)
    guess = kind.guess(question, random.Random(seed), is_right)
    if guess is None:
        assert not (is_right and kind.takes_answers)
        return
    answer = kind.parse_answer(question, guess)
    if kind.graded and is_right and earns_all(question) and question.match != "wildcard" and name in SURE:
        assert kind.credits(question, [answer], True) == [1.0]


@each_kind
def test_a_class_that_rehearses_is_right_and_wrong(name: str) -> None:
    """Of a few dozen who guess at a usual question, somebody is; and those who know are."""
    question = asked(USUAL[name], (1, True))
    kind, chance = kind_of(question), random.Random(1)
    if not kind.takes_answers:
        assert kind.guess(question, chance, True) is None
        return
    known = [kind.guess(question, chance, True) for _ in range(20)]
    guessed = [kind.guess(question, chance, False) for _ in range(40)]
    assert None not in known
    if not kind.graded:
        assert len({str(guess) for guess in known + guessed}) > 1
        return
    assert set(kind.credits(question, [kind.parse_answer(question, guess) for guess in known], False)) == {1.0}
    assert 0.0 in kind.credits(question, [kind.parse_answer(question, guess) for guess in guessed], False)
