"""The table of transitions, over the whole product of phases, moves and commands."""

import itertools

import pytest

from game.phases import COMMANDS, TRANSITIONS, Move, Phase, needs


def test_every_command_has_a_move_in_every_phase():
    """A phase that is added cannot be forgotten by a command."""
    for name, moves in COMMANDS.items():
        assert set(moves) == set(Phase), name


@pytest.mark.parametrize(("phase", "move"), list(itertools.product(Phase, Move)))
def test_each_pair_is_allowed_or_named_in_what_the_move_needs(phase, move):
    """`needs` says exactly the phases from which the table allows a move."""
    assert ((phase, move) in TRANSITIONS) is (phase in needs(move))


def test_nothing_leaves_finished():
    """A room that is over stays over."""
    assert not [pair for pair in TRANSITIONS if pair[0] is Phase.FINISHED]


def test_every_phase_but_the_lobby_can_be_reached():
    """No phase of the table is dead."""
    reached = set().union(*TRANSITIONS.values())
    assert reached >= set(Phase) - {Phase.LOBBY}


def test_every_phase_can_still_be_ended():
    """A host can always end a room that is not over."""
    for phase in set(Phase) - {Phase.FINISHED}:
        assert TRANSITIONS[phase, Move.END] == {Phase.FINISHED}
