"""Reading quiz JSON with every fault named, and writing it again."""

import itertools
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from game.kinds import KINDS
from game.quiz import (
    AcceptedNumber,
    AcceptedRange,
    AcceptedText,
    Choice,
    QuizError,
    decode_question,
    decode_quiz,
    encode_question,
)

SINGLE = {"kind": "single", "prompt": "2 + 2 = ?", "choices": [{"text": "3"}, {"text": "4", "correct": True}]}
TEXT = {"kind": "text", "prompt": "Capital?", "accepted": ["Paris"]}
NUMBER = {"kind": "number", "prompt": "Pi?", "accepted": [{"value": 3.14}]}


def counter() -> Callable[[], str]:
    numbers = itertools.count(1)
    return lambda: f"new{next(numbers)}"


def quiz(*questions: Any, **fields: Any) -> dict[str, Any]:
    return {"title": "Sums", "questions": list(questions) or [SINGLE]} | fields


def faults(data: Any) -> list[tuple[str, str]]:
    with pytest.raises(QuizError) as caught:
        decode_quiz(data, counter())
    return [(problem.where, problem.message) for problem in caught.value.problems]


def question_faults(data: Any) -> list[str]:
    """The places of all faults of one question."""
    with pytest.raises(QuizError) as caught:
        decode_question(data, counter())
    return [problem.where for problem in caught.value.problems]


def test_the_contracts_example() -> None:
    """The quiz of the contract is read whole."""
    question = SINGLE | {
        "id": "q1",
        "time_limit_s": 20,
        "points": 1000,
        "explanation": "e",
        "notes": "n",
        "media": None,
    }
    decoded = decode_quiz(quiz(question, description="d", language="pt-BR"), counter())
    assert (decoded.title, decoded.description, decoded.language) == ("Sums", "d", "pt-BR")
    [read] = decoded.questions
    assert (read.id, read.kind, read.explanation, read.notes) == ("q1", "single", "e", "n")
    assert read.choices == (Choice("3"), Choice("4", correct=True))


def test_defaults() -> None:
    """What is absent has the contract's default, and the server gives the ids."""
    decoded = decode_quiz(quiz(), counter())
    assert (decoded.description, decoded.language) == ("", "en")
    [read] = decoded.questions
    assert (read.id, read.points, read.time_limit_s, read.media) == ("new1", 1000, 20, None)


def test_bytes_are_json() -> None:
    """A file's bytes are read like the decoded object."""
    assert decode_quiz(msgspec.json.encode(quiz()), counter()) == decode_quiz(quiz(), counter())


@pytest.mark.parametrize("data", [b"", b"{", b"\xff\xfe", b"[]", b"null", b"[" * 100_000, b'{"title": "\\ud800"}'])
def test_bytes_that_are_no_quiz(data: bytes) -> None:
    """A file that is no JSON object is refused in one sentence."""
    [(where, message)] = faults(data)[:1]
    assert where in ("quiz", "title")
    assert message


def test_file_larger_than_the_limit() -> None:
    """More than 20 MB is not even parsed."""
    assert faults(b" " * (20 * 1024 * 1024 + 1)) == [("quiz", "is larger than 20 MB")]


def test_no_time_limit() -> None:
    """null is no limit, which is not the same as an absent one."""
    assert decode_question(SINGLE | {"time_limit_s": None}, counter()).time_limit_s is None


def test_text_is_trimmed() -> None:
    """Blanks around what an author wrote mean nothing."""
    assert decode_question(SINGLE | {"prompt": "  why? \n"}, counter()).prompt == "why?"


def test_accepted_texts() -> None:
    """A plain text weighs 1, an object says its weight."""
    read = decode_question(TEXT | {"accepted": ["Paris", {"text": "Lutetia", "weight": 0.5}]}, counter())
    assert read.accepted == (AcceptedText("Paris"), AcceptedText("Lutetia", 0.5))
    assert read.match == "ignore_case"


def test_accepted_numbers() -> None:
    """Values with a tolerance and ranges stand side by side."""
    accepted = [{"value": 3.14, "tolerance": 0.01}, {"min": 3, "max": 4, "weight": 0.5}]
    read = decode_question(NUMBER | {"accepted": accepted}, counter())
    assert read.accepted == (AcceptedNumber(3.14, 0.01), AcceptedRange(3, 4, 0.5))
    assert read.score == "in_range"


def test_true_false_has_texts_of_its_own() -> None:
    """Choices of a true_false question need no text; another language may give them one."""
    read = decode_question({"kind": "true_false", "prompt": "?", "choices": [{}, {"correct": True}]}, counter())
    assert [choice.text for choice in read.choices] == ["True", "False"]
    named = [{"text": "Wahr"}, {"text": "Falsch", "correct": True}]
    read = decode_question({"kind": "true_false", "prompt": "?", "choices": named}, counter())
    assert [choice.text for choice in read.choices] == ["Wahr", "Falsch"]


