"""Variants take turns."""

from benchmarks.lab.rounds import RoundError, interleaved


def test_who_begins_moves_on_and_warm_ups_are_dropped() -> None:
    """Each variant is run once a round, every one of them first in some round."""
    called: list[str] = []

    def variant(name: str) -> dict[str, float]:
        called.append(name)
        return {"at": len(called)}

    found = interleaved({name: lambda name=name: variant(name) for name in "abc"}, rounds=2, warm_up=1)
    assert "".join(called) == "abcbcacab"
    assert found.found == {"a": [{"at": 6}, {"at": 8}], "b": [{"at": 4}, {"at": 9}], "c": [{"at": 5}, {"at": 7}]}


def test_a_variant_that_fails_is_told_and_does_not_stop_the_others() -> None:
    """Its reason is kept, and it has no medians of the rounds before."""
    calls = 0

    def failing() -> dict[str, float]:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise RoundError("it closed the door")
        return {"ms": 1}

    made = interleaved({"bad": failing, "good": lambda: {"ms": 2}}, rounds=3, warm_up=0)
    assert made.failed == {"bad": "it closed the door"}
    assert made.medians() == {"good": {"ms": 2}}
    assert calls == 2
