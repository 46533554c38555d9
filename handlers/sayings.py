"""What Python says to people, in the page's language: sentences and reasons, also those with a value in them.

Services and formats say it in English ("This room is full: it has seats for 200."), since programs read it too. The
catalogue has it with numbers for the values ("This room is full: it has seats for {1}."), by which it is found again.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from babel.messages.mofile import read_mo

VALUE = re.compile(r"\{(\d)\}")
# A value may be a sentence itself, such as the reason in it; nothing of ours goes deeper.
DEPTH = 3
REMEMBERED = 2000


def sayings(file: Path) -> Callable[[str], str]:
    """say(text) by a compiled catalogue; without one everything stays as it is."""
    if not file.is_file():
        return str
    with file.open("rb") as compiled:
        known = {message.id: message.string for message in read_mo(compiled) if isinstance(message.id, str)}
    # The more is written out, the surer it is meant.
    templates = sorted(filter(VALUE.search, known), key=lambda text: len(VALUE.sub("", text)), reverse=True)
    patterns = [(re.compile(_pattern(text), re.DOTALL), known[text]) for text in templates]

    def say(text: str, depth: int = 0) -> str:
        if text in known:
            return str(known[text])
        if depth < DEPTH:
            for pattern, said in patterns:
                if match := pattern.fullmatch(text):
                    return VALUE.sub(lambda value: say(match[int(value[1])], depth + 1), str(said))
        return text

    return lru_cache(REMEMBERED)(lambda text: say(text))


def _pattern(text: str) -> str:
    """The values are numbered in the order in which they stand."""
    return "(.+?)".join(re.escape(part) for part in VALUE.split(text)[::2])
