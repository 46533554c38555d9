"""HTML and Markdown to the plain text that phones show, and a list of what got lost on the way.

This makes text, not safe HTML: whoever shows the result still escapes it.
"""

import re
from collections.abc import Callable
from html.parser import HTMLParser

_INLINE = "a abbr b bdi big cite code del em font i ins kbd mark q s samp small span strike strong sub sup tt u var"
_BLOCKS = "address blockquote center div dl dt dd h1 h2 h3 h4 h5 h6 li ol p pre section table tbody td th thead tr ul"
_VOID = "br hr img"
_OBJECTS = {
    "audio": "recording",
    "video": "video",
    "iframe": "embedded page",
    "object": "embedded object",
    "embed": "embedded object",
    "math": "formula",
    "svg": "drawing",
    "table": "table",
    "script": "script",
    "form": "form",
}
# What is drawn in another way, or not at all: an annotation says a formula once more.
_HIDDEN = {"script", "style", "title", "svg", "annotation"}
_BREAKING = frozenset(_BLOCKS.split()) | {"br", "hr"}

_NAMES = "|".join(f"{_INLINE} {_BLOCKS} {_VOID} audio video iframe object embed math svg script style".split())
_VALUE = r"""(?:"[^"<]*+"|'[^'<]*+'|[^\s"'<>=]++)"""
_ATTRIBUTES = rf"(?:\s++[\w:-]++(?:\s*+=\s*+{_VALUE})?+)*+\s*+/?+"
# Every pattern here is possessive and stops at the next "<", so that hostile text costs linear time. html.parser
# alone does not promise that, nor that it survives a character reference of 5000 digits.
_STRAY_IN_HTML = re.compile(r"<(?!/?[A-Za-z][^<>]*+>)")
_STRAY_IN_TEXT = re.compile(rf"<(?!/?(?:{_NAMES})\b{_ATTRIBUTES}>)", re.IGNORECASE)
_BARE_AMPERSAND = re.compile(r"&(?!(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)")
# An unmarked text is HTML when it closes a tag or has one that stands alone; “the <b> tag” is not.
_LOOKS_LIKE_HTML = re.compile(rf"</(?:{_NAMES})\s*+>|<(?:p|li|td|{_VOID.replace(' ', '|')})\b{_ATTRIBUTES}>", re.I)

_LIKE_LATEX = re.compile(r"[\\^_]")

_SUPER = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_SUB = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")

_MATH = re.compile(r"(\$[^$\n]*+\$)")
_MD_LINK = re.compile(r"(!?)\[([^\[\]\n]*+)\]\(([^()\n]*+)\)")
_MD_MARKS = (
    (re.compile(r"(?<!\\)\*\*([^*\n]++)(?<!\\)\*\*"), r"\1"),
    (re.compile(r"(?<!\\)\*(?!\s)([^*\n]++)(?<![\s\\])\*"), r"\1"),
    (re.compile(r"(?<![\w\\])__(?!_)([^_\n]++)(?<!\\)__(?!\w)"), r"\1"),
    (re.compile(r"(?<![\w\\])_(?![_\s])([^_\n]++)(?<![\s\\])_(?!\w)"), r"\1"),
    (re.compile(r"(?<!\\)`([^`\n]++)(?<!\\)`"), r"\1"),
    (re.compile(r"^#{1,6}[ \t]++", re.MULTILINE), ""),
)
_MD_ESCAPE = re.compile(r"\\([*_`#\[\]()!.>+-])")


TakePicture = Callable[[str, str], str | None]
"""Asked of each picture, by its address and what it says that it shows: the text in its place, None when it is lost."""


def leave_picture(address: str, alt: str) -> str | None:
    return None


def from_html(source: str, lost: list[str], take: TakePicture = leave_picture) -> str:
    """Text of an HTML fragment; names of what has no place in text are added to `lost`."""
    return _strip(source, lost, _STRAY_IN_HTML, take, keep_newlines=False)


def from_unmarked(source: str, lost: list[str]) -> str:
    """Text that may or may not be HTML: only well-formed tags that HTML knows are taken for tags."""
    if "&" not in source and not _LOOKS_LIKE_HTML.search(source):
        return source
    stray = _STRAY_IN_TEXT if _LOOKS_LIKE_HTML.search(source) else re.compile("<")
    gone: list[str] = []
    text = _strip(source, gone, stray, leave_picture, keep_newlines=True)
    # “Which tag makes a line break? {=<br> …}”: what would vanish without a trace was meant to be read.
    if not text.strip() and not gone:
        return source
    lost.extend(gone)
    return text


