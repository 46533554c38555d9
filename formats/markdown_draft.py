"""A question of a Markdown file while it is read: which of its blocks ask, which answer, which explain."""

import re
from dataclasses import dataclass, field
from typing import Any

from formats.intermediate import Skip
from formats.markdown_answers import (
    LIST_KINDS,
    form_of,
    guessed_list,
    read_accepted,
    read_areas,
    read_boxes,
    read_gaps,
    read_list,
)
from formats.markdown_blocks import Block
from formats.markdown_text import ESCAPED, FORMATTING, NO_ACCENTS, Marks, texts_in, unescape

_NOTE = re.compile(r"\[!NOTE\][ \t]*\n?", re.IGNORECASE)
_OWN_IMAGE = re.compile(r"!\[((?:[^\]\\]|\\.)*)\]\((?:\./)?media/([0-9a-f]{64}\.(?:webp|png))\)")
_IMAGE = re.compile(r"!\[([^\]\n]*)\]\(([^()\s]*)[^()\n]*\)")
_RUNS = re.compile(r"\.run\b")
# Kinds that may have nothing to answer with in the file.
_BARE = ("info", "open", "wordcloud", "scale")


@dataclass(slots=True)
class Draft:
    """`level` is that of its heading, 0 without one; `blocks` are its text in the order of the file."""

    line: int
    level: int = 0
    marks: Marks = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)
    answers: list[Block] = field(default_factory=list)
    quotes: list[str] = field(default_factory=list)
    warnings: list[tuple[str, str]] = field(default_factory=list)

    def reads(self, text: str) -> str:
        return unescape(text) if ESCAPED in self.marks else text

    @property
    def is_asked(self) -> bool:
        """Whether it is a question beyond doubt."""
        return bool(self.answers) or "kind" in self.marks

    def settle(self) -> None:
        """Once all its blocks are there: a plain list at its end may be its answers, and a quote its explanation."""
        if self.answers:
            return
        kind = self.marks.get("kind", "")
        end = len(self.blocks)
        while end and self.blocks[end - 1].kind == "quote":
            end -= 1
        last = self.blocks[end - 1] if end else None
        if last is not None and last.kind == "list" and (self.level or kind):
            guessed = kind if kind in LIST_KINDS else "" if kind else guessed_list(last)
            if guessed and end > 1:
                self.answers = [last]
                self.marks.setdefault("kind", guessed)
                if not kind:
                    said = "an order" if guessed == "order" else "pairs to match"
                    self.warnings.append(("list_read", f"The list below this question was read as {said}."))
        if self.answers or kind in _BARE:
            self.quotes = [block.text for block in self.blocks[end:]]
            self.blocks = self.blocks[: end - 1 if self.answers else end]

    def text(self, blocks: list[Block]) -> str:
        """Blocks as they stand in the file, with as many empty lines between them."""
        pieces: list[str] = []
        before = None
        for block in blocks:
            if before is not None:
                pieces.append("\n" * max(1, block.start - before.end + 1))
            pieces.append(block.source)
            before = block
        return "".join(pieces).strip()

    def question(self, bullets_are_multi: bool) -> dict[str, Any]:
        """Raises Skip."""
        if any(block.kind == "fence" and _RUNS.search(block.info) for block in self.blocks):
            raise Skip("executable", "This question is the result of a program, and Quizhall runs none.")
        media = self._take_own_image()
        prompt = self.text(self.blocks) if ESCAPED in self.marks else self._without_images()
        if not prompt:
            raise Skip("no_text", "There are answers here, but no question before them.")
        question: dict[str, Any] = {"kind": self.marks.get("kind", "info"), "prompt": self.reads(prompt)}
        question |= self._key(bullets_are_multi) | self._about()
        if self._is_formatted(question):
            question["markup"] = "markdown"
        return question | ({"media": media} if media else {})

    def _is_formatted(self, question: dict[str, Any]) -> bool:
        """As its heading says, else where any of its texts would look different."""
        if "markup" in self.marks:
            return self.marks["markup"] == "markdown"
        return any(FORMATTING.search(text) for text in texts_in(question))

    def _key(self, bullets_are_multi: bool) -> dict[str, Any]:
        kind, own = self.marks.get("kind", ""), _settings(self.marks)
        if not self.answers:
            return own | ({"labels": {"min": "", "max": ""}} if kind == "scale" else {})
        block, form = self.answers[0], form_of(self.answers[0])
        if form == "boxes" and kind == "hotspot":
            return own | read_areas(block, self.reads)
        if form == "boxes":
            key = read_boxes(block, self.marks, self.reads, bullets_are_multi)
            if key["kind"] == "poll" and not kind:
                self.warnings.append(("read_as_poll", "No answer is marked as right, so this came in as a poll."))
            return own | key
        if form == "accepted":
            return own | read_accepted(block, self.marks, self.reads)
        if form == "gaps":
            return own | read_gaps(block, self.reads)
        key = read_list(kind, block, self.reads)
        if kind == "scale":
            labels = key["labels"]
            key = {"labels": {end: labels.get(self.marks.get(end, ""), "") for end in ("min", "max")}}
        return own | key

    def _about(self) -> dict[str, Any]:
        about: dict[str, Any] = {}
        time, points = self.marks.get("time", ""), self.marks.get("points", "")
        if time == "none":
            about["time_limit_s"] = None
        elif re.fullmatch(r"\d{1,6}(?:\.\d{1,6})?", time):
            about["time_limit_s"] = float(time) if "." in time else int(time)
        if re.fullmatch(r"\d{1,6}", points):
            about["points"] = int(points)
        notes = [_NOTE.sub("", quote, count=1) for quote in self.quotes if _NOTE.match(quote)]
        why = [quote for quote in self.quotes if not _NOTE.match(quote)]
        for name, texts in (("explanation", why), ("notes", notes)):
            if text := "\n\n".join(texts).strip():
                about[name] = self.reads(text)
        return about

    def _take_own_image(self) -> dict[str, str] | None:
        """An image of ours in the last paragraph is the question's."""
        last = self.blocks[-1] if len(self.blocks) > 1 else None
        found = _OWN_IMAGE.fullmatch(last.text) if last is not None and last.kind == "paragraph" else None
        if found is None:
            return None
        self.blocks = self.blocks[:-1]
        return {"image": found[2], "alt": unescape(found[1])}

    def _without_images(self) -> str:
        """With what stands for them in words; nothing is fetched from anywhere."""
        gone: list[str] = []

        def leave_out(match: re.Match[str]) -> str:
            gone.append(match[2][:200])
            return match[1]

        for block in self.blocks:
            if block.kind not in ("fence", "code"):
                block.source = _IMAGE.sub(leave_out, block.source)
        for address in gone:
            message = f"A picture is not in the file and was not fetched; add it yourself: {address}"
            self.warnings.append(("picture_lost", message))
        text = self.text([block for block in self.blocks if block.source.strip()])
        return re.sub(r"\n{3,}", "\n\n", text) if gone else text


def _settings(marks: Marks) -> dict[str, Any]:
    """What the marks of a heading say besides kind, time and points."""
    own: dict[str, Any] = {}
    for name, own_name in (("compare", "match"), ("score", "score")):
        if name in marks:
            own[own_name] = marks[name]
    for name, own_name in (("min", "min"), ("max", "max"), ("words", "words_most")):
        if re.fullmatch(r"-?\d{1,6}", marks.get(name, "")):
            own[own_name] = int(marks[name])
    if NO_ACCENTS in marks:
        own["ignore_accents"] = True
    if "units" in marks:
        own["units"] = marks["units"].split("|")
    return own
