"""A line with marks as Markdown: bold, italic, code and formulas, and every other sign as it was meant to be read.

The line is cut into tokens, each with the formatting it has. Where Markdown would not take our stars for formatting,
because of what stands beside them, the formatting gives way and never the text.
"""

import re
import unicodedata
from dataclasses import dataclass

from formats import marks
from formats.formulas import FORMULA, latex_of

_SIGN_OF = {marks.STRONG: "**", marks.EM: "*"}
_END_OF = {end: start for start, end in marks.SPANS.items()}
_CODE = re.compile(
    f"(?:{marks.CODE}([^{marks.CODE}{marks.CODE_END}]*){marks.CODE_END}|{marks.PRE}([^{marks.PRE_END}]*){marks.PRE_END})"
)
_RUN = re.compile(r"\*+|_+|~~+")
_ASCII_SIGN = re.compile(r"[!-/:-@\[-`{-~]")
_BLANKS = "\t\n\f\r"

# What a token is to the stars beside it. A symbol is one that some take for a sign and some for a letter.
BLANK, LETTER, SIGN, SYMBOL = "blank", "letter", "sign", "symbol"


@dataclass(slots=True)
class _Token:
    """`shown` is a character as Markdown, a formula or a piece of code."""

    shown: str
    sort: str
    styles: set[str]
    code: str = ""


def crowded(text: str) -> set[str]:
    """The signs of `*_~` that have to be escaped in a text: one alone formats nothing, two may, or one beside ours."""
    said = marks.bare(text)
    signs = {sign for sign in "*_~" if sum(_is_live(said, run) for run in re.finditer(rf"\{sign}+", said)) > 1}
    return signs | {"*"} if any(start in text for start in marks.SPANS) else signs


def _is_live(text: str, run: re.Match[str]) -> bool:
    before, after = text[run.start() - 1 : run.start()], text[run.end() : run.end() + 1]
    if run.group() == "~" or (not before.strip() and not after.strip()):
        return False
    return not (run.group()[0] == "_" and before.isalnum() and after.isalnum())


def inline(text: str, has_formulas: bool, signs: set[str]) -> str:
    """`signs` are those that have to be escaped, as `crowded` has them."""
    tokens = _tokens(text, has_formulas, signs)
    for start in marks.SPANS:
        _shrink(tokens, start)
    return _written(tokens)


def _tokens(text: str, has_formulas: bool, signs: set[str]) -> list[_Token]:
    tokens: list[_Token] = []
    styles: set[str] = set()
    at = 0
    for code in _CODE.finditer(text):
        _cut(text[at : code.start()], has_formulas, signs, styles, tokens)
        _add_code(code[1] if code[1] is not None else code[2], styles, tokens)
        for sign in marks.ANY.findall(code.group()):
            _change(styles, sign)
        at = code.end()
    _cut(text[at:], has_formulas, signs, styles, tokens)
    return tokens


def _add_code(text: str, styles: set[str], tokens: list[_Token]) -> None:
    code = " ".join(marks.without(text.replace(marks.BLANK, " ").replace(marks.LINE_END, " ")).split())
    if not code:
        return
    if tokens and tokens[-1].code and tokens[-1].styles == styles:
        # Two pieces side by side would share their fences.
        code = tokens.pop().code + code
    tokens.append(_Token(_as_code(code), SIGN, set(styles), code))


def _as_code(code: str) -> str:
    fence = "`" * (1 + max(map(len, re.findall("`+", code)), default=0))
    pad = " " if code.startswith("`") or code.endswith("`") else ""
    return f"{fence}{pad}{code}{pad}{fence}"


