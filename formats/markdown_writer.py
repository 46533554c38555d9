"""A quiz as Markdown. A question stands as its author wrote it where that reads back the same; where its text would be
taken for something else, every sign of it is escaped and its heading says so."""

from collections.abc import Callable, Iterator
from typing import Any

from formats.exported import Exported, accepted_of, tell_common
from formats.intermediate import Skip
from formats.markdown_answers import SHAPES, guessed_kind
from formats.markdown_reader import read_document
from formats.markdown_text import (
    ESCAPED,
    FORMATTING,
    MARK,
    NO_ACCENTS,
    NUMBER,
    TITLE,
    Marks,
    escape,
    texts_in,
    write_marks,
)
from formats.sheet_columns import fold
from formats.sheet_question import FALSE_WORDS
from formats.text import normalise

_DEFAULTS: dict[str, Any] = {"time_limit_s": 20, "points": 1000, "match": "ignore_case", "score": "in_range"}
# Of these the reader would make something else by itself.
_SAID = ("poll", "info", "hotspot", "order", "match", "categorize", "scale", "wordcloud", "open")
_CHOICES = ("single", "multi", "true_false", "poll")

Say = Callable[[str], str]


def export(quiz: dict[str, Any]) -> Exported:
    """Quiz JSON to Markdown."""
    exported = Exported(type="text/markdown; charset=utf-8", extension=".md")
    parts = [_front(quiz), _title(quiz)]
    for number, question in enumerate(quiz["questions"], start=1):
        if question["kind"] not in _ANSWERS:
            exported.skip(number, "kind", "Markdown has no questions of this kind.")
            continue
        tell_common(exported, number, question, keeps=("explanation", "notes", "feedback", "time", "points", "markup"))
        if question.get("units") and not _are_writable(question["units"]):
            exported.warn(number, "units_lost", "Its units are not in the file.")
        parts.append(_question(_normal(_without_sound(question))))
    exported.data = ("\n\n".join(filter(None, parts)) + "\n").encode()
    return exported


def _without_sound(question: dict[str, Any]) -> dict[str, Any]:
    media = question.get("media") or {}
    picture = {name: media[name] for name in ("image", "alt") if name in media}
    return question | {"media": picture} if picture else {name: question[name] for name in question if name != "media"}


def _front(quiz: dict[str, Any]) -> str:
    tags = ", ".join(" ".join(tag.split()) for tag in quiz.get("tags") or ())
    return f"---\n{MARK} 1\nlanguage: {quiz.get('language') or 'en'}\n" + (f"tags: {tags}\n" if tags else "") + "---"


def _title(quiz: dict[str, Any]) -> str:
    title, about = " ".join(quiz["title"].split()), normalise(quiz.get("description") or "").strip()
    plain = f"# {title} {{{TITLE}}}\n\n{about}".rstrip()
    document = read_document(f"{plain}\n\n## x {{info}}")
    if (document.title, document.description, len(document.drafts)) == (title, about, 1):
        return plain
    return f"# {escape(title)} {{{TITLE} {ESCAPED}}}\n\n{escape(about)}".rstrip()


def _question(question: dict[str, Any]) -> str:
    """As it stands, if that comes back as the same question."""
    plain = _written(question, str, {})
    if not NUMBER.match(question["prompt"]) and is_same(question, _read(plain)):
        return plain
    return _written(question, escape, {ESCAPED: ""})


def _written(question: dict[str, Any], say: Say, marks: Marks) -> str:
    first, newline, rest = say(question["prompt"]).partition("\n")
    heading = f"## {first}{write_marks(_marks(question) | marks)}{newline}{rest}"
    media = question.get("media")
    image = f"![{escape(media['alt'])}](media/{media['image']})" if media else ""
    answers = "\n".join(_ANSWERS[question["kind"]](question, say))
    why = _quoted(say(question.get("explanation") or ""))
    notes = _quoted(f"[!NOTE]\n{say(question['notes'])}") if question.get("notes") else ""
    return "\n\n".join(filter(None, (heading, image, answers, why, notes)))


def _marks(question: dict[str, Any]) -> Marks:
    kind = question["kind"]
    marks = {"kind": kind} if kind in _SAID or _is_told(question) else {}
    if (limit := question.get("time_limit_s", 20)) != 20:
        marks["time"] = "none" if limit is None else repr(limit)
    if question.get("points", 1000) != 1000:
        marks["points"] = str(question["points"])
    if question.get("match", "ignore_case") != "ignore_case":
        marks["compare"] = question["match"]
    if question.get("score", "in_range") != "in_range":
        marks["score"] = question["score"]
    is_formatted, looks_so = question.get("markup") == "markdown", any(map(FORMATTING.search, texts_in(question)))
    if is_formatted != looks_so:
        marks["markup"] = "markdown" if is_formatted else "plain"
    if question.get("ignore_accents"):
        marks[NO_ACCENTS] = ""
    if _are_writable(question.get("units")):
        marks["units"] = "|".join(question["units"])
    named = {"min": "min", "max": "max", "words": "words_most"}
    return marks | {mark: str(question[name]) for mark, name in named.items() if name in question}


def _are_writable(units: list[str] | None) -> bool:
    return bool(units) and not any(set(unit) & set(" \t\n|{}") for unit in units or ())


