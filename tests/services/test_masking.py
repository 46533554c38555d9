"""Rude words are dots on the projector, and nothing else is."""

import pytest

from services.masking import masked, masked_text


@pytest.mark.parametrize(
    ("text", "language", "shown"),
    [
        ("water is blue", "en", "water is blue"),
        ("what the fuck is water", "en", "what the ••• is water"),
        ("FUCK", "en", "•••"),
        ("Scheisse", "de", "•••"),
        ("", "en", ""),
    ],
)
def test_rude_words_are_dots(text, language, shown):
    """The rest of a sentence stays."""
    assert masked_text(text, language) == shown


def test_masked_words_are_one():
    """Nobody counts the different ones; the most frequent is still first."""
    values = [
        {"value": "wet", "count": 3, "correct": False},
        {"value": "fuck", "count": 2, "correct": False},
        {"value": "shit", "count": 2, "correct": False},
    ]
    found = masked({"values": values, "other": 1}, "en")
    assert [(entry["value"], entry["count"]) for entry in found["values"]] == [("•••", 4), ("wet", 3)]
    assert found["other"] == 1
