"""The form every importer hands on: question dicts in quiz JSON plus what could not be taken over.

Owns no knowledge of any file format and does not judge whether a question can be played (game.quiz does).
"""

from dataclasses import dataclass, field
from typing import Any, Literal

Severity = Literal["warning", "skipped"]
QuestionDict = dict[str, Any]

MAX_QUESTIONS = 500
"""Questions in one quiz; a longer file becomes several quizzes."""
MAX_QUESTIONS_IN_FILE = 5_000
MAX_EXPLANATION = 4_000
"""Characters, the same for the teacher's notes."""


class FormatError(Exception):
    """The whole file is of no use. The message is one plain sentence for the person who chose the file."""


@dataclass(frozen=True, slots=True)
class Issue:
    """Something in the file that did not come over as written; `where` is `line 12` or `questions[3]`."""

    severity: Severity
    where: str
    code: str
    message: str


@dataclass(slots=True)
class Parsed:
    """One quiz of a file. Each question has the extra key `_where`, its place in the file."""

    title: str
    description: str = ""
    language: str = "en"
    questions: list[QuestionDict] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)

    @property
    def skipped(self) -> int:
        """Questions that did not come over; every `skipped` issue stands for exactly one."""
        return sum(issue.severity == "skipped" for issue in self.issues)

    @property
    def found(self) -> int:
        """All questions in the file: a sum, so that the counts cannot disagree."""
        return len(self.questions) + self.skipped


def in_parts(parsed: Parsed) -> list[Parsed]:
    """Cut a quiz that is longer than a quiz may be. The issues stay together in the first part."""
    if len(parsed.questions) <= MAX_QUESTIONS:
        return [parsed]
    pieces = [parsed.questions[i : i + MAX_QUESTIONS] for i in range(0, len(parsed.questions), MAX_QUESTIONS)]
    message = f"The file is longer than a quiz may be and became {len(pieces)} quizzes."
    first = Parsed(parsed.title, parsed.description, parsed.language, pieces[0], list(parsed.issues))
    first.issues.append(Issue("warning", str(pieces[1][0]["_where"]), "quiz_divided", message))
    rest = [
        Parsed(f"{parsed.title[:190]} ({number})", parsed.description, parsed.language, piece)
        for number, piece in enumerate(pieces[1:], start=2)
    ]
    return [first, *rest]
