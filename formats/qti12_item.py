"""One item of QTI 1.2: its kind, its text and what else it says. qti12_answers.py and qti12_gaps.py read its key."""

from xml.etree.ElementTree import Element

from formats import qti12_blackboard as blackboard
from formats.intermediate import Skip
from formats.pictures import FindPicture
from formats.qti12_answers import READERS
from formats.qti12_draft import ItemDraft, source_of
from formats.qti12_spots import take_picture

_NOT_HERE = {
    "file_upload_question": ("kind_upload", "a question answered with a file"),
}
# Canvas's names, and Blackboard's.
_FEEDBACK = (
    *(("correct_fb", "When right"), ("general_incorrect_fb", "When wrong")),
    *(("correct", "When right"), ("incorrect", "When wrong")),
)
_BY_CARDINALITY = {"multiple": "multiple_answers_question", "ordered": "ordering_question"}


def read_item(item: Element, find: FindPicture) -> ItemDraft:
    """Raises Skip."""
    draft = ItemDraft(item, find)
    kind = kind_of(item)
    if kind in _NOT_HERE:
        code, what = _NOT_HERE[kind]
        raise Skip(code, f"This is {what}, which Quizhall does not have.")
    read = READERS.get(kind)
    if read is None:
        raise Skip("kind_unknown", f"Quizhall has no kind of question like “{kind[:40]}”.")
    if kind == "hot_spot_question":
        take_picture(draft)
    draft.prompt(blackboard.stem_of(item) or _stem(item) or item.get("title") or "")
    read(draft)
    draft.explain(draft.feedback("general_fb"))
    for name, when in _FEEDBACK:
        if text := draft.feedback(name):
            draft.notes.append(f"{when}: {text}")
    return draft


def kind_of(item: Element) -> str:
    """As the metadata say it, else by what is to be answered."""
    for field in item.iter("qtimetadatafield"):
        if field.findtext("fieldlabel") == "question_type":
            return (field.findtext("fieldentry") or "").strip()
    if kind := blackboard.kind_of(item):
        return kind
    responses = list(item.iter("response_lid"))
    if len(responses) == 1:
        return _BY_CARDINALITY.get((responses[0].get("rcardinality") or "").lower(), "multiple_choice_question")
    if responses:
        return "matching_question"
    fib = item.find(".//render_fib")
    if fib is not None and (fib.get("fibtype") or "").lower() in ("decimal", "integer"):
        return "numerical_question"
    typed = list(item.iter("response_str"))
    if typed and item.find(".//varequal") is not None:
        return "short_answer_question" if len(typed) == 1 else "fields_question"
    if typed:
        return "essay_question"
    if item.find(".//response_xy") is not None:
        return "hot_spot_question"
    return "text_only_question" if item.find(".//resprocessing") is None else ""


def _stem(item: Element) -> str:
    """The text before the answers, through any number of flow elements."""
    element = item.find("presentation")
    while element is not None:
        if materials := element.findall("material"):
            return "".join(source_of(material) for material in materials)
        element = element.find("flow")
    return source_of(item.find(".//response_xy/material"))
