"""How participants fare: counted per person, and small enough to keep for everybody."""

import tracemalloc

from services.participation import Participation


def test_each_socket_but_the_first_is_a_reconnect():
    """Subscribing again on the same socket, as after a gap, is none; it is a resume."""
    room = Participation()
    room.subscribed("ada", is_new=True, missed=None)
    assert room.of("ada").reconnects == 0
    room.subscribed("ada", is_new=False, missed=2)
    room.subscribed("ada", is_new=True, missed=3)
    ada = room.of("ada")
    assert (ada.reconnects, ada.resumed, ada.missed) == (1, 2, 5)
    assert room.of("bo").reconnects == 0


def test_the_last_answer_counts():
    """And nothing is kept of somebody who was removed."""
    room = Participation()
    room.stored("ada", 1, 7)
    room.stored("ada", 2, 3)
    assert (room.of("ada").round, room.of("ada").took_ms) == (2, 3)
    room.removed("ada")
    room.removed("ada")
    assert room.of("ada").round == 0


def test_it_is_small():
    """At most 200 bytes for each, in a room of ten thousand."""
    ids = [f"{number:036d}" for number in range(10_000)]
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    room = Participation()
    for participant_id in ids:
        room.subscribed(participant_id, is_new=True, missed=3)
        room.stored(participant_id, 12, 20)
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (after - before) / len(ids) <= 200
