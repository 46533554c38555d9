"""The types of H5P in which something is asked: each gives a way to read every question that is in it.

A type that asks several things (a set of single choices, a summary) gives several.
"""

from functools import partial
from typing import Any

from formats.draft import Draft
from formats.h5p_gaps import read_blanks, read_drag_text
from formats.h5p_params import Params, Reader, ReadType, dicts, draft_of, joined, strings, text_of
from formats.h5p_spots import read_spots
from formats.intermediate import Skip
from formats.mixing import mixed
from formats.pictures import FindPicture


def _multi_choice(params: Params, find: FindPicture) -> list[Reader]:
    return [partial(_read_multi_choice, params, find)]


def _read_multi_choice(params: Params, find: FindPicture) -> Draft:
    draft = draft_of(params, find, text_of(params, "question"))
    choices: list[dict[str, Any]] = []
    for answer in dicts(params.get("answers")):
        text = draft.line(text_of(answer, "text"))
        if not text:
            raise Skip("choice_without_text", "One of its answers has no text.")
        choice: dict[str, Any] = {"text": text} | ({"correct": True} if answer.get("correct") in (True, "true") else {})
        told = answer.get("tipsAndFeedback")
        if isinstance(told, dict):
            if feedback := draft.line(text_of(told, "chosenFeedback")):
                choice["feedback"] = feedback
            if tip := draft.line(text_of(told, "tip")):
                draft.notes.append(f"Tip for “{text}”: {tip}")
        choices.append(choice)
    if len(choices) < 2:
        raise Skip("too_few_answers", "A choice question needs at least two answers.")
    right = sum("correct" in choice for choice in choices)
    behaviour = params.get("behaviour")
    said = behaviour.get("type") if isinstance(behaviour, dict) else None
    if not right:
        draft.warn("read_as_poll", "No answer is marked as right, so the question became a poll.")
    kind = "poll" if not right else "multi" if right > 1 or said == "multi" else "single"
    draft.fields.update(kind=kind, choices=choices)
    return draft


def _true_false(params: Params, find: FindPicture) -> list[Reader]:
    return [partial(_read_true_false, params, find)]


def _read_true_false(params: Params, find: FindPicture) -> Draft:
    draft = draft_of(params, find, text_of(params, "question"))
    right = str(params.get("correct")).lower()
    if right not in ("true", "false"):
        raise Skip("no_right_answer", "Neither true nor false is the right answer.")
    choices: list[dict[str, Any]] = []
    for word, name in (("True", "trueText"), ("False", "falseText")):
        is_right = word.lower() == right
        told = "feedbackOnCorrect" if is_right else "feedbackOnWrong"
        choice: dict[str, Any] = {"text": draft.line(text_of(params.get("l10n"), name)) or word}
        choice |= {"correct": True} if is_right else {}
        if feedback := draft.line(text_of(params.get("behaviour"), told)):
            choice["feedback"] = feedback
        choices.append(choice)
    draft.fields.update(kind="true_false", choices=choices)
    return draft


def _single_choice_set(params: Params, find: FindPicture) -> list[Reader]:
    return [
        partial(_read_first_is_right, choice, "answers", "question", find) for choice in dicts(params.get("choices"))
    ]


def _summary(params: Params, find: FindPicture) -> list[Reader]:
    """An interactive video has one even when nobody wrote any statement."""
    intro = text_of(params, "intro") or "Choose the correct statement."
    written = [one for one in dicts(params.get("summaries")) if strings(one.get("summary"))]
    return [partial(_read_first_is_right, one | {"question": intro}, "summary", "question", find) for one in written]


def _read_first_is_right(params: Params, answers: str, question: str, find: FindPicture) -> Draft:
    draft = draft_of({}, find, text_of(params, question))
    texts = [text for answer in strings(params.get(answers)) if (text := draft.line(answer))]
    if len(texts) < 2:
        raise Skip("too_few_answers", "A choice question needs at least two answers.")
    shown, at = mixed(texts[0], texts[1:], draft.fields["prompt"] + texts[0])
    choices = [{"text": text} | ({"correct": True} if index == at else {}) for index, text in enumerate(shown)]
    draft.fields.update(kind="single", choices=choices)
    if tip := draft.line(text_of(params, "tip")):
        draft.notes.append(f"Tip: {tip}")
    return draft


