"""Goes through the blocks of a Markdown file and finds its questions: below headings, numbered, one after another."""

import re
from dataclasses import dataclass, field

from formats.markdown_answers import form_of, holds_boxes
from formats.markdown_blocks import Block, read_blocks
from formats.markdown_draft import Draft
from formats.markdown_text import TITLE, take_marks

_WHY = re.compile(r"(?:\*\*|__)?(?:explanation|feedback|erklärung|because)\s*[:：](?:\*\*|__)?\s*", re.IGNORECASE)
_FENCED = re.compile(r"(?:markdown|md|quizdown)\b", re.IGNORECASE)


@dataclass(slots=True)
class Document:
    """What was found; `left_out` are headings over nothing, each with its line."""

    title: str = ""
    description: str = ""
    drafts: list[Draft] = field(default_factory=list)
    left_out: list[tuple[int, str]] = field(default_factory=list)
    bullets_are_multi: bool = False


def read_document(text: str, first_line: int = 1) -> Document:
    """Questions in the order of the file. In one about Markdown quizzes, those in its examples."""
    blocks = read_blocks(text)
    document = _Reader(first_line).read(blocks)
    if any(draft.is_asked for draft in document.drafts):
        return document
    examples = [
        read_document(content, first_line + start)
        for block in blocks
        if block.kind == "fence" and _FENCED.match(block.info)
        for start, content in block.items
    ]
    asked = [draft for example in examples for draft in example.drafts if draft.is_asked]
    if not asked:
        return document
    is_multi = any(example.bullets_are_multi for example in examples)
    return Document(document.title, "", asked, [], is_multi)


class _Reader:
    def __init__(self, first_line: int) -> None:
        self._first_line = first_line
        self._drafts: list[Draft] = []
        self._current: Draft | None = None
        # Where there are numbered boxes too, those with bullets are meant for several right ones (quizdown).
        self._has_numbered_boxes = False

    def read(self, blocks: list[Block]) -> Document:
        for at, block in enumerate(blocks):
            following = blocks[at + 1] if at + 1 < len(blocks) else None
            self._take(block, following)
        for draft in self._drafts:
            draft.settle()
        document = Document(bullets_are_multi=self._has_numbered_boxes)
        _sort_out(self._drafts, document)
        return document

    def _take(self, block: Block, following: Block | None) -> None:
        current = self._current
        is_answered = current is not None and bool(current.answers)
        if block.kind == "heading":
            self._begin(block)
        elif block.kind == "rule":
            self._current = None
        elif form := form_of(block):
            self._answer(block, form)
        elif block.kind == "list" and any(holds_boxes(text) for _, text in block.items):
            self._take_items(block)
        elif current is not None and is_answered and block.kind == "quote":
            current.quotes.append(block.text)
        elif current is not None and is_answered and (why := _WHY.match(block.text)):
            current.quotes.append(block.text[why.end() :])
        else:
            is_stem = block.kind == "list" and len(block.items) == 1 and following is not None and form_of(following)
            if current is None or is_answered or (is_stem and block.is_ordered):
                current = self._start(block.start)
            if is_stem and block.is_ordered:
                block.source = block.items[0][1]
            current.blocks.append(block)

    def _start(self, line: int) -> Draft:
        self._current = Draft(self._first_line + line)
        self._drafts.append(self._current)
        return self._current

    def _begin(self, heading: Block) -> None:
        draft = self._start(heading.start)
        heading.source, draft.marks = take_marks(heading.text)
        draft.level = heading.level
        draft.blocks.append(heading)

    def _answer(self, block: Block, form: str) -> None:
        self._has_numbered_boxes |= form == "boxes" and block.is_ordered
        current = self._current
        if current is None or current.answers:
            current = self._start(block.start)
        current.answers.append(block)

    def _take_items(self, block: Block) -> None:
        """Numbered questions: each item has its text and its boxes."""
        for start, text in block.items:
            inner = _Reader(self._first_line + start)
            found = inner.read(read_blocks(text)).drafts
            self._drafts += found
            self._has_numbered_boxes |= inner._has_numbered_boxes
        self._current = None


def _sort_out(drafts: list[Draft], document: Document) -> None:
    """Which are the title and headings over several questions, and which are questions or slides."""
    for at, draft in enumerate(drafts):
        if draft.is_asked:
            document.drafts.append(draft)
            continue
        following = drafts[at + 1] if at + 1 < len(drafts) else None
        is_over = following is not None and (not following.level or following.level > draft.level)
        is_below_words = at == 1 and not drafts[0].level and draft.level == 1 and not document.title
        if (at == 0 and (is_over or TITLE in draft.marks)) or (is_below_words and is_over):
            _name(draft, document)
        elif draft.level and is_over and len(draft.blocks) == 1:
            document.left_out.append((draft.line, draft.text(draft.blocks)))
        else:
            message = "It has no answers, so it came in as a slide."
            draft.warnings.append(("read_as_slide", message))
            document.drafts.append(draft)


def _name(draft: Draft, document: Document) -> None:
    if draft.level:
        document.title = draft.reads(draft.text(draft.blocks[:1]))
    document.description = draft.reads(draft.text(draft.blocks[1 if draft.level else 0 :]))
