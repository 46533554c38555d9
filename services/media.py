"""The images and sounds of questions: taken in, stored once under the hash of their bytes, served, and forgotten.

What a picture is, images.py says, what a sound is, sounds.py. Which quiz shows which is stored with the quiz
(quiz_media.py).
"""

import asyncio
from collections import OrderedDict
from collections.abc import Iterable
from concurrent.futures import Executor
from typing import Any, NamedTuple

from clock import Clock
from models import media
from models.database import Database
from services.errors import NotFound
from services.identity import Identity
from services.images import remake, unusable
from services.medium import Medium
from services.sounds import is_sound, prepare

UNKNOWN = "There is no such image or sound."
# Of one account, as stored; an image of a question is about 100 KB, a minute of sound up to 1 MB.
OWNER_MOST = 500 * 1024 * 1024
OWNER_FULL = "Your images and sounds take up 500 MB, which is all there is. Delete quizzes that you no longer need."
# A class asks for the same at once: this much is held in memory.
CACHE_MOST = 64 * 1024 * 1024
# Whoever has just uploaded something is still writing the quiz.
KEPT_UNUSED_MS = 24 * 3600 * 1000


class Stored(NamedTuple):
    type: str
    data: bytes


class Media:
    """`executor` runs the decoding, for which there is room for one file at a time."""

    def __init__(self, db: Database, clock: Clock, executor: Executor | None = None) -> None:
        self._db = db
        self._clock = clock
        self._executor = executor
        self._decoding = asyncio.Semaphore(1)
        # The most recently asked for last; what is on its way from the database is in it too.
        self._held: OrderedDict[str, asyncio.Future[Stored]] = OrderedDict()
        self._held_bytes = 0

    async def add(self, identity: Identity, data: bytes, said_type: str = "") -> dict[str, Any]:
        """Of what was made of a file: {id, url, bytes} and an image's {width, height} or a sound's {duration_s}.

        Which of the two it is, its bytes say. Raises Invalid.
        """
        async with self._decoding:
            loop = asyncio.get_running_loop()
            made = await loop.run_in_executor(self._executor, _make, data, said_type)
        await self.keep(identity, made)
        told: dict[str, Any] = {"id": made.id, "url": f"/media/{made.id}", "bytes": len(made.data)}
        if made.duration_ms:
            return told | {"duration_s": made.duration_ms / 1000}
        return told | {"width": made.width, "height": made.height}

    async def keep(self, identity: Identity, made: Medium) -> None:
        """Stores what was made elsewhere: of a quiz file, by its reader. Raises Invalid."""
        await self._db.write(_keep, made, identity.id, self._clock.now_ms())

    async def sizes(self, media_ids: Iterable[str]) -> dict[str, int]:
        """Bytes of those that are there, in the order given."""
        asked = list(media_ids)
        sizes = await self._db.read(media.bytes_each, asked) if asked else {}
        return {name: sizes[name] for name in asked if name in sizes}

    async def find(self, media_id: str) -> Stored:
        """Raises NotFound. However many ask at once, the database is asked once."""
        held = self._held.get(media_id)
        if held is None:
            held = self._held[media_id] = asyncio.ensure_future(self._load(media_id))
        self._held.move_to_end(media_id)
        # Somebody who hangs up must not take it away from the others.
        return await asyncio.shield(held)

    async def _load(self, media_id: str) -> Stored:
        try:
            found = await self._db.read(media.found, media_id)
            if found is None:
                raise NotFound(UNKNOWN)
        except BaseException:
            self._held.pop(media_id, None)
            raise
        self._held_bytes += len(found[1])
        self._drop_oldest(media_id)
        return Stored(*found)

    def _drop_oldest(self, newest: str) -> None:
        for media_id, held in list(self._held.items()):
            if self._held_bytes <= CACHE_MOST:
                return
            if media_id != newest and held.done():
                del self._held[media_id]
                self._held_bytes -= len(held.result().data)

    async def sweep(self) -> int:
        """Deletes what no quiz and no room shows a day after it was brought; returns how many."""
        return await self._db.write(media.delete_unused, self._clock.now_ms() - KEPT_UNUSED_MS)


def _make(data: bytes, said_type: str) -> Medium:
    return prepare(data) if is_sound(data, said_type) else remake(data, said_type)


def _keep(made: Medium, owner_id: str, now: int) -> None:
    if not media.is_owned(made.id, owner_id) and media.bytes_of(owner_id) + len(made.data) > OWNER_MOST:
        raise unusable(OWNER_FULL)
    media.keep(made._asdict() | {"bytes": len(made.data), "uploaded_at": now}, owner_id)
