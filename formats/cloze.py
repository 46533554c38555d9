"""Texts with embedded answers, as Moodle writes them: `{1:MULTICHOICE:=yes~no#feedback}` within the text.

With one gap it is the question that the gap asks; with several, a question of blanks that are typed.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from formats.draft import Draft
from formats.gaps import READ_AS_TYPED, Gaps, choices_after, without_places
from formats.gift_numbers import read_number
from formats.intermediate import Skip
from formats.marks import bare
from formats.weights import WHOLE, mark_right

GAP = "_____"

# Marks a gap while the text around it is made plain; private characters, so nobody writes them.
_MARK = "\ue010"
_MARKED = re.compile(f"{_MARK}([0-9]+){_MARK}")
_START = re.compile(r"(?<!\\)\{\s*+\d*+:([A-Za-z_]{2,20}):")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_WEIGHT = re.compile(r"(?:=|%\s*([+-]?\d{1,3}(?:[.,]\d{0,12})?)\s*%)")
_PLAIN_STAR = ("", "*")

TYPED, EXACT, NUMBER, ONE, SEVERAL = "typed", "exact", "number", "one", "several"
_FAMILIES = (
    (re.compile(r"(?:SHORTANSWER|SA|MW)"), TYPED),
    (re.compile(r"(?:SHORTANSWER_C|SAC|MWC)"), EXACT),
    (re.compile(r"(?:NUMERICAL|NM)"), NUMBER),
    (re.compile(r"(?:MULTICHOICE(?:_[VHS]{1,2})?|MC[VHS]{0,2})"), ONE),
    (re.compile(r"(?:MULTIRESPONSE(?:_[VHS]{1,2})?|MR[VHS]{0,2})"), SEVERAL),
)


@dataclass(slots=True)
class Answer:
    """`weight` -1 to 1; texts are plain."""

    text: str
    weight: float
    feedback: str = ""


@dataclass(slots=True)
class Gap:
    """`family` is what is asked: a typed text, a number, one choice or several."""

    family: str
    answers: list[Answer] = field(default_factory=list)


def cut(source: str, plain: Callable[[str], str]) -> tuple[str, list[Gap]]:
    """The text with a mark for each gap (`fill` takes it, made plain), and the gaps. Raises Skip."""
    pieces: list[str] = []
    gaps: list[Gap] = []
    at = 0
    source = source.replace(_MARK, "")
    while start := _START.search(source, at):
        family = next((family for name, family in _FAMILIES if name.fullmatch(start[1].upper())), None)
        end = _unescaped(source, "}", start.end())
        if family is None or end is None:
            what = "is never closed" if family else f"is of a type that Moodle does not have: “{start[1]}”"
            raise Skip("gap_unclear", f"One of its gaps {what}.")
        pieces.append(source[at : start.start()])
        pieces.append(mark(len(gaps)))
        gaps.append(Gap(family, [_answer(piece, plain) for piece in _split(source[start.end() : end])]))
        at = end + 1
    pieces.append(source[at:])
    return "".join(pieces), gaps


def mark(number: int) -> str:
    return f"{_MARK}{number}{_MARK}"


def fill(text: str, gaps: list[Gap], draft: Draft) -> None:
    """Kind, prompt and key of a plain text with marks. Raises Skip."""
    if not gaps:
        raise Skip("no_gaps", "This text has no gap to fill.")
    for gap in gaps:
        _check(gap)
    if len(gaps) == 1:
        prompt = _MARKED.sub(GAP, text)
        # A gap at the very end is where the answer would be written anyway.
        draft.fields["prompt"] = prompt.removesuffix(GAP).rstrip() or prompt
        _ask(gaps[0], draft)
        return
    filled = Gaps()
    places = [_place(gap, filled, draft) for gap in gaps]
    prompt = _MARKED.sub(lambda found: places[int(found[1])], without_places(text))
    typed = [gap.family for gap in gaps if gap.family in (TYPED, EXACT)]
    draft.fields.update(filled.fields(prompt), match="exact" if typed and set(typed) == {EXACT} else "ignore_case")


def _check(gap: Gap) -> None:
    """Raises Skip for a gap that Moodle would not take either."""
    if not gap.answers:
        raise Skip("no_right_answer", "One of its gaps has no answers.")
    if gap.family in (ONE, SEVERAL) and len(gap.answers) < 2:
        raise Skip("too_few_answers", "One of its gaps has only one answer to choose from.")
    best = max(answer.weight for answer in gap.answers)
    if best <= 0 or (gap.family != SEVERAL and best < WHOLE):
        raise Skip("no_right_answer", "In one of its gaps no answer is wholly right.")


def _ask(gap: Gap, draft: Draft) -> None:
    """The question that the only gap asks."""
    if gap.family in (ONE, SEVERAL):
        choices: list[dict[str, Any]] = [
            {"text": answer.text} | ({"feedback": answer.feedback} if answer.feedback else {}) for answer in gap.answers
        ]
        weights = [answer.weight for answer in gap.answers]
        draft.fields.update(mark_right(choices, weights, gap.family == ONE, draft.warn))
        return
    _note(gap, "", draft)
    if gap.family == NUMBER:
        accepted = [_weighted(read_number(answer.text, draft), answer) for answer in _accepted(gap)]
        draft.fields.update(kind="number", accepted=accepted)
        return
    texts = [
        answer.text if answer.weight >= 1 else _weighted({"text": answer.text}, answer) for answer in _accepted(gap)
    ]
    has_star = any("*" in answer.text for answer in _accepted(gap))
    match = "wildcard" if has_star else "exact" if gap.family == EXACT else "ignore_case"
    draft.fields.update(kind="text", accepted=texts, match=match)


def _place(gap: Gap, filled: Gaps, draft: Draft) -> str:
    """How a gap among others stands in the prompt. Raises Skip."""
    if gap.family == SEVERAL:
        raise Skip("kind_gaps", "One of its gaps takes several answers at once, which a gap to be typed cannot.")
    accepted: list[Any] = []
    for answer in _accepted(gap):
        text = answer.text
        if gap.family == NUMBER:
            number = read_number(answer.text, draft)
            text = str(number.get("value", number.get("min")))
            if "value" not in number or "tolerance" in number:
                message = f"Between several gaps a number has no tolerance; “{text}” must be met."
                draft.warn("tolerance_lost", message)
        accepted.append(text if answer.weight >= 1 else _weighted({"text": text}, answer))
    place = filled.place(accepted)
    _note(gap, f"{place} ", draft)
    if gap.family != ONE:
        return place
    draft.warn("read_as_typed", READ_AS_TYPED)
    return place + choices_after([answer.text for answer in gap.answers])


def _accepted(gap: Gap) -> list[Answer]:
    return [answer for answer in gap.answers if answer.weight > 0 and answer.text not in _PLAIN_STAR]


def _weighted(entry: dict[str, Any], answer: Answer) -> dict[str, Any]:
    return entry if answer.weight >= 1 else entry | {"weight": round(answer.weight, 7)}


def _note(gap: Gap, place: str, draft: Draft) -> None:
    """Feedback on what is typed has no place on the phones; the teacher keeps it."""
    for answer in gap.answers:
        if answer.feedback:
            name = "otherwise" if answer.text in _PLAIN_STAR else answer.text
            draft.notes.append(f"{place}{name}: {answer.feedback}")


def _answer(piece: str, plain: Callable[[str], str]) -> Answer:
    at = _unescaped(piece, "#")
    text, feedback = (piece, "") if at is None else (piece[:at], piece[at + 1 :])
    weight, text = 0.0, text.strip()
    if found := _WEIGHT.match(text):
        weight = 1.0 if found[1] is None else float(found[1].replace(",", ".")) / 100
        text = text[found.end() :]
    return Answer(bare(plain(text)), max(-1.0, min(1.0, weight)), bare(plain(feedback)))


def _split(body: str) -> Iterator[str]:
    """Nothing before the first ~, or between two, is no answer."""
    at: int | None = 0
    while at is not None:
        end = _unescaped(body, "~", at)
        if (piece := body[at:end]).strip():
            yield piece
        at = None if end is None else end + 1


def _unescaped(text: str, sign: str, at: int = 0) -> int | None:
    """Where the sign stands next without a backslash before it; character references hold a # that is none."""
    while (at := text.find(sign, at)) >= 0:
        is_reference = sign == "#" and text[at - 1 : at] == "&"
        if text[at - 1 : at] != "\\" and not is_reference:
            return at
        at += 1
    return None


def unescaped(text: str) -> str:
    r"""Without the backslashes that take their meaning from signs, \} and \#."""
    return _ESCAPED.sub(r"\1", text)
