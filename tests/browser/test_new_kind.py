"""A kind of question is files that are found: a copy of the code with one more kind plays it, untouched otherwise."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from blackbox_process import PASSWORD, ROOT, TEACHER, Service
from browser_editor import new_quiz
from browser_host import Stage, sign_in, start_room, upload
from browser_student import Student
from browser_visitors import Visitors
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.process]

TOY = ROOT / "tests" / "support" / "toy_kind"
# What the service is made of; no data, no tests, no environment.
CODE = ("cli", "formats", "game", "handlers", "jobs", "load", "locales", "migrations", "models", "realtime", "services")
CODE += ("static", "templates")
ASKED = {"kind": "thumb", "prompt": "Is water wet?", "way": "up", "time_limit_s": None}
QUIZ = {"title": "Thumbs", "questions": [ASKED]}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The service, run from a copy of its code to which the toy's files were added."""
    code = tmp_path_factory.mktemp("code")
    for name in CODE:
        shutil.copytree(ROOT / name, code / name, ignore=shutil.ignore_patterns("__pycache__"))
    for module in ROOT.glob("*.py"):
        shutil.copy(module, code)
    add_to(code)
    service = Service(tmp_path_factory.mktemp("service"), code=code)
    service.prepare()
    service.start()
    yield service
    service.stop()


def add_to(code: Path) -> None:
    """Puts each of the toy's files in its place, where none was before."""
    files = [file.relative_to(TOY) for file in TOY.rglob("*.*") if file.is_file() and "__pycache__" not in file.parts]
    assert len([file for file in files if file.suffix == ".py"]) == 1
    for file in files:
        assert not (code / file).exists(), f"{file} is there already: a new kind touches nothing"
        shutil.copy(TOY / file, code / file)


@pytest.fixture
def ada(visitors: Visitors, base: str) -> Page:
    page = visitors.arrive("ada", base_url=base)
    sign_in(page, base, TEACHER, PASSWORD)
    return page


def test_a_new_kind_is_brought_in_played_and_told(ada: Page, base: str, visitors: Visitors) -> None:
    """From a file, over its author's card, phone and projector, into the results."""
    upload(ada, base, QUIZ)
    expect(ada.locator(".question")).to_contain_text("Right: thumb up")
    host = start_room(ada, read_time_s="0")
    mia = Student(visitors.student("Mia"), "Mia")
    mia.scan(base, host.pin)
    mia.take_seat()
    host.step("Start")
    expect(Stage(ada).root).to_contain_text("Think of a thumb.")
    expect(Stage(ada).root).to_contain_text("Up or down?")
    expect(mia.receipt).to_contain_text("Up or down?")
    mia.page.get_by_role("button", name="Thumb up").tap()
    host.expect_phase("Question 1 of 1 is closed")
    expect(mia.verdict).to_have_text("That's right")
    expect(mia.page.locator("[data-row=mine]")).to_contain_text("Thumb up")
    assert Stage(ada).counts() == {"Thumb up": 1, "Thumb down": 0}
    ada.locator("#key summary").click()
    expect(ada.locator(".key-right")).to_have_text("Thumb up")
    host.press(" ", "The room is over")
    ada.goto(f"/rooms/{host.room_id}/results")
    assert "Thumb up" in (ada.locator(".matrix tbody .cell").get_attribute("title") or "")


def test_a_new_kind_is_written_in_the_editor(ada: Page) -> None:
    """In the menu with its name and sentence; its form; both previews."""
    ada.goto("/quizzes")
    editor = new_quiz(ada)
    editor.add("Thumb", "Is fire cold?")
    expect(editor.rail).to_contain_text("Thumb")
    editor.field("Which way is right").select_option("down")
    expect(editor.phone.get_by_role("button", name="Thumb down", include_hidden=True)).to_be_visible()
    ada.get_by_role("radio", name="Projector").check()
    expect(editor.screen.get_by_text("Think of a thumb.")).to_be_visible()
    editor.expect_saved()
    quiz = ada.request.get(f"/api/v1/quizzes/{editor.quiz_id}").json()
    assert quiz["questions"][0]["way"] == "down"
