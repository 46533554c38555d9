"""XML from strangers to an element tree: entities refused, small faults mended, the rest told with its line."""

import html
import re
import xml.etree.ElementTree as ElementTree
from xml.etree.ElementTree import Element

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from formats.intermediate import FormatError
from formats.source import Source

MAX_CHARACTERS = 30_000_000

_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,300}\?>")
_NAMED_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,31});")
_APART = r"<!--.*?-->|<!\[CDATA\[.*?\]\]>"


def parse_xml(source: Source) -> Element:
    """Raises FormatError with the line of the fault."""
    text = _text(source)
    if len(text) > MAX_CHARACTERS:
        raise FormatError("This XML file is far larger than a quiz can be.")
    # As text it has no encoding any more, whatever it says of itself.
    text = _DECLARATION.sub("", text, count=1).lstrip("\ufeff") if _DECLARATION.match(text) else text
    try:
        return _parse(text)
    except ElementTree.ParseError:
        try:
            return _parse(_NAMED_ENTITY.sub(_character, text))
        except ElementTree.ParseError as error:
            line, _ = error.position
            reason = ElementTree.ParseError.__str__(error).partition(":")[0]
            raise FormatError(f"This XML file is broken at line {line}: {reason}.") from error


def local_names(root: Element) -> Element:
    """The same tree without namespaces: there are several for the same words."""
    for element in root.iter():
        if isinstance(element.tag, str):
            element.tag = element.tag.rsplit("}", 1)[-1]
    return root


def lines_of(source: Source, tag: str) -> list[int]:
    """The lines where these elements begin, in the order of the file; comments and texts hold none."""
    text = source.text()
    found, line, at = [], 1, 0
    for match in re.finditer(rf"{_APART}|<{tag}\b", text, re.DOTALL):
        if not match.group().startswith("<!"):
            line += text.count("\n", at, match.start())
            at = match.start()
            found.append(line)
    return found


def _text(source: Source) -> str:
    """Many say ISO-8859-1 and are UTF-8; what is no UTF-8 is what it says."""
    declared = _DECLARED.match(source.data[:400].lstrip())
    if declared:
        try:
            source.data.decode("utf-8")
        except UnicodeDecodeError:
            try:
                return source.data.decode(declared[1].decode())
            except (UnicodeDecodeError, LookupError):
                pass
    return source.text()


def _parse(text: str) -> Element:
    try:
        root: Element = fromstring(text)
    except DefusedXmlException as error:
        raise FormatError("This XML file defines entities of its own, which no quiz needs; it was not read.") from error
    except (ValueError, RecursionError) as error:
        raise FormatError("This XML file cannot be read.") from error
    return root


def _character(match: re.Match[str]) -> str:
    """&nbsp; and its kin belong to HTML; what is no entity at all is meant as it stands."""
    character = html.unescape(match.group())
    return character if character != match.group() else f"&amp;{match[1]};"
