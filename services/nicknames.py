"""What a nickname may be, and when two are the same. Any script; nothing invisible, nothing that turns text around."""

import unicodedata

from services.errors import Invalid

LONGEST = 24
# Marks that reorder what stands around them, and the invisible joiners of lines and words.
REFUSED = frozenset("\u200b\u200e\u200f\u061c\u2060\u2061\u2062\u2063\u2064\ufeff") | frozenset(
    map(chr, [*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
)
REFUSED_CATEGORIES = ("Cc", "Cs", "Co", "Cn", "Zl", "Zp")
VISIBLE = "LNSP"


def clean_nickname(text: str) -> str:
    """NFC, single spaces, 1 to 24 characters. Raises Invalid, naming the field and the reason."""
    nickname = " ".join(unicodedata.normalize("NFC", text).split(" ")).strip()
    nickname = " ".join(part for part in nickname.split(" ") if part)
    for character in nickname:
        if character in REFUSED or unicodedata.category(character) in REFUSED_CATEGORIES:
            _refuse(f"must not contain the invisible character U+{ord(character):04X}")
    if not any(unicodedata.category(character)[0] in VISIBLE for character in nickname):
        _refuse("must have at least one visible character")
    if len(nickname) > LONGEST:
        _refuse(f"must have at most {LONGEST} characters, this has {len(nickname)}")
    return nickname


def nickname_key(nickname: str) -> str:
    """Two nicknames with the same key look the same to a class."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", nickname).casefold())
    return "".join(character for character in folded if unicodedata.category(character) != "Cf")


def _refuse(reason: str) -> None:
    raise Invalid(f"The nickname {reason}.", [{"field": "nickname", "reason": reason}])
