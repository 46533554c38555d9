"""A schedule follows from the plan and its seed, and from nothing else."""

import pytest

from prove.faults import Faults
from prove.plan import SCENARIOS, UsageError, make_plan
from prove.schedule import HEAL_S, make_schedule


def plan(scenario="all", seed=1, minutes=None, database="postgresql"):
    return make_plan(scenario, seed, minutes, None, database, is_together=False)


def test_the_same_seed_gives_the_same_schedule():
    assert make_schedule(plan(seed=7)) == make_schedule(plan(seed=7))
    assert make_schedule(plan(seed=7)) != make_schedule(plan(seed=8))


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_fault_is_one_that_can_be_carried_out(scenario):
    for name in SCENARIOS[scenario].faults:
        assert callable(getattr(Faults, name))


def test_all_is_everything_that_can_go_wrong_at_once():
    """A short run sees each of them, with time to heal."""
    found = make_schedule(plan())
    assert {fault.name for fault in found} == set(SCENARIOS["all"].faults)
    assert all(SCENARIOS["all"].first_s <= fault.at_s <= plan().seconds - HEAL_S for fault in found)


def test_sqlite_has_no_server_to_attack():
    names = {fault.name for fault in make_schedule(plan(database="sqlite"))}
    assert names == {name for name in SCENARIOS["all"].faults if not name.startswith("database_")}


@pytest.mark.parametrize(
    ("scenario", "minutes", "database"),
    [("nothing", None, "postgresql"), ("all", 0, "postgresql"), ("postgres", None, "sqlite")],
)
def test_what_cannot_be_run_is_refused_with_a_sentence(scenario, minutes, database):
    with pytest.raises(UsageError, match=r"--scenario|--minutes|the scenario"):
        plan(scenario, minutes=minutes, database=database)
