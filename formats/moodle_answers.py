"""How each kind of question of Moodle XML is answered: its kind and its key, in the fields of quiz JSON."""

from collections.abc import Callable
from typing import Any

from formats import marks
from formats.intermediate import Skip
from formats.moodle_calculated import read_calculated
from formats.moodle_draft import MoodleDraft
from formats.moodle_gaps import read_cloze, read_gapfill, read_word_places
from formats.pairing import match_fields, sorted_fields
from formats.weights import WHOLE, mark_right


def _read_slide(draft: MoodleDraft) -> None:
    draft.fields["kind"] = "info"


def _read_choices(draft: MoodleDraft) -> None:
    choices: list[dict[str, Any]] = []
    weights = []
    for answer, weight, feedback in draft.answers():
        text = draft.plain(answer, is_line=True)
        if not text:
            raise Skip("choice_without_text", "One of its answers has no text (perhaps a picture).")
        choices.append({"text": text, "feedback": feedback} if feedback else {"text": text})
        weights.append(weight)
    if len(choices) < 2:
        raise Skip("too_few_answers", "A choice question needs at least two answers.")
    is_whole = [weight >= WHOLE for weight in weights]
    if draft.element.find("single") is not None:
        is_single = draft.raw("single").lower() in ("true", "1")
    elif sum(is_whole) > 1:
        # Other programs than Moodle give each right answer everything and mean that all belong together.
        marked = [
            choice | ({"correct": True} if whole else {}) for choice, whole in zip(choices, is_whole, strict=True)
        ]
        draft.fields.update(kind="multi", choices=marked)
        return
    else:
        is_single = sum(is_whole) == 1
    draft.fields.update(mark_right(choices, weights, is_single, draft.warn))


def _read_true_false(draft: MoodleDraft) -> None:
    """The answers are the words true and false, in English whatever the language of the course is."""
    choices: list[dict[str, object]] = [{"text": "True"}, {"text": "False"}]
    best = (0.0, -1)
    for answer, weight, feedback in draft.answers():
        word = marks.bare(draft.plain(answer, is_line=True)).lower()
        if word not in ("true", "false"):
            raise Skip("no_right_answer", f"“{word[:40]}” is neither true nor false.")
        index = int(word == "false")
        if feedback:
            choices[index]["feedback"] = feedback
        best = max(best, (weight, index))
    if best[1] < 0:
        raise Skip("no_right_answer", "Neither true nor false is the right answer.")
    choices[best[1]]["correct"] = True
    draft.fields.update(kind="true_false", choices=choices)


def _read_texts(draft: MoodleDraft) -> None:
    accepted: list[object] = []
    has_star = False
    for answer, weight, feedback in draft.answers():
        # Moodle's typed answers are plain text, and * stands for anything.
        text = " ".join((answer.findtext("text") or "").split())
        if feedback:
            draft.notes.append(f"{'Otherwise' if text in ('', '*') else text}: {feedback}")
        if text and text != "*" and weight > 0:
            accepted.append(text if weight >= 1 else {"text": text, "weight": round(weight, 7)})
            has_star = has_star or "*" in text
    if not accepted:
        raise Skip("no_right_answer", "No answer of this question is right.")
    match = "wildcard" if has_star else "exact" if draft.raw("usecase") == "1" else "ignore_case"
    draft.fields.update(kind="text", accepted=accepted, match=match)


def _read_numbers(draft: MoodleDraft) -> None:
    accepted: list[dict[str, float]] = []
    for answer, weight, feedback in draft.answers():
        text = (answer.findtext("text") or "").strip()
        if feedback:
            draft.notes.append(f"{'Otherwise' if text in ('', '*') else text}: {feedback}")
        if not text or text == "*" or weight <= 0:
            continue
        entry = {"value": _number(text)}
        if tolerance := _number((answer.findtext("tolerance") or "0").strip() or "0"):
            entry["tolerance"] = abs(tolerance)
        accepted.append(entry if weight >= 1 else entry | {"weight": round(weight, 7)})
    if not accepted:
        raise Skip("no_right_answer", "No answer of this question is right.")
    draft.fields.update(kind="number", accepted=accepted)


