"""The stranger's own figures, against the worked examples of the design; no service is started."""

from fractions import Fraction

from blackbox_rules import Asked, check_ranks, leaks, points_of

QUESTION = Asked("single", {"choices": [0]}, (({"choices": [0]}, Fraction(1)),), time_limit_s=30)


def test_points_follow_the_worked_examples() -> None:
    """2 s of 30 s are worth 967 of 1000, less than half a second all of them, in accuracy always all."""
    assert points_of("speed", QUESTION, Fraction(1), 2000) == {967}
    assert points_of("speed", QUESTION, Fraction(1), 499) == {1000}
    assert points_of("speed", QUESTION, Fraction(0), 499) == {0}
    assert points_of("accuracy", QUESTION, Fraction(1, 2), 29_000) == {500}


def test_ties_share_a_rank_and_the_next_one_is_left_out() -> None:
    """Two with nothing share the last place."""
    rows = [
        {"id": name, "nickname": name, "rank": rank, "score": score, "correct": 0, "answers": []}
        for name, rank, score in (("a", 1, 5), ("b", 2, 0), ("c", 2, 0))
    ]
    check_ranks({"participants": rows}, [], "accuracy")


def test_a_key_counts_as_a_leak_until_its_round_is_closed() -> None:
    """The words of the round that is open are found at any depth; those of a closed one are not."""
    opened = {
        "method": "round.opened",
        "params": {"round": 2, "question": {"choices": [{"index": 0, "correct": True}]}},
    }
    graded = {"id": 1, "result": {"you": {"graded": {"round": 1, "correct": True}}}}
    closed = {"method": "round.closed", "params": {"round": 1, "key": {"choices": [0]}}}
    assert list(leaks([closed, graded], ["", ""], {})) == []
    assert len(list(leaks([closed, opened], ["", ""], {}))) == 1
    assert len(list(leaks([graded], [""], {}))) == 1
    assert len(list(leaks([opened], ["x quince x"], {2: ["quince"]}))) == 2
