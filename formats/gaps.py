"""A text with gaps put together piece by piece: the prompt with its places `{{1}}`, `{{2}}` …, and what fits there."""

import re
from typing import Any

from formats.intermediate import Skip

BLANKS_MOST = 20
ACCEPTED_MOST = 50

# What would look like a place and is none.
_BRACES = re.compile(r"\{(?=\{)")


class Gaps:
    def __init__(self) -> None:
        self._pieces: list[str] = []
        self.blanks: list[dict[str, Any]] = []

    def add_text(self, text: str) -> None:
        self._pieces.append(_BRACES.sub("{ ", text))

    def add_blank(self, accepted: list[str]) -> None:
        """Raises Skip for a gap into which nothing fits."""
        texts = list(dict.fromkeys(" ".join(text.split()) for text in accepted if text.strip()))[:ACCEPTED_MOST]
        if not texts:
            raise Skip("no_right_answer", "Nothing is right in one of its gaps.")
        self.blanks.append({"accepted": texts})
        self._pieces.append(f"{{{{{len(self.blanks)}}}}}")

    def prompt(self) -> str:
        return "".join(self._pieces)

    def fields(self, prompt: str) -> dict[str, Any]:
        """{kind, prompt, blanks} with the text as it came out of `prompt()` and was made plain. Raises Skip."""
        if not self.blanks:
            raise Skip("no_gaps", "This text has no gap to fill.")
        if len(self.blanks) > BLANKS_MOST:
            raise Skip("too_many_gaps", f"This text has {len(self.blanks)} gaps; a question has at most {BLANKS_MOST}.")
        return {"kind": "blanks", "prompt": prompt, "blanks": self.blanks}
