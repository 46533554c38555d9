"""Formatting on its way through a reader: signs within a text that stand for bold, for a list, for a table.

They are characters to which Unicode promises never to give a meaning. Readers cut, join and compare their texts without
a thought for them, formats/formatted.py makes Markdown of them in the end; `bare` is what a text says without.
"""

import re

STRONG, STRONG_END, EM, EM_END, CODE, CODE_END = map(chr, range(0xFDD0, 0xFDD6))
# A block of code is one line until the end: its blanks and line ends are signs too, so that nobody tidies them.
PRE, PRE_END, BLANK, LINE_END = map(chr, range(0xFDD6, 0xFDDA))
# At the beginning of a line: how deep an item stands, and what it begins with. A row of a table, and between its cells.
DEEPER, BULLET, NUMBER, ROW, CELL = map(chr, range(0xFDDA, 0xFDDF))

SPANS = {STRONG: STRONG_END, EM: EM_END}
ANY = re.compile("[\ufdd0-\ufdef]")
_SAID = dict.fromkeys(range(64976, 65008), "") | {
    ord(sign): said
    for sign, said in {BLANK: " ", LINE_END: "\n", CELL: " ", DEEPER: "    ", BULLET: "- ", NUMBER: "- "}.items()
}
_ALONE = re.compile(f"^({DEEPER}*[{BULLET}{NUMBER}]|{ROW})[ \t]*\n+(?=\\S)", re.MULTILINE)


def bare(text: str) -> str:
    """What it says without formatting; items of a list keep a dash."""
    return text.translate(_SAID) if ANY.search(text) else text


def without(text: str) -> str:
    """A text of somebody else's, in which such a sign is none of ours."""
    return ANY.sub("", text)


def joined(text: str) -> str:
    """An item of a list may be a paragraph of its own: its sign belongs to the line that follows."""
    return _ALONE.sub(r"\1", text)
