"""The answer block of a GIFT question: which kind it is, and its key in quiz JSON fields.

The order in which kinds are told apart is Moodle's, so that a file means here what it means there.
"""

import re
from typing import NamedTuple

from formats.cloze import NUMBER, ONE, TYPED, Gap
from formats.cloze import Answer as Embedded
from formats.gift_draft import GiftDraft
from formats.gift_numbers import read_number
from formats.gift_scan import Sign, signs
from formats.intermediate import Skip
from formats.pairing import match_fields
from formats.weights import mark_right

_CLOZE = re.compile(r"\s*+\d*+:[A-Za-z_]{2,20}:")
_ARROW = re.compile(r"(?<!-)->")
_WEIGHT = re.compile(r"\s*+%\s*+([+-]?\d{1,3}(?:[.,]\d{0,12})?)\s*+%")
_STANDARD = {"t": True, "true": True, "f": False, "false": False}
# Only words that are hardly ever the answer to something else.
_ELSEWHERE = dict.fromkeys(("v", "verdadero", "vrai", "vero", "verdadeiro", "wahr", "richtig"), True) | dict.fromkeys(
    ("falso", "faux", "falsch"), False
)


class Answer(NamedTuple):
    """One answer as written: its mark (`=`, `~` or "" for none), weight -1..1 or None, raw text and feedback."""

    mark: str
    weight: float | None
    text: str
    feedback: str


def read_answers(body: str, draft: GiftDraft) -> None:
    """Fill kind and key of the draft from what stands between the braces. Raises Skip."""
    body = _general_feedback(body, draft)
    if not body.strip():
        draft.fields["kind"] = "open"
        return
    marks = [sign for sign in _outer(body) if sign.char in "=~"]
    if body.lstrip().startswith("#"):
        _read_numbers(body.lstrip()[1:], draft)
    elif any(mark.char == "~" for mark in marks):
        _read_choices(_answers(body, marks, draft), draft)
    elif marks and _ARROW.search(body):
        _read_pairs(_answers(body, marks, draft), draft)
    elif not _read_true_false(body, draft):
        _read_texts(body, marks, draft)


def is_cloze(text: str, at: int = 0) -> bool:
    """Whether an embedded answer like `1:MC:` begins at this place."""
    return bool(_CLOZE.match(text, at))


def is_true_false(body: str) -> bool:
    """Whether the block holds the word for true or false and no answers."""
    return _word(body) in _STANDARD | _ELSEWHERE


def _outer(text: str) -> list[Sign]:
    """The signs that stand in no braces of their own: those of a formula without dollars belong to it."""
    depth = 0
    found = []
    for sign in signs(text):
        if sign.char == "{":
            depth += 1
        elif sign.char == "}":
            depth = max(0, depth - 1)
        elif depth == 0:
            found.append(sign)
    return found


def _general_feedback(body: str, draft: GiftDraft) -> str:
    """What stands before `####`; what follows becomes the explanation."""
    hashes = [sign.at for sign in _outer(body) if sign.char == "#"]
    for at in hashes:
        if body.startswith("####", at):
            if explanation := draft.long_text(body[at + 4 :]):
                draft.fields["explanation"] = explanation
            return body[:at]
    return body


def _answers(body: str, marks: list[Sign], draft: GiftDraft) -> list[Answer]:
    """All answers in their order. Text before the first mark counts as an answer without a mark."""
    pieces = [("", body[: marks[0].at] if marks else body)]
    ends = [mark.at for mark in marks[1:]] + [len(body)]
    pieces += [(mark.char, body[mark.at + 1 : end]) for mark, end in zip(marks, ends, strict=False)]
    answers = []
    for mark, piece in pieces:
        # ~= before a right answer leaves nothing between the two marks, and nothing is before the first.
        if piece.strip():
            answers.append(_answer(mark, piece, draft))
    return answers


def _answer(mark: str, piece: str, draft: GiftDraft) -> Answer:
    weight = None
    if match := _WEIGHT.match(piece):
        weight = float(match[1].replace(",", ".")) / 100
        piece = piece[match.end() :]
        if abs(weight) > 1:
            draft.warn("weight_limited", f"A weight of {match[1]} % was limited to 100 %.")
            weight = max(-1.0, min(1.0, weight))
    hash_at = next((sign.at for sign in _outer(piece) if sign.char == "#"), len(piece))
    return Answer(mark, weight, piece[:hash_at], piece[hash_at + 1 :].lstrip("#"))


