"""The pictures that a quiz file brings, made fit to be shown in the process that reads the file (ADR 16 and 17)."""

import time
from collections.abc import Callable

from services.errors import Invalid
from services.quiz_file import FoundQuiz

PICTURES_S = 30
"""Of the processor for all pictures of a file: about a hundred photographs."""
TOO_MANY = "There are more or larger pictures in this file than can be prepared at once. Add this one yourself."


def make_pictures(found: list[FoundQuiz], spent_s: Callable[[], float] = time.process_time) -> None:
    """Of the files that questions show `pictures`, and `refused` with the reason; the files themselves are gone."""
    began = spent_s()
    for quiz in found:
        for name in dict.fromkeys(shown_in(quiz)):
            if name not in quiz.images:
                continue
            if spent_s() - began > PICTURES_S:
                quiz.refused[name] = TOO_MANY
                continue
            # Pillow takes its time to load, and most files bring no picture.
            from services.own_images import kept_or_remade

            try:
                quiz.pictures[name] = kept_or_remade(quiz.images[name])
            except Invalid as refusal:
                quiz.refused[name] = refusal.message
        quiz.images = {}


def shown_in(quiz: FoundQuiz) -> list[str]:
    """The names of the images that questions of a quiz show."""
    return [question["media"]["image"] for question in quiz.questions if question["media"]]
