"""Texts with gaps: the places `{{1}}`, `{{2}}` … of a prompt, what fits there, and the words that were to choose from.

Here gaps are filled by typing. Where a file gives words to choose from, they stand in the prompt, as on a worksheet.
"""

import re
from collections.abc import Iterable
from typing import Any

from formats.intermediate import Skip
from formats.marks import bare

BLANKS_MOST = 20
ACCEPTED_MOST = 50
WORDS_MOST = 400
"""Characters of all words to choose from that go into a prompt; more are for the teacher's notes."""
READ_AS_TYPED = "Its words are typed here, not chosen or dragged; they stand in the question."

# What would look like a place and is none.
_BRACES = re.compile(r"\{(?=\{)")


def without_places(text: str) -> str:
    return _BRACES.sub("{ ", text)


Accepted = str | dict[str, Any]
"""A text, or {text, weight}."""


class Gaps:
    def __init__(self) -> None:
        self.blanks: list[dict[str, Any]] = []

    def place(self, accepted: Iterable[Accepted]) -> str:
        """A new gap: how it stands in the prompt. Raises Skip for one into which nothing fits."""
        texts: dict[str, Accepted] = {}
        for entry in accepted:
            text = " ".join(bare(entry if isinstance(entry, str) else entry["text"]).split())
            if text:
                texts.setdefault(text, text if isinstance(entry, str) else {**entry, "text": text})
        if not texts:
            raise Skip("no_right_answer", "Nothing is right in one of its gaps.")
        self.blanks.append({"accepted": list(texts.values())[:ACCEPTED_MOST]})
        return f"{{{{{len(self.blanks)}}}}}"

    def fields(self, prompt: str) -> dict[str, Any]:
        """{kind, prompt, blanks}. Raises Skip."""
        if not self.blanks:
            raise Skip("no_gaps", "This text has no gap to fill.")
        if len(self.blanks) > BLANKS_MOST:
            raise Skip("too_many_gaps", f"This text has {len(self.blanks)} gaps; a question has at most {BLANKS_MOST}.")
        return {"kind": "blanks", "prompt": prompt, "blanks": self.blanks}


def choices_after(words: list[str]) -> str:
    """What stands behind a gap that had a list of its own; in the file what is right often stands first."""
    shown = " / ".join(_sorted(words))
    return f" ({shown})" if len(shown) <= WORDS_MOST else ""


def choices_below(words: list[str]) -> str:
    """What stands below a text of which all gaps had the same list."""
    shown = " · ".join(_sorted(words))
    return f"\n\n({shown})" if 0 < len(shown) <= WORDS_MOST else ""


def _sorted(words: list[str]) -> list[str]:
    return sorted(dict.fromkeys(filter(None, map(bare, words))), key=str.casefold)