def _open(*names: str) -> ReadType:
    """Answered in one's own words; `names` are the fields that may hold the question."""

    def read(params: Params, find: FindPicture) -> Draft:
        draft = draft_of(params, find, joined(params, *names))
        draft.fields["kind"] = "open"
        solution = params.get("solution")
        if isinstance(solution, dict):
            draft.explain(draft.html(text_of(solution, "sample")))
        if keywords := [text_of(one, "keyword") for one in dicts(params.get("keywords"))]:
            draft.notes.append("Should be mentioned: " + ", ".join(filter(None, keywords)))
        return draft

    return lambda params, find: [partial(read, params, find)]


def _poll(params: Params, find: FindPicture) -> list[Reader]:
    def read() -> Draft:
        draft = draft_of(params, find, text_of(params, "question"))
        texts = [text for one in dicts(params.get("alternatives")) if (text := draft.line(text_of(one, "text")))]
        if len(texts) < 2:
            raise Skip("too_few_answers", "A choice question needs at least two answers.")
        draft.fields.update(kind="poll", choices=[{"text": text} for text in texts])
        return draft

    return [read]


def _typed(entries: str, question: str, answer: str) -> ReadType:
    """Cards and riddles: `entries` is a list of questions with what is to be answered, or "" for one alone."""

    def read(entry: Params, find: FindPicture) -> Draft:
        image = entry.get("image")
        media = {"media": {"params": {"file": image, "alt": entry.get("imageAlt")}}} if isinstance(image, dict) else {}
        draft = draft_of({**media, **entry}, find, text_of(entry, question))
        given = entry.get(answer)
        accepted = strings(given) if isinstance(given, list) else _ways(given)
        texts = list(dict.fromkeys(text for one in accepted if (text := draft.line(one))))
        if not texts:
            raise Skip("no_right_answer", "No answer of this question is given as right.")
        draft.fields.update(kind="text", accepted=texts)
        return draft

    def readers(params: Params, find: FindPicture) -> list[Reader]:
        return [partial(read, entry, find) for entry in (dicts(params.get(entries)) if entries else [params])]

    return readers


def _ways(given: object) -> list[str]:
    """A card may accept several answers, parted by slashes."""
    if not isinstance(given, str):
        return []
    return [given] if "<" in given else given.split("/")


def _sort_paragraphs(params: Params, find: FindPicture) -> list[Reader]:
    def read() -> Draft:
        draft = draft_of(params, find, text_of(params, "taskDescription"))
        items = [text for one in strings(params.get("paragraphs")) if (text := draft.line(one))]
        if len(items) < 2:
            raise Skip("too_few_answers", "There are fewer than two things to put in order.")
        draft.fields.update(kind="order", items=items)
        return draft

    return [read]


QUESTIONS: dict[str, ReadType] = {
    "MultiChoice": _multi_choice,
    "TrueFalse": _true_false,
    "SingleChoiceSet": _single_choice_set,
    "Summary": _summary,
    "Blanks": read_blanks,
    "DragText": read_drag_text,
    "Essay": _open("taskDescription"),
    "OpenEndedQuestion": _open("question"),
    "FreeTextQuestion": _open("question"),
    "TextInputField": _open("taskDescription"),
    "ExportableTextArea": _open("label"),
    "SimpleMultiChoice": _poll,
    "Flashcards": _typed("cards", "text", "answer"),
    "Dialogcards": _typed("dialogs", "text", "answer"),
    "GuessTheAnswer": _typed("", "taskDescription", "solutionText"),
    "SpeakTheWords": _typed("", "question", "acceptedAnswers"),
    "Crossword": _typed("words", "clue", "answer"),
    "SortParagraphs": _sort_paragraphs,
    "ImageHotspotQuestion": read_spots,
}
