"""Moodle GIFT: text files of questions. Reads what teachers really write; see docs/formats.md for the rules.

gift_split cuts the file into questions, gift_scan finds their signs, gift_answers reads the key.
"""

import re
from dataclasses import replace

from formats.gift_answers import is_cloze, is_true_false, read_answers
from formats.gift_draft import GiftDraft
from formats.gift_gaps import read_blocks, read_cloze
from formats.gift_scan import BRACED_ANSWERS, Group, groups
from formats.gift_split import Block, split
from formats.intermediate import MAX_QUESTIONS_IN_FILE, FormatError, Issue, Parsed, Skip
from formats.source import Source
from formats.text import title_from_filename

MAX_CHARACTERS = 3_000_000
MAX_BRACES = 200_000
"""Far more than the questions that may be in a file; beyond both, a text is no quiz and only takes time."""

LONGEST_QUESTION = 50_000
MOST_SIGNS = 5_000
"""What is longer or holds more signs cannot be played: a question may have 15,000 characters in all."""

_TRACES = re.compile(
    r"^::[^\n]*?::|^[ \t]*+\[(?:html|moodle|plain|markdown)\]|^\$CATEGORY:|(?<!\\)\{\s*+\d*+:[A-Z_]{2,20}:",
    re.MULTILINE,
)
# With these nothing else begins.
_BEGINNING = re.compile(r"\s*+(?:\$CATEGORY:[^\n]*+\n\s*+)?// question: \d")
_EMPTY_BRACES_AT_END = re.compile(r"(?<!\\)\{\s*+\}[ \t]*+$", re.MULTILINE)
_TITLE = re.compile(r"\s*+::((?:[^\\\n]|\\.)*?)::")
_AUTOMATIC_TITLE = re.compile(r"(?:q|question|frage|pregunta|domanda|p|nr|no)?[ .:_#-]*\d[\d .:_-]*", re.IGNORECASE)
_STRAY_TAIL = re.compile(r"""[\s";,'`}]*+""")
_FULL_STOP = re.compile(r"\s*+[.!?…]\s*+")
_LATEX_BEFORE = re.compile(r"(?:\\[A-Za-z]+|[A-Za-z0-9)}][\^_]|\})\Z")
_MARKED_LINE = re.compile(r"^[ \t]*+[=~]", re.MULTILINE)


def detect(source: Source) -> float:
    """0 to 1: how sure it is that these bytes are GIFT."""
    text = source.text()[:MAX_CHARACTERS]
    if text.lstrip().startswith("<?xml"):
        return 0.0
    if text.lstrip()[:1] in ("<", "{") and not BRACED_ANSWERS.search(text):
        return 0.0
    if _BEGINNING.match(text):
        # In its questions there may be anything, such as boxes of Markdown.
        return 0.95
    if BRACED_ANSWERS.search(text):
        return 0.8
    if _TRACES.search(text):
        return 0.7
    if source.has_extension(".gift"):
        return 0.6
    return 0.3 if _EMPTY_BRACES_AT_END.search(text) else 0.0


def parse(source: Source) -> list[Parsed]:
    """The one quiz of a GIFT file. Raises FormatError when there is no GIFT in it."""
    decoded = source.decoded()
    if len(decoded.text) > MAX_CHARACTERS:
        millions = MAX_CHARACTERS // 1_000_000
        raise FormatError(f"This text is longer than {millions} million characters, too long for a GIFT quiz.")
    if decoded.text.count("{") > MAX_BRACES:
        raise FormatError("This text has far more braces than a GIFT quiz has.")
    text = source.text()
    traces = any(pattern.search(text) for pattern in (BRACED_ANSWERS, _TRACES, _EMPTY_BRACES_AT_END))
    if not traces and not ("{" in text and source.has_extension(".gift")):
        raise FormatError("There are no GIFT questions in this text: none has its answers in braces, like {=yes ~no}.")
    parsed = Parsed(title_from_filename(source.filename), issues=list(decoded.issues))
    categories: dict[str, None] = {}
    slide: Block | None = None
    for count, block in enumerate(split(text)):
        if count > MAX_QUESTIONS_IN_FILE:
            raise FormatError(f"The file holds more than {MAX_QUESTIONS_IN_FILE} questions; please divide it.")
        if block.category is None:
            if slide and block.text.startswith("{") and block.text.endswith("}"):
                # A blank line between a question and its answers: what looked like a slide was the question.
                parsed.questions.pop()
                block = replace(slide, text=f"{slide.text}\n{block.text}")
            slide = block if _read_block(block, parsed) == "info" else None
        elif block.category not in categories:
            categories[block.category] = None
            _name(parsed, block, categories)
    if not parsed.found:
        raise FormatError("There are no questions in this GIFT file.")
    return [parsed]


def read_back(text: str) -> Parsed:
    """A text of ours as others will read it; nothing at all where they refuse it."""
    try:
        return parse(Source(text.encode(), ""))[0]
    except FormatError:
        return Parsed("")


def _name(parsed: Parsed, block: Block, categories: dict[str, None]) -> None:
    """The category names the quiz when all questions are in it."""
    if len(categories) == 1 and not parsed.found and (title := _category_title(block.category or "")):
        parsed.title = title
    if len(categories) == 2:
        message = "The file has several categories; their questions are in one quiz, in the order of the file."
        parsed.issues.append(Issue("warning", f"line {block.line}", "categories_joined", message))


def _category_title(path: str) -> str:
    """`$course$/top/Default for Unit 1` gives `Unit 1`; a slash within a name is written twice."""
    last = path.replace("//", "\0").split("/")[-1].replace("\0", "/").strip()
    last = re.sub(r"^Default for ", "", last)
    return "" if last.lower() in ("top", "$course$", "") else last[:200]


