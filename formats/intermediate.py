"""The form every importer hands on: question dicts in quiz JSON plus what could not be taken over.

Owns no knowledge of any file format and does not judge whether a question can be played (game.quiz does).
"""

from dataclasses import dataclass, field, replace
from typing import Any, Literal

Severity = Literal["warning", "skipped"]
QuestionDict = dict[str, Any]

MAX_QUESTIONS = 500
"""Questions in one quiz; a longer file becomes several quizzes."""
MAX_QUESTIONS_IN_FILE = 10_000
MAX_EXPLANATION = 4_000
"""Characters, the same for the teacher's notes."""


class FormatError(Exception):
    """The whole file is of no use. The message is one plain sentence for the person who chose the file."""


class Skip(Exception):
    """A question cannot come over; `code` and the message go into its issue."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Issue:
    """Something in the file that did not come over as written; `where` is `line 12` or `questions[3]`.

    `after` is how many questions of the quiz stood before a skipped one.
    """

    severity: Severity
    where: str
    code: str
    message: str
    after: int = 0


@dataclass(slots=True)
class Parsed:
    """One quiz of a file. Each question has the extra key `_where`, its place in the file."""

    title: str
    description: str = ""
    language: str = "en"
    questions: list[QuestionDict] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    # The files of the images that its questions show, under the names that `media` has for them.
    images: dict[str, bytes] = field(default_factory=dict)

    def skip(self, where: str, code: str, message: str) -> None:
        """Note the next question of the file as one that cannot come over."""
        self.issues.append(Issue("skipped", where, code, message, len(self.questions)))

    @property
    def skipped(self) -> int:
        """Questions that did not come over; every `skipped` issue stands for exactly one."""
        return sum(issue.severity == "skipped" for issue in self.issues)

    @property
    def found(self) -> int:
        """All questions in the file: a sum, so that the counts cannot disagree."""
        return len(self.questions) + self.skipped


def in_parts(parsed: Parsed) -> list[Parsed]:
    """Cut a quiz that is longer than a quiz may be; what was told of a question goes with it."""
    count = -(-len(parsed.questions) // MAX_QUESTIONS)
    if count <= 1:
        return [parsed]
    titles = [parsed.title, *(f"{parsed.title[:190]} ({n})" for n in range(2, count + 1))]
    about = (parsed.description, parsed.language)
    parts = [Parsed(title, *about, tags=parsed.tags, images=parsed.images) for title in titles]
    part_of: dict[str, int] = {}
    for index, question in enumerate(parsed.questions):
        part_of[str(question["_where"])] = index // MAX_QUESTIONS
        parts[index // MAX_QUESTIONS].questions.append(question)
    for issue in parsed.issues:
        number = part_of.get(issue.where, 0)
        if issue.severity == "skipped":
            number = min(issue.after // MAX_QUESTIONS, count - 1)
            issue = replace(issue, after=issue.after - number * MAX_QUESTIONS)
        parts[number].issues.append(issue)
    message = f"The file is longer than a quiz may be and became {count} quizzes."
    parts[0].issues.append(Issue("warning", str(parts[1].questions[0]["_where"]), "quiz_divided", message))
    return parts
