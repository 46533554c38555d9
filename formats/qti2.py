"""QTI 2.1, 2.2 and 3: packages (.zip) and single items (.xml). Each test in a package is a quiz, in the test's order.

qti2_item.py reads an item, qti3.py makes QTI 2 of QTI 3.
"""

import re
from collections.abc import Iterator
from functools import partial
from posixpath import dirname, join, normpath
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from formats.archive import Archive
from formats.draft import keep
from formats.intermediate import MAX_QUESTIONS_IN_FILE, FormatError, Issue, Parsed
from formats.pictures import in_archive, no_picture
from formats.qti2_item import read_item
from formats.qti3 import as_qti2
from formats.source import Source
from formats.text import title_from_filename
from formats.xml_text import local_names, parse_xml

MAX_FILES = 2_000
_BEGINNING = 20_000
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,3}")
_ROOT = re.compile(
    rb"<(?:[\w.-]{1,30}:)?(assessmentItem|assessmentTest|assessmentSection|qti-assessment-(?:item|test|section))(?=[\s>/])"
)
_WIDE_ROOT = re.compile(r"<(?:[\w.-]{1,30}:)?(?:assessmentItem|assessmentTest|qti-assessment-(?:item|test))[\s>/]")
_ITEMS = (b"assessmentItem", b"qti-assessment-item")


def detect(source: Source) -> float:
    """0 to 1: how sure it is that this is QTI 2."""
    packed = source.archive()
    if packed is None:
        return 0.95 if _WIDE_ROOT.search(source.text()[:_BEGINNING]) else 0.0
    return 0.92 if any(tag in _ITEMS for _, _, tag in _files(packed)) else 0.0


def parse(source: Source) -> list[Parsed]:
    """Raises FormatError when there is nothing of QTI 2 that can be read."""
    packed = source.archive()
    if packed is not None:
        quizzes = _read_package(_Package(packed), source)
    else:
        quizzes = [_read_single(as_qti2(local_names(parse_xml(source))), source)]
    if not any(quiz.found for quiz in quizzes):
        raise FormatError("There are no questions of QTI 2 in this file.")
    return [quiz for quiz in quizzes if quiz.found]


def _read_single(root: Element, source: Source) -> Parsed:
    """One item, or several that somebody put into one element."""
    if root.tag == "assessmentTest":
        raise FormatError("This is a test of QTI 2 without its questions; bring the whole package, a .zip file.")
    items = list(root.iter("assessmentItem"))
    title = " ".join((items[0].get("title") or "").split())[:200] if len(items) == 1 else ""
    parsed = Parsed(title or title_from_filename(source.filename), issues=list(source.decoded().issues))
    _limit(len(items))
    _language(items[0] if items else root, parsed)
    for number, item in enumerate(items, start=1):
        keep(parsed, f"question {number}", partial(read_item, item, no_picture))
    return parsed


class _Package:
    """The XML files of a package by path, read when they are needed; those that are broken stay broken."""

    def __init__(self, packed: Archive) -> None:
        self.packed = packed
        # Some programs write names in another case than the files have.
        self._lower = {name.lower(): name for name in packed.names}
        self.tests: list[str] = []
        self.items: list[str] = []
        for name, _, tag in _files(packed):
            (self.items if tag in _ITEMS else self.tests).append(name)

    def root(self, name: str) -> Element:
        """Raises FormatError."""
        return as_qti2(local_names(parse_xml(Source(self.packed.read(name), name))))

    def beside(self, name: str, href: str) -> str:
        """The path that a reference in a file means, as the package has it; "" when it has none."""
        href = href.replace("\\", "/")
        for path in (href, unquote(href)):
            for folder in (dirname(name), ""):
                whole = normpath(join(folder, path))
                if whole in self.packed:
                    return whole
                if whole.lower() in self._lower:
                    return self._lower[whole.lower()]
        return ""


def _files(packed: Archive) -> Iterator[tuple[str, bytes, bytes]]:
    """(path, data, name of the root) of each file of QTI 2."""
    names = [name for name in packed.names if name.lower().endswith((".xml", ".qti"))]
    for name in names[:MAX_FILES]:
        data = packed.read(name)
        beginning = data[:_BEGINNING]
        if beginning[:2] in (b"\xff\xfe", b"\xfe\xff"):
            beginning = beginning.decode("utf-16", "replace").encode()
        if found := _ROOT.search(beginning):
            yield name, data, found[1]


def _read_package(package: _Package, source: Source) -> list[Parsed]:
    """A quiz for each test; items that are in none are a quiz too."""
    quizzes: list[Parsed] = []
    used: set[str] = set()
    title = title_from_filename(source.filename)
    is_many = len(package.tests) > 1
    for test in package.tests:
        root = package.root(test)
        if root.tag == "assessmentTest":
            quizzes.append(_read_test(package, test, root, title, is_many, used))
    rest = [name for name in package.items if name not in used]
    if rest:
        parsed = Parsed(f"{title[:170]} (in no test)" if quizzes else title)
        for name in rest:
            _read_file(package, name, parsed, f"question {parsed.found + 1} ({name})")
        quizzes.append(parsed)
    return quizzes


def _read_test(package: _Package, name: str, root: Element, title: str, is_many: bool, used: set[str]) -> Parsed:
    said = " ".join((root.get("title") or "").split())[:200]
    parsed = Parsed(said or title)
    _language(root, parsed)
    place = f"{parsed.title}, question" if is_many else "question"
    for file, ref in _refs(package, name, root, 0):
        where = f"{place} {parsed.found + 1}"
        _limit(parsed.found)
        item = package.beside(file, ref.get("href") or "")
        used.add(item)
        if item:
            _read_file(package, item, parsed, where)
        else:
            parsed.skip(where, "item_missing", f"The file of this question is not in the package: {ref.get('href')}")
    for section in root.iter("assessmentSection"):
        if section.find("selection") is not None:
            about = " ".join((section.get("title") or parsed.title).split())[:100]
            message = "Some questions of this group are drawn for each student; here all of them are in the quiz."
            parsed.issues.append(Issue("warning", about, "group_joined", message))
    return parsed


def _refs(package: _Package, name: str, root: Element, depth: int) -> Iterator[tuple[str, Element]]:
    """(file that refers, reference) of each item, also of sections that are files of their own."""
    for element in root.iter():
        if element.tag == "assessmentItemRef":
            yield name, element
        elif element.tag == "assessmentSectionRef" and depth < 5:
            section = package.beside(name, element.get("href") or "")
            if section:
                yield from _refs(package, section, package.root(section), depth + 1)


def _read_file(package: _Package, name: str, parsed: Parsed, where: str) -> None:
    """One broken file of a package is one question that cannot come over."""
    try:
        root = package.root(name)
    except FormatError as error:
        parsed.skip(where, "item_broken", f"{name}: {error}")
        return
    find = in_archive(package.packed, dirname(name), "")
    for item in [root] if root.tag == "assessmentItem" else root.iter("assessmentItem"):
        keep(parsed, where, partial(read_item, item, find))


def _language(root: Element, parsed: Parsed) -> None:
    said = root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    if _LANGUAGE.fullmatch(said):
        parsed.language = said


def _limit(number: int) -> None:
    if number > MAX_QUESTIONS_IN_FILE:
        raise FormatError(f"The file holds more than {MAX_QUESTIONS_IN_FILE} questions; please divide it.")
