"""Whole rooms against the real service, as its users would play them."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from random import Random

import pytest
from blackbox_process import PASSWORD, TEACHER, Service

from clock import SystemClock
from load.api import Api
from load.errors import ApiError, UsageError
from load.plan import Plan, Target
from load.report import Report
from load.run import Run, Teacher, raise_file_limit
from load.scene import Scene
from load.think import Think

pytestmark = pytest.mark.process
ROUNDS, PLAYERS, ROOMS = 4, 20, 2
SIGN_IN = ("--email", TEACHER, "--password-stdin")


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    """One process on a free port of the loopback."""
    made = Service(tmp_path_factory.mktemp("service"))
    made.prepare()
    made.start()
    yield made
    made.stop()


def play(service, api_class, teacher=None, told=None) -> Report:
    """A small run in this process, with a client of the API that may lie; `told` gets the sentences of its steps."""
    told = [] if told is None else told
    target = Target("127.0.0.1", service.port, False)
    plan = Plan(target, 1, 5, 2, Think(0, 0), 0, "steady", 8, 60, 7)
    scene = Scene(plan, SystemClock(), Random(plan.seed))
    run = Run(scene, api_class(target, None), told.append)

    async def played():
        return await run.play(teacher or Teacher(TEACHER, PASSWORD))

    # In a thread of its own: asyncio.run would take the loop away that pytest-tornado keeps for this one.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, played()).result(60)


def test_rooms_are_played_through_storms(service):
    """Nothing lost, nothing twice, every grade and rank as worked out here: exit code 0, and figures for all of it."""
    url = f"http://127.0.0.1:{service.port}"
    flags = ("--rooms", str(ROOMS), "--players", str(PLAYERS), "--rounds", str(ROUNDS), "--url", url, "--json")
    said = service.command(
        "load", *flags, *SIGN_IN, "--storm", "0.3", "--think", "uniform:0.05-0.5s", stdin=PASSWORD + "\n"
    )
    report = json.loads(said)
    everyone = ROOMS * PLAYERS
    assert report["clean"] is True, said
    assert report["participants"] == {"planned": everyone, "joined": everyone, "connected": everyone}
    assert [report[name]["count"] for name in ("joins", "upgrades", "subscriptions")] == [everyone] * 3
    assert report["receipts"]["count"] + report["receipts_after_reconnect"]["count"] == everyone * ROUNDS
    assert 0 < report["receipts"]["p50_ms"] <= report["receipts"]["p99_ms"] <= report["receipts"]["max_ms"]
    assert (report["last_delivery"]["count"], report["grading"]["count"]) == (ROOMS * ROUNDS, ROOMS * ROUNDS)
    assert 0 < report["delivery"]["count"] <= everyone * ROUNDS
    assert 0 < report["reset"] <= ROOMS * ROUNDS * 6
    assert report["reconnects"] == report["reset"]
    broken = ("lost", "doubled", "wrong", "late", "unconfirmed", "missed_events")
    assert [report[name] for name in broken] == [0] * len(broken)
    assert report["errors"] == {}
    assert 0 < report["generator"]["busy"] <= 1
    assert report["generator"]["memory_mib"] > 10
    assert "Traceback" not in service.log_text()


class Forgetful(Api):
    """As if the service had lost one answer and counted another twice, each after its receipt."""

    async def call(self, method, path, body=None):
        answer = await super().call(method, path, body)
        if path.endswith("/results"):
            first, second = answer["participants"][:2]
            first["answers"][0] |= {"answer": None, "received_at": None, "response_ms": None}
            second["answers"].append(second["answers"][0])
        return answer


def test_a_lost_and_a_doubled_answer_are_noticed(service):
    """In a real room whose results were tampered with: exit code 1. Without it the same room is clean."""
    told = []
    assert play(service, Api, told=told).exit_code == 0
    assert [sentence.split(" in ")[0] for sentence in told] == [
        "5 joined", "5 upgraded", "5 subscribed", "Playing 2 rounds.", "Working out every score again.",
    ]  # fmt: skip
    report = play(service, Forgetful)
    assert report.exit_code == 1
    assert any("had a receipt and is not in the results" in found for found in report.findings.lost)
    assert any("2 answers in round 1" in found for found in report.findings.doubled)


def test_a_killed_service_breaks_no_promise(service):
    """SIGKILL while answers come in, and a start on the same database: everybody comes back, and all of it is clean."""
    target = Target("127.0.0.1", service.port, False)
    plan = Plan(target, 1, PLAYERS, 2, Think(0.1, 1.5), 0, "speed", 8, 60, 7)
    scene = Scene(plan, SystemClock(), Random(plan.seed))

    async def kill_once():
        while len(scene.figures.receipt_ms) < PLAYERS // 4:
            # A list that grows: there is nothing to wait on.
            await asyncio.sleep(0.005)
        service.kill()
        await asyncio.get_running_loop().run_in_executor(None, service.start)

    async def played():
        report, _ = await asyncio.gather(Run(scene, Api(target, None)).play(Teacher(TEACHER, PASSWORD)), kill_once())
        return report

    with ThreadPoolExecutor(1) as thread:
        report = thread.submit(asyncio.run, played()).result(60)
    assert report.exit_code == 0, (report.findings, report.problems)
    assert report.figures.reconnects >= PLAYERS
    assert len(report.figures.receipt_ms) + len(report.figures.resumed_receipt_ms) == 2 * PLAYERS


def test_a_token_serves_as_well_and_the_quiz_is_taken_away_again(service):
    """The teacher's list stays as it was."""
    target = Target("127.0.0.1", service.port, False)

    async def call(method, path, body=None, token=None):
        api = Api(target, None)
        api.token = token
        try:
            return await api.call(method, path, body)
        finally:
            api.close()

    with ThreadPoolExecutor(1) as thread:
        sent = {"email": TEACHER, "password": PASSWORD}
        token = thread.submit(asyncio.run, call("POST", "/api/v1/login", sent)).result(20)["token"]
        assert play(service, Api, Teacher(token=token)).exit_code == 0
        quizzes = thread.submit(asyncio.run, call("GET", "/api/v1/quizzes", token=token)).result(20)["quizzes"]
    assert [quiz["title"] for quiz in quizzes if quiz["title"].startswith("Load")] == []


def test_a_wrong_password_is_the_callers_mistake(service):
    """Nothing is played."""
    with pytest.raises(ApiError):
        play(service, Api, Teacher(TEACHER, "another long pass phrase"))


def test_more_participants_than_open_files_are_refused():
    """With the number that the system allows."""
    with pytest.raises(UsageError, match="ulimit -n"):
        raise_file_limit(10**9)
