"""What a connection needs of whatever holds its socket, and what that tells of it: the contracts.

Implementations lie beside it: `transport_socket` holds the plain socket, `transport_tornado` a Tornado stream.
"""

from typing import Protocol


class Receiver(Protocol):
    """Whoever gets what comes in. Nothing comes after `on_lost`, which comes once."""

    def on_message(self, message: str | bytes) -> None:
        """One whole message: a str when it was text, bytes when it was binary."""

    def on_pong(self, payload: bytes) -> None: ...

    def on_lost(self) -> None:
        """The socket is gone, or its peer has said goodbye. Never called from within a method of the transport."""


class Outlet:
    """What the fan-out's loop touches of a connection, and nothing else of it: each line of memory more, ten thousand
    times, is a part of the broadcast.

    `direct` is the socket's descriptor while it is open and nothing is queued: a frame may be written to it at once.
    It is None at all other times, and before the receiver hears that the socket is gone. Only the transport sets it.
    """

    __slots__ = ("delivered", "direct")

    def __init__(self) -> None:
        self.delivered = 0  # the number of the last broadcast that reached it; the fan-out's own
        self.direct: int | None = None


class Transport(Protocol):
    """One socket. No method raises or blocks, whatever its state; on a closed one they do nothing."""

    @property
    def queued(self) -> int:
        """Bytes that were written but that the socket has not yet taken."""

    def attach(self, outlet: Outlet) -> None:
        """From here on `outlet.direct` is true. A transport that cannot be written to directly leaves it alone."""

    def start(self, receiver: Receiver) -> None:
        """From here on the receiver hears what comes in; what came before first, at once."""

    def write(self, frame: bytes) -> None:
        """Sends one encoded frame, or queues it behind those that wait. Look at `queued` before: it has no bound."""

    def queue_rest(self, frame: bytes, taken: int) -> None:
        """Of this frame only `taken` bytes, at least one, have been written directly just now."""

    def ping(self, payload: bytes) -> None:
        """Sends a ping of at most 125 bytes; the pong comes back through `Receiver.on_pong`."""

    def pause_reading(self) -> None:
        """The receiver has enough for now: what is read already still comes, the rest waits in the kernel."""

    def resume_reading(self) -> None: ...

    def close(self, code: int, reason: str) -> None:
        """Begins the closing handshake behind what is queued; a peer that does not answer is aborted in the end."""

    def drop(self, code: int, reason: str) -> None:
        """Closes a peer that is behind: what is queued for it is lost, and it is aborted when it does not move."""

    def abort(self) -> None:
        """Frees the socket now with a reset; what was queued is lost."""
