"""Judges a room: what participants were told against what the service's results say. Pure, and its own arithmetic.

The formulas are those of docs/scoring.md; nothing is taken from the service but its answers.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from load.questions import Asked, plain
from load.record import Given, Json, Record

FULL = Fraction(999, 1000)
FREE_MS = 500  # below it `speed` takes nothing off; also the most that is taken off for the round trip


@dataclass
class Findings:
    """Sentences, one for each thing; all empty when the room kept every promise but being in time."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    # Sent, and never answered with a receipt or a refusal.
    unconfirmed: list[str] = field(default_factory=list)
    # Refused because the round was over.
    late: list[str] = field(default_factory=list)

    def add(self, other: "Findings") -> None:
        """Takes over what another room's judgement found."""
        for name, sentences in vars(other).items():
            getattr(self, name).extend(sentences)


def judge(
    results: Json, records: Sequence[Record], asked: Sequence[Asked], opened_at: Mapping[int, int], scoring: str
) -> Findings:
    """All findings of one room. `results` is the Results JSON, `opened_at` what the host was told."""
    findings = Findings()
    rows: dict[str, Json] = {}
    for row in results["participants"]:
        if row["id"] in rows:
            findings.doubled.append(f"{row['nickname']} stands in the results twice.")
        rows[row["id"]] = row
    for record in records:
        if record.id not in rows:
            findings.lost.append(f"{record.nickname} had a seat and is not in the results.")
            continue
        _judge_answers(record, rows[record.id], findings)
        _judge_told(record, rows[record.id], findings)
    for row in rows.values():
        _judge_grades(row, asked, opened_at, scoring, findings)
    _judge_rounds(results["rounds"], list(rows.values()), asked, findings)
    _judge_ranks(list(rows.values()), asked, scoring, findings)
    return findings


def points_of(scoring: str, asked: Asked, credit: Fraction, response_ms: int) -> set[int]:
    """The whole numbers nearest to the exact points: two when it lies in the middle of both."""
    worth = credit * asked.points
    share = min(Fraction(1), Fraction(response_ms, asked.time_limit_ms))
    if scoring == "speed" and response_ms >= FREE_MS:
        worth *= 1 - share / 2
    elif scoring == "steady":
        worth *= Fraction(6, 10) + Fraction(4, 10) * (1 - share)
    low, rest = divmod(worth, 1)
    return {int(low) + extra for extra in (0, 1) if abs(extra - rest) <= Fraction(1, 2)}


def _judge_answers(record: Record, row: Json, findings: Findings) -> None:
    """Every receipt is in the results, once, as it was given; nothing else is."""
    entries: dict[int, list[Json]] = {}
    for entry in row["answers"]:
        entries.setdefault(entry["round"], []).append(entry)
    for number, same in entries.items():
        if len(same) > 1:
            findings.doubled.append(f"{record.nickname} has {len(same)} answers in round {number}.")
        if same[0]["answer"] is not None and number not in record.given:
            findings.wrong.append(f"{record.nickname} has an answer in round {number} that was never sent.")
    for given in record.given.values():
        _judge_given(record.nickname, given, entries.get(given.round, [{"answer": None}])[0], findings)
    for receipt in record.second_receipts:
        findings.doubled.append(f"{record.nickname} got two different receipts for one id: {receipt}.")


def _judge_given(nickname: str, given: Given, entry: Json, findings: Findings) -> None:
    where = f"{nickname}'s answer to round {given.round}"
    if given.refused is not None:
        name = "late" if given.refused == "round_closed" else "unconfirmed"
        getattr(findings, name).append(f"{where} was refused: {given.refused}.")
        if entry["answer"] is not None:
            findings.wrong.append(f"{where} was refused and counts all the same.")
    elif given.receipt is None:
        findings.unconfirmed.append(f"{where} was neither confirmed nor refused.")
    elif entry["answer"] is None:
        findings.lost.append(f"{where} had a receipt and is not in the results.")
    elif plain(entry["answer"]) != plain(given.answer) or entry["received_at"] != given.receipt["received_at"]:
        findings.wrong.append(f"{where} is another one in the results: {entry['answer']} for {given.answer}.")


def _judge_told(record: Record, row: Json, findings: Findings) -> None:
    """What each was told of his grades, his score and his rank is what the results say."""
    score = 0
    for entry in row["answers"]:
        score += entry["points"]
        told = record.graded.get(entry["round"])
        if told is None:
            findings.wrong.append(f"{record.nickname} was never told the grade of round {entry['round']}.")
            continue
        says = (told["correct"], told["credit"], told["points"], told["score"])
        if says != (entry["correct"], entry["credit"], entry["points"], score):
            findings.wrong.append(f"{record.nickname} was told {says} for round {entry['round']}, not {entry}.")
    ended = record.finished
    if ended is not None and (ended["rank"], ended["score"]) != (row["rank"], row["score"]):
        findings.wrong.append(f"{record.nickname} was told another rank or score at the end: {ended}.")


