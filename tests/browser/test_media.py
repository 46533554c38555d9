"""Pictures and sounds of questions on phone, host page and projector: for everybody, their place kept free."""

import json
import re

from blackbox_process import PASSWORD, TEACHER, Service
from browser_host import sign_in, start_room, upload
from browser_inspection import violations
from browser_measure import OVERFLOW
from browser_quiz import CAPITAL, PAUSE, RIVER
from browser_student import Student
from browser_visitors import LAPTOP, PROJECTOR, Visitors
from pictures import file_of, photo
from playwright.sync_api import Page, Route, expect
from sound_samples import wav

HEARD = "One long tone"
ALT = "A map of Australia without names"


def test_a_picture_comes_late_and_moves_nothing(visitors: Visitors, service: Service) -> None:
    """Reading time, open question and reveal; a slide too."""
    base = f"http://127.0.0.1:{service.port}"
    teacher = visitors.arrive("host", LAPTOP)
    sign_in(teacher, base, TEACHER, PASSWORD)
    xsrf = {"X-XSRFToken": teacher.locator("meta[name=xsrf]").get_attribute("content") or ""}
    file = {"name": "map.png", "mimeType": "image/png", "buffer": file_of(photo(400, 300))}
    media = json.loads(teacher.request.post(f"{base}/api/v1/media", multipart={"file": file}, headers=xsrf).text())
    tone = {"name": "tone.wav", "mimeType": "audio/wav", "buffer": wav(60)}
    sound = json.loads(teacher.request.post(f"{base}/api/v1/media", multipart={"file": tone}, headers=xsrf).text())
    heard = {"audio": sound["media"]["id"], "transcript": HEARD}
    shown = {"media": {"image": media["media"]["id"], "alt": ALT} | heard}
    upload(teacher, base, {"title": "Maps", "questions": [CAPITAL | shown, PAUSE | shown, RIVER | shown]})
    host = start_room(teacher, read_time_s="60")
    screen = visitors.arrive("screen", PROJECTOR)
    screen.goto(host.open_projector())
    mia = Student(visitors.student("Mia", color_scheme="dark"), "Mia")
    waiting: list[Route] = []
    asked: list[str] = []
    for page in (mia.page, screen):
        page.route(re.compile(r"/media/.*\.(webp|png)"), lambda route: waiting.append(route))
        page.on("request", lambda request: asked.append(request.url))
    mia.scan(base, host.pin)
    mia.take_seat()
    host.press(" ", "Question 1 of 3: reading time")
    expect_picture(mia.page)
    # Of the sound nothing is loaded before somebody wants to hear it.
    assert not [url for url in asked if url.endswith(".wav")]
    screen.get_by_role("button", name="Play the sound").press("Enter")
    # By mouse, and Space is the next step again.
    teacher.get_by_role("button", name="Play the sound").click()
    expect(teacher.get_by_role("button", name="Pause")).not_to_be_focused()
    mia.page.locator("#sound").evaluate("sound => sound.play()")
    host.press(" ", "Question 1 of 3 is open")
    expect(mia.choice("Canberra")).to_be_visible()
    # Four answers are in reach without scrolling.
    expect(mia.choice("Hobart")).to_be_in_viewport(ratio=0.9)
    before = [boxes(page) for page in (mia.page, screen)]
    for route in waiting:
        route.continue_()
    for page in (mia.page, screen):
        page.unroute_all()
        expect_picture(page)
        page.locator(".picture").evaluate("image => image.decode()")
    assert [boxes(page) for page in (mia.page, screen)] == before
    look(mia.page, screen, teacher)
    # Who listens goes on listening when the answers open.
    expect(screen.get_by_role("button", name="Pause")).to_be_visible()
    assert mia.page.locator("#sound").evaluate("sound => !sound.paused && sound.currentTime > 0")
    for page in (mia.page, screen):
        expect(page.get_by_text(HEARD)).to_have_count(0)
    mia.choose("Canberra")
    host.expect_phase("Question 1 of 3 is closed")
    for page in (mia.page, screen):
        expect(page.get_by_text(HEARD)).to_be_visible()
    look(mia.page, screen, teacher)
    host.press("s", "Standings after question 1 of 3")
    expect(mia.page.locator("#sound")).to_be_hidden()
    assert mia.page.locator("#sound").evaluate("sound => sound.paused")
    host.press(" ", "Slide 2 of 3")
    look(mia.page, screen, teacher)


def expect_picture(page: Page) -> None:
    picture = page.get_by_role("img", name=ALT)
    expect(picture).to_be_visible()
    box = picture.bounding_box()
    assert box is not None
    assert box["width"] > 100
    assert box["height"] > 60


def boxes(page: Page) -> list[list[float]]:
    """Where everything of the question stands."""
    script = "all => all.map(e => Object.values(e.getBoundingClientRect().toJSON()).map(Math.round))"
    found: list[list[float]] = page.locator(".picture, .prompt, .answer, .choice, .timer").evaluate_all(script)
    return found


def look(*pages: Page) -> None:
    """Everybody sees it, and nothing sticks out."""
    for page in pages:
        expect_picture(page)
        assert page.evaluate(OVERFLOW) == []
        assert violations(page) == []