def test_all_faults_are_told_at_once() -> None:
    """An author gets the whole list, each fault with its path, in the order of the document."""
    data = {
        "title": "",
        "language": "english language",
        "colour": "red",
        "questions": [
            SINGLE | {"choises": [], "points": "many"},
            {"kind": "riddle", "prompt": "?"},
            "no question",
            TEXT | {"accepted": ["Paris", "", 7]},
        ],
    }
    assert faults(data) == [
        ("title", "must not be empty"),
        ("language", "must be a language tag such as en or pt-BR"),
        ("questions[0].points", "must be a whole number, not text"),
        ("questions[0].choises", "unknown field"),
        ("questions[1].kind", f"riddle is not a kind of question here; there are {', '.join(KINDS)}"),
        ("questions[2]", "must be an object, not text"),
        ("questions[3].accepted[1]", "must not be empty"),
        ("questions[3].accepted[2]", "must be text or an object, not a number"),
        ("colour", "unknown field"),
    ]


def test_error_reads_as_one_sentence() -> None:
    """The exception itself names the first fault and how many more there are."""
    with pytest.raises(QuizError, match=r"^title: is missing \(and 1 more\)$"):
        decode_quiz({}, counter())


def test_quiz_needs_a_question() -> None:
    """An empty quiz cannot be played."""
    assert faults({"title": "t", "questions": []}) == [("questions", "a quiz needs at least one question")]


def test_too_many_questions() -> None:
    """The list is cut at its limit before anything in it is read."""
    assert faults(quiz(*[SINGLE] * 501)) == [("questions", "has 501 entries, at most 500 are possible")]


def test_twin_ids() -> None:
    """Two questions with one id could not be told apart in the results."""
    data = quiz(SINGLE | {"id": "a"}, SINGLE | {"id": "b"}, SINGLE | {"id": "a"})
    assert faults(data) == [("questions[2].id", "a is already the id of questions[0]")]


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"prompt": ""}, "prompt"),
        ({"prompt": None}, "prompt"),
        ({"prompt": "x" * 2001}, "prompt"),
        ({"prompt": "a\x00b"}, "prompt"),
        ({"prompt": "\ud800"}, "prompt"),
        ({"id": ""}, "id"),
        ({"id": 7}, "id"),
        ({"time_limit_s": 0}, "time_limit_s"),
        ({"time_limit_s": 3601}, "time_limit_s"),
        ({"time_limit_s": "20"}, "time_limit_s"),
        ({"time_limit_s": True}, "time_limit_s"),
        ({"time_limit_s": float("nan")}, "time_limit_s"),
        ({"points": -1}, "points"),
        ({"points": 10001}, "points"),
        ({"points": 1.5}, "points"),
        ({"points": None}, "points"),
        ({"points": True}, "points"),
        ({"explanation": "x" * 4001}, "explanation"),
        ({"notes": ["x"]}, "notes"),
        ({"media": 3}, "media"),
        ({"media": "https://elsewhere.example/cat.png"}, "media"),
        ({"media": {}}, "media.image"),
        ({"media": {"image": "../../etc/passwd"}}, "media.image"),
        ({"media": {"image": "0A" * 32 + ".webp"}}, "media.image"),
        ({"media": {"image": "0a" * 32 + ".svg"}}, "media.image"),
        ({"media": {"image": "0a" * 32 + ".png", "alt": "x" * 501}}, "media.alt"),
        ({"media": {"image": "0a" * 32 + ".png", "width": 3}}, "media.width"),
        ({"media": {"image": "0a" * 32 + ".mp3"}}, "media.image"),
        ({"media": {"audio": "0a" * 32 + ".png"}}, "media.audio"),
        ({"media": {"audio": "0a" * 32 + ".mp3", "transcript": "x" * 4001}}, "media.transcript"),
        ({"media": {"audio": "0a" * 32 + ".mp3", "alt": "A map"}}, "media.alt"),
        ({"media": {"image": "0a" * 32 + ".png", "transcript": "Hi"}}, "media.transcript"),
        ({"kind": ["single"]}, "kind"),
        ({"choices": "3, 4"}, "choices"),
        ({"choices": [{"text": "4", "correct": True}, "3"]}, "choices[1]"),
        ({"choices": [{"text": "3"}, {"text": "4"}]}, "choices"),
        ({"choices": [{"text": "4", "correct": True}]}, "choices"),
        ({"choices": [{"text": str(n), "correct": True} for n in range(13)]}, "choices"),
        ({"choices": [{"text": ""}, {"text": "4", "correct": True}]}, "choices[0].text"),
        ({"choices": [{"text": "3"}, {"text": "4", "correct": "yes"}]}, "choices[1].correct"),
        ({"choices": [{"text": "3", "weight": 2}, {"text": "4", "correct": True}]}, "choices[0].weight"),
        ({"choices": [{"text": "3", "weight": 1}, {"text": "4", "correct": True}]}, "choices[0].weight"),
        ({"choices": [{"text": "3"}, {"text": "4", "correct": True, "weight": 0}]}, "choices[1].weight"),
        ({"choices": [{"text": "3", "right": 1}, {"text": "4", "correct": True}]}, "choices[0].right"),
        ({"accepted": ["4"]}, "accepted"),
        ({"match": "fuzzy"}, "match"),
        ({"score": "closest"}, "score"),
        ({"_where": "line 12"}, "_where"),
    ],
)
def test_fault_of_a_choice_question(fields: dict[str, Any], where: str) -> None:
    """Each fault is told under its own path and only once."""
    assert question_faults(SINGLE | fields) == [where]


