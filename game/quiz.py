"""A quiz and its JSON form: reading it with every fault named, and writing it. Owns no rule of any one kind."""

import re
from collections.abc import Callable
from typing import Any

import msgspec

from game.fields import Fields
from game.kinds import KINDS, Kind, kind_of
from game.question import (
    MARKUPS,
    Accepted,
    AcceptedNumber,
    AcceptedRange,
    AcceptedText,
    Choice,
    Media,
    Problem,
    Question,
    QuizError,
)

__all__ = [
    "Accepted",
    "AcceptedNumber",
    "AcceptedRange",
    "AcceptedText",
    "Choice",
    "Draft",
    "Media",
    "Problem",
    "Question",
    "Quiz",
    "QuizError",
    "decode_draft",
    "decode_question",
    "decode_quiz",
    "encode_question",
    "encode_quiz",
]

FILE_MOST = 20 * 1024 * 1024
TITLE_MOST = 200
LONG_MOST = 4000
PROMPT_MOST = 2000
QUESTIONS_MOST = 500
ID_MOST = 100
ALT_MOST = 500
TAGS_MOST = 20
TAG_MOST = 40

# The hash of what is stored, and its type: nobody else's address, no path, no script.
IMAGE_NAME = re.compile(r"[0-9a-f]{64}\.(?:webp|png)")
SOUND_NAME = re.compile(r"[0-9a-f]{64}\.(?:mp3|m4a|ogg|wav)")
_PLACE = re.compile(r"questions\[(\d+)\]\.(\w+)")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
# Every field that belongs to some kind; a question may leave the others' empty but not fill them.
_KEY_FIELDS = tuple(dict.fromkeys(name for kind in KINDS.values() for name in kind.key_fields))

NewId = Callable[[], str]


class Quiz(msgspec.Struct, frozen=True, kw_only=True):
    title: str
    description: str = ""
    language: str = "en"
    # What its author sorts it by; participants never see them.
    tags: tuple[str, ...] = ()
    questions: tuple[Question, ...]


def decode_quiz(data: dict[str, Any] | bytes, new_id: NewId) -> Quiz:
    """A quiz from its JSON, as text or decoded; `new_id` names the questions that have no id.

    Raises QuizError with all problems found.
    """
    quiz, problems = _read_quiz(_parse(data) if isinstance(data, bytes) else data, new_id)
    if problems:
        raise QuizError(problems)
    return quiz


class Draft(msgspec.Struct, frozen=True):
    """A quiz as far as it is written; playable when there are no problems."""

    # As far as it can be read; `content` is the quiz JSON as its author left it, with every field.
    quiz: Quiz
    content: dict[str, Any]
    problems: list[Problem]


def decode_draft(data: dict[str, Any], new_id: NewId) -> Draft:
    """A quiz from its JSON, decoded, that may have to be finished.

    Raises QuizError with the problems that are no matter of finishing it: what is no quiz is no draft either.
    """
    quiz, problems = _read_quiz(data, new_id)
    wrong = [problem for problem in problems if not problem.is_unfinished or problem.where.endswith("].kind")]
    if wrong:
        raise QuizError(wrong)
    content = encode_quiz(quiz)
    for problem in problems:
        # Kept as it was written: an empty number must not become the 0 that it is read as.
        if place := _PLACE.match(problem.where):
            index, name = int(place[1]), place[2]
            if name in data["questions"][index]:
                content["questions"][index][name] = data["questions"][index][name]
    return Draft(quiz, content, problems)


def _read_quiz(data: dict[str, Any], new_id: NewId) -> tuple[Quiz, list[Problem]]:
    """The quiz as far as it can be read, and everything that is wrong with it."""
    problems: list[Problem] = []
    fields = Fields(data, "", problems)
    title = fields.text("title", TITLE_MOST, least=1)
    description = fields.text("description", LONG_MOST)
    language = fields.text("language", 35) or "en"
    if not _LANGUAGE.fullmatch(language):
        fields.note("language", "must be a language tag such as en or pt-BR")
    tags = _read_tags(fields)
    entries = fields.items("questions", QUESTIONS_MOST)
    if not fields.raw("questions"):
        fields.note("questions", "a quiz needs at least one question", is_unfinished=True)
    questions = [_read_question(Fields(entry, path, problems), new_id) for path, entry in entries]
    _find_twins(questions, problems)
    fields.finish()
    quiz = Quiz(title=title, description=description, language=language, tags=tags, questions=tuple(questions))
    return quiz, problems


def decode_question(data: dict[str, Any], new_id: NewId) -> Question:
    """One question from its JSON. Raises QuizError with all problems found, their paths counted from it."""
    problems: list[Problem] = []
    question = _read_question(Fields(data, "", problems), new_id)
    if problems:
        raise QuizError(problems)
    return question


def encode_quiz(quiz: Quiz) -> dict[str, Any]:
    """The quiz JSON; decoding it again gives an equal quiz."""
    return {
        "title": quiz.title,
        "description": quiz.description,
        "language": quiz.language,
        "tags": list(quiz.tags),
        "questions": [encode_question(question) for question in quiz.questions],
    }


