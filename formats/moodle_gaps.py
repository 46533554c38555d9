"""Moodle XML's texts with gaps: Cloze, words to drag (ddwtos) or to choose (gapselect), and the plugin gapfill."""

import re
from xml.etree.ElementTree import Element

from formats import cloze
from formats.gaps import READ_AS_TYPED, Gaps, choices_after, choices_below, without_places
from formats.intermediate import Skip
from formats.moodle_draft import MoodleDraft, source_of

_PLACE = re.compile(r"\[\[([0-9]{1,3})\]\]")


def read_cloze(draft: MoodleDraft) -> None:
    """Raises Skip."""
    text, format = source_of(draft.element.find("questiontext"))
    source, gaps = cloze.cut(text, lambda raw: draft.line(cloze.unescaped(raw)))
    draft.ask_text(source, format)
    cloze.fill(draft.fields["prompt"], gaps, draft)


def read_word_places(draft: MoodleDraft) -> None:
    """`[[2]]` in the text is the place of the second word; words of one group fit into the same places."""
    draft.ask()
    boxes = draft.element.findall("dragbox") or draft.element.findall("selectoption")
    words = [(draft.plain(box, is_line=True), _group(box)) for box in boxes]
    has_lists = draft.element.find("selectoption") is not None
    gaps, pieces, at = Gaps(), [], 0
    text = draft.fields["prompt"]
    for place in _PLACE.finditer(text):
        number = int(place[1])
        if not 1 <= number <= len(words):
            raise Skip("no_right_answer", f"There is no word number {number} for one of its places.")
        word, group = words[number - 1]
        pieces += [without_places(text[at : place.start()]), gaps.place([word])]
        if has_lists:
            pieces.append(choices_after([other for other, its_group in words if its_group == group]))
        at = place.end()
    pieces.append(without_places(text[at:]))
    below = "" if has_lists else choices_below([word for word, _ in words])
    draft.fields.update(gaps.fields("".join(pieces) + below))
    draft.warn("read_as_typed", READ_AS_TYPED)


def read_gapfill(draft: MoodleDraft) -> None:
    """`[word]` in the text is a gap and what fits into it, ways parted by |."""
    draft.ask()
    given = draft.raw("delimitchars")
    opening, closing = (given[0], given[1]) if len(given) == 2 else ("[", "]")
    found = re.compile(rf"{re.escape(opening)}([^{re.escape(opening + closing)}\n]++){re.escape(closing)}")
    gaps, pieces, at = Gaps(), [], 0
    text = draft.fields["prompt"]
    for place in found.finditer(text):
        pieces += [without_places(text[at : place.start()]), gaps.place(place[1].split("|"))]
        at = place.end()
    pieces.append(without_places(text[at:]))
    wrong = [draft.plain(answer, is_line=True) for answer, weight, _ in draft.answers() if weight <= 0]
    right = [str(blank["accepted"][0]) for blank in gaps.blanks]
    below = choices_below([*right, *wrong]) if wrong else ""
    draft.fields.update(gaps.fields("".join(pieces) + below))
    if draft.raw("casesensitive") == "1":
        draft.fields["match"] = "exact"


def _group(box: Element) -> str:
    return (box.findtext("group") or "1").strip()
