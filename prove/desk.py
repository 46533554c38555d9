"""HTTP calls that go to whichever node answers, and again until one does."""

import asyncio
from typing import Any

from load.api import Api
from load.errors import ApiError
from load.plan import Target

# Also on a machine that has much else to do.
PATIENCE_S = 20.0
# A database that was killed on a busy machine takes its time to come back, and one call that fails ends a run.
GIVE_UP_S = 90.0
AGAIN_S = 0.5
# Not this node's, or not now: another try may succeed.
AGAIN = frozenset({0, 429, 500, 502, 503, 504})


class Desk:
    """One account's calls; what is refused for good is an ApiError."""

    def __init__(self, targets: list[Target]) -> None:
        self._apis = [Api(target, None) for target in targets]
        self._turn = 0

    async def sign_in(self, email: str, password: str) -> str:
        """The token, which all nodes take."""
        token: str = (await self.call("POST", "/api/v1/login", {"email": email, "password": password}))["token"]
        for api in self._apis:
            api.token = token
        return token

    async def call(self, method: str, path: str, body: Any = None) -> Any:
        """The answer's JSON, from the first node that gives one."""
        failed: Exception = ApiError("There is no node.")
        loop = asyncio.get_running_loop()
        end_s = loop.time() + GIVE_UP_S
        while loop.time() < end_s:
            self._turn += 1
            api = self._apis[self._turn % len(self._apis)]
            try:
                return await asyncio.wait_for(api.call(method, path, body), PATIENCE_S)
            except TimeoutError as error:
                failed = error
            except ApiError as error:
                if error.status not in AGAIN:
                    raise
                failed = error
            await asyncio.sleep(AGAIN_S)
        raise ApiError(f"{method} {path}: no node answered for good: {failed}") from failed

    def close(self) -> None:
        """Lets go of all connections."""
        for api in self._apis:
            api.close()
