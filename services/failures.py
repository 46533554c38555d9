"""What a failed database means to a caller: the seams ask here, so that they need not know the database."""

import logging

import peewee

from models.database import WriteQueueFull
from services.errors import Invalid, Overloaded, ServiceError

logger = logging.getLogger(__name__)

BUSY = "The service is busy right now. Try again in a moment."
RETRY_AFTER_MS = 1000


def as_service_error(error: BaseException | None) -> ServiceError | None:
    """The use case's own error, Overloaded when the database has no room or is away, None for a defect of ours."""
    if isinstance(error, ServiceError):
        return error
    if isinstance(error, WriteQueueFull):
        return Overloaded(BUSY, retry_after_ms=RETRY_AFTER_MS)
    if isinstance(error, peewee.OperationalError | peewee.InterfaceError):
        # Locked for too long, disk full, file gone: the person at the machine must see which.
        logger.error("the database refused: %s", error)
        return Overloaded(BUSY, retry_after_ms=RETRY_AFTER_MS)
    if isinstance(error, peewee.DataError):
        # PostgreSQL holds no NUL in a text, nor a number that its column has no room for.
        return Invalid("Something in this cannot be stored: a character or a number that no database holds.", [])
    return None
