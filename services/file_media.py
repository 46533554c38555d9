"""The pictures and sounds that a quiz file brings, made fit to be shown where it is read (ADR 16 and 17)."""

import time
from collections.abc import Callable

from formats.quizhall_zip import media_of
from services.errors import Invalid
from services.medium import Medium
from services.quiz_file import FoundQuiz

MEDIA_S = 30
"""Of the processor for all of a file: about a hundred photographs."""
TOO_MANY = "There are more or larger pictures in this file than can be prepared at once. Add this one yourself."
SOUND_ENDINGS = (".mp3", ".m4a", ".ogg", ".wav")


def make_media(found: list[FoundQuiz], spent_s: Callable[[], float] = time.process_time) -> None:
    """Of the files that questions show, what is `made`, or `refused` with the reason; the files themselves are gone."""
    began = spent_s()
    for quiz in found:
        for name in media_of(quiz.questions):
            if name not in quiz.files:
                continue
            if spent_s() - began > MEDIA_S:
                quiz.refused[name] = TOO_MANY
                continue
            try:
                quiz.made[name] = _made(name, quiz.files[name])
            except Invalid as refusal:
                quiz.refused[name] = refusal.message
        quiz.files = {}


def _made(name: str, data: bytes) -> Medium:
    """Raises Invalid. What the name says decides which of the two it has to be."""
    if name.endswith(SOUND_ENDINGS):
        from services.sounds import prepare

        return prepare(data)
    # Pillow takes its time to load, and most files bring no picture.
    from services.own_images import kept_or_remade

    return kept_or_remade(data)
