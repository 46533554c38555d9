"""Which images and sounds a quiz shows, and what is said when they are not here."""

import msgspec

from game.quiz import Quiz
from models import media
from services.errors import Invalid

NOT_HERE = {
    "image": "names an image that is not here; upload it first",
    "audio": "names a sound that is not here; upload it first",
}


class _Media(msgspec.Struct):
    image: str | None = None
    audio: str | None = None


class _Shown(msgspec.Struct):
    media: _Media | None = None


class _Questions(msgspec.Struct):
    """What shows something in a quiz JSON, also in one that its author has not finished; the rest is skipped unread."""

    questions: list[_Shown] = []


def media_of(quiz: Quiz) -> set[str]:
    shown = [question.media for question in quiz.questions if question.media is not None]
    return {name for one in shown for name in (one.image, one.audio) if name}


def keep_media(quiz_id: str, content: str) -> None:
    """Inside the write that stores the quiz: what it shows stays for as long as it does. Raises Invalid."""
    shown = msgspec.json.decode(content, type=_Questions).questions
    named = [
        (f"questions[{at}].media.{field}", field, name)
        for at, one in enumerate(shown)
        for field in NOT_HERE
        if (name := getattr(one.media, field, None))
    ]
    here = media.sizes(name for _, _, name in named) if named else {}
    problems = [{"field": place, "reason": NOT_HERE[field]} for place, field, name in named if name not in here]
    if problems:
        what = "an image" if problems[0]["reason"] == NOT_HERE["image"] else "a sound"
        raise Invalid(f"This quiz shows {what} that is not here: {problems[0]['field']}.", problems)
    media.set_quiz_media(quiz_id, here)
