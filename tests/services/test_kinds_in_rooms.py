"""Each kind in a real room: asked with mixed indexes, answered, graded, and in the results as its author counts."""

import csv
import io
import json

import pytest
from house import house
from pictures import file_of, halves
from sample_kinds import BLANKS, BODIES, CATEGORIZE, GRADED, MATCH, OPEN, ORDER, SCALE, WORDCLOUD
from sample_rooms import SINGLE, TEXT, content_of

from game.kinds import kind_of
from services import records

ANSWERS = {"scale": {"number": 4}, "wordcloud": {"words": ["wet", "blue"]}, "open": {"text": "A lot, fuck"}}
KEYS = {
    "order": {"order": [0, 1, 2, 3]},
    "match": {"pairs": {"0": 0, "1": 1, "2": 2}},
    "categorize": {"categories": {"0": 0, "1": 1, "2": 0, "3": 1}},
    "blanks": {"blanks": ["Paris", "Seine"]},
    "hotspot": {"area": 0},
}
CELLS = {
    "order": "1. Mercury, 2. Venus, 3. Earth, 4. Mars",
    "match": "cat → chat · dog → chien · hen → poule",
    "categorize": "cat → animal · oak → plant · dog → animal · elm → plant",
    "blanks": "1. Paris · 2. Seine",
    "hotspot": "north",
    "scale": "4",
    "wordcloud": "wet, blue",
    "open": "A lot, fuck",
}


def right_answer(question):
    """The key in wire indexes, as somebody would send it; what is never right, as somebody may answer it."""
    key = kind_of(question).key(question) or ANSWERS[question.kind]
    return {name: value for name, value in key.items() if name not in ("accepted", "areas")}


@pytest.mark.gen_test
async def test_each_kind_from_the_room_to_the_results(tmp_path):
    """With whoever knows everything: full points where something is right, and the author's indexes afterwards."""
    async with house(tmp_path) as here:
        teacher = await here.teacher()
        image = (await here.services.desk.media.add(teacher, file_of(halves())))["id"]
        quiz = [question | ({"media": {"image": image}} if "media" in question else {}) for question in BODIES.values()]
        settings = {"read_time_s": 0, "close_when_all_answered": False, "scoring": "accuracy", "shuffle_choices": True}
        room = await here.room(teacher, *quiz, **settings)
        ada, _ = await here.seat(room["pin"], "Ada")
        command = here.services.transitions.command
        await command(room["id"], "room.start")
        live = await here.services.live.hold(room["id"])
        for number, data in enumerate(quiz, start=1):
            question = live.content.question(number)
            assert question.kind == data["kind"]
            await here.answer(room["pin"], ada, number, right_answer(question), f"s{number}")
            await command(room["id"], "round.close")
            assert live.last("round.closed")["key"] == kind_of(question).key(question)
            await command(room["id"], "room.next")
        results = await here.services.desk.results.json(teacher, room["id"])
        (person,) = results["participants"]
        answers = {item["kind"]: entry for item, entry in zip(results["rounds"], person["answers"], strict=True)}
        assert {kind: entry["answer"] for kind, entry in answers.items()} == KEYS | ANSWERS
        graded = {question["kind"] for question in GRADED}
        assert {kind for kind, entry in answers.items() if entry["correct"] and entry["points"] == 1000} == graded
        spread = {item["kind"]: item["distribution"] for item in results["rounds"]}
        assert spread["order"]["counts"] == [1, 1, 1, 1]
        assert spread["scale"] == {"counts": [0, 0, 0, 1, 0], "other": 0, "mean": 4}
        # Dots on the projector and in what is told of the class; what somebody wrote stands with their name.
        assert spread["open"]["values"][0]["value"] == "A lot, •••"
        header, line = csv.reader(io.StringIO(await here.services.desk.results.csv(teacher, room["id"])))
        cells = dict(zip(header, line, strict=True))
        assert {kind: cells[f"{number} answer"] for number, kind in enumerate(BODIES, start=1)} == CELLS
        pages = await here.services.desk.result_pages.person(teacher, room["id"], person["id"])
        assert pages["rounds"][0]["cell"]["given"].value == CELLS["order"]


@pytest.mark.gen_test
async def test_a_room_is_mixed_once(tmp_path):
    """Who reads it again, another node or another process, finds the same indexes."""
    async with house(tmp_path) as here:
        room = await here.room(await here.teacher(), ORDER, MATCH, CATEGORIZE, BLANKS, SCALE, WORDCLOUD, OPEN)
        live = await here.services.live.hold(room["id"])
        keys = [live.content.key(number) for number in range(1, 8)]
    async with house(tmp_path) as again:
        live = await again.services.live.hold(room["id"])
        assert [live.content.key(number) for number in range(1, 8)] == keys


def test_a_room_that_was_stored_before_there_were_bodies_can_be_read():
    """Its kinds have none."""
    content = content_of(SINGLE, TEXT)
    stored = json.loads(records.content_text(content))
    del stored["bodies"]
    assert records.content_from(json.dumps(stored)) == content
