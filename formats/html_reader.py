"""An HTML fragment to text with marks (formats/marks.py). What it costs grows with its length, whatever it holds."""

import re
from collections.abc import Callable
from html.parser import HTMLParser

from formats import marks
from formats.html_sounds import Sounds
from formats.html_spans import TAGS, Spans

BLOCKS = "address blockquote center div dl dt dd h1 h2 h3 h4 h5 h6 li ol p pre section table tbody td th thead tr ul"
_OBJECTS = {
    "video": "video",
    "iframe": "embedded page",
    "object": "embedded object",
    "embed": "embedded object",
    "math": "formula",
    "svg": "drawing",
    "script": "script",
    "form": "form",
}
# What is drawn in another way, or not at all: an annotation says a formula once more.
_HIDDEN = {"script", "style", "title", "svg", "annotation"}
_BREAKING = frozenset(BLOCKS.split()) | {"br", "hr"}
_CELLS = ("td", "th")
DEEPEST_LIST = 5
_LIKE_LATEX = re.compile(r"[\\^_]")
IN_CODE = str.maketrans({" ": marks.BLANK, "\t": marks.BLANK * 4, "\n": marks.LINE_END, "\r": "", "\xa0": marks.BLANK})
_SUPER = str.maketrans("0123456789+-=()abcdefghijklmnoprstuvwxyz", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ")
_SUB = str.maketrans("0123456789+-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")

TakeFile = Callable[[str, str | None], str | None]
"""Asked of each picture, by its address and what it says that it shows, and of each sound, of which that is None: the
text in its place, None when it is lost."""


class TextOfHtml(HTMLParser):
    """Collects the text; what sits between two sub or sup tags is turned into small figures and letters."""

    def __init__(self, lost: list[str], take: TakeFile, keep_newlines: bool) -> None:
        super().__init__(convert_charrefs=True)
        self._lost = lost
        self._take = take
        self._blanks = re.compile(r"[ \t]+" if keep_newlines else r"[ \t\n\f\r]+")
        self._pieces: list[str] = []
        self._spans = Spans(self._pieces)
        self._sounds = Sounds(lambda address: take(address, None), self._lose)
        self._hidden = 0
        # Formulas that are open, and of which the LaTeX was taken.
        self._said_otherwise = 0
        self._preformatted = 0
        self._lists: list[str] = []
        self._tables = 0
        # Of the outermost table: within a cell everything is one line.
        self._is_in_cell = False
        self._is_first_cell = True
        # Where in _pieces the innermost open sub or sup began.
        self._small_at: int | None = None

    def text(self) -> str:
        self._spans.end_all()
        self._sounds.end()
        return "".join([*self._pieces, marks.PRE_END if self._preformatted else ""])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "math" and (latex := values.get("alttext") or "") and _LIKE_LATEX.search(latex):
            self._say(f"\\({latex}\\)")
            self._said_otherwise += 1
            self._hidden += 1
            return
        if tag in _HIDDEN:
            self._hidden += 1
        if tag in _BREAKING:
            self._begin_block(tag)
        if tag in TAGS and not self._preformatted:
            self._spans.begin(tag, values.get("style"))
        self._begin_object(tag, values)

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN or (tag == "math" and self._said_otherwise):
            self._said_otherwise -= tag == "math"
            self._hidden = max(0, self._hidden - 1)
        if tag == "audio":
            self._sounds.end()
        if tag in TAGS:
            self._spans.end(tag)
        if tag in ("sub", "sup"):
            self._raise(tag)
        elif tag in _BREAKING:
            self._end_block(tag)

    def handle_data(self, data: str) -> None:
        if self._hidden or self._sounds.is_address(data):
            return
        if self._preformatted:
            self._say(data.translate(IN_CODE))
        else:
            self._say(self._blanks.sub(" ", data))

    def _say(self, text: str) -> None:
        self._spans.seen += bool(text.strip())
        self._pieces.append(text)

    def _begin_block(self, tag: str) -> None:
        if self._preformatted:
            self._preformatted += tag == "pre"
            self._pieces.append(marks.LINE_END)
        elif tag == "table":
            self._tables += 1
            self._break()
        elif tag in ("tr", *_CELLS) and self._tables == 1:
            self._begin_cell(tag)
        elif tag in _CELLS:
            self._pieces.append(" ")
        else:
            self._break()
            if tag in ("ul", "ol"):
                self._lists.append(tag)
            elif tag == "li":
                self._pieces.append("- " if self._is_in_cell else self._item())
            elif tag == "pre" and not self._is_in_cell:
                self._preformatted += 1
                self._pieces.append(marks.PRE)

    def _begin_cell(self, tag: str) -> None:
        if tag == "tr":
            self._is_in_cell = False
            self._pieces.append("\n" + marks.ROW)
            self._is_first_cell = True
        else:
            self._pieces.append("" if self._is_first_cell else marks.CELL)
            self._is_in_cell, self._is_first_cell = True, False

    def _end_block(self, tag: str) -> None:
        if self._preformatted:
            self._preformatted -= tag == "pre"
            self._pieces.append(marks.LINE_END if self._preformatted else f"{marks.PRE_END}\n")
            return
        if tag in ("ul", "ol") and self._lists:
            self._lists.pop()
        if tag == "table":
            self._tables = max(0, self._tables - 1)
        if tag in ("table", "tr") and self._tables <= (tag == "tr"):
            self._is_in_cell = False
        if tag not in (*_CELLS, "br", "hr"):
            self._break()

    def _break(self) -> None:
        self._pieces.append(" " if self._is_in_cell else "\n")

    def _item(self) -> str:
        depth = min(max(0, len(self._lists) - 1), DEEPEST_LIST)
        is_numbered = bool(self._lists) and self._lists[-1] == "ol"
        return marks.DEEPER * depth + (marks.NUMBER if is_numbered else marks.BULLET)

    def _begin_object(self, tag: str, values: dict[str, str | None]) -> None:
        if self._sounds.begin(tag, values):
            return
        formula = values.get("data-equation-content")
        if tag == "img" and formula:
            self._say(f"\\({formula}\\)")
        elif tag == "img" or (tag == "object" and (values.get("type") or "").startswith("image/")):
            self._picture((values.get("src") or values.get("data") or "").strip(), values.get("alt") or "")
        elif tag in _OBJECTS:
            self._lose(_OBJECTS[tag], values.get("src") or values.get("data"))
        elif tag == "a" and values.get("href"):
            self._lose("link", values.get("href"))
        elif tag in ("sub", "sup"):
            self._small_at = len(self._pieces)

    def _picture(self, address: str, alt: str) -> None:
        text = self._take(address, alt)
        if text is None:
            self._lose("picture", address)
            text = alt
        self._say(text)

    def _lose(self, what: str, address: str | None) -> None:
        shown = (address or "").strip().removeprefix("@@PLUGINFILE@@/")
        self._lost.append(f"{what} ({shown})" if shown and not shown.startswith("data:") else what)

    def _raise(self, tag: str) -> None:
        """x<sup>2</sup> is x², and x<sup>Nk</sup> at least x^(Nk): dropping the tag would change the meaning."""
        if self._small_at is None:
            return
        inner = marks.bare("".join(self._pieces[self._small_at :])).strip()
        table, sign = (_SUPER, "^") if tag == "sup" else (_SUB, "_")
        small = inner.translate(table)
        if any(char in small for char in inner if not char.isspace()):
            small = f"{sign}{inner}" if len(inner) == 1 else f"{sign}({inner})"
        self._pieces[self._small_at :] = [small]
        self._small_at = None
