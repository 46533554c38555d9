"""What every test shares: how hypothesis searches. Fixtures live beside the tests that use them."""

import os

from hypothesis import settings

# A shared machine makes single examples slow, which says nothing about the code: no deadline. In CI the
# search is the same on every run, so that a red one can be repeated; at a desk it explores.
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.register_profile("desk", deadline=None, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "desk")
