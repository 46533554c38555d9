"""What is right in an answer to a QTI 2 item: its declaration says it, or the rules by which it is scored."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

_CONDITIONS = ("responseIf", "responseElseIf")
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")


@dataclass(slots=True)
class Response:
    """`right` in the order of the file. `points` are what the mapping gives for a value, `others` for all the rest."""

    identifier: str
    cardinality: str
    base_type: str
    right: list[str] = field(default_factory=list)
    points: dict[str, float] = field(default_factory=dict)
    others: float = 0.0
    most: float = 0.0
    # As a mapping says it; None when it says nothing.
    is_case_sensitive: bool | None = None

    @property
    def is_number(self) -> bool:
        return self.base_type in ("float", "integer")

    def weight(self, value: str) -> float:
        """What the mapping gives for it, -1 to 1."""
        points = self.points.get(value, self.others)
        return max(-1.0, min(1.0, points / self.most)) if self.most else 0.0


def responses(item: Element) -> dict[str, Response]:
    return {found.identifier: found for found in (_response(e, item) for e in item.iter("responseDeclaration"))}


def _response(declared: Element, item: Element) -> Response:
    response = Response(
        declared.get("identifier") or "", declared.get("cardinality") or "single", declared.get("baseType") or ""
    )
    response.right = [text for value in declared.findall("correctResponse/value") if (text := _text(value))]
    mapping = declared.find("mapping")
    if mapping is not None:
        _read_mapping(mapping, response)
    if not response.right:
        response.right = list(dict.fromkeys(_scored(item, response.identifier)))
    if not response.right and response.points:
        best = max(response.points.values())
        wanted = 0.0 if response.cardinality == "multiple" else best - 1e-9
        response.right = [key for key, points in response.points.items() if points > 0 and points > wanted]
    return response


def _read_mapping(mapping: Element, response: Response) -> None:
    for entry in mapping.findall("mapEntry"):
        response.points[(entry.get("mapKey") or "").strip()] = number(entry.get("mappedValue")) or 0.0
        if entry.get("caseSensitive") is not None:
            response.is_case_sensitive = entry.get("caseSensitive") == "true"
    response.others = number(mapping.get("defaultValue")) or 0.0
    positive = [points for points in response.points.values() if points > 0]
    whole = sum(positive) if response.cardinality == "multiple" else max(positive, default=0.0)
    limit = number(mapping.get("upperBound"))
    response.most = limit if limit and 0 < limit < whole else whole


def _scored(item: Element, identifier: str) -> Iterator[str]:
    """Values that are asked for by name where points are given."""
    for condition in item.iter():
        if condition.tag not in _CONDITIONS or not _gives_points(condition):
            continue
        refused = {id(inner) for negation in condition.iter("not") for inner in negation.iter()}
        for test in condition.iter():
            if test.tag in ("match", "member", "stringMatch", "equal") and id(test) not in refused:
                asked = [variable.get("identifier") for variable in test.iter("variable")]
                if asked == [identifier]:
                    yield from (text for value in test.iter("baseValue") if (text := _text(value)))


def _gives_points(condition: Element) -> bool:
    """Its own rules, not those of conditions within it."""
    for rule in condition.findall("setOutcomeValue"):
        if "SCORE" in (rule.get("identifier") or "").upper():
            values = [number(value.text) or 0.0 for value in rule.iter("baseValue")]
            return max(values, default=1.0) > 0
    return False


def tolerance(item: Element, response: Response, value: float) -> float:
    """How far from a number one may be: only the rules of scoring say it."""
    for equal in item.iter("equal"):
        if any(variable.get("identifier") == response.identifier for variable in equal.iter("variable")):
            sizes = [size for text in (equal.get("tolerance") or "").split() if (size := number(text)) is not None]
            if not sizes or equal.get("toleranceMode") not in ("absolute", "relative"):
                continue
            # QTI gives relative ones in percent.
            return abs(value) * max(sizes) / 100 if equal.get("toleranceMode") == "relative" else abs(max(sizes))
    for rounded in item.iter("equalRounded"):
        if any(variable.get("identifier") == response.identifier for variable in rounded.iter("variable")):
            figures = number(rounded.get("figures"))
            if figures is not None and rounded.get("roundingMode") == "decimalPlaces" and 0 <= figures <= 15:
                return round(0.5 * 10**-figures, 16)
    return 0.0


def bounds(item: Element, response: Response) -> tuple[float, float] | None:
    """From and to, where the rules of scoring ask for both."""
    ends: dict[str, float] = {}
    for name in ("gte", "gt", "lte", "lt"):
        for test in item.iter(name):
            if any(variable.get("identifier") == response.identifier for variable in test.iter("variable")):
                value = number(test.findtext("baseValue"))
                if value is not None:
                    ends.setdefault(name[0], value)
    return (min(ends.values()), max(ends.values())) if len(ends) == 2 else None


def number(text: str | None) -> float | None:
    """A finite number, whole where it is; None for what is none."""
    text = (text or "").strip().replace(",", ".")
    if not _NUMBER.fullmatch(text):
        return None
    value = float(text)
    if not math.isfinite(value) or abs(value) >= 1e300:
        return None
    return int(value) if value.is_integer() and abs(value) < 2**53 else value


def _text(value: Element) -> str:
    return " ".join("".join(value.itertext()).split())
