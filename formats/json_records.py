"""Any JSON list of questions and answers, as programs write them: what is what, the names of the fields say.

A question with its answer is typed; with answers to choose from, it is a choice, whether the right one is given by its
text, its letter, its number, or by a mark of its own.
"""

import re
from typing import Any

from formats.intermediate import MAX_QUESTIONS_IN_FILE, FormatError, Parsed, Skip
from formats.json_text import Record, find_lists
from formats.mixing import mixed
from formats.sheet import Row, clean
from formats.sheet_columns import Columns, fold, role_of
from formats.sheet_question import RowDraft
from formats.source import Source
from formats.text import title_from_filename

_LOOKED_AT = 50
_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_SHORT = {"q": "question", "a": "answer", "text": "question"}
# Roles in the order in which a bare answer is looked for.
_ANSWERS = ("correct", "bare", "options", "wrong")
_TEXTS = ("text", "value", "answer", "option", "label", "content", "name", "en")
_FLAGS = ("correct", "is correct", "iscorrect", "right", "is right", "true")


def detect(source: Source) -> float:
    """0 to 1: how sure it is. Quizhall's own JSON is that format's, and so is what is nearly so."""
    if source.data[:200].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")[:1] not in (b"{", b"["):
        return 0.0
    entries = [entry for _, found in find_lists(source.json()) for entry in found[:_LOOKED_AT]]
    looked_at = [entry for entry in entries[:_LOOKED_AT] if isinstance(entry, dict)]
    fit = sum(_fits(entry) for entry in looked_at)
    return 0.92 if fit and 2 * fit >= len(entries) else 0.0


def parse(source: Source) -> list[Parsed]:
    """A quiz for each list in the file. Raises FormatError when it holds none."""
    document = source.json()
    lists = [(name, entries) for name, entries in find_lists(document) if entries]
    if not lists:
        raise FormatError("This is JSON, but there is no list of questions in it.")
    everything = [entry for _, entries in lists for entry in entries]
    if len(everything) > MAX_QUESTIONS_IN_FILE:
        raise FormatError(f"The file holds more than {MAX_QUESTIONS_IN_FILE} questions; please divide it.")
    said = document.get("title") or document.get("name") if isinstance(document, dict) else None
    title = _text(said)[:200] or title_from_filename(source.filename)
    is_from_0 = _count_from_0([entry for entry in everything if isinstance(entry, dict)])
    quizzes = []
    for name, entries in lists:
        parsed = Parsed(f"{title}: {name}"[:200] if len(lists) > 1 else title)
        for index, entry in enumerate(entries):
            _keep(parsed, f"{name}[{index}]", entry, is_from_0)
        quizzes.append(parsed)
    quizzes[0].issues.extend(source.decoded().issues)
    return quizzes


def _keep(parsed: Parsed, where: str, entry: Any, is_from_0: bool) -> None:
    try:
        draft = _read(entry, is_from_0)
    except Skip as skip:
        parsed.skip(where, skip.code, str(skip))
    else:
        draft.keep(parsed, where)


def _fits(entry: Record) -> bool:
    roles = _roles(entry)
    return "question" in roles and any(role in roles for role in (*_ANSWERS, "answer 1")) and "prompt" not in entry


def _roles(entry: Record) -> dict[str, Any]:
    """Values by what they are: question, correct, bare, options, wrong, why, time, image, and answer 1 to answer n."""
    roles: dict[str, Any] = {}
    # A and B are answers of a list; Q and A are a question and its answer.
    has_letters = "b" in entry or "B" in entry
    for name, value in entry.items():
        heading = fold(_CAPITAL.sub(" ", str(name)[:60]))
        role, number = role_of(heading if has_letters else _SHORT.get(heading, heading))
        roles.setdefault(f"answer {number}" if role == "answer" else role, value)
    return roles


def _count_from_0(entries: list[Record]) -> bool:
    """Whether numbers of answers are counted from 0, as programs do; people count from 1."""
    numbers, last = set(), False
    for entry in entries:
        roles = _roles(entry)
        right, options = _given_right(roles), _options(roles)[0]
        if isinstance(right, int) and not isinstance(right, bool) and options and str(right) not in options:
            numbers.add(right)
            last = last or right == len(options)
    return bool(numbers) and (0 in numbers or not last)


def _given_right(roles: dict[str, Any]) -> Any:
    bare = roles.get("bare")
    return roles.get("correct", None if isinstance(bare, list | dict) and "options" not in roles else bare)


def _options(roles: dict[str, Any]) -> tuple[list[str], set[int]]:
    """(texts of the answers to choose from, indexes of those that are marked as right)."""
    given = roles.get("options", roles.get("bare"))
    if isinstance(given, dict):
        given = list(given.values())
    if not isinstance(given, list):
        numbered = sorted(int(role.removeprefix("answer ")) for role in roles if role.startswith("answer "))
        given = [roles[f"answer {number}"] for number in numbered]
    texts = [(_text(answer), _is_marked(answer)) for answer in given]
    kept = [(text, is_right) for text, is_right in texts if text]
    return [text for text, _ in kept], {index for index, (_, is_right) in enumerate(kept) if is_right}


def _is_marked(answer: Any) -> bool:
    if not isinstance(answer, dict):
        return False
    flags = {fold(_CAPITAL.sub(" ", str(name)[:60])): value for name, value in answer.items()}
    return any(flags.get(name) is True or flags.get(name) in (1, "true", "1") for name in _FLAGS)


def _text(value: Any) -> str:
    """What a value says as text; of an object, the text in it."""
    if isinstance(value, dict):
        value = next((value[name] for name in _TEXTS if name in value), "")
    if isinstance(value, bool | int | float):
        return str(value)
    return clean(value) if isinstance(value, str) else ""


def _read(entry: Any, is_from_0: bool) -> RowDraft:
    """Raises Skip."""
    if not isinstance(entry, dict):
        raise Skip("not_a_question", "This is not an object, so it is no question.")
    roles = _roles(entry)
    cells = (_text(roles.get("question")), _text(roles.get("time")), _text(roles.get("why")), _text(roles.get("image")))
    draft = RowDraft(Row(0, cells), Columns(Row(0, ()), 0, time=1, why=2, image=3))
    draft.need_prompt()
    right = _given_right(roles)
    options, marked = _options(roles)
    if "wrong" in roles and right is not None:
        wrong = roles["wrong"] if isinstance(roles["wrong"], list) else [roles["wrong"]]
        options, at = mixed(_text(right), [text for answer in wrong if (text := _text(answer))], cells[0])
        draft.read_choices(options, str(at + 1))
    elif options:
        draft.read_choices(options, _key(right, options, is_from_0) or ",".join(str(at + 1) for at in sorted(marked)))
    elif isinstance(right, bool) or fold(_text(right)) in ("true", "false"):
        draft.read_choices(["True", "False"], "1" if fold(_text(right)) == "true" else "2")
    else:
        draft.read_texts([_text(answer) for answer in (right if isinstance(right, list) else [right])])
    draft.read_time()
    draft.read_rest()
    return draft


def _key(right: Any, options: list[str], is_from_0: bool) -> str:
    """The right ones as a list of numbers counted from 1, or as they stand there."""
    several = right if isinstance(right, list) else [right]
    numbers = []
    for one in several:
        text = _text(one)
        if text in options:
            numbers.append(options.index(text) + 1)
        elif isinstance(one, int) and not isinstance(one, bool):
            numbers.append(one + is_from_0)
        else:
            return ", ".join(_text(one) for one in several)
    return ",".join(map(str, numbers))
