"""What every test shares: how hypothesis searches, and a loop that is closed. Others live beside their tests."""

import asyncio
import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from hypothesis import settings

# A shared machine makes single examples slow, which says nothing about the code: no deadline. In CI the
# search is the same on every run, so that a red one can be repeated; at a desk it explores.
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.register_profile("desk", deadline=None, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "desk")

# The source is tested, whatever somebody has compiled: tests/test_compiled.py asks for the other. Nothing of ours may
# be imported before this.
os.environ.setdefault("QUIZHALL_COMPILED", "off")

# What takes longest begins first, so that no process is left alone with it at the end.
LONGEST = (
    "prove/test_prove",
    "test_compiled",
    "blackbox/test_kills",
    "handlers/api/test_openapi",
    "formats/test_fuzz",
    "browser/",
    "blackbox/",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent

    def rank(item: pytest.Item) -> int:
        name = item.path.relative_to(here).as_posix()
        return next((at for at, start in enumerate(LONGEST) if name.startswith(start)), len(LONGEST))

    items.sort(key=rank)


@pytest.fixture(autouse=True)
def current_loop() -> Iterator[None]:
    """A current loop that somebody closes: Tornado asks for one to put back, and asyncio.run forgets it unclosed."""
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    yield
    asyncio.set_event_loop(None)
    loop.close()


@pytest.fixture
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes that cost next to nothing: what a good one costs is of no interest where accounts are only needed."""
    cheap = partial(PasswordHasher, time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr("services.passwords.PasswordHasher", cheap)