def _read_block(block: Block, parsed: Parsed) -> str:
    """Add the question or the reason why there is none; the kind, "" when there is none."""
    where = f"line {block.line}"
    draft = GiftDraft()
    if block.is_glued:
        draft.warn("blank_line_missing", "There is no blank line before this question.")
    try:
        _read_question(block.text, draft)
    except Skip as skip:
        parsed.skip(where, skip.code, str(skip))
        return ""
    if block.time_limit_s is not None:
        draft.fields["time_limit_s"] = max(1, min(3600, block.time_limit_s))
    parsed.questions.append({**draft.finish(), "_where": where})
    parsed.issues.extend(Issue("warning", where, code, message) for code, message in draft.warnings)
    return str(draft.fields["kind"])


def _read_question(text: str, draft: GiftDraft) -> None:
    if len(text) > LONGEST_QUESTION or sum(text.count(char) for char in "{}=~#$<&\\") > MOST_SIGNS:
        raise Skip("too_long", "This is too long to be a question.")
    title = ""
    if match := _TITLE.match(text):
        title = draft.short_text(match[1])
        text = text[match.end() :]
    group = None
    found, unclosed = groups(text)
    blocks = [one for one in found if BRACED_ANSWERS.match(text, one.start) and not _is_latex(text, one)]
    if any(is_cloze(text, one.start + 1) for one in found):
        read_cloze(text, draft)
    elif len(blocks) > 1 and unclosed is None:
        read_blocks(text, blocks, draft)
    elif (group := _answer_group(text, found, unclosed, draft)) is None:
        draft.fields.update(kind="info", prompt=draft.stem(text))
    else:
        draft.fields.update(kind="", prompt=draft.stem(_with_gap(text, group, draft)))
        read_answers(text[group.start + 1 : group.end - 1], draft)
    _place_title(title, draft)


def _place_title(title: str, draft: GiftDraft) -> None:
    """A title that says something of its own is kept for the teacher."""
    prompt = draft.fields["prompt"]
    if not prompt and title:
        draft.warn("title_as_prompt", "The question has a title but no text; the title is asked.")
        draft.fields["prompt"] = title
    elif not prompt:
        raise Skip("no_text", "This question has no text.")
    elif not _AUTOMATIC_TITLE.fullmatch(title) and not _begins_like(prompt, title):
        draft.notes.insert(0, title)


def _begins_like(prompt: str, title: str) -> bool:
    """Moodle names a question by its first words, sometimes cut off with dots."""
    short = " ".join(title.rstrip(".… ").lower().split())
    return " ".join(prompt[: 2 * len(title) + 20].lower().split()).startswith(short)


def _with_gap(text: str, group: Group, draft: GiftDraft) -> str:
    """The stem; any words after the answers make a gap in the sentence, as in Moodle."""
    before, tail = text[: group.start], text[group.end :]
    if not tail.strip():
        return before
    if _STRAY_TAIL.fullmatch(tail):
        draft.warn("stray_signs", f"“{tail.strip()[:20]}” after the answers was left out.")
        return before
    if is_true_false(text[group.start + 1 : group.end - 1]) and _FULL_STOP.fullmatch(tail):
        # A statement has no gap; its full stop only came late.
        return before if before.rstrip()[-1:] in (".", "?", "!") else before.rstrip() + tail.strip()
    # Line breaks around the braces are layout, not part of the sentence.
    left = before.rstrip() + " " if before[-1:].isspace() and before.strip() else before
    right = " " + tail.lstrip() if tail[:1].isspace() else tail
    return f"{left}_____{right}"


def _answer_group(text: str, found: list[Group], unclosed: int | None, draft: GiftDraft) -> Group | None:
    """The braces that hold the answers; None for a text without answers. Raises Skip."""
    if unclosed is not None and (BRACED_ANSWERS.match(text, unclosed) or not found):
        raise Skip("brace_not_closed", "The brace { around the answers is never closed.")
    for candidates in _ranked(text, found):
        if len(candidates) > 1:
            raise Skip("several_answer_blocks", "This question has several blocks of answers in braces.")
        if candidates:
            if len(found) > 1 or unclosed is not None:
                message = "The text has braces that are not escaped; please check that nothing is missing."
                draft.warn("braces_not_escaped", message)
            return candidates[0]
    if "}" in text.replace("\\}", "") and not found:
        raise Skip("brace_not_opened", "The brace } after the answers is never opened.")
    if len(_MARKED_LINE.findall(text)) > 1:
        raise Skip("no_braces", "The answers are not in braces { }.")
    return None


def _ranked(text: str, found: list[Group]) -> tuple[list[Group], ...]:
    """Candidates for the answers, the surest first; braces that belong to a formula are none."""
    sure: list[Group] = []
    likely: list[Group] = []
    possible: list[Group] = []
    for group in found:
        body = text[group.start + 1 : group.end - 1]
        if _is_latex(text, group):
            continue
        if BRACED_ANSWERS.match(text, group.start):
            sure.append(group)
        elif not body.strip() or is_true_false(body):
            likely.append(group)
        else:
            possible.append(group)
    return sure, likely, possible


def _is_latex(text: str, group: Group) -> bool:
    """The argument of a command, an index or a second argument. Answers begin with a sign that LaTeX has not."""
    if text[group.start + 1 : group.start + 2] in ("=", "~", "#"):
        return False
    return bool(_LATEX_BEFORE.search(text[max(0, group.start - 30) : group.start]))
