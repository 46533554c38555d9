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
        return _categories(rights, lefts, [(right, left) for left, right in pairs], warn)
    if max(by_right.values()) > 1 and 2 <= len(rights) <= CATEGORIES_MOST:
        return _categories(lefts, rights, pairs, warn)
    if missing := [text for name, text in lefts.items() if name not in by_left]:
        warn("items_left_out", f"Nothing belongs to “{missing[0][:60]}”, so it was left out.")
    found: dict[str, Any] = {"kind": "match"}
    found["pairs"] = [{"left": lefts[left], "right": rights[right]} for left, right in pairs]
    if distractors := [text for name, text in rights.items() if name not in by_right]:
        found["distractors"] = distractors[:DISTRACTORS_MOST]
        if len(distractors) > DISTRACTORS_MOST:
            warn("items_left_out", f"Of what belongs nowhere only {DISTRACTORS_MOST} came along.")
    return found


def _categories(
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