def _cut(text: str, has_formulas: bool, signs: set[str], styles: set[str], tokens: list[_Token]) -> None:
    """Text without code into tokens; `styles` is what is open, before and afterwards."""
    at = 0
    for formula in FORMULA.finditer(text) if has_formulas else ():
        latex = latex_of(formula)
        if not latex:
            continue
        _cut_plain(text[at : formula.start()], signs, styles, tokens)
        # A figure right beside the dollars would make money of it.
        if text[formula.start() - 1 : formula.start()].isdigit():
            tokens.append(_Token(" ", BLANK, set(styles)))
        tokens.append(_Token(latex, SIGN, set(styles)))
        if text[formula.end() : formula.end() + 1].isdigit():
            tokens.append(_Token(" ", BLANK, set(styles)))
        for sign in marks.ANY.findall(formula.group()):
            _change(styles, sign)
        at = formula.end()
    _cut_plain(text[at:], signs, styles, tokens)


def _cut_plain(text: str, signs: set[str], styles: set[str], tokens: list[_Token]) -> None:
    runs = [run for run in _RUN.finditer(text) if run.group()[0] in signs and not _is_between_blanks(text, run)]
    escaped = {at for run in runs for at in range(*run.span())}
    for at, char in enumerate(text):
        if marks.ANY.match(char):
            _change(styles, char)
            if char == marks.CELL:
                tokens.append(_Token(" ", BLANK, set()))
            continue
        is_escaped = char in "`$\\" or at in escaped
        tokens.append(_Token(f"\\{char}" if is_escaped else char, _sort(char), set(styles)))


def _is_between_blanks(text: str, run: re.Match[str]) -> bool:
    return text[run.start() - 1 : run.start()].isspace() and text[run.end() : run.end() + 1].isspace()


def _sort(char: str) -> str:
    category = unicodedata.category(char)
    if char in _BLANKS or category == "Zs":
        return BLANK
    if category[0] == "P" or _ASCII_SIGN.match(char):
        return SIGN
    return SYMBOL if category[0] in "SCZ" else LETTER


def _change(styles: set[str], sign: str) -> None:
    if sign in marks.SPANS:
        styles.add(sign)
    styles.discard(_END_OF.get(sign, ""))


def _shrink(tokens: list[_Token], style: str) -> None:
    """Takes a style from the ends of what has it, until its stars stand where Markdown sees them."""
    at = 0
    while at < len(tokens):
        end = at
        while end < len(tokens) and style in tokens[end].styles:
            end += 1
        first, last = at, end
        while last > first and _is_hidden(tokens[last - 1], tokens[last] if last < len(tokens) else None):
            last -= 1
        while first < last and _is_hidden(tokens[first], tokens[first - 1] if first else None):
            first += 1
        for token in (*tokens[at:first], *tokens[last:end]):
            token.styles.discard(style)
        at = end + 1


def _is_hidden(inside: _Token, outside: _Token | None) -> bool:
    """Whether stars between the two would not begin, or end, what is inside."""
    if inside.sort == BLANK:
        return True
    return inside.sort in (SIGN, SYMBOL) and outside is not None and outside.sort in (LETTER, SYMBOL)


def _written(tokens: list[_Token]) -> str:
    pieces: list[str] = []
    is_open: list[str] = []
    # Stars of what ends and of what begins in one place could not be told apart: what begins gives way.
    muted: set[str] = set()
    for at, token in enumerate(tokens):
        muted &= token.styles
        wanted, has_closed = token.styles - muted, False
        while any(style not in wanted for style in is_open):
            style = is_open.pop()
            pieces.append(_SIGN_OF[style])
            has_closed = True
            wanted.discard(style)
            muted |= {style} & token.styles
        new = wanted.difference(is_open)
        if has_closed:
            muted |= new
        else:
            for style in sorted(new, key=lambda style: _reach(tokens, at, style), reverse=True):
                is_open.append(style)
                pieces.append(_SIGN_OF[style])
        pieces.append(token.shown)
    return "".join(pieces + [_SIGN_OF[style] for style in reversed(is_open)])


def _reach(tokens: list[_Token], at: int, style: str) -> int:
    while at < len(tokens) and style in tokens[at].styles:
        at += 1
    return at