def _is_told(question: dict[str, Any]) -> bool:
    """Whether its answers alone might make another kind of it."""
    kind = question["kind"]
    if kind in _CHOICES:
        choices = question["choices"]
        guessed = guessed_kind(choices, sum(bool(choice.get("correct")) for choice in choices), False)
        return guessed != kind or fold(choices[0]["text"]) in FALSE_WORDS
    # A typed answer may look like a number.
    return kind == "text" and any(entry["text"][:1] in "+-.[0123456789−" for entry in accepted_of(question))


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n")) if text else ""


def _weight(entry: dict[str, Any], usual: float | None) -> str:
    weight = entry.get("weight", usual)
    return "" if weight == usual else f" {{weight={weight!r}}}"


def _choices(question: dict[str, Any], say: Say) -> Iterator[str]:
    for choice in question["choices"]:
        first, *rest = say(choice["text"]).split("\n")
        yield f"- [{'x' if choice.get('correct') else ' '}] {first}{_weight(choice, None)}"
        yield from (f"  {line}" for line in rest)
        if choice.get("feedback"):
            yield from (f"  {line}" for line in _quoted(say(choice["feedback"])).split("\n"))


def _accepted(question: dict[str, Any], say: Say) -> Iterator[str]:
    for entry in accepted_of(question):
        if "text" in entry:
            text = say(entry["text"])
        elif "min" in entry:
            text = f"{entry['min']!r} .. {entry['max']!r}"
        else:
            text = repr(entry["value"]) + (f" +- {entry['tolerance']!r}" if entry.get("tolerance") else "")
        yield f"= {text}{_weight(entry, 1)}"


def _areas(question: dict[str, Any], say: Say) -> Iterator[str]:
    for area in question["areas"]:
        corners = [number for corner in area.get("points", ()) for number in corner]
        numbers = corners or [area[name] for name in SHAPES[area["shape"]]]
        where = f" {{{area['shape']}={','.join(map(repr, numbers))}}}"
        yield f"- [{'x' if area.get('correct') else ' '}] {say(area['label'])}{where}"


def _order(question: dict[str, Any], say: Say) -> Iterator[str]:
    for number, item in enumerate(question["items"], start=1):
        yield f"{number}. {say(item)}"


def _match(question: dict[str, Any], say: Say) -> Iterator[str]:
    for pair in question["pairs"]:
        yield f"- {say(pair['left'])} -> {say(pair['right'])}"
    for text in question.get("distractors") or ():
        yield f"- -> {say(text)}"


def _categorize(question: dict[str, Any], say: Say) -> Iterator[str]:
    """The categories first, so that they keep their order; then each as often as its items take turns."""
    categories = [say(text) for text in question["categories"]]
    yield from (f"- {text}" for text in categories)
    before = None
    for item in question["items"]:
        if item["category"] != before:
            before = item["category"]
            yield f"- {categories[before]}"
        yield f"  - {say(item['text'])}"


def _blanks(question: dict[str, Any], say: Say) -> Iterator[str]:
    for number, blank in enumerate(question["blanks"], start=1):
        for entry in accepted_of(blank):
            yield f"{{{{{number}}}}} = {say(entry['text'])}{_weight(entry, 1)}"


def _scale(question: dict[str, Any], say: Say) -> Iterator[str]:
    labels = question.get("labels") or {}
    for end in ("min", "max"):
        if labels.get(end):
            yield f"- {question[end]}: {say(labels[end])}"


def _nothing(question: dict[str, Any], say: Say) -> Iterator[str]:
    """There is nothing to choose from and no key."""
    yield from ()


_ANSWERS: dict[str, Callable[[dict[str, Any], Say], Iterator[str]]] = {
    **dict.fromkeys(_CHOICES, _choices),
    "text": _accepted,
    "number": _accepted,
    "order": _order,
    "match": _match,
    "categorize": _categorize,
    "blanks": _blanks,
    "hotspot": _areas,
    "scale": _scale,
    **dict.fromkeys(("info", "wordcloud", "open"), _nothing),
}


def _read(text: str) -> dict[str, Any] | None:
    document = read_document(text)
    if len(document.drafts) != 1 or document.title or document.left_out:
        return None
    try:
        return document.drafts[0].question(document.bullets_are_multi)
    except Skip:
        return None


def is_same(question: dict[str, Any], other: dict[str, Any] | None) -> bool:
    """Whether the second, which may leave out what is usual, says the same as the first."""
    if other is None:
        return False
    names = (question.keys() | other.keys()) - {"id", "_where"}
    return all(_plain(name, question) == _plain(name, other) for name in names)


def _plain(name: str, question: dict[str, Any]) -> Any:
    value: Any = question.get(name, _DEFAULTS.get(name)) if name != "accepted" else accepted_of(question)
    if name == "choices":
        return [(c["text"], bool(c.get("correct")), c.get("weight"), c.get("feedback") or "") for c in value or ()]
    if name == "accepted":
        return [{"tolerance": 0} | entry for entry in value]
    if name == "blanks":
        return [accepted_of(blank) for blank in value or ()]
    return value if name == "time_limit_s" else value or None


def _normal(value: Any) -> Any:
    """With the line ends and letters that a text file has."""
    if isinstance(value, str):
        return normalise(value).strip()
    if isinstance(value, dict):
        return {name: _normal(entry) for name, entry in value.items()}
    return [_normal(entry) for entry in value] if isinstance(value, list) else value
