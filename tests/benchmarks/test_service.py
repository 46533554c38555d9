"""The service as the benchmarks run it."""

import pytest

from benchmarks.lab.process import ProcessError
from benchmarks.lab.service import Service
from benchmarks.lab.sockets import read_until

QUESTION = {
    "kind": "single",
    "prompt": "?",
    "choices": [{"text": "a", "correct": True}, {"text": "b"}],
    "time_limit_s": None,
}


@pytest.mark.process
def test_a_room_with_seats_subscribed() -> None:
    """Everyone gets the event of the host's command; a command out of place is refused with its reason."""
    with Service() as service:
        room = service.open_room([QUESTION, QUESTION])
        seats = service.join(room, 20)
        socks = service.connect(room, seats)
        host = service.connect_host(room)
        host.ask("room.start")
        assert all('"round":1' in read_until(sock, "round.opened") for sock in socks)
        with pytest.raises(ProcessError, match="wrong_phase"):
            host.ask("room.next")
        for sock in (*socks, host.sock):
            sock.close()
    assert len({seat.id for seat in seats}) == 20