def _judge_grades(
    row: Json, asked: Sequence[Asked], opened_at: Mapping[int, int], scoring: str, findings: Findings
) -> None:
    for entry in row["answers"]:
        number = entry["round"]
        problem = _problem(entry, asked[number - 1], opened_at.get(number), scoring)
        if problem:
            findings.wrong.append(f"{row['nickname']}, round {number}: {problem}.")
    right = [bool(entry["correct"]) for entry in row["answers"]]
    sums = (sum(entry["points"] for entry in row["answers"]), sum(right), longest_run(right))
    if sums != (row["score"], row["correct"], row["streak_best"]):
        findings.wrong.append(f"{row['nickname']}'s score, correct and streak_best are not {sums}.")


def _problem(entry: Json, asked: Asked, opened_at: int | None, scoring: str) -> str:
    """What is wrong with one graded answer; empty when nothing is."""
    worth = (entry["correct"], entry["credit"], entry["points"])
    if entry["answer"] is None:
        return "" if worth == (False, 0, 0) else f"no answer is graded {worth}"
    credit = asked.credit(entry["answer"])
    if credit is None:
        return f"nobody gives the answer {entry['answer']}"
    if abs(entry["credit"] - float(credit)) > 1e-6 or entry["correct"] is not (credit >= FULL):
        return f"credit {entry['credit']} for {entry['answer']}, which is worth {float(credit)}"
    if entry["points"] not in (fit := points_of(scoring, asked, credit, entry["response_ms"])):
        return f"{entry['points']} points instead of {sorted(fit)}"
    if opened_at is not None and not _is_possible(entry, opened_at):
        return f"a response time of {entry['response_ms']} ms, received {entry['received_at'] - opened_at} ms after"
    return ""


def _is_possible(entry: Json, opened_at: int) -> bool:
    """The response time is receipt less opening, less a round trip of at most half a second; never below 0."""
    response_ms: int = entry["response_ms"]
    taken_off: int = entry["received_at"] - opened_at - response_ms
    return response_ms == 0 or (response_ms > 0 and -1 <= taken_off <= FREE_MS)


def longest_run(right: Iterable[bool]) -> int:
    """The most right answers in a row."""
    best = run = 0
    for one in right:
        run = run + 1 if one else 0
        best = max(best, run)
    return best


def _judge_rounds(rounds: list[Json], rows: list[Json], asked: Sequence[Asked], findings: Findings) -> None:
    """What each round counts is what stands in its participants' rows."""
    for item in rounds:
        number = item["round"]
        entries = [entry for row in rows for entry in row["answers"] if entry["round"] == number and entry["answer"]]
        _compare(f"round {number}: answered", item["answered"], len(entries), findings)
        right = sum(bool(entry["correct"]) for entry in entries)
        if item["correct"] != right:
            findings.wrong.append(f"round {number}: correct is {item['correct']}, the rows say {right}.")
        distribution = item["distribution"]
        if "counts" in distribution:
            own = Counter(index for entry in entries for index in asked[number - 1].counted(entry["answer"]))
            for index, count in enumerate(distribution["counts"]):
                _compare(f"round {number}: count {index}", count, own[index], findings)
        else:
            count = sum(value["count"] for value in distribution["values"]) + (distribution["other"] or 0)
            _compare(f"round {number}: the distribution", count, len(entries), findings)


def _compare(what: str, count: int, own: int, findings: Findings) -> None:
    if count != own:
        name = "doubled" if count > own else "lost"
        getattr(findings, name).append(f"{what} is {count}, the rows say {own}.")


def _judge_ranks(rows: list[Json], asked: Sequence[Asked], scoring: str, findings: Findings) -> None:
    """Score, then more right answers, then (speed and steady) less time; else shared, and the next is left out."""
    standings = [_standing(row, asked, scoring) for row in rows]
    first: dict[tuple[int, int, int], int] = {}
    for place, standing in enumerate(sorted(standings), start=1):
        first.setdefault(standing, place)
    for row, standing in zip(rows, standings, strict=True):
        if row["rank"] != first[standing]:
            findings.wrong.append(f"{row['nickname']} has rank {row['rank']} instead of {first[standing]}.")


def _standing(row: Json, asked: Sequence[Asked], scoring: str) -> tuple[int, int, int]:
    """Smaller is better. No answer took all the time that there was."""
    times = [
        question.time_limit_ms if entry["answer"] is None else entry["response_ms"]
        for entry, question in zip(row["answers"], asked, strict=False)
    ]
    return (-row["score"], -row["correct"], sum(times) if scoring != "accuracy" else 0)
