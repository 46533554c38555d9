"""Variants take turns."""

from benchmarks.lab.rounds import interleaved


def test_who_begins_moves_on_and_warm_ups_are_dropped() -> None:
    """Each variant is run once a round, every one of them first in some round."""
    called: list[str] = []

    def variant(name: str) -> dict[str, float]:
        called.append(name)
        return {"at": len(called)}

    found = interleaved({name: lambda name=name: variant(name) for name in "abc"}, rounds=2, warm_up=1)
    assert "".join(called) == "abcbcacab"
    assert found == {"a": [{"at": 6}, {"at": 8}], "b": [{"at": 4}, {"at": 9}], "c": [{"at": 5}, {"at": 7}]}
