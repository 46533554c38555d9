"""A row of a sheet made into a question: its kind by its answers, its time, and what the teacher must be told."""

import re
from typing import Any

from formats.intermediate import MAX_EXPLANATION, Issue, Parsed, Skip
from formats.sheet import Row
from formats.sheet_columns import Columns, fold
from formats.sheet_key import Key, read_key

LONGEST_S = 3600

_NUMBER = re.compile(r"(\d{1,7}(?:[.,]\d{1,3})?)\s*(?:s|sec|secs|seconds?|sek\.?|sekunden)?", re.IGNORECASE)
TRUE_WORDS = {"true", "wahr", "richtig", "verdadero", "vrai", "vero", "verdadeiro", "waar", "prawda", "sant", "sandt"}
FALSE_WORDS = {"false", "falsch", "falso", "faux", "onwaar", "falsz", "falskt", "usant", "falsk"}


class RowDraft:
    """The question of one row while it is read."""

    def __init__(self, row: Row, columns: Columns) -> None:
        self.row = row
        self.columns = columns
        self.warnings: list[tuple[str, str]] = []
        self.fields: dict[str, Any] = {"prompt": row.cell(columns.question)}
        if row.uncomputed:
            message = "A cell of this row holds a formula without a result; open the file once and save it."
            self.warn("formula_without_result", message)

    def warn(self, code: str, message: str) -> None:
        if (code, message) not in self.warnings:
            self.warnings.append((code, message))

    def cell(self, column: int | None) -> str:
        return self.row.cell(column)

    def answers(self) -> list[str]:
        """As they stand in their columns, "" where one is empty."""
        columns = self.columns
        return [self.row.cell(column) for column in (*columns.answers, *columns.wrong)]

    def need_prompt(self) -> None:
        """Raises Skip."""
        if not self.fields["prompt"]:
            raise Skip("no_text", "This row has answers but no question.")

    def read_texts(self, texts: list[str]) -> None:
        """A question that is answered by typing. Raises Skip."""
        self.need_prompt()
        accepted = list(dict.fromkeys(text for text in texts if text))
        if not accepted:
            raise Skip("no_right_answer", "No answer of this question is given as right.")
        self.fields.update(kind="text", accepted=accepted)

    def read_poll(self, answers: list[str]) -> None:
        """A question without a right answer, as its author wants it. Raises Skip."""
        filled = [answer for answer in answers if answer]
        if len(filled) < 2:
            raise Skip("too_few_answers", "A question needs at least two answers to choose from.")
        self.fields.update(kind="poll", choices=[{"text": answer} for answer in filled])

    def read_choices(self, answers: list[str], key_text: str) -> None:
        """Kind and choices. Raises Skip."""
        self.need_prompt()
        key = read_key(key_text, answers)
        for code, message in key.warnings:
            self.warn(code, message)
        filled = [index for index, answer in enumerate(answers) if answer]
        if len(filled) < 2:
            raise Skip("too_few_answers", "A question needs at least two answers to choose from.")
        choices = [{"text": answers[index]} | ({"correct": True} if index in key.right else {}) for index in filled]
        self.fields["kind"] = self._kind(choices, key)
        self.fields["choices"] = choices
        if self.fields["kind"] == "true_false" and fold(str(choices[0]["text"])) in FALSE_WORDS:
            # True always stands first in this kind.
            choices.reverse()

    def _kind(self, choices: list[dict[str, Any]], key: Key) -> str:
        if not key.right:
            message = "No answer is marked as right, so this came in as a poll."
            self.warn("read_as_poll", message)
            return "poll"
        words = {fold(str(choice["text"])) for choice in choices}
        if len(choices) == 2 and len(key.right) == 1 and words & TRUE_WORDS and words & FALSE_WORDS:
            return "true_false"
        if len(key.right) == len(choices):
            self.warn("all_right", "All answers are marked as right; please check that.")
        return "multi" if len(key.right) > 1 else "single"

    def read_time(self) -> None:
        """A time that cannot be read is told; the usual one stays."""
        text = self.row.cell(self.columns.time)
        if not text:
            return
        match = _NUMBER.fullmatch(text)
        seconds = float(match[1].replace(",", ".")) if match else 0.0
        if not match:
            self.warn("time_unclear", f"“{text[:40]}” is no time limit in seconds; the usual one is used.")
        elif seconds > 0:
            if seconds > LONGEST_S:
                self.warn("time_limited", f"The time limit was cut to {LONGEST_S} s, the longest there is.")
            limit = min(max(seconds, 1), LONGEST_S)
            self.fields["time_limit_s"] = int(limit) if limit == int(limit) else limit

    def read_rest(self) -> None:
        """Explanation, and the picture that cannot come along."""
        if why := self.row.cell(self.columns.why):
            if len(why) > MAX_EXPLANATION:
                message = f"The explanation was longer than {MAX_EXPLANATION} characters and was cut."
                self.warn("text_shortened", message)
                why = why[: MAX_EXPLANATION - 1].rstrip() + "…"
            self.fields["explanation"] = why
        if image := self.row.cell(self.columns.image):
            self.warn("picture_lost", f"The picture was not fetched; add it yourself: {image[:200]}")

    def keep(self, parsed: Parsed, where: str) -> None:
        """Into the quiz, with its warnings."""
        parsed.questions.append({**self.fields, "_where": where})
        parsed.issues.extend(Issue("warning", where, code, message) for code, message in self.warnings)
