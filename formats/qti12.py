"""QTI 1.2: what Canvas and programs like it export, as a package (.zip, .imscc) or as a single file.

A course package holds each quiz twice; the copy in non_cc_assessments/ is the whole one. Question banks are quizzes of
their own here.
"""

from collections.abc import Iterator
from functools import partial
from posixpath import dirname
from xml.etree.ElementTree import Element

from formats.archive import Archive
from formats.draft import keep
from formats.intermediate import MAX_QUESTIONS_IN_FILE, FormatError, Issue, Parsed
from formats.pictures import FindPicture, in_archive, no_picture
from formats.qti12_item import read_item
from formats.source import Source
from formats.text import title_from_filename
from formats.xml_text import local_names, parse_xml

MAX_FILES = 500
_BEGINNING = 100_000
_ROOT = "<questestinterop"
_WHOLE = "non_cc_assessments/"


def detect(source: Source) -> float:
    """0 to 1: how sure it is that this is QTI 1.2."""
    packed = source.archive()
    if packed is None:
        return 0.95 if _ROOT in source.text()[:_BEGINNING] else 0.0
    return 0.9 if "imsmanifest.xml" in _flat(packed) and any(_files(packed)) else 0.0


def parse(source: Source) -> list[Parsed]:
    """A quiz for each assessment and each bank. Raises FormatError when there is none that can be read."""
    packed = source.archive()
    roots = _roots(packed) if packed is not None else [("", local_names(parse_xml(source)))]
    chosen: dict[str, tuple[str, Element]] = {}
    for name, root in roots:
        for element in root.iter():
            if element.tag in ("assessment", "objectbank"):
                ident = element.get("ident") or f"{name} {len(chosen)}"
                if ident not in chosen or _WHOLE in name:
                    chosen[ident] = (name, element)
    # A single file may hold nothing but items.
    chosen = chosen or {name: (name, root) for name, root in roots}
    quizzes = [
        _read_quiz(element, source, _pictures(packed, name), len(chosen) > 1) for name, element in chosen.values()
    ]
    quizzes = [quiz for quiz in quizzes if quiz.found]
    if not quizzes:
        raise FormatError("There are no questions of QTI 1.2 in this file.")
    if sum(quiz.found for quiz in quizzes) > MAX_QUESTIONS_IN_FILE:
        raise FormatError(f"The file holds more than {MAX_QUESTIONS_IN_FILE} questions; please divide it.")
    return quizzes


def _flat(packed: Archive) -> set[str]:
    """Names without folders: some pack a folder and not what is in it."""
    return {name.rsplit("/", 1)[-1] for name in packed.names}


def _files(packed: Archive) -> Iterator[tuple[str, bytes]]:
    names = [name for name in packed.names if name.endswith((".xml", ".qti", ".dat"))]
    for name in names[:MAX_FILES]:
        data = packed.read(name)
        if _ROOT.encode() in data[:_BEGINNING]:
            yield name, data


def _roots(packed: Archive) -> list[tuple[str, Element]]:
    return [(name, local_names(parse_xml(Source(data, name)))) for name, data in _files(packed)]


def _pictures(packed: Archive | None, name: str) -> FindPicture:
    """Canvas keeps the files of a course in web_resources, others beside the quiz."""
    return no_picture if packed is None else in_archive(packed, "web_resources", dirname(name), "")


def _read_quiz(element: Element, source: Source, find: FindPicture, is_one_of_many: bool) -> Parsed:
    title = _title(element) or title_from_filename(source.filename)
    parsed = Parsed(f"{title[:180]} (question bank)" if element.tag == "objectbank" else title)
    place = f"{title}, question" if is_one_of_many else "question"
    for number, item in enumerate(element.iter("item"), start=1):
        keep(parsed, f"{place} {number}", partial(read_item, item, find))
    for section in element.iter("section"):
        if section.find("selection_ordering") is not None:
            _tell_group(section, parsed)
    return parsed


def _tell_group(section: Element, parsed: Parsed) -> None:
    """Canvas draws some questions of a group, or of a bank, for each student."""
    where = " ".join((section.get("title") or parsed.title).split())[:100]
    if bank := section.findtext("selection_ordering/selection/sourcebank_ref"):
        message = f"Its questions are drawn from a bank ({bank[:60]}); that bank is read only if it is in this file."
        parsed.issues.append(Issue("warning", where, "bank_elsewhere", message))
    elif section.find("item") is not None:
        message = "Some questions of this group are drawn for each student; here all of them are in the quiz."
        parsed.issues.append(Issue("warning", where, "group_joined", message))


def _title(element: Element) -> str:
    """A bank's title stands in its metadata."""
    title = element.get("title") or ""
    for field in element.findall("qtimetadata/qtimetadatafield"):
        if field.findtext("fieldlabel") == "bank_title":
            title = field.findtext("fieldentry") or title
    return " ".join(title.split())[:200]