def encode_question(question: Question) -> dict[str, Any]:
    return {
        "id": question.id,
        "kind": question.kind,
        "prompt": question.prompt,
        **kind_of(question).write_key(question),
        "time_limit_s": question.time_limit_s,
        "points": question.points,
        "explanation": question.explanation,
        "notes": question.notes,
        "media": _write_media(question.media),
        **({} if question.markup == "plain" else {"markup": question.markup}),
    }


def _parse(data: bytes) -> dict[str, Any]:
    if len(data) > FILE_MOST:
        raise QuizError([Problem("quiz", f"is larger than {FILE_MOST // 1024**2} MB")])
    try:
        parsed = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise QuizError([Problem("quiz", f"is not valid JSON: {error}")]) from error
    except RecursionError as error:
        raise QuizError([Problem("quiz", "is nested too deep")]) from error
    if not isinstance(parsed, dict):
        raise QuizError([Problem("quiz", "must be a JSON object with title and questions")])
    return parsed


def _read_tags(fields: Fields) -> tuple[str, ...]:
    tags: list[str] = []
    for path, entry in fields.items("tags", TAGS_MOST):
        tag = Fields({path: entry}, "", fields.problems).text(path, TAG_MOST, least=1)
        if "," in tag:
            fields.problems.append(Problem(path, "must not have a comma, which stands between two tags"))
        elif tag and tag.casefold() in (other.casefold() for other in tags):
            fields.problems.append(Problem(path, f"{tag} is there twice"))
        tags.append(tag)
    return tuple(tags)


def _read_question(fields: Fields, new_id: NewId) -> Question:
    """The question as far as it can be read; whoever uses it looks at the problems first."""
    kind = _read_kind(fields)
    given_id = fields.raw("id")
    question = Question(
        id=new_id() if given_id is None else fields.text("id", ID_MOST, least=1),
        kind=kind.name if kind else "",
        prompt=fields.text("prompt", PROMPT_MOST, least=1),
        time_limit_s=_read_time_limit(fields),
        points=fields.integer("points", 0, 10000, 1000),
        explanation=fields.text("explanation", LONG_MOST),
        notes=fields.text("notes", LONG_MOST),
        media=_read_media(fields),
        markup=fields.one_of("markup", MARKUPS),
    )
    if kind is not None:
        question = _read_key(fields, kind, question)
    else:
        for name in _KEY_FIELDS:
            fields.raw(name)
    fields.finish()
    return question


def _read_kind(fields: Fields) -> Kind | None:
    name = fields.text("kind", 50, least=1)
    if name and name not in KINDS:
        fields.note("kind", f"{name} is not a kind of question here; there are {', '.join(KINDS)}")
    return KINDS.get(name)


def _read_media(fields: Fields) -> Media | None:
    given = fields.raw("media")
    if given is None:
        return None
    media = Fields(given, fields.path("media"), fields.problems)
    image, alt = media.text("image", ID_MOST), media.text("alt", ALT_MOST)
    audio, transcript = media.text("audio", ID_MOST), media.text("transcript", LONG_MOST)
    if image and not IMAGE_NAME.fullmatch(image):
        media.note("image", "must be the id that the image was given when it was uploaded, such as 3f0a….webp")
    if audio and not SOUND_NAME.fullmatch(audio):
        media.note("audio", "must be the id that the sound was given when it was uploaded, such as 3f0a….mp3")
    if media.is_object and not image and not audio:
        media.note("image", "is missing; a question's media needs an image, or a sound as audio")
    if alt and not image and audio:
        media.note("alt", "describes an image, and there is none")
    if transcript and not audio and image:
        media.note("transcript", "is of a sound, and there is none")
    media.finish()
    return Media(image, alt, audio, transcript)


def _write_media(media: Media | None) -> dict[str, str] | None:
    """What it has not is left out."""
    if media is None:
        return None
    picture = {"image": media.image, "alt": media.alt} if media.image else {}
    sound = {"audio": media.audio, "transcript": media.transcript} if media.audio else {}
    return picture | sound


def _read_time_limit(fields: Fields) -> float | None:
    if fields.has("time_limit_s") and fields.raw("time_limit_s") is None:
        return None
    return fields.number("time_limit_s", 1, 3600, 20)


def _read_key(fields: Fields, kind: Kind, question: Question) -> Question:
    for name in _KEY_FIELDS:
        if name not in kind.key_fields and fields.raw(name):
            fields.note(name, f"does not belong to a {kind.name} question")
    before = len(fields.problems)
    question = msgspec.structs.replace(question, **kind.read_key(fields))
    if len(fields.problems) == before:
        # The kind judges only what could be read, else one slip would be told twice.
        for found in kind.problems(question):
            fields.note(found.where, found.message, is_unfinished=True)
    return question


def _find_twins(questions: list[Question], problems: list[Problem]) -> None:
    first: dict[str, int] = {}
    for index, question in enumerate(questions):
        if question.id and first.setdefault(question.id, index) != index:
            where = f"questions[{index}].id"
            message = f"{question.id} is already the id of questions[{first[question.id]}]"
            problems.append(Problem(where, message))
