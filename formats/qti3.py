"""QTI 3 asks as QTI 2 does and says it with other names: `qti-choice-interaction response-identifier="…"`."""

from xml.etree.ElementTree import Element

_PREFIX = "qti-"


def as_qti2(root: Element) -> Element:
    """The same tree with QTI 2's names; a tree that has them already is left alone."""
    for element in root.iter():
        if isinstance(element.tag, str) and element.tag.startswith(_PREFIX):
            element.tag = _camel(element.tag.removeprefix(_PREFIX))
            for name in [name for name in element.keys() if "-" in name and "}" not in name]:  # noqa: SIM118
                element.set(_camel(name), element.get(name) or "")
    return root


def _camel(name: str) -> str:
    first, *others = name.split("-")
    return first + "".join(part[:1].upper() + part[1:] for part in others)