def _read_true_false(body: str, draft: GiftDraft) -> bool:
    word = _word(body)
    if word not in _STANDARD | _ELSEWHERE:
        return False
    is_true = (_STANDARD | _ELSEWHERE)[word]
    if word in _ELSEWHERE:
        draft.warn("read_as_true_false", f"“{word}” was read as the answer {'true' if is_true else 'false'}.")
    hashes = [sign.at for sign in _outer(body) if sign.char == "#"]
    ends = [*hashes[1:2], len(body), len(body)]
    wrong, right = (
        draft.short_text(body[start + 1 : end])
        for start, end in zip([*hashes, len(body), len(body)][:2], ends, strict=False)
    )
    choices: list[dict[str, object]] = [{"text": "True"}, {"text": "False"}]
    for index, choice in enumerate(choices):
        is_right = is_true == (index == 0)
        if is_right:
            choice["correct"] = True
        if feedback := right if is_right else wrong:
            choice["feedback"] = feedback
    draft.fields.update(kind="true_false", choices=choices)
    return True


def _word(body: str) -> str:
    return body[:40].split("#", 1)[0].strip().lower()


def _read_choices(answers: list[Answer], draft: GiftDraft) -> None:
    is_single = any(answer.mark == "=" for answer in answers)
    choices: list[dict[str, object]] = []
    weights: list[float] = []
    for answer in answers:
        text = draft.short_text(answer.text)
        if not text:
            # A picture leaves no text. Without the choice the rest would be another question.
            if answer.text.strip() or answer.weight is not None:
                raise Skip("choice_without_text", "One of its answers has no text (perhaps a picture).")
            continue
        choice: dict[str, object] = {"text": text}
        if feedback := draft.short_text(answer.feedback):
            choice["feedback"] = feedback
        choices.append(choice)
        weights.append(answer.weight if answer.weight is not None else float(answer.mark == "="))
    if len(choices) < 2:
        raise Skip("too_few_answers", "A choice question needs at least two answers.")
    draft.fields.update(mark_right(choices, weights, is_single, draft.warn))


def _read_pairs(answers: list[Answer], draft: GiftDraft) -> None:
    """`=left -> right`; without a left side a right one fits nothing."""
    pairs, distractors = [], []
    for answer in answers:
        left, *right = (draft.short_text(side).replace("\n", " ") for side in _ARROW.split(answer.text, maxsplit=1))
        if not right or not right[0]:
            shown = (left or answer.text.strip())[:60]
            raise Skip("pair_unclear", f"“{shown}” is no pair: it has no -> or nothing after it.")
        if left:
            pairs.append((left, right[0]))
        else:
            distractors.append(right[0])
    draft.fields.update(match_fields(pairs, distractors, draft.warn))


def embedded_answers(body: str, draft: GiftDraft) -> Gap:
    """One of several blocks as a gap in a text. Raises Skip."""
    body = _general_feedback(body, draft)
    if is_true_false(body):
        raise Skip("several_answer_blocks", "This question has several blocks of answers, one of them true or false.")
    is_number = body.lstrip().startswith("#")
    body = body.lstrip()[1:] if is_number else body
    marks = [sign for sign in _outer(body) if sign.char in "=~"]
    family = NUMBER if is_number else ONE if any(mark.char == "~" for mark in marks) else TYPED
    answers = []
    for answer in _answers(body, marks, draft):
        weight = answer.weight if answer.weight is not None else float(answer.mark != "~")
        answers.append(Embedded(draft.short_text(answer.text), weight, draft.short_text(answer.feedback)))
    return Gap(family, answers)


def _read_texts(body: str, marks: list[Sign], draft: GiftDraft) -> None:
    accepted: list[object] = []
    if not marks:
        draft.warn("answer_without_sign", "The answer has no = before it; it was read as the accepted text.")
    for answer in _answers(body, marks, draft):
        text = draft.short_text(answer.text).replace("\n", " ")
        weight = 1.0 if answer.weight is None else answer.weight
        draft.feedback("Otherwise" if text in ("", "*") else text, answer.feedback)
        if text and weight > 0:
            accepted.append(text if weight >= 1 else {"text": text, "weight": round(weight, 7)})
        elif text and text != "*" and weight < 0:
            draft.warn("weight_below_zero", f"“{text}” takes points away, which a typed answer cannot do.")
    if not accepted:
        raise Skip("no_right_answer", "No answer of this question is right.")
    texts = [entry["text"] if isinstance(entry, dict) else str(entry) for entry in accepted]
    draft.fields.update(kind="text", accepted=accepted)
    if any("*" in text for text in texts):
        draft.fields["match"] = "wildcard"


def _read_numbers(body: str, draft: GiftDraft) -> None:
    marks = [sign for sign in _outer(body) if sign.char in "=~"]
    accepted = []
    for answer in _answers(body, marks, draft):
        weight = 1.0 if answer.weight is None else answer.weight
        text = draft.short_text(answer.text)
        draft.feedback("Otherwise" if text in ("", "*") else text, answer.feedback)
        if answer.mark == "~" or weight <= 0 or not text:
            continue
        entry = read_number(text, draft)
        accepted.append(entry if weight >= 1 else entry | {"weight": round(weight, 7)})
    if not accepted:
        raise Skip("no_right_answer", "No answer of this question is right.")
    draft.fields.update(kind="number", accepted=accepted)
