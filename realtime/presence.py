"""Who is here, by key (a room): users, not sockets, each counted once however many connections it has.

Of this node by id; of other nodes how many, as they said last, until they have said nothing for too long.
"""

from clock import Clock

# A node that dies cannot say that its people are gone.
SILENT_S = 6.0


class _Members:
    """Of one key. A user is in one of the two dicts, or in neither when never seen."""

    __slots__ = ("elsewhere", "here", "left_ms")

    def __init__(self) -> None:
        self.elsewhere: dict[str, tuple[int, float]] = {}  # node → how many are there, and when it said so
        self.here: dict[str, set[str]] = {}  # user id → its connections' ids, never empty
        self.left_ms: dict[str, int] = {}  # user id → when its last connection went


class Presence:
    """Remembers those who left until their key is forgotten, so `forget` what is over."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._keys: dict[str, _Members] = {}

    def join(self, key: str, user_id: str, conn_id: str) -> bool:
        """True when the user was not present before."""
        members = self._keys.setdefault(key, _Members())
        connections = members.here.setdefault(user_id, set())
        is_first = not connections
        connections.add(conn_id)
        members.left_ms.pop(user_id, None)
        return is_first

    def leave(self, key: str, user_id: str, conn_id: str) -> bool:
        """True when that was the user's last connection; harmless for one that never joined."""
        members = self._keys.get(key)
        connections = members.here.get(user_id) if members else None
        if members is None or connections is None:
            return False
        connections.discard(conn_id)
        if connections:
            return False
        del members.here[user_id]
        members.left_ms[user_id] = self._clock.now_ms()
        return True

    def present(self, key: str) -> set[str]:
        members = self._keys.get(key)
        return set(members.here) if members else set()

    def expected(self, key: str, since_ms: int, grace_ms: int = 15_000) -> set[str]:
        """Whom to wait for: those here at `since_ms` or later, less those gone for `grace_ms` by now."""
        members = self._keys.get(key)
        if members is None:
            return set()
        grace_began_ms = self._clock.now_ms() - grace_ms
        left = members.left_ms.items()
        return set(members.here) | {user for user, at in left if at >= since_ms and at > grace_began_ms}

    def was_here(self, key: str, user_id: str) -> bool:
        """The user is here now or has been, on this node."""
        members = self._keys.get(key)
        return members is not None and (user_id in members.here or user_id in members.left_ms)

    def count_here(self, key: str) -> int:
        members = self._keys.get(key)
        return len(members.here) if members else 0

    def count(self, key: str) -> int:
        """Over all nodes."""
        members = self._keys.get(key)
        return len(members.here) + sum(there for there, _ in members.elsewhere.values()) if members else 0

    def heard(self, key: str, node: str, count: int) -> bool:
        """Another node says how many are there; True when that is news."""
        members = self._keys.setdefault(key, _Members())
        known, _ = members.elsewhere.get(node, (0, 0.0))
        if count:
            members.elsewhere[node] = (count, self._clock.monotonic_s())
        else:
            members.elsewhere.pop(node, None)
        return count != known

    def expire(self) -> list[str]:
        """Drops what nodes said that have been silent for too long; returns the keys this concerns."""
        bound_s = self._clock.monotonic_s() - SILENT_S
        concerned: list[str] = []
        for key, members in self._keys.items():
            silent = [node for node, (_, heard_s) in members.elsewhere.items() if heard_s < bound_s]
            for node in silent:
                del members.elsewhere[node]
            if silent:
                concerned.append(key)
        return concerned

    def forget(self, key: str) -> None:
        self._keys.pop(key, None)
