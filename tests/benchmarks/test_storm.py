"""The two generators of answer_storm, against a peer of the test's own."""

import contextlib
import socket
import threading
from collections.abc import Iterator

import pytest

from benchmarks.lab.compiled import compiled
from benchmarks.lab.sockets import text_frame
from benchmarks.lab.storm import CStorm, PythonStorm, Shot, Storm

# Without a compiler there is only one of them.
GENERATORS = [CStorm, PythonStorm] if compiled("storm") else [PythonStorm]


def unmasked(opcode: int, payload: bytes) -> bytes:
    """A server's frame, small or of middle size."""
    size = len(payload)
    head = bytes((0x80 | opcode, size)) if size < 126 else bytes((0x80 | opcode, 126)) + size.to_bytes(2, "big")
    return head + payload


@pytest.fixture(params=GENERATORS)
def pairs(request: pytest.FixtureRequest) -> Iterator[tuple[Storm, list[socket.socket]]]:
    """A generator over three sockets, and their other ends."""
    with contextlib.ExitStack() as stack:
        made = [socket.socketpair() for _ in range(3)]
        for near, far in made:
            stack.callback(near.close)
            stack.callback(far.close)
        storm = request.param([near for near, _ in made])
        stack.callback(storm.close)
        yield storm, [far for _, far in made]


def test_each_reply_is_found_and_timed(pairs: tuple[Storm, list[socket.socket]]) -> None:
    """Events before it and fragments of frames do not confuse it; the shot's frame arrives as it was made."""
    storm, (first, second, third) = pairs
    frame = text_frame('{"method":"answer.submit"}')
    replies = {
        first: [unmasked(1, b'{"method":"round.progress"}') + unmasked(1, b'{"status":"stored"}')],
        second: [
            unmasked(1, b'{"status":"stored"}' + b" " * 300)[:100],
            unmasked(1, b'{"status":"stored"}' + b" " * 300)[100:],
        ],
        third: [unmasked(9, b"are you there"), unmasked(1, b'{"status":"stored"}')],
    }
    heard: dict[socket.socket, bytes] = {}

    def answer(sock: socket.socket) -> None:
        heard[sock] = sock.recv(4096)
        for part in replies[sock]:
            sock.sendall(part)

    threads = [threading.Thread(target=answer, args=(sock,)) for sock in replies]
    for thread in threads:
        thread.start()
    fired = storm.fire([Shot(peer, frame, peer * 0.01) for peer in (0, 1, 2)], '"stored"', 5)
    for thread in threads:
        thread.join()
    assert sorted(fired.replied) == [0, 1, 2]
    assert len(fired.took_ms) == 3
    assert all(took > 0 for took in fired.took_ms)
    # The last was due 20 ms after the first.
    assert fired.seconds >= 0.02
    assert set(heard.values()) == {frame}
    assert storm.messages == 4
    pong = third.recv(4096)
    assert pong[0] == 0x8A
    assert pong[6:] == b"are you there"


def test_refusals_and_lost_sockets_end_it(pairs: tuple[Storm, list[socket.socket]]) -> None:
    """Who is refused or gone is not waited for; nobody is counted who had no reply."""
    storm, (first, second, third) = pairs
    first.sendall(unmasked(1, b'{"error":{"code":-32010}}'))
    second.sendall(unmasked(1, b'{"error":{"code":-32010}}'))
    third.sendall(unmasked(1, b'{"status":"stored"}'))
    fired = storm.fire([Shot(peer, text_frame("x")) for peer in (0, 1, 2)], '"stored"', 5)
    assert (fired.replied, fired.refused) == ([2], 2)
    for far in (first, second, third):
        far.shutdown(socket.SHUT_RDWR)
    assert storm.wait_for("anything", 1, 5) == 0
    assert storm.lost == 3


def test_waiting_counts_messages_with_the_needle(pairs: tuple[Storm, list[socket.socket]]) -> None:
    """So many as there are, from whomever; it gives up when the time is over."""
    storm, (first, second, _) = pairs
    first.sendall(unmasked(1, b'{"method":"round.opened"}') * 2)
    second.sendall(unmasked(1, b'{"method":"round.closed"}') + unmasked(1, b'{"method":"round.opened"}'))
    assert storm.wait_for("round.opened", 3, 5) == 3
    assert storm.wait_for("round.opened", 1, 0.05) == 0
