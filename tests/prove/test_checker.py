"""The checker finds nothing in evidence that is whole, and each promise's breach in evidence that is not."""

import json
from pathlib import Path

import pytest

from prove.checker import check_room
from prove.report import judge_evidence

OPENED, CLOSED = 1_000_000, 1_005_000
ID = "a" * 32
QUESTION = {"kind": "single", "points": 1000, "time_limit_s": 20, "explanation": "revealed-1"}
RECEIPT = {"status": "stored", "id": ID, "round": 1, "received_at": OPENED + 2000}


def event(seq, method, **params):
    return {"jsonrpc": "2.0", "method": method, "params": {"room": "123456", "seq": seq, "server_time": seq, **params}}


def log():
    """One round: opened, closed, and the end."""
    return [
        event(1, "round.opened", round=1, question={"kind": "single", "prompt": "?"}, opened_at=OPENED),
        event(2, "round.closed", round=1, key={"choices": [2]}, explanation="revealed-1"),
        event(3, "room.ended", podium=[]),
    ]


def pupil(name="p1"):
    """A journal in which everything is as it should be."""
    opened, closed, ended = log()
    graded = {"round": 1, "correct": True, "credit": 1.0, "points": 950, "score": 950, "rank": 1, "streak": 1}
    said = {"id": 2, "method": "answer.submit", "params": {"round": 1, "answer": {"choices": [2]}, "id": name * 16}}
    receipt = RECEIPT | {"id": name * 16}
    return [
        {"who": {"role": "player", "id": name, "nickname": name}},
        {"connected": "n1"},
        {"said": {"id": 1, "method": "room.subscribe", "params": {"room": "123456"}}},
        {"got": {"id": 1, "result": {"seq": 0, "epoch": "e", "snapshot": {"phase": "LOBBY", "round": 0}}}},
        {"got": opened},
        {"said": said},
        {"got": {"id": 2, "result": receipt}},
        {"got": closed},
        {"got": {"method": "answer.graded", "params": {"room": "123456", **graded}}},
        {"got": ended},
    ]


def row(name, points=950):
    answer = {"round": 1, "answer": {"choices": [2]}, "correct": True, "credit": 1.0, "points": points}
    answer |= {"response_ms": 2000, "received_at": OPENED + 2000}
    whole = {"id": name, "nickname": name, "rank": 1, "score": points, "correct": 1, "streak_best": 1}
    return whole | {"answers": [answer]}


@pytest.fixture
def evidence(tmp_path):
    """What `write` takes and changes; `found` are the promises that the checker finds broken."""
    room = {
        "scoring": "speed",
        "questions": [QUESTION],
        "trouble": [],
        "events": [{"seq": one["params"]["seq"], "method": one["method"], "params": one["params"]} for one in log()],
        "results": {
            "rounds": [{"round": 1, "answered": 2, "correct": 2, "distribution": {"counts": [0, 0, 2, 0], "other": 0}}],
            "participants": [row("p1"), row("p2")],
        },
    }
    return Evidence(tmp_path / "rooms" / "00-000", room)


class Evidence:
    def __init__(self, folder: Path, room) -> None:
        self.folder, self.room = folder, room
        self.journals = {name: pupil(name) for name in ("p1", "p2")}

    def write(self):
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "room.json").write_text(json.dumps(self.room))
        for name, lines in self.journals.items():
            text = "".join(json.dumps({"t": 1000.0 + n, **line}) + "\n" for n, line in enumerate(lines))
            (self.folder / f"{name}.jsonl").write_text(text)
        return self

    def found(self):
        return {problem.promise for problem in check_room(self.write().folder).problems}

    def sentences(self):
        return [problem.sentence for problem in check_room(self.write().folder).problems]


def test_nothing_is_found_where_nothing_is_wrong(evidence):
    assert evidence.sentences() == []


def test_an_acknowledged_answer_that_is_not_in_the_results_is_lost(evidence):
    entry = evidence.room["results"]["participants"][0]["answers"][0]
    entry |= {"answer": None, "correct": False, "credit": 0, "points": 0}
    assert "lost" in evidence.found()


def test_an_answer_that_stands_there_twice_counts_twice(evidence):
    answers = evidence.room["results"]["participants"][0]["answers"]
    answers.append(dict(answers[0]))
    assert "doubled" in evidence.found()


def test_a_second_receipt_that_says_something_else_is_found(evidence):
    lines = evidence.journals["p1"]
    again = lines[5]["said"] | {"id": 3}
    other = {"id": 3, "result": lines[6]["got"]["result"] | {"received_at": OPENED + 9}}
    lines[7:7] = [{"said": again}, {"got": other}]
    assert evidence.found() == {"doubled"}


def test_an_event_that_somebody_never_got_is_missed(evidence):
    del evidence.journals["p1"][-1]
    assert evidence.found() == {"missed"}


