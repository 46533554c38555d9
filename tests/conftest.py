"""What every test shares: how hypothesis searches, and a loop that is closed. Others live beside their tests."""

import asyncio
import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

# A shared machine makes single examples slow, which says nothing about the code: no deadline. In CI the
# search is the same on every run, so that a red one can be repeated; at a desk it explores.
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.register_profile("desk", deadline=None, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "desk")


@pytest.fixture(autouse=True)
def current_loop() -> Iterator[None]:
    """A current loop that somebody closes: Tornado asks for one to put back, and asyncio.run forgets it unclosed."""
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    yield
    asyncio.set_event_loop(None)
    loop.close()
