"""How many connections each address has on this node, counted as they come and go."""

from realtime.connection import Connection
from realtime.hub import Hub


class Addresses:
    """A connection's address is in its claims."""

    def __init__(self, hub: Hub) -> None:
        self._connections: dict[str, int] = {}
        hub.on_unregister.append(self._left)

    def connections(self, address: str) -> int:
        return self._connections.get(address, 0)

    def came(self, connection: Connection) -> None:
        """To be called once for each connection of the hub."""
        address = connection.claims["address"]
        self._connections[address] = self._connections.get(address, 0) + 1

    def _left(self, connection: Connection) -> None:
        address = connection.claims.get("address", "")
        left = self._connections.pop(address, 0) - 1
        if left > 0:
            self._connections[address] = left
