"""Our Markdown as the HTML of other programs, and as plain text for those that have no HTML.

It is read as game/markup.py reads it (a test compares the two); formulas are written as each program takes them.
"""

import html
from collections.abc import Callable
from functools import cache
from typing import Any
from urllib.parse import quote

from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin

from formats import marks, markup
from formats.draft import tidy_lines
from formats.xml_writing import clean

Formula = Callable[[str, bool], str]
"""LaTeX, and whether it stands by itself, as HTML."""
_RULES = ["emphasis", "strikethrough", "backticks", "escape", "newline", "list", "fence", "blockquote", "table"]


def is_formatted(question: dict[str, Any]) -> bool:
    """Whether its texts are Markdown; nothing in a text with gaps is shown formatted."""
    return question.get("markup") == "markdown" and question["kind"] != "blanks"


def in_brackets(latex: str, is_block: bool) -> str:
    r"""`\(x\)`, as MathJax finds it in Moodle."""
    begin, end = (r"\[", r"\]") if is_block else (r"\(", r"\)")
    return f"{begin}{html.escape(latex, quote=False)}{end}"


def as_equation(latex: str, is_block: bool) -> str:
    """A picture that Canvas draws, and that says what it shows."""
    said, address = html.escape(latex), quote(quote(latex, safe=""), safe="")
    told = f'alt="LaTeX: {said}" data-equation-content="{said}"'
    return f'<img class="equation_image" src="/equation_images/{address}" {told}>'


def block_html(text: str, formula: Formula = in_brackets) -> str:
    """Paragraphs, lists and tables."""
    rendered: str = _reader(formula).render(clean(text))
    return rendered.strip()


def line_html(text: str, formula: Formula = in_brackets) -> str:
    rendered: str = _reader(formula).renderInline(" ".join(clean(text).split()))
    return rendered


def unformatted(question: dict[str, Any]) -> dict[str, Any]:
    """The question with its texts as they read; `markup` stays, so that what got lost can be told."""
    if not is_formatted(question):
        return question
    texts = {name: _plain(block_html(question[name])) for name in ("prompt", "explanation") if question.get(name)}
    changed = question | texts
    for name in ("choices", "items", "categories", "pairs", "distractors"):
        if question.get(name):
            changed[name] = [_plain_entry(entry) for entry in question[name]]
    return changed


def _plain_entry(entry: Any) -> Any:
    if isinstance(entry, str):
        return _plain(line_html(entry))
    texts = {name: _plain(line_html(entry[name])) for name in ("text", "left", "right") if name in entry}
    return {**entry, **texts}


def _plain(source: str) -> str:
    return marks.bare(tidy_lines(markup.from_html(source, [])))


@cache
def _reader(formula: Formula) -> MarkdownIt:
    def render(latex: str, options: dict[str, Any]) -> str:
        return formula(latex.strip(), bool(options["display_mode"]))

    reader = MarkdownIt("zero", {"html": False, "breaks": True, "xhtmlOut": False}).enable(_RULES)
    return reader.use(dollarmath_plugin, allow_space=False, allow_digits=False, double_inline=True, renderer=render)
