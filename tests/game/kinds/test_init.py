"""The table of kinds: what must hold for each of them, also for one that is added later."""

import pytest

from game.kinds import KINDS, Kind


@pytest.mark.parametrize("name", KINDS)
def test_is_found_under_its_name(name: str) -> None:
    """The table's names are the kinds' own."""
    assert KINDS[name].name == name


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_what_is_graded_takes_answers(kind: Kind) -> None:
    """Nothing is graded that nobody can answer."""
    assert kind.takes_answers or not kind.graded


def test_the_contracts_kinds() -> None:
    """The kinds of the contract that are played so far."""
    assert set(KINDS) == {"single", "multi", "true_false", "poll", "text", "number", "info"}
