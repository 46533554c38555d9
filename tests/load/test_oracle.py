"""The oracle finds nothing in a room that kept its promises, and each breach in one that did not."""

import copy
from fractions import Fraction

import pytest

from load.oracle import Findings, judge, longest_run, points_of
from load.questions import asked
from load.record import Given, Record

ASKED = asked(2, 20)
OPENED = {1: 1_000_000, 2: 2_000_000}


def entry(number, answer, credit, points, after_ms):
    """A row's answer, given so long after the opening, with 40 ms of round trip taken off."""
    return {
        "round": number,
        "answer": answer,
        "correct": credit >= 0.999,
        "credit": credit,
        "points": points,
        "response_ms": after_ms - 40,
        "received_at": OPENED[number] + after_ms,
    }


@pytest.fixture
def results():
    """Ada has both right, Bo the second in half; 20 s, `speed`."""
    ada = [entry(1, {"choices": [2]}, 1, 950, 2040), entry(2, {"choices": [0, 2]}, 1, 900, 4040)]
    bo = [entry(1, {"choices": [0]}, 0, 0, 1040), entry(2, {"choices": [0]}, 0.5, 500, 140)]
    return {
        "rounds": [
            {"round": 1, "answered": 2, "correct": 1, "distribution": {"counts": [1, 0, 1, 0], "other": 0}},
            {"round": 2, "answered": 2, "correct": 1, "distribution": {"counts": [2, 0, 1, 0], "other": 0}},
        ],
        "participants": [
            {"id": "a", "nickname": "Ada", "rank": 1, "score": 1850, "correct": 2, "streak_best": 2, "answers": ada},
            {"id": "b", "nickname": "Bo", "rank": 2, "score": 500, "correct": 0, "streak_best": 0, "answers": bo},
        ],
    }


@pytest.fixture
def records(results):
    """Everybody was told what stands in the results."""
    made = []
    for row in results["participants"]:
        record, score = Record(row["id"], row["nickname"]), 0
        for item in row["answers"]:
            number = item["round"]
            receipt = {"status": "stored", "id": f"{row['id']}{number}", "received_at": item["received_at"]}
            record.given[number] = Given(number, item["answer"], receipt["id"], receipt)
            score += item["points"]
            record.graded[number] = {name: item[name] for name in ("correct", "credit", "points")} | {"score": score}
        record.finished = {"rank": row["rank"], "score": row["score"], "of": 2}
        made.append(record)
    return made


def found(results, records):
    """How many findings of each name there are; names without one are left out."""
    findings = judge(results, records, ASKED, OPENED, "speed")
    return {name: len(sentences) for name, sentences in vars(findings).items() if sentences}


def test_a_room_that_kept_its_promises_has_no_findings(results, records):
    """The figures above are those of docs/scoring.md."""
    assert found(results, records) == {}


def test_a_lost_answer_is_noticed(results, records):
    """It had a receipt, and is nowhere: the row, the count and the distribution agree with each other."""
    results["participants"][1]["answers"][1] |= {"answer": None, "credit": 0, "points": 0, "response_ms": None}
    results["participants"][1]["answers"][1]["received_at"] = None
    results["participants"][1]["score"] = 0
    results["rounds"][1] |= {"answered": 1, "distribution": {"counts": [1, 0, 1, 0], "other": 0}}
    records[1].graded[2] |= {"credit": 0, "points": 0, "score": 0}
    records[1].finished["score"] = 0
    assert found(results, records) == {"lost": 1}


def test_a_doubled_answer_is_noticed_in_its_row(results, records):
    """Two entries for one round, counted twice in the score."""
    row = results["participants"][0]
    row["answers"].append(copy.deepcopy(row["answers"][1]))
    assert found(results, records)["doubled"] >= 1


def test_a_doubled_answer_is_noticed_in_the_distribution(results, records):
    """The bars on the wall count one answer more than there are rows: the round's figures are checked too."""
    results["rounds"][0]["distribution"]["counts"] = [2, 0, 1, 0]
    assert found(results, records) == {"doubled": 1}
    results["rounds"][0]["distribution"]["counts"] = [0, 0, 1, 0]
    assert found(results, records) == {"lost": 1}


