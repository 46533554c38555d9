"""Taking leave of everybody before the node ends: told when to come back, spread out, and then closed."""

import asyncio
import logging

from models.database import Database, nothing
from realtime.codes import CloseCode
from realtime.hub import Hub
from realtime.protocol import encode_event

logger = logging.getLogger(__name__)

# All come back to the other nodes, or to this one when it is up again: about a thousand in a second.
MS_FOR_EACH = 1
WITHIN_LEAST_MS = 500
WITHIN_MOST_MS = 5_000
BATCH = 250
# What is being stored when the word comes gets this long; its sender would send it again all the same.
FLUSH_WITHIN_S = 2.0


class Draining:
    """`is_draining` never becomes false again: whoever spreads people over nodes sends none here."""

    def __init__(self, hub: Hub, db: Database) -> None:
        self._hub = hub
        self._db = db
        self.is_draining = False

    async def drain(self) -> None:
        """Announces, lets the answers on their way be stored and acknowledged, closes with 4000."""
        self.is_draining = True
        connections = list(self._hub.connections())
        within_ms = min(WITHIN_MOST_MS, max(WITHIN_LEAST_MS, len(connections) * MS_FOR_EACH))
        text = encode_event("node.draining", {"reconnect_within_ms": within_ms})
        for start in range(0, len(connections), BATCH):
            for connection in connections[start : start + BATCH]:
                connection.send(text)
            await asyncio.sleep(0)
        await self._flush()
        for start in range(0, len(connections), BATCH):
            for connection in connections[start : start + BATCH]:
                connection.close(CloseCode.NODE_DRAINING)
            await asyncio.sleep(0)

    async def _flush(self) -> None:
        """The writer works in order: when this is through, so is all that came before."""
        try:
            await asyncio.wait_for(self._db.write(nothing), FLUSH_WITHIN_S)
        except Exception as error:  # noqa: BLE001 - the node ends, whatever the database does
            logger.warning("not everything could be stored before the end: %s", error or type(error).__name__)
