"""What a stranger computes for himself from the formulas: credit, points, ranks, and who may see a key.

Shares no code with the service and no connection; the tests compare its figures with the service's.
"""

import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from blackbox_http import Json

FULL_CREDIT = Fraction(999, 1000)
# Words under which a key could travel; `correct` is also a field of choices.
KEY_WORDS = frozenset({"key", "correct", "weight", "accepted", "explanation", "notes", "credit", "feedback"})


@dataclass(frozen=True)
class Asked:
    """One question as its author meant it, and answers to it with the credit that each is worth."""

    kind: str
    key: Json
    answers: tuple[tuple[Json, Fraction], ...]
    points: int = 1000
    time_limit_s: float | None = 20

    def credit(self, answer: Json) -> Fraction:
        """The credit of one of the known answers; choices may come in any order."""
        found = [credit for known, credit in self.answers if plain(known) == plain(answer)]
        assert found, f"an answer that nobody gave: {answer}"
        return found[0]


def plain(answer: Json) -> Json:
    """Choices are a set, and blanks at the ends of a text say nothing: both may be stored in a form of their own."""
    if "choices" in answer:
        return {"choices": sorted(answer["choices"])}
    return {"text": answer["text"].strip()} if "text" in answer else answer


def points_of(scoring: str, asked: Asked, credit: Fraction, response_ms: int) -> frozenset[int]:
    """The whole numbers nearest to the exact points: two when it lies in the middle of both."""
    worth = credit * asked.points
    if asked.time_limit_s is not None:
        share = min(Fraction(1), Fraction(response_ms) / Fraction(int(asked.time_limit_s * 1000)))
        if scoring == "speed" and response_ms >= 500:
            worth *= 1 - share / 2
        elif scoring == "steady":
            worth *= Fraction(6, 10) + Fraction(4, 10) * (1 - share)
    low = worth.numerator // worth.denominator
    rest = worth - low
    if rest == Fraction(1, 2):
        return frozenset({low, low + 1})
    return frozenset({low + (rest > Fraction(1, 2))})


def check_answers(results: Json, asked: list[Asked], opened_at: list[int], scoring: str) -> None:
    """Every credit, every point, every sum of the participants' own rows."""
    for row in results["participants"]:
        assert [entry["round"] for entry in row["answers"]] == list(range(1, len(asked) + 1)), row["nickname"]
        for entry, question, opened in zip(row["answers"], asked, opened_at, strict=True):
            _check_answer(entry, question, opened, scoring)
        right = [entry["correct"] for entry in row["answers"]]
        assert row["score"] == sum(entry["points"] for entry in row["answers"]), row["nickname"]
        assert row["correct"] == sum(right), row["nickname"]
        assert row["streak_best"] == _longest_run(right), row["nickname"]


def _check_answer(entry: Json, question: Asked, opened: int, scoring: str) -> None:
    if entry["answer"] is None:
        worth = (entry["correct"], entry["credit"], entry["points"])
        assert worth == (False, 0, 0), entry
        return
    credit = question.credit(entry["answer"])
    assert abs(entry["credit"] - float(credit)) < 1e-6, entry
    assert entry["correct"] is (credit >= FULL_CREDIT), entry
    # The link's round trip, measured by the server, may be taken off: at most half a second.
    taken_off = entry["received_at"] - opened - entry["response_ms"]
    assert entry["response_ms"] >= 0, entry
    assert -1 <= taken_off <= 500 or entry["response_ms"] == 0, (entry, opened)
    assert entry["points"] in points_of(scoring, question, credit, entry["response_ms"]), entry


def _longest_run(right: list[bool]) -> int:
    best = run = 0
    for one in right:
        run = run + 1 if one else 0
        best = max(best, run)
    return best


