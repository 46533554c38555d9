"""The signs of one GIFT question: braces and `= ~ #` that mean something, and escapes. Knows no question kinds.

Formulas, addresses, HTML tags and character references are stepped over whole: authors leave them unescaped.
Every pattern is possessive and ends at a line or at its own first sign again, so that any text costs linear time.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

_DOLLARS = r"\$\$(?!\$)(?:[^$\\]|\\.)*+\$\$"
# The rule by which “$5 or $6” is money: a formula touches both its signs and no figure follows.
_DOLLAR = r"\$(?![\s$~=])(?:[^$\\\n]|\\[^\n])*+(?<![\s=~])\$(?!\d)"
_PARENTHESES = r"\\\((?:[^\\\n]|\\[^()\n])*+\\\)|\\\[(?:[^\\\n]|\\[^\[\]\n])*+\\\]"
_MATH = rf"(?P<math>{_DOLLARS}|{_DOLLAR}|{_PARENTHESES})"
_ATTRIBUTE = r"""\s++[A-Za-z][\w:-]*+(?:\s*+\\?=\s*+(?:"[^"<>\n]*+"|'[^'<>\n]*+'|[^\s"'<>={}~]++))?+"""
_TOKEN = re.compile(
    rf"""{_MATH}
    | (?P<escape>\\.)
    | (?P<whole>
        https?\\?:(?:\\?/){{2}}[^\s{{}}~\#\\<>"]*+
        | </?[A-Za-z][A-Za-z0-9]*+(?:{_ATTRIBUTE})*+\s*+/?+>
        | &\#(?:[0-9]{{1,7}}|x[0-9A-Fa-f]{{1,6}});
        | [<>]=
      )
    | (?P<sign>[{{}}=~\#])""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPED = re.compile(rf"{_MATH}|\\(?P<char>.)", re.DOTALL)
_IN_MATH = re.compile(r"\\(?P<char>(?!n[A-Za-z]).)", re.DOTALL)
_MEANT = {char: char for char in ":#={}~\\"} | {"n": "\n"}
_BRACED_ANSWERS = r"\{\s*+(?:[=~\#]|(?:T|F|TRUE|FALSE)\s*+[\}\#])"
BRACED_ANSWERS = re.compile(rf"(?<!\\){_BRACED_ANSWERS}")
_UNESCAPED_IN_MATH = re.compile(r"(?<!\\)[{}=]")


class Sign(NamedTuple):
    """One of `{ } = ~ #` that is not escaped, and where it stands."""

    char: str
    at: int


class Group(NamedTuple):
    """A pair of braces that stands in no other pair: `text[start:end]` holds both."""

    start: int
    end: int


def signs(text: str) -> Iterator[Sign]:
    """The unescaped signs of a text, without those in formulas, addresses and tags."""
    at = 0
    while match := _TOKEN.search(text, at):
        at = match.end()
        if match["sign"]:
            yield Sign(match["sign"], match.start())
        elif match["math"] and BRACED_ANSWERS.search(match["math"]):
            # Two prices around an answer block look like a formula.
            at = match.start() + 1


def groups(text: str) -> tuple[list[Group], int | None]:
    """The outermost pairs of braces, and where the first brace stands that never closes.

    Pairs within an unclosed brace count as outermost.
    """
    stack: list[int] = []
    found: list[Group] = []
    for char, at in signs(text):
        if char == "{":
            stack.append(at)
        elif char == "}" and stack:
            start = stack.pop()
            while found and found[-1].start > start:
                found.pop()
            found.append(Group(start, at + 1))
    return found, (stack[0] if stack else None)


def unescape(text: str) -> str:
    r"""The text that `\: \# \= \{ \} \~ \n \\` stand for; any other backslash is itself."""
    return _ESCAPED.sub(_unescaped, text)


def _unescaped(match: re.Match[str]) -> str:
    math: str | None = match["math"]
    if math is None:
        return _meaning(match)
    # Whoever wrote bare braces into a formula escaped nothing in it: \\ is a line break of LaTeX there.
    if _UNESCAPED_IN_MATH.search(math):
        return math
    # And \neq is a sign, not a line break.
    return _IN_MATH.sub(_meaning, math)


def _meaning(match: re.Match[str]) -> str:
    return _MEANT.get(match["char"], match.group())
