"""A peer keeps its place in the log, by docs/protocol.md; its link is a list that remembers."""

import json
from random import Random

import pytest

from clock import ManualClock
from load.peer import Peer
from load.plan import Plan, Target
from load.scene import Scene
from load.think import Think


class FakeLink:
    """Keeps what was sent."""

    def __init__(self):
        self.sent = []

    def send(self, text):
        self.sent.append(json.loads(text))


class Listener(Peer):
    """Remembers what it heard."""

    def __init__(self):
        plan = Plan(Target("127.0.0.1", 1, False), 1, 1, 1, Think(0, 0), 0, "speed", 1, 300, 1)
        super().__init__(Scene(plan, ManualClock(), Random(1)), "123456", {})
        self._link = self.link = FakeLink()
        self.heard, self.snapshots, self.you = [], [], []

    def on_event(self, method, params, *, is_live):
        self.heard.append((params.get("seq"), is_live))

    def on_snapshot(self, snapshot):
        self.snapshots.append(snapshot)

    def on_you(self, you):
        self.you.append(you)

    def receive(self, **message):
        self.on_text(json.dumps({"jsonrpc": "2.0", **message}).encode())

    def event(self, seq=None, method="round.closed"):
        self.receive(method=method, params={"room": "123456"} | ({} if seq is None else {"seq": seq}))


@pytest.fixture
def peer():
    """Subscribed at seq 3."""
    listener = Listener()
    listener._take_subscription({"seq": 3, "epoch": "e", "snapshot": {"phase": "LOBBY"}, "you": {"score": 0}})
    return listener


def logged(*seqs):
    """Events as a reply to subscribe holds them."""
    return [{"method": "round.closed", "params": {"room": "123456", "seq": seq}} for seq in seqs]


def test_a_snapshot_is_where_it_begins(peer):
    """The first one is no reconnect that found the log too short."""
    assert (peer.seq, peer.epoch, peer.snapshots, peer.you) == (3, "e", [{"phase": "LOBBY"}], [{"score": 0}])
    assert peer.scene.figures.snapshots == 0
    peer._take_subscription({"seq": 9, "epoch": "e", "snapshot": {"phase": "OPEN"}})
    assert (peer.seq, peer.scene.figures.snapshots, peer.missed) == (9, 1, 0)


def test_events_come_in_order(peer):
    """Old ones are ignored, those without seq are passed on."""
    peer.event(4)
    peer.event(4)
    peer.event(method="lobby.changed")
    peer.event(5)
    assert peer.heard == [(4, True), (None, True), (5, True)]
    assert (peer.seq, peer.missed, peer.scene.figures.repeated) == (5, 0, 1)


def test_a_skipped_event_is_counted_and_asked_for_once(peer):
    """The reply to subscribe heals it; what a live socket skipped stays on the report."""
    peer.event(4)
    peer.event(6)
    peer.event(7)
    [asked] = peer.link.sent
    assert (asked["method"], asked["params"]) == ("room.subscribe", {"room": "123456", "after": 4, "epoch": "e"})
    peer.receive(id=asked["id"], result={"seq": 7, "epoch": "e", "events": logged(5, 6, 7)})
    peer.event(8)
    assert peer.heard == [(4, True), (5, False), (6, False), (7, False), (8, True)]
    assert (peer.seq, peer.missed) == (8, 1)


def test_a_reply_whose_events_end_early_is_counted(peer):
    """It says seq 6, and its events lead to 5."""
    peer._take_subscription({"seq": 6, "epoch": "e", "events": logged(4, 5)})
    assert (peer.seq, peer.missed) == (6, 1)


def test_a_command_without_a_socket_is_lost_at_once(peer):
    """Its caller sends it again when it is back."""
    replies = []
    peer._link = None
    peer.send("ping", {}, replies.append)
    assert replies == [None]


def test_a_lost_socket_ends_its_commands(peer):
    """Each is told once; nobody comes back to a room that is over."""
    replies = []
    peer.scene.is_over = True
    peer.send("ping", {}, replies.append)
    peer.on_lost(peer._link, 1006)
    assert replies == [None]
    assert (peer.is_connected, dict(peer.scene.figures.errors)) == (False, {"close_1006": 1})
