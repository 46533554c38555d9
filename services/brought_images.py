"""The images that a quiz file brings or names: stored as images are (ADR 16), or told to be missing."""

import hashlib
from typing import Any

from game.question import QuizError
from game.quiz import decode_question
from services.errors import Invalid
from services.identity import Identity
from services.images import TYPES
from services.media import Media
from services.quiz_file import Entry, FoundQuiz

IMAGE_MISSING = "The image is not in this file and not in this Quizhall; the question comes without it."


class BroughtImages:
    def __init__(self, media: Media) -> None:
        self._media = media

    async def bring(self, identity: Identity, found: FoundQuiz) -> None:
        """Stores the files of the images that questions show, and leaves out what is neither in the file nor here."""
        shown = [(e, e.question) for e in found.entries if e.question and e.question["media"]]
        for name, picture in found.pictures.items():
            # It comes from the process that read a stranger's file: only what it is may be its name.
            if picture.id not in _names(picture.data):
                found.refused[name] = IMAGE_MISSING
                continue
            try:
                await self._media.keep(identity, picture)
            except Invalid as error:
                found.refused[name] = error.message
        ids = {name: picture.id for name, picture in found.pictures.items() if name not in found.refused}
        named = {question["media"]["image"] for _, question in shown} - ids.keys() - found.refused.keys()
        missing = named - (await self._media.sizes(named)).keys()
        for entry, question in shown:
            name = question["media"]["image"]
            if name in ids:
                question["media"]["image"] = ids[name]
            elif name in found.refused or name in missing:
                _leave_out(entry, question, found.refused.get(name, IMAGE_MISSING))
        # They are stored now, and not once more with the preview.
        found.pictures, found.refused = {}, {}


def _names(data: bytes) -> set[str]:
    return {f"{hashlib.sha256(data).hexdigest()}.{ending}" for ending in TYPES}


def _leave_out(entry: Entry, question: dict[str, Any], message: str) -> None:
    """The question comes without it, unless it is about it."""
    question["media"] = None
    severity = "warning"
    try:
        decode_question(question, new_id=lambda: "new")
    except QuizError:
        entry.question = None
        severity = "skipped"
    entry.told.append({"where": entry.where, "code": "image_missing", "message": message, "severity": severity})
