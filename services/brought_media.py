"""The images and sounds that a quiz file brings or names: stored as uploads are (ADR 16), or told to be missing."""

import hashlib
from typing import Any

from game.question import QuizError
from game.quiz import decode_question
from services import images, sounds
from services.errors import Invalid
from services.identity import Identity
from services.media import Media
from services.quiz_file import Entry, FoundQuiz

IMAGE_MISSING = "The image is not in this file and not in this Quizhall; the question comes without it."
SOUND_MISSING = "The sound is not in this file and not in this Quizhall; the question comes without it."
# What a question has of each: the file's name, the words about it, and how its loss is told.
_FIELDS = {"image": ("alt", "image_missing", IMAGE_MISSING), "audio": ("transcript", "sound_missing", SOUND_MISSING)}
_ENDINGS = (*images.TYPES, *sounds.TYPES)


class BroughtMedia:
    def __init__(self, media: Media) -> None:
        self._media = media

    async def bring(self, identity: Identity, found: FoundQuiz) -> None:
        """Stores the files of what questions show, and leaves out what is neither in the file nor here."""
        for name, made in found.made.items():
            # It comes from the process that read a stranger's file: only what it is may be its name.
            if made.id not in _names(made.data):
                found.refused[name] = SOUND_MISSING if name.endswith(tuple(sounds.TYPES)) else IMAGE_MISSING
                continue
            try:
                await self._media.keep(identity, made)
            except Invalid as error:
                found.refused[name] = error.message
        ids = {name: made.id for name, made in found.made.items() if name not in found.refused}
        shown = [(e, e.question, field) for e in found.entries if e.question for field in _FIELDS if _named(e, field)]
        named = {question["media"][field] for _, question, field in shown} - ids.keys() - found.refused.keys()
        missing = named - (await self._media.sizes(named)).keys()
        for entry, question, field in shown:
            if entry.question is None:
                continue
            name = question["media"][field]
            if name in ids:
                question["media"][field] = ids[name]
            elif name in found.refused or name in missing:
                _leave_out(entry, question, field, found.refused.get(name))
        # They are stored now, and not once more with the preview.
        found.made, found.refused = {}, {}


def _named(entry: Entry, field: str) -> bool:
    media = entry.question["media"] if entry.question else None
    return bool(media and media.get(field))


def _names(data: bytes) -> set[str]:
    return {f"{hashlib.sha256(data).hexdigest()}.{ending}" for ending in _ENDINGS}


def _leave_out(entry: Entry, question: dict[str, Any], field: str, refusal: str | None) -> None:
    """The question comes without it, unless it is about it."""
    words, code, message = _FIELDS[field]
    rest = {name: value for name, value in question["media"].items() if name not in (field, words)}
    question["media"] = rest or None
    severity = "warning"
    try:
        decode_question(question, new_id=lambda: "new")
    except QuizError:
        entry.question = None
        severity = "skipped"
    entry.told.append({"where": entry.where, "code": code, "message": refusal or message, "severity": severity})
