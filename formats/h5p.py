"""H5P packages (.h5p): what is asked in them, wherever in sets, columns, books and presentations it stands.

h5p_questions.py reads the single types; here is the way to them. Texts, pictures and videos between them are counted.
"""

import re
from collections.abc import Iterator
from functools import partial
from typing import Any

from formats import json_text, marks, markup
from formats.archive import Archive
from formats.draft import Draft, keep, tidy_lines
from formats.h5p_gaps import split_blanks
from formats.h5p_params import Params, ReadType
from formats.h5p_questions import QUESTIONS
from formats.intermediate import MAX_QUESTIONS_IN_FILE, FormatError, Issue, Parsed, Skip
from formats.pictures import in_archive
from formats.source import Source
from formats.text import decode, storable, title_from_filename

_ABOUT = "h5p.json"
_CONTENT = "content/content.json"
_DEEPEST = 60
_DESCRIPTION_MOST = 4_000
_LIBRARY = re.compile(r"H5P\.(\w+)")
_LANGUAGE = re.compile(r"[A-Za-z]{2}(?:-[A-Za-z0-9]{2,8})?")
# What H5P calls a licence that nobody has stated, or that allows nothing.
_NO_LICENCE = ("", "U", "C")

# Everything in these is looked through.
_CONTAINERS = {
    "QuestionSet", "Column", "InteractiveBook", "CoursePresentation", "InteractiveVideo", "BranchingScenario",
    "Questionnaire", "SpeakTheWordsSet", "DocumentationTool", "StandardPage", "Accordion", "Row", "RowColumn",
    "ImageHotspots", "ThreeImage", "GameMap",
}  # fmt: skip
# Nothing is asked in these.
_NO_QUESTIONS = {
    "AdvancedText", "Text", "Image", "Video", "Audio", "Table", "Link", "Shape", "ContinuousText", "Nil", "GoToSlide",
    "IFrameEmbed", "TwitterUserFeed", "Chart", "Collage", "Timeline", "Agamotto", "ImageSlider", "ImageJuxtaposition",
    "IVHotspot", "AudioRecorder", "InformationWall", "KewArCode", "DocumentExportPage", "GoalsPage",
    "GoalsAssessmentPage", "TextGroup",
}  # fmt: skip


def detect(source: Source) -> float:
    """0 to 1: how sure it is that this is a package of H5P."""
    packed = source.archive()
    return 0.95 if packed is not None and _folder(packed) is not None else 0.0


def parse(source: Source) -> list[Parsed]:
    """The one quiz of the package. Raises FormatError when it is none, or nothing is asked in it."""
    packed = source.archive()
    folder = _folder(packed) if packed is not None else None
    if packed is None or folder is None:
        raise FormatError("This is no H5P package: there is no h5p.json in it.")
    about, content = _object(packed, folder + _ABOUT), _object(packed, folder + _CONTENT)
    parsed = Parsed(_title(about) or title_from_filename(source.filename), description=_description(about, content))
    if isinstance(language := about.get("language"), str) and _LANGUAGE.fullmatch(language):
        parsed.language = language
    find = in_archive(packed, f"{folder}content", folder)
    main, left_out = _name(about.get("mainLibrary")), 0
    for name, params in _nodes(main, content, 0):
        if name in _NO_QUESTIONS:
            left_out += 1
            continue
        readers = (split_blanks if name == main == "Blanks" else QUESTIONS.get(name, _refuse_all(name)))(params, find)
        for read in readers:
            keep(parsed, f"question {parsed.found + 1}", read)
        if parsed.found > MAX_QUESTIONS_IN_FILE:
            raise FormatError(f"The file holds more than {MAX_QUESTIONS_IN_FILE} questions; please divide it.")
    if not parsed.found:
        raise FormatError("There are no questions in this H5P package.")
    if left_out:
        message = f"{left_out} texts, pictures or videos beside the questions were left out."
        parsed.issues.append(Issue("warning", "the whole package", "texts_left_out", message))
    return [parsed]


def _folder(packed: Archive) -> str | None:
    """Where h5p.json lies: outermost, or in the one folder that somebody packed again."""
    if _ABOUT in packed:
        return ""
    folders = {name.partition("/")[0] for name in packed.names}
    folder = f"{folders.pop()}/" if len(folders) == 1 else ""
    return folder if folder and folder + _ABOUT in packed else None


def _object(packed: Archive, name: str) -> Params:
    """Raises FormatError."""
    if name not in packed:
        raise FormatError(f"This H5P package is not whole: “{name}” is missing.")
    found = json_text.load(decode(packed.read(name)).text)
    if not isinstance(found, dict):
        raise FormatError(f"This H5P package is damaged: “{name}” is not what it should be.")
    return found


def _name(library: object) -> str:
    """`H5P.MultiChoice 1.16` is MultiChoice: all versions ask alike."""
    match = _LIBRARY.match(library) if isinstance(library, str) else None
    return match[1] if match else ""


def _nodes(name: str, params: Params, depth: int) -> Iterator[tuple[str, Params]]:
    """(type, params) of everything that is no mere container, in the order of the file."""
    if depth > _DEEPEST:
        raise FormatError("This H5P package is nested far deeper than a quiz can be.")
    inside = list(_inside(params, depth)) if name not in QUESTIONS and name not in _NO_QUESTIONS else []
    if name in _CONTAINERS or any(inner in QUESTIONS for inner, _ in inside):
        yield from inside
    else:
        yield name, params


def _inside(value: Any, depth: int) -> Iterator[tuple[str, Params]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, dict):
        name = _name(value.get("library"))
        if name and isinstance(value.get("params"), dict):
            yield from _nodes(name, value["params"], depth + 1)
        else:
            for inner in value.values():
                yield from _inside(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            yield from _inside(inner, depth + 1)


def _refuse_all(name: str) -> ReadType:
    return lambda params, find: [partial(_refuse, name)]


def _refuse(name: str) -> Draft:
    shown = f"“{name[:40]}”" if name else "a type that it does not name"
    raise Skip("kind_unknown", f"Quizhall has no kind of question like H5P's {shown}.")


def _title(about: Params) -> str:
    title = about.get("title")
    return " ".join(storable(title).split())[:200] if isinstance(title, str) else ""


def _description(about: Params, content: Params) -> str:
    """What the package says before its questions, and whose it is: most licences ask for the name to stay."""
    intro = content.get("introPage")
    text = intro.get("introduction") if isinstance(intro, dict) else None
    lines = [marks.bare(tidy_lines(markup.from_html(text, [])))] if isinstance(text, str) else []
    authors = about.get("authors")
    names = [author.get("name") for author in authors if isinstance(author, dict)] if isinstance(authors, list) else []
    by = ", ".join(name for name in names if isinstance(name, str) and name)
    licence = " ".join(str(about.get(name) or "") for name in ("license", "licenseVersion")).strip()
    if by:
        lines.append(f"By {by}.")
    if licence not in _NO_LICENCE:
        lines.append(f"Licence: {licence}.")
    return storable("\n".join(filter(None, lines)))[:_DESCRIPTION_MOST]