def _number(text: str) -> float:
    """Raises Skip for what is none."""
    try:
        value = float(text.replace(",", "."))
    except ValueError as error:
        raise Skip("not_a_number", f"“{text[:40]}” is not a number.") from error
    if not abs(value) < 1e300:
        raise Skip("not_a_number", f"“{text[:40]}” is too large a number.")
    return int(value) if value.is_integer() and abs(value) < 2**53 else value


def _read_open(draft: MoodleDraft) -> None:
    draft.fields["kind"] = "open"
    if hints := draft.plain(draft.element.find("graderinfo")):
        draft.notes.append(hints)


def _read_pairs(draft: MoodleDraft) -> None:
    """A right side whose left one is empty fits nothing."""
    pairs, distractors = [], []
    for entry in draft.element.findall("subquestion"):
        left, right = draft.plain(entry, is_line=True), draft.plain(entry.find("answer"), is_line=True)
        if left and right:
            pairs.append((left, right))
        elif right:
            distractors.append(right)
        elif left or any(True for _ in entry.iter("file")):
            raise Skip("choice_without_text", "One of its sides has no text (perhaps a picture).")
    draft.fields.update(match_fields(pairs, distractors, draft.warn))


def _read_order(draft: MoodleDraft) -> None:
    """Moodle gives each answer its place as a fraction; another program gives it as the answer of a pair."""
    entries = [(answer, answer.get("fraction") or "") for answer in draft.element.findall("answer")]
    entries += [(entry, entry.findtext("answer/text") or "") for entry in draft.element.findall("subquestion")]
    texts = [draft.plain(entry, is_line=True) for entry, _ in entries]
    if not all(texts):
        raise Skip("choice_without_text", "One of its items has no text (perhaps a picture).")
    if len(texts) < 2:
        raise Skip("too_few_answers", "There are fewer than two things to put in order.")
    try:
        places = [float(place.strip()) for _, place in entries]
    except ValueError:
        places = []
    if len(set(places)) == len(texts):
        texts = [text for _, text in sorted(zip(places, texts, strict=True), key=lambda pair: pair[0])]
    draft.fields.update(kind="order", items=texts)


def _read_grid(draft: MoodleDraft) -> None:
    """Statements, each true or false (the plugins kprime and mtf): sorted into what stands above the columns."""
    columns = _numbered(draft, "column", "responsetext")
    rows = _numbered(draft, "row", "optiontext")
    right = [
        (weight.get("rownumber") or "", weight.get("columnnumber") or "")
        for weight in draft.element.findall("weight")
        if (weight.findtext("value") or "").strip().startswith("1")
    ]
    if not rows or not all(rows.values()):
        raise Skip("choice_without_text", "One of its statements has no text (perhaps a picture).")
    known = [(row, column) for row, column in right if row in rows and column in columns]
    draft.fields.update(sorted_fields(rows, columns, known, draft.warn))


def _numbered(draft: MoodleDraft, tag: str, text: str) -> dict[str, str]:
    """The texts of rows or columns by their numbers."""
    found = enumerate(draft.element.findall(tag), start=1)
    return {one.get("number") or str(at): draft.plain(one.find(text), is_line=True) for at, one in found}


READERS: dict[str, Callable[[MoodleDraft], None]] = {
    "multichoice": _read_choices,
    "multichoiceset": _read_choices,
    "oumultiresponse": _read_choices,
    "kprime": _read_grid,
    "mtf": _read_grid,
    "truefalse": _read_true_false,
    "shortanswer": _read_texts,
    "numerical": _read_numbers,
    "description": _read_slide,
    "calculated": read_calculated,
    "calculatedsimple": read_calculated,
    "essay": _read_open,
    "essayautograde": _read_open,
    "matching": _read_pairs,
    "match": _read_pairs,
    "ddmatch": _read_pairs,
    "ordering": _read_order,
    "order": _read_order,
    "cloze": read_cloze,
    "multianswer": read_cloze,
    "ddwtos": read_word_places,
    "gapselect": read_word_places,
    "gapfill": read_gapfill,
}
# Their texts hold the answers too.
ASK_THEMSELVES = {"cloze", "multianswer", "ddwtos", "gapselect", "gapfill"}
