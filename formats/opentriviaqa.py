"""OpenTriviaQA: a text file a category; `#Q` a question, `^` the right answer, `A`, `B`, `C` what to choose from."""

import re
from dataclasses import dataclass, field

from formats.intermediate import MAX_QUESTIONS_IN_FILE, FormatError, Parsed, Skip
from formats.sheet import Row, clean
from formats.sheet_columns import Columns, fold
from formats.sheet_question import RowDraft
from formats.source import Source
from formats.text import title_from_filename

ATTRIBUTION = (
    "Questions from OpenTriviaQA, https://github.com/uberspot/OpenTriviaQA, by its contributors."
    " Licence: Creative Commons Attribution-ShareAlike 4.0 (CC BY-SA 4.0)."
)

_QUESTION = re.compile(r"#Q\b[ \t]*(.*)")
_RIGHT = re.compile(r"\^[ \t]*(.*)")
# No file has more than seven; a line that begins with I is a sentence.
_ANSWER = re.compile(r"([A-H])(?:[ \t]+(.*))?")
_TRACES = re.compile(r"^#Q\b.*\n(?:(?!#Q\b).*\n){0,40}?\^", re.MULTILINE)
_BEGINNING = 20_000


@dataclass(slots=True)
class _Block:
    """A question as it stands there; `right` is None until its line has come."""

    line: int
    stem: list[str]
    right: list[str] | None = None
    answers: dict[str, list[str]] = field(default_factory=dict)

    def take(self, line: str) -> None:
        """The next line of it: of the question until the right answer is named, then of the answer that came last."""
        last = max(self.answers, default="@")
        answer = _ANSWER.fullmatch(line) if self.right is not None else None
        if self.right is None and (right := _RIGHT.fullmatch(line)):
            self.right = [right[1]]
        elif answer and answer[1] > last:
            self.answers[answer[1]] = [answer[2] or ""]
        elif self.answers:
            self.answers[last].append(line)
        else:
            (self.stem if self.right is None else self.right).append(line)


def detect(source: Source) -> float:
    """0 to 1: how sure it is that this is a file of OpenTriviaQA."""
    return 0.95 if _TRACES.search(source.text()[:_BEGINNING]) else 0.0


def parse(source: Source) -> list[Parsed]:
    """The one quiz of the file. Raises FormatError when there are no such questions in it."""
    parsed = Parsed(title_from_filename(source.filename), description=ATTRIBUTION)
    parsed.issues.extend(source.decoded().issues)
    blocks = _blocks(source.text())
    if not blocks:
        raise FormatError("There are no questions in this text: none begins with #Q.")
    if len(blocks) > MAX_QUESTIONS_IN_FILE:
        raise FormatError(f"The file holds more than {MAX_QUESTIONS_IN_FILE} questions; please divide it.")
    for block in blocks:
        where = f"line {block.line}"
        try:
            draft = _read(block)
        except Skip as skip:
            parsed.skip(where, skip.code, str(skip))
        else:
            draft.keep(parsed, where)
    return [parsed]


def _blocks(text: str) -> list[_Block]:
    """What stands before the first question is none of it."""
    blocks: list[_Block] = []
    for number, line in enumerate(text.split("\n"), start=1):
        line = line.strip()
        if start := _QUESTION.fullmatch(line):
            blocks.append(_Block(number, [start[1]]))
        elif blocks and line:
            blocks[-1].take(line)
    return blocks


def _read(block: _Block) -> RowDraft:
    """Raises Skip."""
    prompt = clean("\n".join(filter(None, block.stem)))
    draft = RowDraft(Row(block.line, (prompt,)), Columns(Row(0, ()), 0))
    draft.need_prompt()
    right = _joined(block.right or [])
    if not right:
        raise Skip("no_right_answer", "No answer of this question is given as right.")
    answers = [answer for lines in block.answers.values() if (answer := _joined(lines))]
    if not answers:
        draft.read_texts([right])
        return draft
    if repeated := len(answers) - len(dict.fromkeys(answers)):
        draft.warn("answer_repeated", f"{repeated} of its answers stood there twice and came in once.")
        answers = list(dict.fromkeys(answers))
    at = next((at for at, answer in enumerate(answers) if answer == right), None)
    at = at if at is not None else next((at for at, answer in enumerate(answers) if fold(answer) == fold(right)), None)
    if at is None:
        draft.warn("right_answer_added", f"The right answer was not among the others and was added: “{right[:60]}”.")
        answers, at = [*answers, right], len(answers)
    draft.read_choices(answers, str(at + 1))
    return draft


def _joined(lines: list[str]) -> str:
    return " ".join(clean(" ".join(lines)).split())
