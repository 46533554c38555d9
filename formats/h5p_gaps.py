"""H5P's texts with gaps: `*answer/another:tip*` in the text, to be typed (Blanks) or dragged (DragText)."""

import re
from functools import partial

from formats.draft import Draft
from formats.gaps import READ_AS_TYPED, Gaps, choices_below, without_places
from formats.h5p_params import Params, Reader, draft_of, strings, text_of
from formats.pictures import FindPicture

# Two stars are one that is meant; what stands between two single ones is a gap, on one line.
_GAP = re.compile(r"\*\*|\*([^*\n]+)\*")
_TIP = re.compile(r"(?<!\\):")
_FEEDBACK = re.compile(r"\\[+-]")
_WAYS = re.compile(r"(?<!\\)/")


def read_blanks(params: Params, find: FindPicture) -> list[Reader]:
    return [partial(_read_blanks, params, find)]


def split_blanks(params: Params, find: FindPicture) -> list[Reader]:
    """Where there is nothing else in the package, each sentence is a question of its own."""
    sentences = strings(params.get("questions"))
    return [partial(_read_blanks, params | {"questions": [one]}, find) for one in sentences] or read_blanks(
        params, find
    )


def _read_blanks(params: Params, find: FindPicture) -> Draft:
    sentences = strings(params.get("questions"))
    draft = _with_gaps(params, find, [text_of(params, "text"), *sentences], has_ways=True)
    behaviour = params.get("behaviour")
    if isinstance(behaviour, dict):
        if behaviour.get("caseSensitive") is True:
            draft.fields["match"] = "exact"
        elif behaviour.get("acceptSpellingErrors") is True:
            draft.fields["match"] = "fuzzy"
    return draft


def read_drag_text(params: Params, find: FindPicture) -> list[Reader]:
    def read() -> Draft:
        texts = [text_of(params, "taskDescription"), text_of(params, "textField").replace("\n", "<br>")]
        draft = _with_gaps(params, find, texts, has_ways=False)
        wrong = [draft.line(match[1]) for match in _GAP.finditer(text_of(params, "distractors")) if match[1]]
        right = [blank["accepted"][0] for blank in draft.fields["blanks"]]
        draft.fields["prompt"] += choices_below([*right, *wrong])
        draft.warn("read_as_typed", READ_AS_TYPED)
        return draft

    return [read]


def _with_gaps(params: Params, find: FindPicture, sources: list[str], *, has_ways: bool) -> Draft:
    """Raises Skip."""
    draft = draft_of(params, find, "".join(f"<div>{source}</div>" for source in sources if source))
    text, pieces, at = draft.fields["prompt"], [], 0
    gaps = Gaps()
    for match in _GAP.finditer(text):
        pieces.append(without_places(text[at : match.start()]))
        at = match.end()
        if match[1] is None:
            pieces.append("*")
            continue
        answer, *tip = _TIP.split(match[1] if has_ways else _FEEDBACK.split(match[1])[0], maxsplit=1)
        ways = _WAYS.split(answer) if has_ways else [answer]
        pieces.append(gaps.place([way.replace("\\/", "/").replace("\\:", ":") for way in ways]))
        if tip and tip[0].strip():
            draft.notes.append(f"Tip for {pieces[-1]}: {tip[0].strip()}")
    pieces.append(without_places(text[at:]))
    draft.fields.update(gaps.fields("".join(pieces)))
    return draft
