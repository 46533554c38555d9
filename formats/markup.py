"""HTML and Markdown to the text that phones show, its formatting as marks in it, and a list of what got lost.

This makes text, not safe HTML: whoever shows the result still escapes it.
"""

import re

from formats import marks
from formats.html_reader import BLOCKS, DEEPEST_LIST, IN_CODE, TakeFile, TextOfHtml

_INLINE = "a abbr b bdi big cite code del em font i ins kbd mark q s samp small span strike strong sub sup tt u var"
_VOID = "br hr img"
_NAMES = "|".join(f"{_INLINE} {BLOCKS} {_VOID} audio video iframe object embed math svg script style".split())
_VALUE = r"""(?:"[^"<]*+"|'[^'<]*+'|[^\s"'<>=]++)"""
_ATTRIBUTES = rf"(?:\s++[\w:-]++(?:\s*+=\s*+{_VALUE})?+)*+\s*+/?+"
# Every pattern here is possessive and stops at the next "<", so that hostile text costs linear time. html.parser
# alone does not promise that, nor that it survives a character reference of 5000 digits.
_STRAY_IN_HTML = re.compile(r"<(?!/?[A-Za-z][^<>]*+>)")
_STRAY_IN_TEXT = re.compile(rf"<(?!/?(?:{_NAMES})\b{_ATTRIBUTES}>)", re.IGNORECASE)
_BARE_AMPERSAND = re.compile(r"&(?!(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)")
# An unmarked text is HTML when it closes a tag or has one that stands alone; “the <b> tag” is not.
_LOOKS_LIKE_HTML = re.compile(rf"</(?:{_NAMES})\s*+>|<(?:p|li|td|{_VOID.replace(' ', '|')})\b{_ATTRIBUTES}>", re.I)

# Formulas and code may hold * and _ of their own.
_MD_KEPT = re.compile(r"(\$[^$\n]*+\$|(?<!\\)`[^`\n]++(?<!\\)`)")
_MD_LINK = re.compile(r"(!?)\[([^\[\]\n]*+)\]\(([^()\n]*+)\)")
_MD_FENCE = re.compile(r"^(`{3,}+|~{3,}+)[^`\n]*+\n(.*?)^\1[ \t]*+$", re.MULTILINE | re.DOTALL)
_MD_ITEM = re.compile(r"^([ \t]{0,12}+)(?:[-+*]|(\d{1,4}[.)]))[ \t]++(?=\S)", re.MULTILINE)
_STRONG, _EM = (rf"{start}\1{end}" for start, end in marks.SPANS.items())
_MD_MARKS = (
    (re.compile(r"(?<!\\)\*\*([^*\n]++)(?<!\\)\*\*"), _STRONG),
    (re.compile(r"(?<!\\)\*(?!\s)([^*\n]++)(?<![\s\\])\*"), _EM),
    (re.compile(r"(?<![\w\\])__(?!_)([^_\n]++)(?<!\\)__(?!\w)"), _STRONG),
    (re.compile(r"(?<![\w\\])_(?![_\s])([^_\n]++)(?<![\s\\])_(?!\w)"), _EM),
    (re.compile(r"^#{1,6}[ \t]++([^\n]++)", re.MULTILINE), _STRONG),
)
_MD_ESCAPE = re.compile(r"\\([*_`#\[\]()!.>+-])")


def leave_file(address: str, alt: str | None) -> str | None:
    return None


def from_html(source: str, lost: list[str], take: TakeFile = leave_file) -> str:
    """Text of an HTML fragment; names of what has no place in text are added to `lost`."""
    return _strip(marks.without(source), lost, _STRAY_IN_HTML, take, keep_newlines=False)


def from_unmarked(source: str, lost: list[str]) -> str:
    """Text that may or may not be HTML: only well-formed tags that HTML knows are taken for tags."""
    return _from_unmarked(marks.without(source), lost)


def _from_unmarked(source: str, lost: list[str]) -> str:
    if "&" not in source and not _LOOKS_LIKE_HTML.search(source):
        return source
    stray = _STRAY_IN_TEXT if _LOOKS_LIKE_HTML.search(source) else re.compile("<")
    gone: list[str] = []
    text = _strip(source, gone, stray, leave_file, keep_newlines=True)
    # “Which tag makes a line break? {=<br> …}”: what would vanish without a trace was meant to be read.
    if not marks.bare(text).strip() and not gone:
        return source
    lost.extend(gone)
    return text


def from_markdown(source: str, lost: list[str]) -> str:
    """Text of simple Markdown."""
    text = _MD_FENCE.sub(_fence, marks.without(source))
    pieces = _MD_KEPT.split(text)
    # What is kept as it stands is at the odd places.
    pieces[::2] = [_strip_markdown(piece, lost) for piece in pieces[::2]]
    pieces[1::2] = [_code(piece[1:-1]) if piece.startswith("`") else piece for piece in pieces[1::2]]
    return _from_unmarked("".join(pieces), lost)


def _fence(found: re.Match[str]) -> str:
    return f"{marks.PRE}{_as_html(found[2]).translate(IN_CODE)}{marks.PRE_END}"


def _code(text: str) -> str:
    return f"{marks.CODE}{_as_html(text)}{marks.CODE_END}"


def _as_html(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _strip_markdown(source: str, lost: list[str]) -> str:
    def link(match: re.Match[str]) -> str:
        kind = "picture" if match[1] else "link"
        lost.append(f"{kind} ({match[3]})" if match[3] else kind)
        return match[2]

    def item(match: re.Match[str]) -> str:
        depth = min((len(match[1].expandtabs(4)) + 2) // 4, DEEPEST_LIST)
        return marks.DEEPER * depth + (marks.NUMBER if match[2] else marks.BULLET)

    text = _MD_ITEM.sub(item, _MD_LINK.sub(link, source))
    for pattern, replacement in _MD_MARKS:
        text = pattern.sub(replacement, text)
    return _MD_ESCAPE.sub(r"\1", text)


def _strip(source: str, lost: list[str], stray: re.Pattern[str], take: TakeFile, *, keep_newlines: bool) -> str:
    text = _BARE_AMPERSAND.sub("&amp;", _without_comments(source))
    parser = TextOfHtml(lost, take, keep_newlines)
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
