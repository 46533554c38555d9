"""What all tests of the services share."""

import pytest


@pytest.fixture(autouse=True)
def cheap_accounts(cheap_hashes: None) -> None:
    """Most make accounts and none but those of passwords asks what a hash is worth."""
