"""Jobs for all nodes: one node runs them, and another one when that node is no more."""

import asyncio

import pytest
from databases import database_url

from clock import ManualClock
from models.database import Database
from models.engine import proxy
from models.migrate import migrate
from services.leases import Leases

EVERY_S = 2.0


class Node:
    """A node as far as it matters here: its own database threads over the same database."""

    def __init__(self, db, clock, name):
        self.db = db
        self.ran = 0
        self.leases = Leases(self.db, clock, name)
        self.turn = self.leases.leased("scan", EVERY_S, self._job)

    async def _job(self):
        self.ran += 1


@pytest.fixture
def clock():
    return ManualClock(1_700_000_000_000)


@pytest.fixture
def nodes(tmp_path, clock):
    databases = [Database(database_url(tmp_path)) for _ in range(2)]
    # The tables know one engine; it has a connection for each thread.
    databases[1].engine = databases[0].engine
    proxy.initialize(databases[0].engine)
    migrate(databases[0].engine)
    made = [Node(db, clock, name) for db, name in zip(databases, ("a", "b"), strict=True)]
    for node in made:
        node.db.start()
    yield made
    for node in made:
        node.db.stop()


@pytest.mark.gen_test
async def test_one_node_runs_it_in_each_interval(nodes, clock):
    """Both try at the same time, again and again."""
    for interval in range(1, 21):
        await asyncio.gather(*(node.turn() for node in nodes))
        assert sum(node.ran for node in nodes) == interval
        clock.advance(EVERY_S)
    assert sorted(node.ran for node in nodes) == [0, 20], "whoever has it keeps it"


@pytest.mark.gen_test
async def test_a_holder_that_dies_is_replaced_when_its_lease_has_run_out(nodes, clock):
    """Not a moment before: it may only be slow."""
    dead, other = nodes
    await dead.turn()
    clock.advance(2 * EVERY_S)
    await other.turn()
    assert other.ran == 0
    clock.advance(EVERY_S / 2)
    await other.turn()
    assert other.ran == 1
    await dead.turn()  # it was not dead: it has lost it all the same
    assert dead.ran == 1


@pytest.mark.gen_test
async def test_a_node_that_leaves_gives_its_leases_back(nodes):
    """And takes no other, whatever its schedule still does."""
    leaving, other = nodes
    await leaving.turn()
    await leaving.leases.let_go()
    await leaving.turn()
    await other.turn()
    assert (leaving.ran, other.ran) == (1, 1)


@pytest.mark.gen_test
async def test_each_job_has_a_lease_of_its_own(nodes):
    """One node may scan while another tidies."""
    first, second = nodes
    tidied = []

    async def tidy():
        tidied.append(True)

    await first.turn()
    await second.leases.leased("tidy", EVERY_S, tidy)()
    assert tidied == [True]


@pytest.mark.gen_test
async def test_a_job_that_fails_leaves_the_lease_with_its_node(nodes):
    """It is tried again there at the next interval; whatever fails may fail anywhere."""
    first, second = nodes

    async def fail():
        raise ValueError("no luck")

    with pytest.raises(ValueError, match="no luck"):
        await first.leases.leased("scan", EVERY_S, fail)()
    await second.turn()
    assert second.ran == 0