def check_ranks(results: Json, asked: list[Asked], scoring: str) -> None:
    """Score, then more right answers, then (speed and steady only) less time over all rounds; else shared."""
    standing = {row["id"]: _standing(row, asked, scoring) for row in results["participants"]}
    for row in results["participants"]:
        ahead = sum(other < standing[row["id"]] for other in standing.values())
        assert row["rank"] == ahead + 1, (row["nickname"], row["rank"], ahead + 1, standing[row["id"]])
    ranks = [row["rank"] for row in results["participants"]]
    assert ranks == sorted(ranks), "the results are not sorted by rank"


def _standing(row: Json, asked: list[Asked], scoring: str) -> tuple[int, int, float]:
    """Smaller is better. No answer took as long as the question gave; the questions here all have a limit."""
    time_ms = 0.0
    for entry, question in zip(row["answers"], asked, strict=True):
        assert question.time_limit_s is not None
        time_ms += 1000 * question.time_limit_s if entry["answer"] is None else entry["response_ms"]
    return (-row["score"], -row["correct"], time_ms if scoring in ("speed", "steady") else 0)


def check_rounds(results: Json, asked: list[Asked]) -> None:
    """The figures of each round, out of the rows of its participants."""
    rounds = results["rounds"]
    assert [entry["round"] for entry in rounds] == list(range(1, len(asked) + 1))
    for number, (entry, question) in enumerate(zip(rounds, asked, strict=True)):
        given = [row["answers"][number] for row in results["participants"]]
        given = [answer for answer in given if answer["answer"] is not None]
        assert entry["kind"] == question.kind
        assert entry["counted"] is True
        assert entry["answered"] == len(given)
        assert entry["correct"] == sum(answer["correct"] for answer in given)
        median = statistics.median(answer["response_ms"] for answer in given)
        assert abs(entry["median_response_ms"] - median) <= 1, (entry["median_response_ms"], median)
        _check_distribution(entry["distribution"], given)


def _check_distribution(distribution: Json, given: list[Json]) -> None:
    if "counts" in distribution:
        chosen = [index for answer in given for index in answer["answer"]["choices"]]
        own = [chosen.count(index) for index in range(len(distribution["counts"]))]
        assert distribution["counts"] == own
        return
    assert len(distribution["values"]) <= 20
    counted = sum(value["count"] for value in distribution["values"]) + (distribution["other"] or 0)
    assert counted == len(given), distribution
    right = sum(value["count"] for value in distribution["values"] if value["correct"])
    assert right == sum(answer["correct"] for answer in given), distribution


def leaks(frames: list[Json], raw: list[str], secrets: dict[int, list[str]]) -> Iterator[str]:
    """What one participant was sent of a round's key before that round's `round.closed`.

    `secrets` are texts that only the author's file holds, by round: they are looked for in the
    bytes of the wire, under whatever name they might travel.
    """
    closed: set[int] = set()
    for frame, text in zip(frames, raw, strict=True):
        parts = frame.get("result", {}).get("events") or [frame]
        for part in parts:
            if part.get("method") == "round.closed":
                closed.add(part["params"]["round"])
            snapshot = part.get("result", {}).get("snapshot")
            if snapshot and snapshot["phase"] in ("REVEAL", "STANDINGS", "FINISHED"):
                closed.add(snapshot["round"])
            for word in _key_words(part, closed, None):
                yield f"{word!r} before the reveal: {part}"
        for number, texts in secrets.items():
            if number not in closed and any(secret in text for secret in texts):
                yield f"the secret of round {number} before the reveal: {text}"


def _key_words(node: Any, closed: set[int], number: int | None) -> Iterator[str]:
    """Key words with a value, in anything that does not belong to a closed round."""
    if isinstance(node, list):
        for item in node:
            yield from _key_words(item, closed, number)
    if isinstance(node, dict):
        if isinstance(node.get("round"), int):
            number = node["round"]
        for name, value in node.items():
            if name in KEY_WORDS and value is not None and number not in closed:
                yield name
            yield from _key_words(value, closed, number)
