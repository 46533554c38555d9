"""A GIFT file cut into blocks of one question each: comments, categories, blank lines, braces that never close.

Does not read answers; what a block means is gift.py's business.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from formats.gift_scan import BRACED_ANSWERS, groups, signs

LONGEST_BLOCK = 200_000
"""Characters without a blank line. More is neither a question nor a run of questions worth taking apart."""

_CATEGORY = re.compile(r"\$CATEGORY:\s*+(.*)", re.IGNORECASE)
_TIME = re.compile(r"@time:\s*+(\d{1,6})")
_TITLE_AT_START = re.compile(r"::[^\n]*?::")
_ANSWERS = re.compile(r"\{\s*+(?:[=~#}]|(?:t|f|true|false)\s*+[}#])", re.IGNORECASE)
_END_OF_LINE = re.compile(r"""[ \t.,;"]*+\n""")


@dataclass(slots=True)
class Block:
    """`line` counts from 1. `category` is set on a category line, which is no question."""

    line: int
    text: str
    time_limit_s: int | None = None
    category: str | None = None
    is_glued: bool = False
    """There was no blank line before it."""


def split(text: str) -> Iterator[Block]:
    """The blocks of a normalised file in their order; a blank line within an answer block does not end it."""
    for block in _joined(_paragraphs(text)):
        yield from _unglued(block)


def _paragraphs(text: str) -> Iterator[Block]:
    """What stands between blank lines, without comments; a category line is a paragraph of its own."""
    lines: list[str] = []
    first = 0
    time: int | None = None
    for number, line in enumerate(text.split("\n"), start=1):
        bare = line.strip()
        if bare.startswith("//"):
            # Each comment's clock belongs to the question around it or after it, and to no other.
            match = _TIME.search(bare)
            if lines and lines[-1].endswith("}"):
                yield Block(first, "\n".join(lines), time)
                lines, time = [], None
            if match:
                time = int(match[1])
            continue
        category = _CATEGORY.match(bare)
        if lines and (category or not bare):
            yield Block(first, "\n".join(lines), time)
            lines, time = [], None
        if category:
            yield Block(number, "", category=category[1].strip())
        elif bare:
            first = first if lines else number
            lines.append(line.rstrip())
    if lines:
        yield Block(first, "\n".join(lines), time)


def _joined(paragraphs: Iterable[Block]) -> Iterator[Block]:
    """Paragraphs put together again where a brace was still open at the blank line.

    When a new question begins before the brace closes, the brace was forgotten: nothing is joined then.
    """
    waiting: list[Block] = []
    depth = 0
    for block in paragraphs:
        if waiting and _begins_question(block):
            yield from waiting
            waiting, depth = [], 0
        depth = _depth_after(block, depth)
        if not waiting and depth == 0:
            yield block
            continue
        waiting.append(block)
        if depth == 0:
            yield Block(waiting[0].line, "\n\n".join(part.text for part in waiting), waiting[0].time_limit_s)
            waiting = []
    yield from waiting


def _begins_question(block: Block) -> bool:
    if block.category is not None or len(block.text) > LONGEST_BLOCK:
        return True
    return bool(_TITLE_AT_START.match(block.text.lstrip()) or BRACED_ANSWERS.search(block.text))


def _depth_after(block: Block, depth: int) -> int:
    """How many braces are open after the block when `depth` were before it."""
    if len(block.text) > LONGEST_BLOCK:
        return 0
    if "{" not in block.text and "}" not in block.text:
        return depth
    for char, _ in signs(block.text):
        if char == "{":
            depth += 1
        elif char == "}":
            depth = max(0, depth - 1)
    return depth


def _unglued(block: Block) -> Iterator[Block]:
    """Questions that follow each other without a blank line: each answer block but the last ends its line."""
    cuts = _cuts(block.text) if len(block.text) <= LONGEST_BLOCK else []
    start, line = 0, block.line
    for cut in [*cuts, len(block.text)]:
        piece = block.text[start:cut]
        text = piece.lstrip("\n")
        first_line = line + len(piece) - len(text)
        time = block.time_limit_s if start == 0 else None
        yield Block(first_line, text, time, block.category, is_glued=start > 0)
        start, line = cut, line + piece.count("\n")


def _cuts(text: str) -> list[int]:
    """Where to cut; nowhere when some answer block has words after it on its line, as a text with gaps has."""
    if text.count("{") < 2:
        return []
    answers = [group for group in groups(text)[0] if _ANSWERS.match(text, group.start)]
    cuts = []
    for group, following in pairwise(answers):
        end_of_line = _END_OF_LINE.match(text, group.end)
        if end_of_line is None or not text[group.end : following.start].strip(' \t\n.,;"'):
            return []
        cuts.append(end_of_line.end())
    return cuts
