"""text2qti's dialect of Markdown: `1.` asks, `*a)` is right, `[*]` too, `=` is a number, `*` a text, `...` feedback.

Its program blocks, whose output would be questions, are never run.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from formats.intermediate import Parsed, Skip

_SURE = re.compile(r"^\*[a-zA-Z]\)[ \t]+\S|^\[\*\][ \t]+\S|^quiz title:", re.MULTILINE | re.IGNORECASE)
_STEM = re.compile(r"^\d{1,5}\.[ \t]+\S", re.MULTILINE)
_LINES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("stem", re.compile(r"\d{1,5}\.[ \t]+(.*)")),
    ("right", re.compile(r"\*[a-zA-Z]\)[ \t]+(.*)|\[\*\][ \t]+(.*)")),
    ("wrong", re.compile(r"[a-zA-Z]\)[ \t]+(.*)|\[ \][ \t]+(.*)")),
    ("number", re.compile(r"=[ \t]+(.*)")),
    ("text", re.compile(r"\*[ \t]+(.*)")),
    ("essay", re.compile(r"_{3,}\s*()")),
    ("upload", re.compile(r"\^{3,}\s*()")),
    ("feedback", re.compile(r"\.\.\.[ \t]+(.*)")),
    ("why", re.compile(r"[+!-][ \t]+(.*)")),
    ("quiz_title", re.compile(r"quiz title:\s*(.*)", re.IGNORECASE)),
    ("quiz_about", re.compile(r"quiz description:\s*(.*)", re.IGNORECASE)),
    ("slide", re.compile(r"text:\s*(.*)", re.IGNORECASE)),
    # What only Canvas has a use for.
    ("setting", re.compile(r"(?:[a-z][a-z ]{2,40}:|GROUP\b|END_GROUP\b|%)()(?:.*)", re.IGNORECASE)),
)
_FENCE = re.compile(r"(`{3,}|~{3,})(.*)")
_VALUE = re.compile(r"(-?[\d.]{1,40}(?:[eE][-+]?\d{1,3})?)(?:\s*\+-\s*([\d.]{1,40}(?:[eE][-+]?\d{1,3})?)(%?))?")
_RANGE = re.compile(r"\[\s*(-?[\d.eE+-]{1,44})\s*,\s*(-?[\d.eE+-]{1,44})\s*\]")
_EXECUTABLE = "This question is the result of a program, and Quizhall runs none."


@dataclass(slots=True)
class _Draft:
    """`parts` are (what it is, its text) in the order of the file; the first one asks."""

    line: int
    parts: list[list[str]] = field(default_factory=list)

    def texts(self, *names: str) -> list[str]:
        return [text.strip() for name, text in self.parts if name in names]


def is_likely(text: str) -> bool:
    return bool(_SURE.search(text) and _STEM.search(text))


def read(text: str, parsed: Parsed) -> None:
    """Into the quiz: each numbered question and each text region, or the reason why not."""
    for draft in _drafts(text, parsed):
        where = f"line {draft.line}"
        try:
            parsed.questions.append({**_question(draft), "_where": where})
        except Skip as skip:
            parsed.skip(where, skip.code, str(skip))


def _drafts(text: str, parsed: Parsed) -> list[_Draft]:
    drafts: list[_Draft] = []
    # What a line that is indented goes on with.
    last: list[str] | None = None
    fence = ""
    for number, line in enumerate(text.split("\n"), start=1):
        opened = _FENCE.match(line)
        if fence:
            if line.startswith(fence):
                fence = ""
        elif opened:
            fence = opened[1]
            if ".run" in opened[2]:
                drafts.append(_Draft(number, [["program", ""]]))
        elif not line.strip() or line[0] in " \t":
            if last is not None and (line.strip() or last[1]):
                last[1] += f"\n{line.strip()}"
        else:
            last = _take(line, number, drafts, parsed)
    return drafts


def _take(line: str, number: int, drafts: list[_Draft], parsed: Parsed) -> list[str] | None:
    name, text = _kind_of(line)
    if name == "quiz_title":
        parsed.title = text[:200] or parsed.title
    elif name == "quiz_about":
        parsed.description = text
    elif name in ("stem", "slide") or (name != "setting" and not drafts):
        drafts.append(_Draft(number, [[name, text]]))
        return drafts[-1].parts[0]
    elif name != "setting":
        drafts[-1].parts.append([name, text])
        return drafts[-1].parts[-1]
    return None


def _kind_of(line: str) -> tuple[str, str]:
    for name, pattern in _LINES:
        if match := pattern.fullmatch(line.rstrip()):
            return name, next((found for found in match.groups() if found), "")
    return "unclear", line.strip()


def _question(draft: _Draft) -> dict[str, Any]:
    """Raises Skip."""
    first = draft.parts[0][0]
    if first == "program":
        raise Skip("executable", _EXECUTABLE)
    if first not in ("stem", "slide") or not draft.texts(first)[0]:
        raise Skip("no_text", "There are answers here, but no question before them.")
    if draft.texts("upload"):
        raise Skip("kind_upload", "This is a question answered with a file, which Quizhall does not have.")
    if unclear := draft.texts("unclear"):
        raise Skip("unclear", f"“{unclear[0][:60]}” is nothing that text2qti knows.")
    question: dict[str, Any] = {"prompt": draft.texts(first)[0]} | _key(draft, first)
    if why := _why(draft):
        question["explanation"] = why
    return question


def _key(draft: _Draft, first: str) -> dict[str, Any]:
    if draft.texts("right", "wrong"):
        return _choices(draft)
    if numbers := draft.texts("number"):
        return {"kind": "number", "accepted": [_number(text) for text in numbers]}
    if texts := list(dict.fromkeys(filter(None, draft.texts("text")))):
        return {"kind": "text", "accepted": texts}
    if draft.texts("essay"):
        return {"kind": "open"}
    if first == "slide":
        return {"kind": "info"}
    raise Skip("no_right_answer", "No answer of this question is given as right.")


def _choices(draft: _Draft) -> dict[str, Any]:
    choices: list[dict[str, Any]] = []
    for name, text in draft.parts:
        if name in ("right", "wrong"):
            choices.append({"text": text.strip()} | ({"correct": True} if name == "right" else {}))
        elif name == "feedback" and choices:
            choices[-1]["feedback"] = text.strip()
    right = sum("correct" in choice for choice in choices)
    if not right:
        raise Skip("no_right_answer", "No answer of this question is given as right.")
    if len(choices) < 2:
        raise Skip("too_few_answers", "A choice question needs at least two answers.")
    if [choice["text"].lower() for choice in choices] == ["true", "false"] and right == 1:
        return {"kind": "true_false", "choices": choices}
    return {"kind": "multi" if right > 1 else "single", "choices": choices}


def _why(draft: _Draft) -> str:
    """Feedback of the question as a whole: what stands before its answers."""
    texts = []
    for name, text in draft.parts:
        if name in ("right", "wrong"):
            break
        if name in ("feedback", "why"):
            texts.append(text.strip())
    return "\n".join(filter(None, texts + [text for text in draft.texts("why") if text not in texts]))


def _number(text: str) -> dict[str, float]:
    """Raises Skip."""
    try:
        if found := _RANGE.fullmatch(text):
            low, high = float(found[1]), float(found[2])
            return {"min": min(low, high), "max": max(low, high)}
        if found := _VALUE.fullmatch(text):
            value, margin = _plain(found[1]), float(found[2] or 0)
            margin = abs(value) * margin / 100 if found[3] else margin
            return {"value": value, "tolerance": margin} if margin else {"value": value}
    except ValueError:
        pass
    raise Skip("not_a_number", f"“{text[:40]}” is no number.")


def _plain(text: str) -> float:
    return int(text) if text.lstrip("-").isdecimal() else float(text)