@pytest.mark.parametrize(
    ("question", "where"),
    [
        (TEXT | {"accepted": []}, "accepted"),
        (TEXT | {"accepted": "Paris"}, "accepted"),
        (TEXT | {"accepted": ["x"] * 51}, "accepted"),
        (TEXT | {"accepted": ["x" * 201]}, "accepted[0]"),
        (TEXT | {"accepted": [{"text": "x", "weight": 0}]}, "accepted[0].weight"),
        (TEXT | {"accepted": [{"text": "x", "weight": 1.1}]}, "accepted[0].weight"),
        (TEXT | {"accepted": [{"weight": 1}]}, "accepted[0].text"),
        (TEXT | {"match": "regex"}, "match"),
        (TEXT | {"choices": [{"text": "x"}]}, "choices"),
        (NUMBER | {"accepted": []}, "accepted"),
        (NUMBER | {"accepted": [3.14]}, "accepted[0]"),
        (NUMBER | {"accepted": [{}]}, "accepted[0].value"),
        (NUMBER | {"accepted": [{"value": "3"}]}, "accepted[0].value"),
        (NUMBER | {"accepted": [{"value": True}]}, "accepted[0].value"),
        (NUMBER | {"accepted": [{"value": float("inf")}]}, "accepted[0].value"),
        (NUMBER | {"accepted": [{"value": 10**400}]}, "accepted[0].value"),
        (NUMBER | {"accepted": [{"value": 3, "tolerance": -1}]}, "accepted[0].tolerance"),
        (NUMBER | {"accepted": [{"value": 3, "min": 1, "max": 2}]}, "accepted[0].value"),
        (NUMBER | {"accepted": [{"min": 3}]}, "accepted[0].max"),
        (NUMBER | {"accepted": [{"min": 3, "max": 2}]}, "accepted[0]"),
        (NUMBER | {"accepted": [{"min": 3, "max": 4}], "score": "closest"}, "accepted[0]"),
        (NUMBER | {"score": "best"}, "score"),
        (SINGLE | {"kind": "poll"}, "choices[1]"),
        (SINGLE | {"kind": "info"}, "choices"),
        ({"kind": "multi", "prompt": "?", "choices": [{"text": "a"}, {"text": "b"}]}, "choices"),
        ({"kind": "true_false", "prompt": "?", "choices": [{"correct": True}, {"correct": True}]}, "choices"),
        ({"kind": "true_false", "prompt": "?", "choices": [{"correct": True}, {}, {"text": "?"}]}, "choices"),
        ([], ""),
    ],
)
def test_fault_of_another_kind(question: Any, where: str) -> None:
    """Each fault is told under its own path and only once."""
    assert question_faults(question) == [where]


def test_empty_fields_of_other_kinds_do_no_harm() -> None:
    """A form that sends every field may leave empty what its kind does not have."""
    assert decode_question(TEXT | {"choices": [], "score": None}, counter()) == decode_question(TEXT, counter())


def test_only_the_fields_of_the_kind_are_written() -> None:
    """No empty choices on a text question, no key on a slide."""
    common = {"id", "kind", "prompt", "time_limit_s", "points", "explanation", "notes", "media"}
    assert encode_question(decode_question(SINGLE, counter())).keys() == common | {"choices"}
    assert encode_question(decode_question(TEXT, counter())).keys() == common | {"accepted", "match"}
    assert encode_question(decode_question(NUMBER, counter())).keys() == common | {"accepted", "score"}
    assert encode_question(decode_question({"kind": "info", "prompt": "Hi"}, counter())).keys() == common


def test_media_are_a_picture_a_sound_or_both() -> None:
    """What there is not is left out, and both come back as they were."""
    picture = {"image": "0a" * 32 + ".png", "alt": "A map"}
    sound = {"audio": "0b" * 32 + ".mp3", "transcript": "Hello"}
    for media in (picture, sound, picture | sound):
        assert encode_question(decode_question(SINGLE | {"media": media}, counter()))["media"] == media


def test_plain_texts_stay_plain() -> None:
    """An accepted text of full weight is written as the author would write it."""
    data = TEXT | {"accepted": [{"text": "Paris", "weight": 1}, {"text": "Lutetia", "weight": 0.5}]}
    written = encode_question(decode_question(data, counter()))
    assert written["accepted"] == ["Paris", {"text": "Lutetia", "weight": 0.5}]
