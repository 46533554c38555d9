"""Texts with marks (formats/marks.py) as Markdown that shows just that: paragraphs, lists, tables and blocks of code.

game/markup.py is who reads it. Nothing that was written as a sign of its own begins a list or a table here.
"""

import re
from collections.abc import Callable, Iterator

from formats import marks
from formats.formulas import on_one_line
from formats.markdown_spans import crowded, inline

_ITEM = re.compile(f"({marks.DEEPER}*)([{marks.BULLET}{marks.NUMBER}])")
_PRE = re.compile(f"{marks.PRE}([^{marks.PRE_END}]*){marks.PRE_END}")
# What would begin a list, a quotation or a block of code there; and below a row with bars, a table.
_BEGINS_BLOCK = re.compile(r"(?:\d{1,9}(?=[.)](?:\s|$))|(?=[-+*](?:\s|$)|>|~~~|(?=[:|\s]*-)[-\s]*[:|][-:|\s]*$))")
_SPANS = marks.SPANS | {marks.CODE: marks.CODE_END}
_STARTS = {end: start for start, end in _SPANS.items()}
_AT_START = f"{marks.DEEPER}{marks.BULLET}{marks.NUMBER}{marks.ROW}"
_BREAK = f"[\n{marks.CELL}]"
_SIGNS = re.compile(f"([{''.join([*_SPANS, *_STARTS])}]|{_BREAK})(?:(?<={_BREAK})[{_AT_START}]*)?")
_INDENT = "    "

Blocks = Iterator[tuple[str, list[str]]]
Spans = Callable[[str], str]
"""A piece of a line as Markdown."""


def in_line(text: str, has_formulas: bool) -> str:
    """What stands on a button: no blocks."""
    text = _ITEM.sub("- ", text.replace(marks.LINE_END, " ").replace(marks.CELL, " "))
    return inline(" ".join(text.split()), has_formulas, crowded(text))


def in_blocks(text: str, has_formulas: bool) -> str:
    """With an empty line between blocks."""
    signs = crowded(text)
    text = on_one_line(text) if has_formulas else text

    def spans(piece: str) -> str:
        return inline(piece, has_formulas, signs).strip()

    return "\n\n".join(filter(None, (_WRITERS[kind](lines, spans) for kind, lines in _blocks(_closed(text)))))


def _closed(text: str) -> str:
    """Formatting ends with each line and each cell, and begins anew behind the signs at the start of the next."""
    pieces, at, active = [], 0, dict.fromkeys(_SPANS, False)
    for found in _SIGNS.finditer(text):
        sign = found[1]
        if sign in active:
            active[sign] = True
        elif sign in _STARTS:
            active[_STARTS[sign]] = False
        else:
            now = [start for start, is_active in active.items() if is_active]
            closing = "".join(_SPANS[start] for start in reversed(now))
            pieces += [text[at : found.start()], closing, found.group(), "".join(now)]
            at = found.end()
    return "".join([*pieces, text[at:]])


def _blocks(text: str) -> Blocks:
    """(kind, lines) of each; a block of code has a line of its own, and items may have empty lines between them."""
    kind, lines = "", list[str]()
    for line in _PRE.sub(lambda code: f"\n{code.group()}\n", text).split("\n"):
        found = _kind_of(line)
        if not found and kind in ("list", "table"):
            continue
        if kind and (found != kind or found == "code"):
            yield kind, lines
            lines = []
        kind = found
        if found:
            lines.append(line)
    if kind:
        yield kind, lines


def _kind_of(line: str) -> str:
    said = line.strip()
    if said.startswith(marks.PRE):
        return "code"
    return "" if not said else "list" if _ITEM.match(said) else "table" if said.startswith(marks.ROW) else "text"


def _write_text(lines: list[str], spans: Spans) -> str:
    return "\n".join(filter(None, (_begun(spans(line)) for line in lines)))


def _begun(line: str) -> str:
    """What stands at its beginning begins nothing."""
    found = _BEGINS_BLOCK.match(line)
    return f"{line[: found.end()]}\\{line[found.end() :]}" if found else line


def _write_code(lines: list[str], spans: Spans) -> str:
    found = _PRE.search(lines[0])
    code = found[1].replace(marks.BLANK, " ").replace(marks.LINE_END, "\n").rstrip() if found else ""
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", code)), default=0))
    code = marks.without(code).strip("\n")
    return f"{fence}\n{code}\n{fence}" if code.strip() else ""


def _write_list(lines: list[str], spans: Spans) -> str:
    """Items count from 1 on each level, and with each change of what they begin with."""
    written: list[str] = []
    counts: list[tuple[str, int]] = []
    for line in lines:
        found = _ITEM.match(line.strip())
        text = _write_text([line.strip()[found.end() :]], spans) if found else ""
        if not found or not text:
            continue
        depth = min(len(found[1]), len(counts))
        before = counts[depth] if depth < len(counts) else ("", 0)
        counts = [*counts[:depth], (found[2], 1 + (before[1] if before[0] == found[2] else 0))]
        begin = "-" if found[2] == marks.BULLET else f"{counts[-1][1]}."
        written.append(f"{_INDENT * depth}{begin} {text}")
    return "\n".join(written)


def _write_table(lines: list[str], spans: Spans) -> str:
    """The first row is the head; what has a single row or column is no table but a way to lay a page out."""
    rows = [[spans(cell) for cell in line.strip()[1:].split(marks.CELL)] for line in lines]
    rows = [row for row in rows if any(row)]
    width = max(map(len, rows), default=0)
    if len(rows) < 2 or width < 2:
        return "\n\n".join(_write_text([" ".join(filter(None, row))], str) for row in rows)
    head, *body = ([cell.replace("|", r"\|") for cell in row] + [""] * (width - len(row)) for row in rows)
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ["---"] * width, *body))


_WRITERS: dict[str, Callable[[list[str], Spans], str]] = {
    "text": _write_text,
    "code": _write_code,
    "list": _write_list,
    "table": _write_table,
}
