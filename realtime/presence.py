"""Who is here, by key (a room): users, not sockets, each counted once however many connections it has."""

from clock import Clock


class _Members:
    """Of one key. A user is in one of the two dicts, or in neither when never seen."""

    __slots__ = ("here", "left_ms")

    def __init__(self) -> None:
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

    def count(self, key: str) -> int:
        members = self._keys.get(key)
        return len(members.here) if members else 0

    def forget(self, key: str) -> None:
        self._keys.pop(key, None)
