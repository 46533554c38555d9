"""Markdown and formulas as safe HTML: what a question with `markup: markdown` looks like. Pure.

Nothing of an author's own HTML survives; formulas between dollars become MathML, which browsers draw by themselves.
"""

import html
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import math_core
import nh3
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin

# Each distinct text is worked out once, not for each phone and each page.
KEPT = 4096

_MATH_TAGS = (
    "math mrow mi mn mo ms mtext mspace mfrac msqrt mroot msub msup msubsup munder mover munderover mmultiscripts"
    " mprescripts mtable mtr mtd mstyle mpadded mphantom merror menclose"
)
_INLINE_TAGS = "strong em s code sub sup br"
_BLOCK_TAGS = "p pre ul ol li blockquote table thead tbody tr th td"
_TAGS = set(f"{_MATH_TAGS} {_INLINE_TAGS} {_BLOCK_TAGS}".split())
_ATTRIBUTES = {
    "math": {"display"},
    "mi": {"mathvariant"},
    "mo": {
        "form",
        "fence",
        "separator",
        "stretchy",
        "symmetric",
        "largeop",
        "movablelimits",
        "lspace",
        "rspace",
        "minsize",
        "maxsize",
    },
    "mspace": {"width"},
    "mpadded": {"width", "height", "depth", "lspace", "voffset"},
    "mfrac": {"linethickness", "displaystyle", "scriptlevel"},
    "mover": {"accent"},
    "munder": {"accentunder"},
    "munderover": {"accent", "accentunder"},
    "mstyle": {"displaystyle", "scriptlevel"},
    "mtable": {"displaystyle", "scriptlevel"},
    "mtd": {"columnspan", "rowspan"},
    "menclose": {"notation"},
    "ol": {"start"},
}
# Pages show line ends of plain questions as they are; beside tags they mean nothing.
_BESIDE_TAGS = re.compile(r"(<br>|</?(?:p|pre|ul|ol|li|blockquote|table|thead|tbody|tr|th|td)(?: [^>]*)?>|</math>)\n+")
_BEFORE_TAGS = re.compile(r"\n+(?=<(?:p|pre|ul|ol|blockquote|table|math)\b)")
_formulas = math_core.LatexToMathML()


def _formula(latex: str, options: dict[str, Any]) -> str:
    """MathML; what is no LaTeX stays readable as it was written."""
    try:
        return _formulas.convert_with_local_state(latex, displaystyle=bool(options["display_mode"]))
    except math_core.LatexError:
        return f"<code>{html.escape(latex)}</code>"


def _reader() -> MarkdownIt:
    # "zero" knows nothing that is not named here: no links, no images, no headings, no HTML.
    reader = MarkdownIt("zero", {"html": False, "breaks": True})
    reader.enable(
        ["emphasis", "strikethrough", "backticks", "escape", "newline", "list", "fence", "blockquote", "table"]
    )
    return reader.use(dollarmath_plugin, allow_space=False, allow_digits=False, double_inline=True, renderer=_formula)


_markdown = _reader()


def _kept(render: Callable[[str], str]) -> Callable[[str], str]:
    @lru_cache(KEPT)
    def to_html(source: str) -> str:
        clean = nh3.clean(render(source), tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=set(), link_rel=None)
        return _BEFORE_TAGS.sub("", _BESIDE_TAGS.sub(r"\1", clean)).strip()

    return to_html


def _blocks(source: str) -> str:
    tokens = _markdown.parse(source)
    # One paragraph, as most questions are, goes into whatever stands around it.
    is_one = [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    return str(_markdown.renderInline(source.strip()) if is_one else _markdown.render(source))


in_blocks = _kept(_blocks)
"""Paragraphs, lists and tables; one paragraph alone has no tag of its own."""
in_line = _kept(lambda source: _markdown.renderInline(" ".join(source.split())))
"""What stands on a button: one line."""


def add_html(view: dict[str, Any]) -> None:
    """To a question as participants get it: `prompt_html`, and `html` beside each text of its lists."""
    if view.get("prompt"):
        view["prompt_html"] = in_blocks(view["prompt"])
    for name, entries in view.items():
        if isinstance(entries, list):
            view[name] = [_with_html(entry) for entry in entries]


def _with_html(entry: Any) -> Any:
    if isinstance(entry, dict) and isinstance(entry.get("text"), str):
        return entry | {"html": in_line(entry["text"])}
    return entry
