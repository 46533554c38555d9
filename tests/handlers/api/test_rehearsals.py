"""Rehearsals over HTTP."""

import pytest
from sample_rooms import SINGLE
from web import fields_of


@pytest.mark.gen_test
async def test_a_rehearsal_is_a_room_like_any_other(teacher, colleague):
    """Whoever has its PIN may join; only the owner of the quiz makes it."""
    _, quiz = await teacher.json("POST", "/api/v1/quizzes", {"title": "Sums", "questions": [SINGLE]})
    body = {"quiz_id": quiz["id"], "players": 5}
    code, room = await teacher.json("POST", "/api/v1/rehearsals", body)
    assert (code, set(room)) == (201, {"id", "pin", "join_url", "epoch"})
    code, _ = await colleague.json("POST", f"/api/v1/rooms/{room['pin']}/participants", {"nickname": "Grace"})
    assert code == 201
    code, _ = await colleague.json("POST", "/api/v1/rehearsals", body)
    assert code == 403


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"quiz_id": "x"}, "quiz_id"),
        ({"players": 4}, "players"),
        ({"players": 31}, "players"),
        ({"players": "many"}, "players"),
        ({"settings": {"read_time_s": -1}}, "settings.read_time_s"),
        ({"colour": 1}, "colour"),
    ],
)
@pytest.mark.gen_test
async def test_what_is_wrong_is_named(teacher, body, field):
    """Each field by its name."""
    _, quiz = await teacher.json("POST", "/api/v1/quizzes", {"title": "Sums", "questions": [SINGLE]})
    code, refused = await teacher.json("POST", "/api/v1/rehearsals", {"quiz_id": quiz["id"]} | body)
    assert (code, fields_of(refused)) == (422, [field])
