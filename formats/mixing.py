"""Where the right answer goes in a file that has it apart from the wrong ones: by chance, but the same each time."""

import zlib


def mixed(right: str, wrong: list[str], seed: str) -> tuple[list[str], int]:
    """(all answers, index of the right one); the wrong ones keep their order. `seed` is the question's own text."""
    at = zlib.crc32(seed.encode("utf-8", "replace")) % (len(wrong) + 1)
    return [*wrong[:at], right, *wrong[at:]], at
