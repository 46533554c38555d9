"""What an admin sees is of all nodes, whichever is asked: figures, rooms, and how each person fares."""

import pytest
from house import houses, until
from sample_rooms import SINGLE

from services import inquiries
from services.admin_nodes import merge
from services.admin_rooms import Wanted

TEACHER = "t@school.example"


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """The machine may have much else to do."""
    monkeypatch.setattr(inquiries, "ANSWER_WITHIN_S", 10.0)


@pytest.mark.gen_test
async def test_every_node_shows_all_of_them(tmp_path):
    """Each room once, though both nodes hold it; people and rates are added up."""
    async with houses(tmp_path) as (here, there):
        teacher = await here.teacher()
        room = await here.room(teacher, SINGLE, read_time_s=0, close_when_all_answered=False)
        other = await there.room(teacher, SINGLE)
        for node, name in ((here, "Ada"), (there, "Ben"), (there, "Cleo")):
            await node.seat(room["pin"], name)
        await there.seat(other["pin"], "Dora")
        for node in (here, there):
            await node.services.catch_up.check()
            node.clock.advance(1)
            await node.services.admin_stats.tick()
        for node, ids in ((here, ["node-1", "node-2"]), (there, ["node-2", "node-1"])):
            stats = await node.services.admin_stats.stats()
            assert [one["node"] for one in stats["nodes"]] == ids
            assert stats["node"] == ids[0]
            assert {one["node"]: one["connections"] for one in stats["nodes"]} == {"node-1": 1, "node-2": 3}
            assert (stats["totals"]["connections"], stats["totals"]["users"]) == (4, 4)
            assert (stats["totals"]["rooms"], stats["totals"]["participants"], stats["rooms_total"]) == (2, 4, 2)
            assert [(line["id"], line["participants"]) for line in stats["rooms"]] == [
                (room["id"], 3),
                (other["id"], 1),
            ]


@pytest.mark.gen_test
async def test_an_alert_says_which_node_it_is_about(tmp_path):
    async with houses(tmp_path) as (here, there):
        there.services.loop_lag.note(0.8)
        there.clock.advance(5)
        there.services.alert_watch.look()
        (alert,) = (await here.services.admin_stats.stats())["alerts"]
        assert (alert["node"], alert["name"]) == ("node-2", "loop_blocked")


@pytest.mark.gen_test
async def test_how_a_person_fares_is_known_wherever_they_are(tmp_path):
    """Connected elsewhere is not gone; two sockets at two nodes are two."""
    async with houses(tmp_path) as (here, there):
        room = await here.room(await here.teacher(), SINGLE, read_time_s=0, close_when_all_answered=False)
        who, _ = await there.seat(room["pin"], "Ada")
        await there.services.transitions.command(room["id"], "room.start")
        await there.answer(room["pin"], who, 1, {"choices": [1]}, "mine")
        _, connection = await there.seat(room["pin"], "Ben")
        there.services.hub.unregister(connection)
        live = await here.services.live.by_pin(room["pin"])
        await until(lambda: who.id in live.answered, "the answer")

        async def look(**wanted):
            return await here.services.administration.rooms.page(room["pin"], Wanted(**wanted))

        page = await look()
        ada, ben = page["participants"]
        assert (ada["state"], ada["sockets"], ada["receipt"]["took_ms"]) == ("connected", 1, 0)
        assert (ben["state"], ben["sockets"], ben["connected_at"]) == ("gone", 0, None)
        assert page["counts"] == {"connected": 1, "gone": 1, "removed": 0, "answered": 1}
        assert page["room"]["connected"] == 1
        listed = await here.services.participants.page(await here.services.accounts.identity_of(TEACHER), room["id"])
        assert {one["nickname"]: one["connected"] for one in listed["participants"]} == {"Ada": True, "Ben": False}
        second = here.connect(who)
        await here.services.subscriptions.subscribe(second, who, room["pin"], None, None)
        (ada,) = (await look(state="connected"))["participants"]
        assert (ada["sockets"], ada["connected_at"]) == (2, min(second.opened_ms, ada["connected_at"]))


def share(node, rooms=(), p99=None, totals=None):
    return {
        "node": {"node": node},
        "totals": {"rooms": len(rooms), "participants": sum(n for _, n, _ in rooms)} | (totals or {}),
        "p99_ms": {"commit": p99},
        "rooms": [{"id": id, "participants": n, "lag_ms": lag} for id, n, lag in rooms],
        "alerts": [],
    }


def test_the_worst_node_gives_the_percentile_and_the_slowest_players_the_lag():
    """Nothing is worse than nothing measured."""
    merged = merge(share("a", [("r", 3, 2.0)], 5.0), [share("b", [("r", 3, 9.0)], 7.0), share("c")], 10)
    assert merged["p99_ms"] == {"commit": 7.0}
    assert merged["rooms"] == [{"id": "r", "participants": 3, "lag_ms": 9.0}]
    assert merge(share("a"), [share("b")], 10)["p99_ms"] == {"commit": None}


def test_rooms_beyond_the_listed_ones_are_still_counted():
    """A node lists its largest; of the rest only the number is known."""
    long = share("a", [("r", 3, None)], totals={"rooms": 500, "participants": 900})
    merged = merge(long, [share("b", [("r", 3, None), ("s", 8, None)])], 1)
    assert (merged["rooms_total"], merged["totals"]["participants"]) == (501, 908)
    assert [room["id"] for room in merged["rooms"]] == ["s"]
