"""Choosing a PIN: uniform, long enough to be hard to guess, not one that was in use in the last 24 hours."""

from collections.abc import Callable

from models import rooms

REST_MS = 24 * 60 * 60 * 1000
# A PIN grows by a digit while more than one in this many is live.
SPARSE = 10_000
TRIES = 200


def digits_for(live: int, least: int) -> int:
    digits = least
    while live * SPARSE > 10**digits:
        digits += 1
    return digits


def choose_pin(least_digits: int, now: int, below: Callable[[int], int]) -> str:
    """A free PIN; inside the transaction that takes it. `below(n)` gives a random whole number from 0 to n - 1."""
    digits = digits_for(rooms.live_count() + 1, least_digits)
    for attempt in range(TRIES):
        lowest = 10 ** (digits - 1)
        pin = str(lowest + below(9 * lowest))
        if not rooms.pin_rests(pin, now - REST_MS):
            return pin
        if attempt % 50 == 49:
            digits += 1
    raise RuntimeError("no free PIN was found")
