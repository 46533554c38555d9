"""A question while it is read from a file: its fields, its texts made plain, and what its owner must be told of it."""

from collections.abc import Callable
from typing import Any

from formats import marks, markup
from formats.formatted import formatted
from formats.intermediate import MAX_EXPLANATION, Issue, Parsed, Skip
from formats.pictures import FindPicture, no_picture, read_picture
from formats.sounds import read_sound

_SHOWN_LOSSES = 3
ALT_MOST = 500
# Lists read well without formatting, with a dash before each item.
_PLAIN_AS_WELL = dict.fromkeys(map(ord, (marks.DEEPER, marks.BULLET, marks.NUMBER)), "")


class Draft:
    """`find_picture` gives the file of a reference; without it the package has none, or the format no package."""

    def __init__(self, find_picture: FindPicture = no_picture) -> None:
        self.fields: dict[str, Any] = {}
        self.warnings: list[tuple[str, str]] = []
        self.notes: list[str] = []
        self.lost: list[str] = []
        self.images: dict[str, bytes] = {}
        # Whether formulas in its texts are drawn: not where they are meant to be read as they stand.
        self.has_formulas = True
        self._find_picture = find_picture

    def warn(self, code: str, message: str) -> None:
        if (code, said := marks.bare(message)) not in self.warnings:
            self.warnings.append((code, said))

    def prompt(self, source: str, title: str = "") -> None:
        """The question itself, from HTML; the first picture in it is the one that it shows,
        the first sound the one that it plays. Raises Skip.

        Without a text it is what the picture shows, else the title.
        """
        text = tidy_lines(markup.from_html(source, self.lost, self.take_file))
        text = text or self.fields.get("media", {}).get("alt", "")
        if not text and title.strip():
            self.warn("title_as_prompt", "The question has a title but no text; the title is asked.")
        self.fields["prompt"] = text or " ".join(title.split())
        if not self.fields["prompt"]:
            raise Skip("no_text", "This question has no text.")

    def html(self, source: str) -> str:
        """Text of HTML that keeps its lines, formatting as marks in it."""
        return tidy_lines(markup.from_html(source, self.lost))

    def line(self, source: str) -> str:
        """Text of HTML on one line."""
        return " ".join(self.html(source).split())

    def take_picture(self, reference: str, alt: str) -> str | None:
        """The question shows it from now on, unless it has one already; as html_reader.TakeFile."""
        media = self.fields.get("media", {})
        if not reference or "image" in media:
            return None
        name, data, why = read_picture(reference, self._find_picture)
        if data is not None:
            self.images[name] = data
            self.fields["media"] = media | {"image": name, "alt": " ".join(alt.split())[:ALT_MOST]}
            return ""
        if why:
            self.warn("picture_lost", why)
        return alt if why else None

    def take_sound(self, reference: str) -> str | None:
        """As take_picture. Nobody has said yet what is heard."""
        media = self.fields.get("media", {})
        if not reference or "audio" in media:
            return None
        name, data, why = read_sound(reference, self._find_picture)
        if data is not None:
            self.images[name] = data
            self.fields["media"] = media | {"audio": name, "transcript": ""}
            return ""
        if why:
            self.warn("sound_lost", why)
        return "" if why else None

    def take_file(self, reference: str, alt: str | None) -> str | None:
        """Either of the two, as html_reader.TakeFile."""
        return self.take_sound(reference) if alt is None else self.take_picture(reference, alt)

    def explain(self, text: str) -> None:
        if text:
            self.fields["explanation"] = text

    def finish(self) -> dict[str, Any]:
        """The fields of the question, whole, with the notes; what got lost becomes a warning."""
        for name, text in (("explanation", self.fields.get("explanation")), ("notes", "\n".join(self.notes))):
            if text:
                self.fields[name] = self._shortened(name, text)
        whole = formatted(self.fields, has_formulas=self.has_formulas)
        if "markup" not in whole:
            self._lose_formatting()
        if self.lost:
            shown, more = ", ".join(self.lost[:_SHOWN_LOSSES]), len(self.lost) - _SHOWN_LOSSES
            self.warn("markup_lost", f"Not taken over: {shown}{f' and {more} more' if more > 0 else ''}.")
        return whole

    def _lose_formatting(self) -> None:
        """In a text with gaps, and where a question would be too long with it."""
        shown = f"{self.fields.get('prompt', '')}{self.fields.get('explanation', '')}"
        if marks.ROW in shown:
            self.lost.append("table")
        elif marks.ANY.search(shown.translate(_PLAIN_AS_WELL)):
            self.lost.append("formatting")

    def _shortened(self, name: str, text: str) -> str:
        if len(text) <= MAX_EXPLANATION:
            return text
        self.warn("text_shortened", f"The {name} was longer than {MAX_EXPLANATION} characters and was cut.")
        return text[: MAX_EXPLANATION - 1].rstrip() + "…"


def tidy_lines(text: str) -> str:
    """Without blanks at line ends and with one empty line at most between two others."""
    kept: list[str] = []
    for line in (" ".join(line.split()) for line in text.split("\n")):
        if line or (kept and kept[-1]):
            kept.append(line)
    text = marks.joined("\n".join(kept).strip())
    return text if marks.bare(text).strip() else ""


def keep(parsed: Parsed, where: str, read: Callable[[], Draft]) -> None:
    """What `read` makes, into the quiz with its warnings and its picture, or among what was skipped."""
    try:
        draft = read()
        fields = draft.finish()
    except Skip as skip:
        parsed.skip(where, skip.code, str(skip))
        return
    parsed.questions.append({**fields, "_where": where})
    parsed.images.update(draft.images)
    parsed.issues.extend(Issue("warning", where, code, message) for code, message in draft.warnings)
