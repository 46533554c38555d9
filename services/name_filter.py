"""Whether a word list knows a nickname: English and the quiz's language. It advises the host and refuses nobody.

docs/adr/0019 says what was tried, on 61,000 honest names too. A name that is new costs half a millisecond.
"""

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from glin_profanity import Filter

# The library's lists by language tag. Its Turkish and Arabic ones take hundreds of honest names for rude.
LISTS = {
    "cs": "czech", "da": "danish", "de": "german", "es": "spanish", "fi": "finnish", "fr": "french", "hi": "hindi",
    "hu": "hungarian", "it": "italian", "ja": "japanese", "ko": "korean", "nb": "norwegian", "nl": "dutch",
    "no": "norwegian", "pl": "polish", "pt": "portuguese", "ru": "russian", "sv": "swedish", "zh": "chinese",
}  # fmt: skip
# On its lists, and what people are called.
PEOPLE = ["anita", "carita", "con", "del", "hol", "johny", "lolita", "mona", "monta", "peter", "péter", "regina"]
MISSING = ["dickhead", "fck", "hitler", "kys", "scheisse", "wanker", "whore"]
REMEMBERED = 20_000


@lru_cache(maxsize=REMEMBERED)
def is_doubtful(nickname: str, language: str) -> bool:
    """The host should look at it. `language` is a tag such as de or pt-BR."""
    return bool(_filter(_list_of(language)).is_profane(nickname))


def prepare(language: str) -> None:
    """Loads what is_doubtful needs, which takes a while: where a room is read, not where the loop waits."""
    _filter(_list_of(language))


def _list_of(language: str) -> str:
    return LISTS.get(language.partition("-")[0].lower(), "english")


@lru_cache
def _filter(language: str) -> "Filter":
    from glin_profanity import Filter  # only rooms need it, and it is a good part of a start

    lists = ["english"] if language == "english" else ["english", language]
    return Filter({"languages": lists, "detect_leetspeak": True, "ignore_words": PEOPLE, "custom_words": MISSING})
