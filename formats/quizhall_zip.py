"""Our own package, the one format that loses nothing: `quiz.json`, and in `media/` the images and sounds
that the quiz shows."""

import io
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from formats import quizhall_json
from formats.archive import Archive
from formats.exported import Exported
from formats.intermediate import FormatError, Parsed
from formats.quizhall_json import VERSION, write_document
from formats.source import Source

QUIZ = "quiz.json"
MEDIA = "media/"
# What is in the file does not depend on when it was written.
_WRITTEN_AT = (1980, 1, 1, 0, 0, 0)


def detect(source: Source) -> float:
    """0 to 1: how sure it is that this is a package of ours."""
    packed = source.archive()
    return 0.95 if packed is not None and _folder(packed) is not None else 0.0


def parse(source: Source) -> list[Parsed]:
    """The quizzes of its quiz.json, with the files of what they show. Raises FormatError."""
    packed = source.archive()
    folder = _folder(packed) if packed is not None else None
    if packed is None or folder is None:
        raise FormatError(f"There is no “{QUIZ}” in this file, so it is no package of Quizhall's.")
    parsed = quizhall_json.parse(Source(packed.read(folder + QUIZ), source.filename))
    for quiz in parsed:
        for name in media_of(quiz.questions):
            if (path := f"{folder}{MEDIA}{name}") in packed:
                quiz.images[name] = packed.read(path)
    return parsed


def export(quiz: dict[str, Any], files: Mapping[str, bytes]) -> Exported:
    """The quiz with those of its images and sounds that are given, by their names."""
    exported = Exported(type="application/zip", extension=".quizhall.zip")
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(new_entry(QUIZ), write_document({"version": VERSION} | quiz), zipfile.ZIP_DEFLATED)
        for name in media_of(quiz["questions"]):
            if name in files:
                packed.writestr(new_entry(MEDIA + name), files[name])
    for number, question in enumerate(quiz["questions"], start=1):
        if any(name not in files for name in images_of([question])):
            exported.warn(number, "picture_lost", "Its picture is not in the file.")
        if any(name not in files for name in media_of([question], ("audio",))):
            exported.warn(number, "sound_lost", "Its sound is not in the file.")
    exported.data = file.getvalue()
    return exported


def images_of(questions: list[dict[str, Any]]) -> Iterator[str]:
    """The names of the images that they show, as media_of."""
    return media_of(questions, ("image",))


def media_of(questions: list[dict[str, Any]], fields: tuple[str, ...] = ("image", "audio")) -> Iterator[str]:
    """The names of the files that they show, each once; what a draft has in their place is left out."""
    seen = set()
    for question in questions:
        media = question.get("media")
        for field in fields:
            name = media.get(field) if isinstance(media, dict) else None
            if isinstance(name, str) and name and "/" not in name and name not in seen:
                seen.add(name)
                yield name


def new_entry(name: str) -> zipfile.ZipInfo:
    """Of a zip that we write."""
    entry = zipfile.ZipInfo(name, _WRITTEN_AT)
    entry.external_attr = 0o644 << 16
    return entry


def _folder(packed: Archive) -> str | None:
    """Where quiz.json lies: outermost, or in the one folder that somebody packed again."""
    if QUIZ in packed:
        return ""
    folders = {name.partition("/")[0] for name in packed.names}
    folder = f"{folders.pop()}/" if len(folders) == 1 else ""
    return folder if folder and folder + QUIZ in packed else None