def from_markdown(source: str, lost: list[str]) -> str:
    """Text of simple Markdown. Lists stay as they are; they read well."""
    pieces = _MATH.split(source)
    # A formula may hold * and _ of its own; split puts formulas at the odd places.
    pieces[::2] = [_strip_markdown(piece, lost) for piece in pieces[::2]]
    return from_unmarked("".join(pieces), lost)


def _strip_markdown(source: str, lost: list[str]) -> str:
    def link(match: re.Match[str]) -> str:
        kind = "picture" if match[1] else "link"
        lost.append(f"{kind} ({match[3]})" if match[3] else kind)
        return match[2]

    text = _MD_LINK.sub(link, source)
    for pattern, replacement in _MD_MARKS:
        text = pattern.sub(replacement, text)
    return _MD_ESCAPE.sub(r"\1", text)


def _strip(source: str, lost: list[str], stray: re.Pattern[str], take: TakePicture, *, keep_newlines: bool) -> str:
    text = _BARE_AMPERSAND.sub("&amp;", _without_comments(source))
    parser = _TextOfHtml(lost, take, keep_newlines)
    parser.feed(stray.sub("&lt;", text))
    parser.close()
    return parser.text()


def _without_comments(source: str) -> str:
    kept = []
    at = 0
    while (start := source.find("<!--", at)) >= 0 and (end := source.find("-->", start + 4)) >= 0:
        kept.append(source[at:start])
        at = end + 3
    return "".join(kept) + source[at:]


class _TextOfHtml(HTMLParser):
    """Collects the text; what sits between two sub or sup tags is turned into small figures."""

    def __init__(self, lost: list[str], take: TakePicture, keep_newlines: bool) -> None:
        super().__init__(convert_charrefs=True)
        self._lost = lost
        self._take = take
        self._keep_newlines = keep_newlines
        self._pieces: list[str] = []
        self._hidden = 0
        # Formulas that are open, and of which the LaTeX was taken.
        self._said_otherwise = 0
        self._preformatted = 0
        # Where in _pieces the innermost open sub or sup began.
        self._small_at: int | None = None

    def text(self) -> str:
        return "".join(self._pieces)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "math" and (latex := values.get("alttext") or "") and _LIKE_LATEX.search(latex):
            self._pieces.append(f"\\({latex}\\)")
            self._said_otherwise += 1
            self._hidden += 1
            return
        if tag in _HIDDEN:
            self._hidden += 1
        if tag == "pre":
            self._preformatted += 1
        if tag in _BREAKING:
            self._pieces.append(" " if tag in ("td", "th") else "\n")
        if tag == "li":
            self._pieces.append("- ")
        formula = values.get("data-equation-content")
        if tag == "img" and formula:
            self._pieces.append(f"${formula}$")
        elif tag == "img" or (tag == "object" and (values.get("type") or "").startswith("image/")):
            self._picture((values.get("src") or values.get("data") or "").strip(), values.get("alt") or "")
        elif tag in _OBJECTS:
            self._lose(_OBJECTS[tag], values.get("src") or values.get("data"))
        elif tag == "a" and values.get("href"):
            self._lose("link", values.get("href"))
        elif tag in ("sub", "sup"):
            self._small_at = len(self._pieces)

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN or (tag == "math" and self._said_otherwise):
            self._said_otherwise -= tag == "math"
            self._hidden = max(0, self._hidden - 1)
        if tag == "pre":
            self._preformatted = max(0, self._preformatted - 1)
        if tag in ("sub", "sup"):
            self._raise(tag)
        elif tag in _BREAKING and tag not in ("td", "th", "br", "hr"):
            self._pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if self._hidden:
            return
        if not self._preformatted:
            data = re.sub(r"[ \t]+" if self._keep_newlines else r"[ \t\n\f\r]+", " ", data)
        self._pieces.append(data)

    def _picture(self, address: str, alt: str) -> None:
        text = self._take(address, alt)
        if text is None:
            self._lose("picture", address)
            text = alt
        self._pieces.append(text)

    def _lose(self, what: str, address: str | None) -> None:
        shown = (address or "").strip().removeprefix("@@PLUGINFILE@@/")
        self._lost.append(f"{what} ({shown})" if shown and not shown.startswith("data:") else what)

    def _raise(self, tag: str) -> None:
        """x<sup>2</sup> is x², and x<sup>n+k</sup> at least x^(n+k): dropping the tag would change the meaning."""
        if self._small_at is None:
            return
        inner = "".join(self._pieces[self._small_at :]).strip()
        table, sign = (_SUPER, "^") if tag == "sup" else (_SUB, "_")
        small = inner.translate(table)
        if any(char in small for char in inner):
            small = f"{sign}{inner}" if len(inner) == 1 else f"{sign}({inner})"
        self._pieces[self._small_at :] = [small]
        self._small_at = None
