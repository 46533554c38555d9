"""Quizzes and files that are refused: told where and why, with nothing left behind."""

import os

import pytest
from blackbox_class import SINGLE, details_name
from blackbox_http import Api

pytestmark = pytest.mark.process


def test_a_bad_quiz_is_422_with_the_place(api: Api) -> None:
    """The question and the field that is wrong; nothing is stored."""
    before = len(api.quizzes())
    wrong: list[tuple[str, object]] = [
        ("choices", SINGLE | {"choices": [{"text": "only one"}]}),
        ("kind", SINGLE | {"kind": "karaoke"}),
        ("points", SINGLE | {"points": -1}),
        ("time_limit_s", SINGLE | {"time_limit_s": 0}),
        ("choises", SINGLE | {"choises": []}),
        ("prompt", {key: value for key, value in SINGLE.items() if key != "prompt"}),
    ]
    for field, question in wrong:
        reply = api.call("POST", "/api/v1/quizzes", {"title": "Bad", "questions": [SINGLE, question]})
        details_name(reply, field)
        assert "questions[1]" in str(reply.error["details"]), reply.error
    assert len(api.quizzes()) == before


def test_a_stale_revision_is_409(api: Api) -> None:
    """Of two who edit the same revision the second is told."""
    path = f"/api/v1/quizzes/{api.quiz([SINGLE])}"
    quiz = api.expect(200, "GET", path)
    changed = api.expect(200, "PUT", path, quiz | {"title": "First"})
    assert changed["revision"] != quiz["revision"]
    reply = api.call("PUT", path, quiz | {"title": "Second"})
    assert reply.status == 409, reply.body
    assert reply.error["code"]
    assert api.expect(200, "GET", path)["title"] == "First"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("photo.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40),
        ("noise.gift", bytes(range(256)) * 20),
        ("letter.txt", b"Dear parents,\nthe trip is on Friday.\n"),
        ("empty.gift", b""),
        ("broken.json", b'{"title": "Half", "questions": [{"kind": "single", "pro'),
        ("other.json", b'{"menu": ["soup", "salad"]}'),
    ],
)
def test_a_file_that_is_no_quiz_leaves_nothing_behind(api: Api, name: str, data: bytes) -> None:
    """422 with one sentence."""
    before = api.quizzes()
    reply = api.upload(data, name)
    assert reply.status == 422, (reply.status, reply.body[:500])
    assert reply.error["message"]
    assert "Traceback" not in reply.error["message"]
    assert api.quizzes() == before


def test_an_upload_without_a_file_is_refused(api: Api) -> None:
    """No file, no multipart, a format that nobody knows."""
    assert api.call("POST", "/api/v1/quizzes/import", {"file": "x"}).error["message"]
    reply = api.upload(b"::Q:: 2 + 2 = ? {=4 ~3}", "q.gift", "karaoke")
    details_name(reply, "format")


def test_a_file_over_20_mb_is_refused_in_the_same_shape(api: Api) -> None:
    """One sentence, nothing is left behind; also when it is far beyond what is read at all."""
    before = api.quizzes()
    for megabytes in (21, 64):
        reply = api.upload(os.urandom(1024) * (megabytes * 1024), "huge.gift")
        assert reply.status in (413, 422), (reply.status, reply.body[:300])
        assert reply.error["message"]
        assert api.quizzes() == before


def test_a_file_broken_in_the_middle_says_what_was_left_out(api: Api) -> None:
    """found = imported + skipped, each loss with its place."""
    text = b"::A:: 1 + 1 = ? {=2 ~3}\n\n::B:: 2 + 2 = ? {=4 ~5\n\n::C:: 3 + 3 = ? {=6 ~7}\n"
    reply = api.upload(text, "half.gift")
    assert reply.status == 201, reply.body
    counts = reply.json["counts"]
    assert counts["found"] == counts["imported"] + counts["skipped"]
    assert counts["skipped"] >= 1
    assert all(set(one) >= {"where", "code", "message"} for one in reply.json["warnings"])
    assert reply.json["warnings"]
