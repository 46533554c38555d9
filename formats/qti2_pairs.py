"""QTI 2's interactions that are answered with pairs."""

from xml.etree.ElementTree import Element

from formats.draft import Draft
from formats.intermediate import Skip
from formats.pairing import pair_up
from formats.qti2_body import inner
from formats.qti2_key import Response


def read_match(interaction: Element, response: Response, draft: Draft) -> None:
    """Two sets of things. Raises Skip."""
    sets = interaction.findall(".//simpleMatchSet")
    if len(sets) != 2:
        raise Skip("too_few_answers", "There are no two sets of things to match.")
    lefts, rights = (_texts(one, draft) for one in sets)
    pairs = []
    for first, second in _pairs(response):
        # Some write their pairs the other way round.
        pairs.append((second, first) if first in rights and second in lefts else (first, second))
    draft.fields.update(
        pair_up(lefts, rights, [pair for pair in pairs if pair[0] in lefts and pair[1] in rights], draft.warn)
    )


def read_associate(interaction: Element, response: Response, draft: Draft) -> None:
    """One set, of which two and two belong together: the first of each pair stands left. Raises Skip."""
    texts = _texts(interaction, draft)
    pairs = [(first, second) for first, second in _pairs(response) if first in texts and second in texts]
    lefts = {first: texts[first] for first, _ in pairs}
    rights = {name: text for name, text in texts.items() if name not in lefts}
    draft.fields.update(pair_up(lefts, rights, pairs, draft.warn))


def _texts(element: Element, draft: Draft) -> dict[str, str]:
    found: dict[str, str] = {}
    for choice in element.iter("simpleAssociableChoice"):
        found[choice.get("identifier") or ""] = text = draft.line(inner(choice))
        if not text:
            raise Skip("choice_without_text", "One of its answers has no text (perhaps a picture).")
    return found


def _pairs(response: Response) -> list[tuple[str, str]]:
    split = (value.split() for value in response.right)
    return [(parts[0], parts[1]) for parts in split if len(parts) == 2]
