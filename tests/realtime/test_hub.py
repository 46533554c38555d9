"""Specification of realtime/hub.py."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clock import ManualClock
from realtime.codes import CloseCode
from realtime.connection import Connection
from realtime.hub import Hub


def test_a_user_is_always_in_the_same_shard(clock, make_connection):
    """By a hash that no process changes, over all the shards."""
    figures = []
    for _ in range(2):
        hub = Hub(shards=4, clock=clock)
        for number in range(100):
            hub.register(make_connection(f"user-{number}"))
            hub.register(make_connection(f"user-{number}"))
        figures.append([(s["connections"], s["users"]) for s in hub.stats().values()])
    assert figures[0] == figures[1]
    assert all(connections == 2 * users > 10 for connections, users in figures[0])


def test_a_hub_has_a_shard():
    """None at all would hold nothing."""
    with pytest.raises(ValueError, match="at least one"):
        Hub(shards=0)


def test_a_broadcast_reaches_the_subscribers_of_the_topic(hub, join):
    """Over all shards, nobody else, and says how many."""
    inside = [join(f"u{n}", "t") for n in range(20)]
    outside = [join(f"v{n}", "other") for n in range(20)]
    assert hub.broadcast("t", "x", ephemeral=False) == hub.subscribers("t") == 20
    assert all(conn.transport.sent == ["x"] for conn in inside)
    assert all(conn.transport.sent == [] for conn in outside)


def test_a_broadcast_to_nobody_reaches_nobody(hub):
    """And is no error."""
    assert hub.broadcast("t", "x", ephemeral=False) == 0 == hub.subscribers("t")


def test_a_broadcast_passes_on_that_it_is_ephemeral(hub, join):
    """So that those who are behind skip it."""
    conn = join("u1", "t", queue_low=10)
    conn.transport.queued = 11
    assert hub.broadcast("t", "x", ephemeral=True) == 0
    assert hub.broadcast("t", "x", ephemeral=False) == 1


def test_everybody_comes_first_in_turn(hub, join):
    """Also when two topics are used alternately, as those of a room are."""
    firsts = {"t": set(), "other": set()}
    order = []
    for number in range(5):
        for topic in firsts:
            conn = join(f"user-{number}", topic)
            conn.transport.on_send = lambda text, conn=conn: order.append(conn)
    for _ in range(4 * 5):
        for topic, seen in firsts.items():
            order.clear()
            hub.broadcast(topic, "x", ephemeral=False)
            assert len(set(order)) == 5
            seen.add(order[0].user_id)
    assert all(len(seen) == 5 for seen in firsts.values())


def test_edges_are_told_once_over_all_shards(hub, join):
    """First subscriber and last leaver of the node, not of a shard."""
    edges = []
    hub.on_first_subscriber = lambda topic: edges.append(("first", topic))
    hub.on_last_leaver = lambda topic: edges.append(("last", topic))
    connections = [join(f"u{n}", "t") for n in range(8)]
    hub.subscribe(connections[0], "t")
    for conn in connections[:4]:
        hub.unregister(conn)
    for conn in connections[4:]:
        hub.unsubscribe(conn, "t")
        hub.unsubscribe(conn, "t")
    assert edges == [("first", "t"), ("last", "t")]


def test_unregistering_forgets_everything_once(hub, join):
    """Topics, user and connection; listeners hear of it when it is done, and only the first time."""
    heard = []
    hub.on_unregister.append(lambda conn: heard.append((conn.id, hub.subscribers("t"), conn.is_open)))
    conn = join("u1", "t", "other")
    hub.unregister(conn)
    hub.unregister(conn)
    assert heard == [(conn.id, 0, False)]
    assert hub.connections_of("u1") == list(hub.connections()) == []
    assert conn.topics == set()


def test_a_failing_listener_does_not_silence_the_next(hub, join, caplog):
    """Presence must hear of it even when something else is broken."""
    heard = []
    hub.on_unregister.append(lambda conn: 1 / 0)
    hub.on_unregister.append(heard.append)
    conn = join("u1")
    hub.unregister(conn)
    assert heard == [conn]
    assert caplog.records[0].connection == conn.id


def test_a_connection_that_is_gone_cannot_subscribe(hub, join, make_connection):
    """It may have gone while its command waited for the database: nothing must be left behind for it."""
    gone, closing, stranger = join("u1"), join("u2"), make_connection("u3")
    hub.unregister(gone)
    closing.close(CloseCode.KICKED)
    assert not any(hub.subscribe(conn, "t") for conn in (gone, closing, stranger))
    assert hub.subscribers("t") == 0


def test_a_user_is_reached_on_all_connections(hub, join):
    """A phone and a laptop both hear personal events."""
    mine, other = [join("u1"), join("u1")], join("u2")
    assert hub.send_to_user("u1", "x", ephemeral=False) == 2
    assert hub.send_to_user("nobody", "x", ephemeral=False) == 0
    assert [conn.transport.sent for conn in [*mine, other]] == [["x"], ["x"], []]


def test_connections_of_a_user_come_oldest_first(hub, join):
    """The order in which they registered."""
    connections = [join("u1") for _ in range(12)]
    assert hub.connections_of("u1") == connections


def test_the_oldest_beyond_the_limit_are_replaced(hub, join):
    """Three sockets stay, the fourth ends the first."""
    connections = [join("u1", "t") for _ in range(3)]
    assert hub.limit_user("u1") == 0
    connections += [join("u1", "t"), join("u1", "t")]
    assert hub.limit_user("u1", keep=3) == 2
    assert [conn.transport.ended for conn in connections] == [[("close", 4501, "replaced")]] * 2 + [[]] * 3
    assert hub.subscribers("t") == 3


def test_closing_connections_do_not_count_against_the_limit(hub, join):
    """A socket that is on its way out must not cost a living one its place."""
    connections = [join("u1") for _ in range(4)]
    connections[3].close(CloseCode.INACTIVE)
    assert hub.limit_user("u1", keep=3) == 0


def test_close_user_ends_all_or_those_of_one_token(hub, join):
    """Sign-out revokes one token, a password change all of them."""
    first = join("u1", claims={"jti": "a"})
    second, third = join("u1", claims={"jti": "b"}), join("u1")
    other = join("u2", claims={"jti": "a"})
    assert hub.close_user("u1", CloseCode.TOKEN_INVALID, jti="a") == 1
    assert first.close_code is CloseCode.TOKEN_INVALID
    assert second.is_open
    assert hub.close_user("u1", CloseCode.KICKED) == 2
    assert second.close_code is third.close_code is CloseCode.KICKED
    assert other.is_open
    assert hub.connections_of("u1") == []


def test_connections_may_go_while_one_looks(hub, join):
    """A look over all of them is not upset by what it sets off."""
    for number in range(20):
        join(f"u{number}")
    for conn in hub.connections():
        hub.unregister(conn)
    assert list(hub.connections()) == []


def test_stats_have_the_figures_of_each_shard(hub, join):
    """By the shard's number."""
    join("u1", "t", "other")
    assert list(hub.stats()) == [0, 1, 2, 3]
    total = {key: sum(s[key] for s in hub.stats().values()) for key in hub.stats()[0]}
    assert total == {
        "connections": 1,
        "users": 1,
        "subscriptions": 2,
        "queue_bytes": 0,
        "sent": 0,
        "received": 0,
        "failed": 0,
        "skipped": 0,
        "removed_inactive": 0,
        "busy_ms": 0,
    }


