r"""Formulas in the texts of a question, however a file marks them: `\(x\)`, `\[x\]`, `$$x$$` or `$x$`."""

import re

from formats import marks

# Dollars: a formula touches both its signs, no figure follows, and it has something of LaTeX or is a short
# one that begins with a letter: “$5 and $6” is money.
FORMULA = re.compile(
    r"\\\((?P<inline>.{1,1000}?)\\\)|\\\[(?P<block>.{1,2000}?)\\\]|\$\$(?P<dollars>[^$]{1,2000})\$\$"
    r"|(?<![\\$\w])\$(?![\s$])(?P<single>(?=[^$\n]{0,500}[\\^_{=]|[A-Za-z][\w()+*/<>',|-]{0,30}\$)[^$\n]{1,500})(?<![\s\\])\$(?![\d$])",
    re.DOTALL,
)


def has_formula(text: str) -> bool:
    return any(latex_of(found) for found in FORMULA.finditer(text))


def latex_of(formula: re.Match[str]) -> str:
    """As our Markdown has it, between dollars; "" for one that says nothing."""
    is_block = formula["inline"] is None and formula["single"] is None
    said = formula["inline"] or formula["block"] or formula["dollars"] or formula["single"]
    latex = " ".join(marks.without(said).split())
    return latex and (f"$${latex}$$" if is_block else f"${latex}$")


def on_one_line(text: str) -> str:
    """A formula may go over several lines of its text; as long as they are no items of a list, they are one."""

    def join(found: re.Match[str]) -> str:
        return found.group() if marks.ANY.search(found.group()) else " ".join(found.group().split())

    return FORMULA.sub(join, text)
