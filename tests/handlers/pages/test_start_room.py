"""A quiz's page and the form that starts a room with it."""

import re

import pytest
from sample_rooms import INFO, MULTI, NUMBER, POLL, SINGLE, TEXT
from web import EMAIL

from game.settings import PRESETS, Settings

EVERY_KIND = [
    SINGLE,
    MULTI,
    {"kind": "true_false", "prompt": "Fire is cold.", "choices": [{}, {"correct": True}]},
    TEXT,
    NUMBER,
    POLL,
    INFO,
]


async def quiz_of(here, *questions, title="Sums"):
    ada = await here.services.accounts.identity_of(EMAIL)
    return await here.services.desk.quizzes.create(ada, {"title": title, "questions": list(questions)})


@pytest.mark.gen_test
async def test_a_quiz_shows_every_kind_of_question(signed_in, here):
    """With its key, for the teacher."""
    quiz = await quiz_of(here, *EVERY_KIND)
    response = await signed_in.page(f"/quizzes/{quiz['id']}")
    page = response.body.decode()
    assert response.code == 200
    for question in EVERY_KIND:
        assert question["prompt"] in page
    assert "Paris" in page


async def settings_of(here, response):
    """Of the room that the form's answer leads to."""
    assert response.code == 303
    pin = response.headers["Location"].removeprefix("/host/")
    return (await here.services.live.by_pin(pin)).room.settings


def checked(page):
    """{name: value} of the form's fields as a browser would send them; a checkbox that is off is not among them."""
    fields = [dict(re.findall(r'(\w+)="([^"]*)"', tag)) | {"tag": tag} for tag in re.findall(r"<input[^>]*>", page)]
    chosen = [field for field in fields if field.get("type") not in ("checkbox", "radio") or " checked" in field["tag"]]
    return {field["name"]: field.get("value", "on") for field in chosen if field["name"] != "_xsrf"}


@pytest.mark.gen_test
async def test_a_bare_button_starts_a_room_as_the_last_one_was(signed_in, here):
    """With the defaults before the first one; another quiz's settings are better than none."""
    first, second = await quiz_of(here, SINGLE), await quiz_of(here, SINGLE)
    assert await settings_of(here, await signed_in.form(f"/quizzes/{first['id']}/host")) == Settings()
    here.clock.advance(1)
    await signed_in.form(f"/quizzes/{first['id']}/host", scoring="accuracy", read_time_s="7")
    here.clock.advance(1)
    wanted = await settings_of(here, await signed_in.form(f"/quizzes/{second['id']}/host"))
    assert (wanted.scoring, wanted.read_time_s, wanted.late_join) == ("accuracy", 7, False)
    here.clock.advance(1)
    await signed_in.form(f"/quizzes/{second['id']}/host", scoring="survey", read_time_s="0")
    here.clock.advance(1)
    again = await settings_of(here, await signed_in.form(f"/quizzes/{first['id']}/host"))
    assert again == wanted


@pytest.mark.gen_test
async def test_the_form_is_filled_in_as_last_time(signed_in, here):
    """Sent as it comes, it makes the same room again."""
    quiz = await quiz_of(here, SINGLE)
    page = (await signed_in.page(f"/quizzes/{quiz['id']}")).body.decode()
    assert "As you had it last time." not in page
    assert await settings_of(here, await signed_in.form(f"/quizzes/{quiz['id']}/host", **checked(page))) == Settings()
    own = {"scoring": "steady", "read_time_s": "2.5", "streak_bonus": "on", "nicknames": "generated"}
    here.clock.advance(1)
    wanted = await settings_of(here, await signed_in.form(f"/quizzes/{quiz['id']}/host", **own))
    assert (wanted.scoring, wanted.read_time_s, wanted.streak_bonus) == ("steady", 2.5, True)
    assert (wanted.nicknames, wanted.late_join, wanted.name_filter) == ("generated", False, False)
    page = (await signed_in.page(f"/quizzes/{quiz['id']}")).body.decode()
    assert "As you had it last time." in page
    assert await settings_of(here, await signed_in.form(f"/quizzes/{quiz['id']}/host", **checked(page))) == wanted


