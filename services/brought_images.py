"""The images that a quiz file brings or names: stored as images are (ADR 16), or told to be missing."""

from typing import Any

from game.question import QuizError
from game.quiz import decode_question
from services.errors import Invalid
from services.identity import Identity
from services.media import Media
from services.quiz_file import Entry, FoundQuiz

IMAGE_MISSING = "The image is not in this file and not in this Quizhall; the question comes without it."


class BroughtImages:
    def __init__(self, media: Media) -> None:
        self._media = media

    async def bring(self, identity: Identity, found: FoundQuiz) -> None:
        """Stores the files of the images that questions show, and leaves out what is neither in the file nor here."""
        shown = [(e, e.question) for e in found.entries if e.question and e.question["media"]]
        ids: dict[str, str] = {}
        refused: dict[str, str] = {}
        for name in dict.fromkeys(question["media"]["image"] for _, question in shown):
            if name in found.images:
                try:
                    ids[name] = await self._media.bring(identity, found.images[name])
                except Invalid as error:
                    refused[name] = error.message
        # They are stored now, and not once more with the preview.
        found.images = {}
        named = {question["media"]["image"] for _, question in shown} - ids.keys()
        missing = named - (await self._media.sizes(named)).keys()
        for entry, question in shown:
            name = question["media"]["image"]
            if name in ids:
                question["media"]["image"] = ids[name]
            elif name in refused or name in missing:
                _leave_out(entry, question, refused.get(name, IMAGE_MISSING))


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
