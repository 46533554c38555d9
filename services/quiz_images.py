"""Which images a quiz shows, and what is said when they are not here."""

import msgspec

from game.quiz import Quiz
from models import media
from services.errors import Invalid

NOT_HERE = "names an image that is not here; upload it first"


class _Image(msgspec.Struct):
    image: str | None = None


class _Shown(msgspec.Struct):
    media: _Image | None = None


class _Pictures(msgspec.Struct):
    """What shows an image in a quiz JSON, also in one that its author has not finished; the rest is skipped unread."""

    questions: list[_Shown] = []


def images_of(quiz: Quiz) -> set[str]:
    return {question.media.image for question in quiz.questions if question.media is not None}


def keep_images(quiz_id: str, content: str) -> None:
    """Inside the write that stores the quiz: its images stay for as long as it does. Raises Invalid."""
    shown = msgspec.json.decode(content, type=_Pictures).questions
    named = {at: one.media.image for at, one in enumerate(shown) if one.media is not None and one.media.image}
    here = media.sizes(named.values()) if named else {}
    problems = [{"field": f"questions[{at}].media.image", "reason": NOT_HERE} for at in named if named[at] not in here]
    if problems:
        raise Invalid(f"This quiz shows an image that is not here: {problems[0]['field']}.", problems)
    media.set_quiz_media(quiz_id, here)
