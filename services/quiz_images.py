"""Which images a quiz shows, and what is said when they are not here."""

import msgspec

from game.quiz import Quiz
from models import media
from services.errors import Invalid

NOT_HERE = "names an image that is not here; upload it first"


def images_of(quiz: Quiz) -> set[str]:
    return {question.media.image for question in quiz.questions if question.media is not None}


def without(quiz: Quiz, missing: set[str]) -> tuple[Quiz, list[int]]:
    """The quiz without these images, and the places of the questions that lost theirs, counted from 0."""
    lost = [at for at, question in enumerate(quiz.questions) if question.media and question.media.image in missing]
    questions = tuple(
        msgspec.structs.replace(question, media=None) if at in lost else question
        for at, question in enumerate(quiz.questions)
    )
    return msgspec.structs.replace(quiz, questions=questions), lost


def missing(named: set[str]) -> set[str]:
    """Those that are not here. To be called inside a read or a write."""
    return named - media.sizes(named).keys() if named else set()


def keep_images(quiz_id: str, quiz: Quiz) -> None:
    """Inside the write that stores the quiz: its images stay for as long as it does. Raises Invalid."""
    gone = missing(images_of(quiz))
    if gone:
        _, lost = without(quiz, gone)
        problems = [{"field": f"questions[{at}].media.image", "reason": NOT_HERE} for at in lost]
        raise Invalid(f"This quiz shows an image that is not here: {problems[0]['field']}.", problems)
    media.set_quiz_media(quiz_id, images_of(quiz))
