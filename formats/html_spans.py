"""Bold, italic and code as HTML has them, in tags or in their style: which of our marks begin and end with a tag.

Whoever pastes from a word processor brings `<b style="font-weight:normal">` and `<span style="font-weight:700">`.
"""

import re
from dataclasses import dataclass

from formats.marks import CODE, CODE_END, EM, EM_END, STRONG, STRONG_END

_TAGS = {
    STRONG: "b strong h1 h2 h3 h4 h5 h6",
    EM: "i em var dfn cite",
    CODE: "code tt kbd samp",
}
_MARK_OF = {tag: mark for mark, tags in _TAGS.items() for tag in tags.split()}
TAGS = _MARK_OF.keys() | {"span", "font"}
_END_OF = {STRONG: STRONG_END, EM: EM_END, CODE: CODE_END}
_WEIGHT = re.compile(r"font-weight\s*+:\s*+(bold|bolder|[6-9]00|normal|lighter|[1-5]00)\b", re.IGNORECASE)
_SLANT = re.compile(r"font-style\s*+:\s*+(italic|oblique|normal)\b", re.IGNORECASE)
_ON = ("bold", "bolder", "italic", "oblique")
_STYLE_MOST = 1_000


@dataclass(slots=True)
class _Span:
    tag: str
    begun: list[str]
    at: int
    seen: int


class Spans:
    """Marks go into `pieces`; one around nothing that can be seen is taken out again."""

    def __init__(self, pieces: list[str]) -> None:
        self._pieces = pieces
        self._open: list[_Span] = []
        self._count: dict[str, int] = {}
        self._active: set[str] = set()
        # Pieces of text, formulas and the like so far.
        self.seen = 0

    def begin(self, tag: str, style: str | None) -> None:
        wanted = _wanted(tag, (style or "")[:_STYLE_MOST])
        begun = [mark for mark in (STRONG, EM, CODE) if mark in wanted and mark not in self._active]
        self._active.update(begun)
        self._open.append(_Span(tag, begun, len(self._pieces), self.seen))
        self._count[tag] = self._count.get(tag, 0) + 1
        self._pieces.append("".join(begun))

    def end(self, tag: str) -> None:
        """Of this tag and of all that was begun in it and not ended; of nothing, where none is open."""
        while self._count.get(tag):
            span = self._open.pop()
            self._count[span.tag] -= 1
            self._end(span)
            if span.tag == tag:
                return

    def end_all(self) -> None:
        while self._open:
            self._end(self._open.pop())

    def _end(self, span: _Span) -> None:
        self._active.difference_update(span.begun)
        if self.seen == span.seen and span.at < len(self._pieces):
            self._pieces[span.at] = ""
        else:
            self._pieces.append("".join(_END_OF[mark] for mark in reversed(span.begun)))


def _wanted(tag: str, style: str) -> set[str]:
    wanted = {_MARK_OF[tag]} if tag in _MARK_OF else set()
    for pattern, mark in ((_WEIGHT, STRONG), (_SLANT, EM)):
        if said := pattern.search(style):
            is_on = said[1].lower() in _ON or said[1][0] in "6789"
            wanted = wanted | {mark} if is_on else wanted - {mark}
    return wanted
