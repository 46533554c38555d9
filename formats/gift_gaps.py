"""GIFT questions with several gaps: embedded answers as in Moodle's Cloze, or several blocks of answers in one text."""

from collections.abc import Sequence

from formats import cloze
from formats.gift_answers import embedded_answers
from formats.gift_draft import GiftDraft
from formats.gift_scan import Group


def read_cloze(text: str, draft: GiftDraft) -> None:
    """A text with at least one `{1:SHORTANSWER:=…}`. Raises Skip."""
    draft.begin(text)
    source, gaps = cloze.cut(text, draft.short_text)
    cloze.fill(draft.stem(source), gaps, draft)


def read_blocks(text: str, blocks: Sequence[Group], draft: GiftDraft) -> None:
    """A text with several blocks `{=…}`, each a gap. Raises Skip."""
    draft.begin(text)
    pieces, gaps, at = [], [], 0
    for number, block in enumerate(blocks):
        pieces += [text[at : block.start], cloze.mark(number)]
        gaps.append(embedded_answers(text[block.start + 1 : block.end - 1], draft))
        at = block.end
    cloze.fill(draft.stem("".join([*pieces, text[at:]])), gaps, draft)