def test_who_missed_an_event_is_told_with_their_socket(evidence):
    """A socket that stays open and is not served is the service's fault; somebody on their way back may not be."""
    away = [{"lost": 1006, "node": "n1"}]
    evidence.journals["p1"].pop()
    evidence.journals["p2"] = evidence.journals["p2"][:-1] + away
    assert set(evidence.found()) == {"missed"}
    told = [problem.sentence for problem in check_room(evidence.folder).problems]
    assert any("with an open socket" in sentence for sentence in told)
    assert any("without a socket for" in sentence for sentence in told)


def test_refused_answers_are_told_with_their_codes(evidence):
    refused = {"got": {"id": 2, "error": {"code": -32010, "message": "no", "data": {"code": "round_closed"}}}}
    evidence.journals["p1"][6] = refused
    evidence.write()
    rows = judge_evidence(evidence.folder.parents[1], "rolling").rows
    assert [row.measured for row in rows if row.promise == "answers that were refused"] == ["1 round_closed"]


def test_an_event_that_an_open_socket_skips_is_a_hole(evidence):
    del evidence.journals["p1"][7]
    assert evidence.found() == {"holes", "missed"}


def test_a_resume_that_leaves_an_event_out_is_found(evidence):
    lines = evidence.journals["p1"]
    opened, _, ended = log()
    resume = {"id": 9, "method": "room.subscribe", "params": {"after": 0, "epoch": "e"}}
    reply = {"id": 9, "result": {"seq": 3, "epoch": "e", "events": [opened, ended]}}
    lines[4:] = [{"lost": 1006, "node": "n1"}, {"connected": "n2"}, {"said": resume}, {"got": reply}]
    assert "missed" in evidence.found()


def test_two_events_that_change_places_are_found(evidence):
    """One node's copy of the log has them the other way round."""
    lines = evidence.journals["p1"]
    lines[4]["got"]["params"]["seq"], lines[7]["got"]["params"]["seq"] = 2, 1
    lines[4], lines[7] = lines[7], lines[4]
    assert "order" in evidence.found()


def test_an_event_that_says_something_else_to_another_is_found(evidence):
    evidence.journals["p2"][4]["got"]["params"]["opened_at"] += 1
    assert evidence.found() == {"order"}


def test_a_repeated_event_is_ignored_unless_it_says_something_else(evidence):
    lines = evidence.journals["p1"]
    lines.insert(5, lines[4])
    assert evidence.found() == set()
    lines[5] = {"got": event(1, "round.opened", round=2)}
    assert evidence.found() == {"order"}


def test_a_log_with_a_gap_is_found(evidence):
    evidence.room["events"][1]["seq"] = 7
    assert "order" in evidence.found()


def test_a_wrong_score_is_found(evidence):
    evidence.room["results"]["participants"][0]["score"] = 951
    assert "scores" in evidence.found()


def test_points_that_the_formula_does_not_give_are_found(evidence):
    evidence.room["results"]["participants"][0] = row("p1", points=900)
    assert "scores" in evidence.found()


def test_a_grade_that_was_told_otherwise_is_found(evidence):
    evidence.journals["p1"][8]["got"]["params"]["points"] = 1
    assert evidence.found() == {"scores"}


def test_who_was_away_for_a_round_need_not_be_told_its_grade(evidence):
    del evidence.journals["p1"][8]
    assert evidence.found() == set()


def test_a_key_in_a_question_is_found(evidence):
    evidence.journals["p1"][4]["got"]["params"]["question"]["choices"] = [{"index": 0, "correct": False}]
    assert "keys" in evidence.found()


def test_an_explanation_before_its_reveal_is_found(evidence):
    """Wherever in a message it stands."""
    lines = evidence.journals["p1"]
    lines.insert(5, {"got": {"method": "round.progress", "params": {"room": "123456", "note": "revealed-1"}}})
    assert evidence.found() == {"keys"}


def test_a_snapshot_of_the_reveal_may_hold_the_key(evidence):
    lines = evidence.journals["p1"]
    resume = {"id": 9, "method": "room.subscribe", "params": {}}
    snapshot = {"phase": "REVEAL", "round": 1, "key": {"choices": [2]}, "explanation": "revealed-1"}
    late = [{"lost": 1006, "node": "n1"}, {"connected": "n2"}, {"said": resume}]
    lines[-1:-1] = [*late, {"got": {"id": 9, "result": {"seq": 2, "epoch": "e", "snapshot": snapshot}}}]
    assert evidence.found() == set()
    snapshot["phase"] = "OPEN"
    assert evidence.found() == {"keys"}


def test_a_room_that_did_not_end_is_stuck(evidence):
    evidence.write()
    (evidence.folder / "room.json").unlink()
    assert {problem.promise for problem in check_room(evidence.folder).problems} == {"stuck"}


def test_a_run_in_which_nothing_happened_proves_nothing(tmp_path):
    assert not judge_evidence(tmp_path, "all").is_kept


def test_a_verdict_names_the_line_that_shows_it(evidence):
    evidence.journals["p1"][7]["got"]["params"]["seq"] = 9
    holes = [problem for problem in check_room(evidence.write().folder).problems if problem.promise == "holes"]
    assert holes[0].line.startswith("p1.jsonl:8 ")
    assert "round.closed" in holes[0].line
