"""What a question is made of, and how its faults are told. The rules of each kind live in game/kinds.

QuizError: what an author wrote cannot be played. What a participant sent: kinds.InvalidAnswer.
"""

from typing import Any

import msgspec

MARKUPS = ("plain", "markdown")


class Choice(msgspec.Struct, frozen=True):
    """`weight` is the credit for choosing it, -1 to 1; None leaves it to the kind."""

    text: str
    correct: bool = False
    weight: float | None = None
    feedback: str = ""


# The tags let msgspec tell the three apart when a question is stored as it is.
class AcceptedText(msgspec.Struct, frozen=True, tag_field="form", tag="text"):
    text: str
    weight: float = 1.0


class AcceptedNumber(msgspec.Struct, frozen=True, tag_field="form", tag="value"):
    value: float
    tolerance: float = 0.0
    weight: float = 1.0


class AcceptedRange(msgspec.Struct, frozen=True, tag_field="form", tag="range"):
    """Both ends belong to it."""

    min: float
    max: float
    weight: float = 1.0


Accepted = AcceptedText | AcceptedNumber | AcceptedRange


class Media(msgspec.Struct, frozen=True):
    """`image` and `audio` are the names of a stored image and a stored sound (IMAGE_NAME, SOUND_NAME), at least one.

    `alt` is what the image shows, `transcript` what is heard, for those who do not see or hear it.
    """

    image: str = ""
    alt: str = ""
    audio: str = ""
    transcript: str = ""


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """`match` matters to what is typed, `score` to numbers; a time limit of None is no limit.

    `body` holds the fields that only its kind has, as they stand in the quiz JSON, checked by the kind, which alone
    reads it; in a room, how they were mixed too.
    """

    id: str
    kind: str
    prompt: str
    choices: tuple[Choice, ...] = ()
    accepted: tuple[Accepted, ...] = ()
    match: str = "ignore_case"
    score: str = "in_range"
    body: dict[str, Any] = {}
    time_limit_s: float | None = 20
    points: int = 1000
    explanation: str = ""
    notes: str = ""
    media: Media | None = None
    # How prompt, explanation and the texts of its lists are written: one of MARKUPS.
    markup: str = "plain"


class Problem(msgspec.Struct, frozen=True):
    """One fault and its place, e.g. `questions[3].choices[0].text` counted from 0."""

    where: str
    message: str
    # Its author has yet to write it: a draft may have it, a quiz to be played may not.
    is_unfinished: bool = False


class QuizError(Exception):
    """A quiz or question cannot be used; `problems` holds every fault found, in the order of the document."""

    def __init__(self, problems: list[Problem]) -> None:
        first = problems[0]
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        super().__init__(f"{first.where}: {first.message}{more}")
        self.problems = problems
