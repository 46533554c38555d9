"""The teacher's remote: one command at a time, each carried out once however often the socket is lost."""

import asyncio
from typing import Any

from load.errors import LinkError
from load.peer import Peer
from load.scene import Scene

UNANSWERED = frozenset({"lost", "no_reply"})


class Host(Peer):
    """Carries the account's token in a header, as a program does. `opened_at` and `closed` are by round."""

    def __init__(self, scene: Scene, pin: str, token: str) -> None:
        super().__init__(scene, pin, {"Authorization": f"Bearer {token}"})
        self.opened_at: dict[int, int] = {}
        self.closed: set[int] = set()
        # Where the last reply said that the room is; its event may still be on the way.
        self._replied = 0

    def on_event(self, method: str, params: dict[str, Any], *, is_live: bool) -> None:
        if method == "round.opened":
            self.opened_at[params["round"]] = params["opened_at"]
        elif method == "round.closed":
            self.closed.add(params["round"])

    def on_snapshot(self, snapshot: dict[str, Any]) -> None:
        if snapshot.get("opened_at"):
            self.opened_at[snapshot["round"]] = snapshot["opened_at"]

    async def command(self, method: str) -> None:
        """Moves the room on from where it is now. LinkError when the service will not."""
        expect = max(self.seq or 0, self._replied)
        is_first = True
        while True:
            if self._returning is not None:
                await asyncio.wait([self._returning])
            try:
                self._replied = int((await self.ask(method, {"expect": expect}))["seq"])
                return
            except LinkError as error:
                if error.code == "stale" and method == "round.close" and error.data.get("phase") == "OPEN":
                    # The service was away, and gave the round its time back when it returned; that may be news here.
                    expect = int(error.data["seq"])
                    continue
                if error.code == "stale" and not is_first:
                    return  # the try whose reply was lost had been carried out
                if error.code not in UNANSWERED or not (self.is_connected or self._returning):
                    raise
                is_first = False