class Silent:
    """A transport that takes everything."""

    queued = 0

    def attach(self, outlet):
        pass

    def write(self, frame):
        pass

    def ping(self, payload):
        pass

    def close(self, code, reason):
        pass

    def abort(self):
        pass


steps = st.lists(
    st.tuples(
        st.sampled_from(["register", "unregister", "subscribe", "unsubscribe", "close_user"]),
        st.integers(0, 9),
        st.sampled_from("xyz"),
    ),
    max_size=60,
)


@given(steps)
def test_the_books_balance_whatever_happens(plan):
    """After any sequence, topics, shards, edges and connections agree, and all is empty when all have gone."""
    clock = ManualClock()
    hub = Hub(shards=3, clock=clock)
    followed = set()
    hub.on_first_subscriber = followed.add
    hub.on_last_leaver = followed.remove
    pool = [Connection(f"c{n}", f"u{n // 2}", "participant", {}, Silent(), clock) for n in range(10)]
    used = set()
    for step, number, topic in plan:
        conn = pool[number]
        if step == "register":
            if conn not in used:
                used.add(conn)
                hub.register(conn)
        elif step == "unregister":
            hub.unregister(conn)
        elif step == "close_user":
            hub.close_user(conn.user_id, CloseCode.KICKED)
        else:
            getattr(hub, step)(conn, topic)
        topics = [topic for conn in hub.connections() for topic in conn.topics]
        assert followed == set(topics)
        assert {t: hub.subscribers(t) for t in "xyz"} == {t: topics.count(t) for t in "xyz"}
        assert sum(s["subscriptions"] for s in hub.stats().values()) == len(topics)
        assert all(hub.broadcast(t, "x", ephemeral=False) == topics.count(t) for t in "xyz")
    for conn in list(hub.connections()):
        hub.unregister(conn)
    assert not followed
    assert not hub._topics


def test_a_broadcast_tells_how_long_it_took(hub, join, clock):
    """Over all its peers; one to nobody is none."""
    for number in range(3):
        join(f"u{number}", "t").transport.on_send = lambda text: clock.advance(0.25)
    took = []
    hub.on_broadcast = took.append
    hub.broadcast("t", "x", ephemeral=False)
    hub.broadcast("nobody", "x", ephemeral=False)
    assert took == [0.75]


def test_a_broadcast_says_when_it_is_done(hub, join):
    """When the last peer has been served; one to nobody never is."""
    join("u1", "t")
    done = []
    hub.broadcast("t", "x", ephemeral=False, done=lambda: done.append("t"))
    hub.broadcast("nobody", "x", ephemeral=False, done=lambda: done.append("nobody"))
    assert done == ["t"]


def test_a_hub_knows_how_many_connections_it_has(hub, join):
    """Over all shards; those that are gone do not count."""
    connections = [join(f"u{n}", "t") for n in range(20)]
    assert len(hub) == 20
    hub.unregister(connections[0])
    hub.unregister(connections[0])
    assert len(hub) == 19
