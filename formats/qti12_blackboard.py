"""What Blackboard does in its own way in QTI 1.2: its words for kinds, and pairs whose right sides stand apart."""

from xml.etree.ElementTree import Element

from formats.pairing import match_fields
from formats.qti12_draft import ItemDraft, source_of

KIND_OF = {
    "Multiple Choice": "multiple_choice_question",
    "True/False": "multiple_choice_question",
    "Either/Or": "multiple_choice_question",
    "Multiple Answer": "multiple_answers_question",
    "Fill in the Blank": "short_answer_question",
    "Numeric": "numerical_question",
    "Essay": "essay_question",
    "Short Response": "essay_question",
    "Ordering": "ordering_question",
    "Matching": "blackboard_pairs",
    "File Upload": "file_upload_question",
}
# Of its blocks, what asks.
_ASKS = "QUESTION_BLOCK"
_RIGHTS = "RIGHT_MATCH_BLOCK"


def kind_of(item: Element) -> str:
    """Ours for Blackboard's word, else that word; "" for an item of others."""
    said = (item.findtext(".//bbmd_questiontype") or "").strip()
    return KIND_OF.get(said, said)


def stem_of(item: Element) -> str:
    block = _block(item, _ASKS)
    return source_of(block) if block is not None else ""


def read_pairs(draft: ItemDraft) -> None:
    """Each left side has a list without texts, whose n-th entry means the n-th of the right sides. Raises Skip."""
    block = _block(draft.item, _RIGHTS)
    rights = [draft.line(source_of(flow)) for flow in block.findall("flow")] if block is not None else []
    asked = {varequal.get("respident"): (varequal.text or "").strip() for varequal in draft.item.iter("varequal")}
    pairs = []
    for flow in draft.item.iter("flow"):
        response = flow.find("response_lid")
        if response is None:
            continue
        labels = [label.get("ident") for label in response.iter("response_label")]
        right = asked.get(response.get("ident"))
        if right in labels and labels.index(right) < len(rights):
            left = " ".join(draft.line(source_of(inner)) for inner in flow.findall("flow"))
            pairs.append((left, rights[labels.index(right)]))
    used = {right for _, right in pairs}
    others = [right for right in rights if right and right not in used]
    draft.fields.update(match_fields([pair for pair in pairs if all(pair)], others, draft.warn))


def _block(item: Element, name: str) -> Element | None:
    return next((flow for flow in item.iter("flow") if flow.get("class") == name), None)
