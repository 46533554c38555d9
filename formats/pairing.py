"""Things on the left and on the right, and which belong together: a question of pairs, or of categories."""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from formats.intermediate import Skip

CATEGORIES_MOST = 8
DISTRACTORS_MOST = 12


def pair_up(
    lefts: Mapping[str, str], rights: Mapping[str, str], pairs: list[tuple[str, str]], warn: Callable[[str, str], None]
) -> dict[str, Any]:
    """{kind, …} of the texts by their names; `pairs` of names that are known. Raises Skip.

    Pairs of one with one are `match`, and rights that nobody has are its distractors. Where several share one, the one
    is a category, whichever side it is on.
    """
    if not pairs:
        raise Skip("no_right_answer", "What belongs together does not stand in the file.")
    by_left, by_right = Counter(left for left, _ in pairs), Counter(right for _, right in pairs)
    if max(by_left.values()) > 1 and max(by_right.values()) > 1:
        raise Skip("kind_grid", "Several things belong to several others here, a kind that Quizhall does not have.")
    if max(by_left.values()) > 1:
        return sorted_fields(rights, lefts, [(right, left) for left, right in pairs], warn)
    if max(by_right.values()) > 1 and 2 <= len(rights) <= CATEGORIES_MOST:
        return sorted_fields(lefts, rights, pairs, warn)
    if missing := [text for name, text in lefts.items() if name not in by_left]:
        warn("items_left_out", f"Nothing belongs to “{missing[0][:60]}”, so it was left out.")
    distractors = [text for name, text in rights.items() if name not in by_right]
    return match_fields([(lefts[left], rights[right]) for left, right in pairs], distractors, warn)


def match_fields(
    pairs: list[tuple[str, str]], distractors: list[str], warn: Callable[[str, str], None]
) -> dict[str, Any]:
    """{kind, pairs, distractors} of texts. Raises Skip."""
    pairs = list(dict.fromkeys(pairs))
    if len(pairs) < 2:
        raise Skip("too_few_answers", "A matching question needs at least two pairs.")
    twice = [left for left, count in Counter(left for left, _ in pairs).items() if count > 1]
    if twice:
        raise Skip("pairs_alike", f"“{twice[0][:60]}” stands on the left twice, with different right sides.")
    rights = {right for _, right in pairs}
    distractors = [text for text in dict.fromkeys(distractors) if text not in rights]
    if len(rights) + len(distractors) < 2:
        raise Skip("pairs_alike", "All its right sides are the same, so there is nothing to match.")
    if len(distractors) > DISTRACTORS_MOST:
        warn("items_left_out", f"Of what belongs nowhere only {DISTRACTORS_MOST} came along.")
    found: dict[str, Any] = {"kind": "match", "pairs": [{"left": left, "right": right} for left, right in pairs]}
    return found | ({"distractors": distractors[:DISTRACTORS_MOST]} if distractors else {})


def sorted_fields(
    items: Mapping[str, str],
    categories: Mapping[str, str],
    pairs: list[tuple[str, str]],
    warn: Callable[[str, str], None],
) -> dict[str, Any]:
    """Each item is in one category at most; one that is in none cannot be asked."""
    names = list(categories)
    home = dict(pairs)
    if missing := [text for name, text in items.items() if name not in home]:
        warn("items_left_out", f"“{missing[0][:60]}” belongs nowhere, so it was left out.")
    placed = [{"text": text, "category": names.index(home[name])} for name, text in items.items() if name in home]
    return {"kind": "categorize", "categories": list(categories.values()), "items": placed}