@pytest.mark.parametrize("name", PRESETS)
@pytest.mark.gen_test
async def test_a_preset_is_a_link_that_fills_the_form_in(signed_in, here, name):
    """Without a script too."""
    quiz = await quiz_of(here, SINGLE)
    page = (await signed_in.page(f"/quizzes/{quiz['id']}?preset={name}")).body.decode()
    assert re.search(rf'data-preset="{name}" aria-current="true"', page)
    assert page.count("aria-current") == 1
    response = await signed_in.form(f"/quizzes/{quiz['id']}/host", **checked(page))
    assert await settings_of(here, response) == PRESETS[name]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"scoring": "luck"}, "Choose one of these."),
        ({"nicknames": "mine"}, "Choose one of these."),
        ({"read_time_s": "soon"}, "Type a number of seconds from 0 to 120."),
        ({"read_time_s": "nan"}, "Type a number of seconds from 0 to 120."),
        ({"read_time_s": "121"}, "Type a number of seconds from 0 to 120."),
    ],
)
@pytest.mark.gen_test
async def test_a_wrong_setting_is_told_at_its_field(signed_in, here, fields, words):
    """The form keeps what was typed, and there is no room."""
    quiz = await quiz_of(here, SINGLE)
    ((name, value),) = fields.items()
    response = await signed_in.form(f"/quizzes/{quiz['id']}/host", streak_bonus="on", **fields)
    page = response.body.decode()
    assert response.code == 422
    told = dict(re.findall(r'<p class="field-error" id="(\w+)-error" role="alert">(.*?)</p>', page))
    assert {field: text for field, text in told.items() if text} == {name: words}
    assert checked(page)["streak_bonus"] == "on"
    assert "late_join" not in checked(page)
    if name == "read_time_s":
        assert checked(page)[name] == value
    assert await here.services.rooms.mine(await here.services.accounts.identity_of(EMAIL)) == []


@pytest.mark.gen_test
async def test_two_wrong_settings_are_both_told(signed_in, here):
    quiz = await quiz_of(here, SINGLE)
    response = await signed_in.form(f"/quizzes/{quiz['id']}/host", scoring="luck", read_time_s="-1")
    page = response.body.decode()
    assert "Choose one of these." in page
    assert "Type a number of seconds" in page


@pytest.mark.gen_test
async def test_a_form_that_was_refused_and_is_reloaded_is_the_quiz_again(signed_in, here):
    quiz = await quiz_of(here, SINGLE)
    response = await signed_in.page(f"/quizzes/{quiz['id']}/host")
    assert (response.code, response.headers["Location"]) == (302, f"/quizzes/{quiz['id']}")


@pytest.mark.gen_test
async def test_another_button_of_the_form_rehearses(signed_in, here):
    """With the settings that the form has; the host's page says what it is and offers no other one."""
    quiz = await quiz_of(here, SINGLE)
    page = (await signed_in.page(f"/quizzes/{quiz['id']}")).body.decode()
    assert f'formaction="/quizzes/{quiz["id"]}/rehearse"' in page
    response = await signed_in.form(f"/quizzes/{quiz['id']}/rehearse", scoring="accuracy", read_time_s="0", players="5")
    assert response.code == 303
    live = await here.services.live.by_pin(response.headers["Location"].removeprefix("/host/"))
    assert (live.room.is_rehearsal, live.room.settings.scoring) == (True, "accuracy")
    host = (await signed_in.page(response.headers["Location"])).body.decode()
    assert "The class is made up" in host
    assert "/rehearse" not in host
    real = await signed_in.form(f"/quizzes/{quiz['id']}/host")
    host = (await signed_in.page(real.headers["Location"])).body.decode()
    assert f'action="/quizzes/{quiz["id"]}/rehearse"' in host


@pytest.mark.gen_test
async def test_what_cannot_be_rehearsed_is_told_like_what_cannot_be_started(signed_in, here):
    """An unfinished quiz, a wrong setting, somebody else's quiz."""
    ada = await here.services.accounts.identity_of(EMAIL)
    draft = await here.services.desk.quizzes.begin(ada, "New")
    response = await signed_in.form(f"/quizzes/{draft}/rehearse")
    assert response.headers["Location"] == f"/quizzes/{draft}/edit#unfinished"
    quiz = await quiz_of(here, SINGLE)
    assert (await signed_in.form(f"/quizzes/{quiz['id']}/rehearse", read_time_s="999")).code == 422
    assert (await signed_in.form(f"/quizzes/{quiz['id']}/rehearse", players="31")).code == 422
    bo = await here.teacher("bo@school.example")
    his = await here.services.desk.quizzes.create(bo, {"title": "His", "questions": [SINGLE]})
    assert (await signed_in.form(f"/quizzes/{his['id']}/rehearse")).code == 403


@pytest.mark.gen_test
async def test_the_results_of_a_rehearsal_say_what_they_are(signed_in, here):
    """They are there for a look; nobody takes them for a lesson's."""
    quiz = await quiz_of(here, SINGLE)
    response = await signed_in.form(f"/quizzes/{quiz['id']}/rehearse", players="5")
    live = await here.services.live.by_pin(response.headers["Location"].removeprefix("/host/"))
    page = (await signed_in.page(f"/rooms/{live.room.id}/results")).body.decode()
    assert "Rehearsal: it is deleted soon" in page
    real = await here.services.rooms.create(await here.services.accounts.identity_of(EMAIL), quiz["id"], None)
    assert "Rehearsal" not in (await signed_in.page(f"/rooms/{real['id']}/results")).body.decode()
