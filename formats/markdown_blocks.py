"""Markdown's blocks as their source: headings, lists with their items, quotes, paragraphs. Marks within a line stay as
they are, HTML is text like any other, and nothing of a code block is run."""

import re
from dataclasses import dataclass, field
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

_MARKER = re.compile(r"[ \t]*(?:[-+*]|\d{1,9}[.)])(?:[ \t]{1,4}(?=\S)|[ \t]|$)")
_QUOTED = re.compile(r"^[ \t]*>[ \t]?")
_KINDS = {
    "heading_open": "heading",
    "bullet_list_open": "list",
    "ordered_list_open": "list",
    "blockquote_open": "quote",
    "paragraph_open": "paragraph",
    "fence": "fence",
    "code_block": "code",
    "hr": "rule",
}


@dataclass(slots=True)
class Block:
    """`text` is its source without what makes it this block, `source` with it; `end` is the line after its last one."""

    kind: str
    start: int
    end: int
    text: str
    source: str
    # Of a heading its level, of a fence what stands behind its backticks.
    level: int = 0
    info: str = ""
    is_ordered: bool = False
    # Of a list: the line that each begins at, and its source without the marker.
    items: list[tuple[int, str]] = field(default_factory=list)


@cache
def _reader() -> MarkdownIt:
    """Only blocks: what stands in a line is nobody's business here. References would vanish from the text."""
    return MarkdownIt("commonmark", {"html": False}).disable(["inline", "reference", "html_block", "text_join"])


def read_blocks(text: str) -> list[Block]:
    """The outermost blocks in their order."""
    lines = text.split("\n")
    blocks: list[Block] = []
    for token in _reader().parse(text):
        if token.map is None:
            continue
        if token.level == 0 and token.type in _KINDS:
            blocks.append(_block(token, lines))
        elif token.level == 1 and token.type == "inline" and blocks[-1].kind == "heading":
            blocks[-1].text = blocks[-1].source = token.content
        elif token.level == 1 and token.type == "list_item_open":
            blocks[-1].items.append((token.map[0], _item(lines[token.map[0] : token.map[1]])))
    return blocks


def _block(token: Token, lines: list[str]) -> Block:
    start, end = token.map or (0, 0)
    while end > start + 1 and not lines[end - 1].strip():
        end -= 1
    source = "\n".join(lines[start:end])
    block = Block(_KINDS[token.type], start, end, source, source)
    if block.kind == "heading":
        block.level = int(token.tag[1])
    elif block.kind == "quote":
        block.text = "\n".join(_QUOTED.sub("", line, count=1) for line in lines[start:end])
    elif block.kind == "fence":
        block.info, block.items = token.info.strip(), [(start + 1, token.content)]
    block.is_ordered = token.type == "ordered_list_open"
    return block


def _item(lines: list[str]) -> str:
    """Its source, moved to the margin."""
    marker = _MARKER.match(lines[0])
    width = marker.end() if marker else 0
    rest = [line[min(width, len(line) - len(line.lstrip(" \t"))) :] for line in lines[1:]]
    return "\n".join([lines[0][width:], *rest]).strip("\n")
