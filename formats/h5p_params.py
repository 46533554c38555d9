"""The parameters of a type of H5P, which anybody may have written: what is no text is empty, what is no list too."""

from collections.abc import Callable
from typing import Any

from formats.draft import Draft
from formats.pictures import FindPicture
from formats.text import storable

Params = dict[str, Any]
Reader = Callable[[], Draft]
"""Reads one question when it is called. Raises Skip."""
ReadType = Callable[[Params, FindPicture], list[Reader]]
"""What a type is: the ways to read each question that is in its parameters."""


def text_of(params: Any, name: str) -> str:
    value = params.get(name) if isinstance(params, dict) else None
    return storable(value) if isinstance(value, str) else ""


def joined(params: Params, *names: str) -> str:
    return "\n".join(filter(None, (text_of(params, name) for name in names)))


def dicts(value: object) -> list[Params]:
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def strings(value: object) -> list[str]:
    return (
        [storable(entry) for entry in value if isinstance(entry, str) and entry.strip()]
        if isinstance(value, list)
        else []
    )


def draft_of(params: Params, find: FindPicture, prompt: str) -> Draft:
    """A draft that asks this HTML, with the picture or the sound that stands above the question. Raises Skip."""
    draft = Draft(find)
    media = params.get("media")
    kind = media.get("type") if isinstance(media, dict) and isinstance(media.get("type"), dict) else media
    if isinstance(kind, dict) and isinstance(shown := kind.get("params"), dict):
        _show(draft, shown)
    # Of a card.
    _play(draft, params.get("audio"))
    draft.prompt(prompt)
    return draft


def _show(draft: Draft, shown: Params) -> None:
    file = shown.get("file")
    if isinstance(file, dict) and (path := text_of(file, "path")):
        draft.take_picture(path, text_of(shown, "alt"))
    elif shown.get("sources"):
        draft.warn("media_lost", "Its video was left out.")
    _play(draft, shown.get("files"))


def _play(draft: Draft, files: object) -> None:
    """The first of them: the others are the same sound once more."""
    for file in dicts(files)[:1]:
        if draft.take_sound(text_of(file, "path")) is None:
            draft.warn("media_lost", "Its recording was left out.")
