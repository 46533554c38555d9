"""When a typed text is an accepted one. Pure functions over strings; knows no questions and no weights."""

import re
import unicodedata
from collections.abc import Callable

# Phones put these in by themselves: who typed ' or - gets one of them.
_TYPOGRAPHY = str.maketrans(
    {"\u2018": "'", "\u2019": "'", "\u02bc": "'", "\u201c": '"', "\u201d": '"'}
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-")
)
# Copied along unseen: zero-width blanks, soft hyphens, direction marks. Joiners carry meaning and stay.
_INVISIBLE = str.maketrans(dict.fromkeys("\u00ad\u200b\u200e\u200f\u2060\ufeff", ""))
# What an accent is where letters are Latin, Greek or Cyrillic; signs that other scripts write vowels with are none.
_ACCENTS = re.compile("[\u0300-\u036f]")
_ACCENTED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe"})
ONE_TYPO_FROM = 5
TWO_TYPOS_FROM = 9
# Stands for an escaped star while a pattern is normalised; a private character, so nobody types it.
_LITERAL_STAR = "\ue02a"


def tidy(text: str) -> str:
    """The same characters in one spelling, one blank between words, none around."""
    return " ".join(unicodedata.normalize("NFC", text.translate(_INVISIBLE)).split())


def fold(text: str) -> str:
    """`tidy`, and without what a reader would not call a difference: case, width, typographic quotes."""
    folded = unicodedata.normalize("NFKC", text.translate(_INVISIBLE)).casefold()
    return " ".join(unicodedata.normalize("NFKC", folded).translate(_TYPOGRAPHY).split())


def fold_accents(text: str) -> str:
    """`fold`, and without accents: é is e, ñ is n, ø is o."""
    plain = _ACCENTS.sub("", unicodedata.normalize("NFD", fold(text))).translate(_ACCENTED)
    return unicodedata.normalize("NFC", plain)


def tidy_accents(text: str) -> str:
    """`tidy`, and without accents; the case stays."""
    return unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFD", tidy(text))))


def wildcard(pattern: str, same: Callable[[str], str] = fold) -> Callable[[str], bool]:
    r"""Whether a text fits a pattern in which `*` is any run of characters and `\*` a star; `same` folded it.

    Each piece between stars is looked for once, leftmost, so the time grows with the text and never explodes.
    """
    pieces = [
        fold_piece(piece, same).replace(_LITERAL_STAR, "*")
        for piece in pattern.strip().replace("\\*", _LITERAL_STAR).split("*")
    ]
    if len(pieces) == 1:
        return pieces[0].strip().__eq__
    first, *middle, last = pieces

    def fits(text: str) -> bool:
        end = len(text) - len(last)
        if end < len(first) or not text.startswith(first) or not text.endswith(last):
            return False
        at = len(first)
        for piece in middle:
            found = text.find(piece, at, end)
            if found < 0:
                return False
            at = found + len(piece)
        return True

    return fits


def fold_piece(piece: str, same: Callable[[str], str]) -> str:
    """A part of a text, folded: a blank at its ends is kept as one blank."""
    folded = same(piece)
    if not folded:
        return " " if piece else ""
    return (" " if piece[0].isspace() else "") + folded + (" " if piece[-1].isspace() else "")


def typos(typed: str, wanted: str) -> int | None:
    """How many typing errors lie between two folded texts; None when they are too many for its length.

    Digits are no letters: 1945 for 1944 is wrong, not mistyped.
    """
    if typed == wanted:
        return 0
    allowed = 2 if len(wanted) >= TWO_TYPOS_FROM else 1 if len(wanted) >= ONE_TYPO_FROM else 0
    if abs(len(typed) - len(wanted)) > allowed or _digits(typed) != _digits(wanted):
        return None
    distance = _distance(typed, wanted, allowed)
    return distance if distance <= allowed else None


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def _distance(a: str, b: str, most: int) -> int:
    """Damerau-Levenshtein distance (neighbours swapped count one), exact up to `most`, else more than it.

    Only cells within `most` of the diagonal are worked out: beyond, the distance is larger anyway.
    """
    too_many = most + 1
    if len(set(a) - set(b)) > most or len(set(b) - set(a)) > most:
        return too_many
    width = len(b) + 1
    before = [too_many] * width
    row = list(range(width))
    for i, letter in enumerate(a, start=1):
        twice_before, before, row = before, row, [too_many] * width
        row[0] = i
        least = i
        for j in range(max(1, i - most), min(width - 1, i + most) + 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != b[j - 1]))
            if i > 1 and j > 1 and letter == b[j - 2] and a[i - 2] == b[j - 1]:
                cost = min(cost, twice_before[j - 2] + 1)
            row[j] = cost
            least = min(least, cost)
        # A swap reaches back two rows, so both must be lost.
        if least > most and min(before) > most:
            return too_many
    return row[-1]
