"""H5P's texts with gaps: `*answer/another:tip*` in the text, to be typed (Blanks) or dragged (DragText)."""

import re
from functools import partial

from formats.draft import Draft
from formats.gaps import Gaps
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
        if wrong := [match[1] for match in _GAP.finditer(text_of(params, "distractors")) if match[1]]:
            draft.notes.append("Words that fit nowhere: " + ", ".join(draft.line(one) for one in wrong))
        return draft

    return [read]


def _with_gaps(params: Params, find: FindPicture, sources: list[str], *, has_ways: bool) -> Draft:
    """Raises Skip."""
    draft = draft_of(params, find, "".join(f"<div>{source}</div>" for source in sources if source))
    gaps, tips = Gaps(), []
    text, at = draft.fields["prompt"], 0
    for match in _GAP.finditer(text):
        gaps.add_text(text[at : match.start()])
        at = match.end()
        if match[1] is None:
            gaps.add_text("*")
            continue
        answer, *tip = _TIP.split(_FEEDBACK.split(match[1])[0] if not has_ways else match[1], maxsplit=1)
        ways = _WAYS.split(answer) if has_ways else [answer]
        gaps.add_blank([way.replace("\\/", "/").replace("\\:", ":") for way in ways])
        if tip and tip[0].strip():
            tips.append(f"Tip for {{{{{len(gaps.blanks)}}}}}: {tip[0].strip()}")
    gaps.add_text(text[at:])
    draft.fields.update(gaps.fields(gaps.prompt()))
    draft.notes.extend(tips)
    return draft
