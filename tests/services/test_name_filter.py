"""The word lists: they know rude names in their disguises, and leave people's own names alone."""

import pytest

from services.name_filter import LISTS, is_doubtful

PEOPLE = [
    *("Ada", "Amélie", "Anita", "Ben", "Cassandra", "Cockburn", "Dickens", "Elif", "Farid", "Hancock", "Hassan"),
    *("Johnny", "Lucía", "Maximilian", "Müller", "Nadia", "Nikita", "Øyvind", "Peter", "Regina", "Sasha", "Svyatoslav"),
    *("Titus", "Tomáš", "Virginia", "Zoë", "山田さん", "ليلى", "Анна", "राहुल", "김민준"),
]
RUDE = ["fuck", "F.U.C.K", "fuuuck", "Sh1t", "b1tch", "ｆｕｃｋ", "ѕhіt", "xx asshole xx", "Hitler", "dickhead"]
ELSEWHERE = [("Arschloch", "de"), ("Connard", "fr-CA"), ("kurwa", "PL"), ("хуй", "ru")]


@pytest.mark.parametrize("name", RUDE)
def test_rude_names_are_known_in_their_disguises(name):
    assert is_doubtful(name, "en")


@pytest.mark.parametrize("language", ["en", *LISTS])
def test_names_of_people_are_left_alone(language):
    """Whatever the quiz's language."""
    assert [name for name in PEOPLE if is_doubtful(name, language)] == []


@pytest.mark.parametrize(("name", "language"), ELSEWHERE)
def test_the_quizs_language_is_known_besides_english(name, language):
    """Only there: what is rude in one language is a word in another."""
    assert not is_doubtful(name, "en")
    assert is_doubtful(name, language)
    assert is_doubtful("asshole", language)


def test_a_language_without_a_list_has_the_english_one():
    assert is_doubtful("asshole", "tr")
    assert not is_doubtful("Amina", "tr")
