"""Hashes and checks passwords with Argon2, always in an executor: one hash takes the loop's time for a whole burst."""

import asyncio
import secrets
from concurrent.futures import Executor

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError


class Passwords:
    """`hasher` holds Argon2's costs (RFC 9106's low-memory profile unless told otherwise)."""

    def __init__(self, executor: Executor, hasher: PasswordHasher | None = None) -> None:
        self._executor = executor
        self._hasher = hasher or PasswordHasher()
        # Checked against when there is no such account, so that the answer takes as long.
        self._decoy = executor.submit(self._hasher.hash, secrets.token_urlsafe(24))

    async def hash(self, password: str) -> str:
        return await asyncio.get_running_loop().run_in_executor(self._executor, self._hasher.hash, password)

    async def is_right(self, stored: str | None, password: str) -> bool:
        """False for a wrong password; for None too, after the time that a check takes."""
        decoy = await asyncio.wrap_future(self._decoy)
        loop = asyncio.get_running_loop()
        right = await loop.run_in_executor(self._executor, self._check, stored or decoy, password)
        return right and stored is not None

    def needs_rehash(self, stored: str) -> bool:
        """The hash was made with other costs than today's."""
        return self._hasher.check_needs_rehash(stored)

    def _check(self, stored: str, password: str) -> bool:
        try:
            return self._hasher.verify(stored, password)
        except (Argon2Error, InvalidHashError):
            return False
