"""What Python says, found again in a catalogue: whole, or with values in it."""

from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.mofile import write_mo

from handlers.sayings import sayings

GERMAN = {
    "That did not work.": "Das ging nicht.",
    "must have {1} to {2} characters": "muss {1} bis {2} Zeichen haben",
    "The field {1} {2}.": "Das Feld {1} {2}.",
    "This {1} is in room {2}.": "In Raum {2} ist {1}.",
    "This {1} is here.": "{1} ist da.",
}


@pytest.fixture
def say(tmp_path: Path):
    catalogue = Catalog(locale="de")
    for text, said in GERMAN.items():
        catalogue.add(text, said)
    file = tmp_path / "messages.mo"
    with file.open("wb") as compiled:
        write_mo(compiled, catalogue)
    return sayings(file)


@pytest.mark.parametrize(
    ("english", "german"),
    [
        ("That did not work.", "Das ging nicht."),
        ("must have 1 to 80 characters", "muss 1 bis 80 Zeichen haben"),
        ("The field name must have 1 to 80 characters.", "Das Feld name muss 1 bis 80 Zeichen haben."),
        ("This cat is in room 7.", "In Raum 7 ist cat."),
        ("This {1} is here.", "{1} ist da."),
        ("This 50 % \\1 is here.", "50 % \\1 ist da."),
        ("Nobody translated this.", "Nobody translated this."),
    ],
)
def test_a_sentence_is_found_by_what_is_written_out(say, english, german):
    """Values stay as they are, wherever the other language puts them; a value may be a reason of its own."""
    assert say(english) == german


def test_without_a_catalogue_all_stays_english(tmp_path: Path):
    """As now."""
    assert sayings(tmp_path / "messages.mo")("must have 1 to 80 characters") == "must have 1 to 80 characters"