def test_a_doubled_participant_is_noticed(results, records):
    """One seat, one row."""
    results["participants"].append(copy.deepcopy(results["participants"][1]))
    assert found(results, records) == {"doubled": 1}


def test_a_participant_without_a_row_is_noticed(results, records):
    """A seat is not forgotten."""
    records.append(Record("c", "Cy"))
    assert found(results, records) == {"lost": 1}


def test_a_second_receipt_must_say_the_same(results, records):
    """The same id gets the same receipt; the same again is no finding."""
    given = records[0].given[1]
    records[0].confirm(given, dict(given.receipt))
    assert found(results, records) == {}
    records[0].confirm(given, given.receipt | {"received_at": 1})
    assert found(results, records) == {"doubled": 1}


@pytest.mark.parametrize(
    "change",
    [
        {"points": 951},
        {"credit": 0.5},
        {"correct": False},
        {"answer": {"choices": [3]}},
        {"response_ms": 1400},
        {"response_ms": 2100},
        {"received_at": 1_002_041},
    ],
    ids=str,
)
def test_a_wrong_grade_is_noticed(results, records, change):
    """Credit, points, the answer itself, and a response time that its receipt does not allow."""
    results["participants"][0]["answers"][0] |= change
    assert found(results, records)["wrong"] >= 1


@pytest.mark.parametrize("change", [{"score": 1851}, {"rank": 2}, {"streak_best": 1}, {"correct": 1}], ids=str)
def test_a_wrong_sum_or_rank_is_noticed(results, records, change):
    """Whatever can be worked out from the rows is."""
    results["participants"][0] |= change
    records[0].finished = None
    assert set(found(results, records)) == {"wrong"}


def test_what_was_told_must_be_what_counts(results, records):
    """A grade on the phone that differs from the results, one that never came, another rank at the end."""
    records[0].graded[1]["score"] = 1
    del records[1].graded[1]
    records[1].finished["rank"] = 1
    assert found(results, records) == {"wrong": 3}


def test_an_answer_that_nobody_sent_is_noticed(results, records):
    """The results hold it, the participant does not."""
    del records[0].given[1]
    assert found(results, records) == {"wrong": 1}


def test_refused_and_unconfirmed_are_told_apart(results, records):
    """Late is no breach by itself; refused and counted all the same is."""
    records[0].given[1].receipt, records[0].given[1].refused = None, "round_closed"
    records[1].given[1].receipt = None
    assert found(results, records) == {"late": 1, "wrong": 1, "unconfirmed": 1}


def test_ties_share_a_rank(results, records):
    """Equal in score, right answers and time: 1, 1."""
    twin = copy.deepcopy(results["participants"][0]) | {"id": "c", "nickname": "Cy"}
    results["participants"].insert(1, twin)
    results["participants"][2]["rank"] = 3
    results["rounds"][0] |= {"answered": 3, "correct": 2, "distribution": {"counts": [1, 0, 2, 0], "other": 0}}
    results["rounds"][1] |= {"answered": 3, "correct": 2, "distribution": {"counts": [3, 0, 2, 0], "other": 0}}
    records[1].finished["rank"] = 3
    assert found(results, records) == {}


@pytest.mark.parametrize(
    ("scoring", "credit", "after_ms", "points"),
    [
        ("speed", 1, 499, {1000}),
        ("speed", 1, 20_400, {500}),
        ("speed", 0.5, 2000, {475}),
        ("accuracy", 1, 19_000, {1000}),
        ("steady", 1, 10_000, {800}),
        ("steady", 1, 25, {999, 1000}),
        ("speed", 0, 100, {0}),
    ],
)
def test_points_are_those_of_the_formulas(scoring, credit, after_ms, points):
    """docs/scoring.md; an exact half may go to either neighbour, since a computer's fractions are not exact."""
    assert points_of(scoring, ASKED[0], Fraction(credit), after_ms) == points


def test_the_longest_run_is_found():
    """Wherever it stands."""
    assert [longest_run(map(bool, run)) for run in ([], [0, 0], [1, 1, 0, 1], [0, 1, 1, 1])] == [0, 0, 2, 3]


def test_findings_of_rooms_add_up():
    """One list for the report."""
    findings = Findings(lost=["a"])
    findings.add(Findings(lost=["b"], wrong=["c"]))
    assert (findings.lost, findings.wrong) == (["a", "b"], ["c"])
