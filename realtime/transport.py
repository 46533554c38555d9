"""What a connection needs of whatever holds its socket: the contract. Implementations lie beside it."""

from typing import Protocol


class Transport(Protocol):
    """One socket. No method raises or blocks, whatever its state; on a closed one they do nothing."""

    def send(self, text: str) -> None:
        """Queues one text message behind those already queued."""

    def buffered(self) -> int:
        """Bytes that were sent but that the socket has not yet taken."""

    def ping(self, payload: bytes) -> None:
        """Sends a ping of at most 125 bytes; the pong comes back through `Connection.on_pong`."""

    def close(self, code: int, reason: str) -> None:
        """Begins the closing handshake, which a peer that reads nothing never ends."""

    def abort(self) -> None:
        """Frees the socket now; what was queued is lost."""
