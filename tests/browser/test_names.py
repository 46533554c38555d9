"""Names: those that a word list knows wait for the host, and in some rooms the service makes them."""

import re

import pytest
from blackbox_process import PASSWORD, TEACHER, Service
from browser_host import Host, Stage, sign_in, start_room, upload
from browser_inspection import violations
from browser_measure import OVERFLOW
from browser_quiz import SHORT
from browser_student import Student
from browser_visitors import PROJECTOR, REFUSED, Visitors
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.process]

RUDE = "B1tch"


def lesson(service: Service, visitors: Visitors, **settings: str) -> tuple[str, Host, Stage]:
    """(address, host, the projector's stage) of a room in its lobby."""
    base = f"http://127.0.0.1:{service.port}"
    page = visitors.arrive("host")
    sign_in(page, base, TEACHER, PASSWORD)
    upload(page, base, SHORT)
    host = start_room(page, **settings)
    projector = visitors.arrive("projector", PROJECTOR)
    projector.goto(host.open_projector())
    stage = Stage(projector)
    stage.expect_phase("LOBBY")
    return base, host, stage


def join(visitors: Visitors, base: str, host: Host, name: str, **options: object) -> Student:
    student = Student(visitors.student(name, **options), name)
    student.scan(base, host.pin)
    student.take_seat()
    return student


def test_a_doubtful_name_waits_for_the_host(service: Service, visitors: Visitors) -> None:
    """It is nowhere on the projector nor on the host's own stage; kept it is, and who is asked gives another one."""
    base, host, projector = lesson(service, visitors)
    rude = join(visitors, base, host, RUDE, allowed=[REFUSED.format(409)])
    ada = join(visitors, base, host, "Ada")
    check = host.page.get_by_role("region", name="Check this name")
    expect(check.locator(".check-item")).to_have_text(re.compile(RUDE))
    for stage in (projector, host.stage):
        expect(stage.names.filter(has_text="Ada")).to_be_visible()
        expect(stage.root.get_by_text(RUDE)).to_have_count(0)
    check.get_by_role("button", name=f"Ask {RUDE} for another name").click()
    expect(check).to_contain_text("asked for another name")
    expect(rude.page.get_by_role("heading", name="Your teacher asks you for another name.")).to_be_visible()
    rude.page.get_by_label("Nickname").fill("Ada")
    rude.page.get_by_role("button", name="Join", exact=True).click()
    expect(rude.page.get_by_text("Somebody here has that name already.")).to_be_visible()
    rude.page.get_by_label("Nickname").fill("Dick")
    rude.page.get_by_role("button", name="Join", exact=True).click()
    expect(rude.page.locator(".lobby .tile bdi")).to_have_text("Dick")
    expect(check.locator(".check-item")).to_have_text(re.compile("Dick"))
    check.get_by_role("button", name="Keep the name Dick").click()
    expect(check).to_be_hidden()
    for stage in (projector, host.stage):
        expect(stage.names).to_have_text(["Ada", "Dick"])
    expect(ada.page.locator(".lobby .tile bdi")).to_have_text("Ada")


def test_the_standings_do_not_give_a_name_away(service: Service, visitors: Visitors) -> None:
    """Points without a name, until it is kept: then it stands there at once. A step is not lost over it."""
    base, host, projector = lesson(service, visitors, read_time_s="0")
    rude = join(visitors, base, host, RUDE)
    host.step("Start")
    host.expect_phase("Question 1 of 2 is open")
    rude.choose(SHORT["questions"][0]["choices"][0]["text"])
    host.expect_phase("Question 1 of 2 is closed")
    host.step("Show standings")
    for stage in (projector, host.stage):
        expect(stage.root.locator(".rank bdi")).to_have_text(["•••"])
    host.page.get_by_role("button", name=f"Keep the name {RUDE}").click()
    for stage in (projector, host.stage):
        expect(stage.root.locator(".rank bdi")).to_have_text([RUDE])
    host.step("Next question")
    host.expect_phase("Question 2 of 2 is open")


def test_names_are_made_for_a_class(service: Service, visitors: Visitors) -> None:
    """Another one as long as there are some; what stands there is what the projector shows."""
    base, host, projector = lesson(service, visitors, nicknames="generated")
    names = []
    for who in ("first", "second"):
        phone = visitors.student(who)
        phone.goto(f"{base}/j/{host.pin}")
        field = phone.get_by_label("Nickname")
        expect(field).to_have_value(re.compile(r"^[A-Z][a-z]+ [A-Z][a-z]+$"))
        expect(field).not_to_be_editable()
        offered = {field.input_value()}
        another = phone.get_by_role("button", name="Another one")
        for count in range(2, 7):
            another.click()
            expect(field).not_to_have_value(re.compile("|".join(offered)))
            offered.add(field.input_value())
            assert len(offered) == count
        expect(another).to_be_hidden()
        check_page(phone)
        names.append(field.input_value())
        phone.get_by_role("button", name="Join", exact=True).click()
        expect(phone.locator(".lobby .tile bdi")).to_have_text(names[-1])
    expect(projector.names).to_have_text(names)
    expect(host.page.locator("#name-check")).to_be_hidden()


def test_everybody_can_judge_a_name(service: Service, visitors: Visitors) -> None:
    """By the rules of accessibility, by keyboard."""
    base, host, _ = lesson(service, visitors)
    rude = join(visitors, base, host, RUDE)
    keep = host.page.get_by_role("button", name=f"Keep the name {RUDE}")
    expect(keep).to_be_visible()
    check_page(host.page)
    host.page.get_by_role("button", name=f"Ask {RUDE} for another name").press("Enter")
    expect(rude.page.get_by_role("heading", name="Your teacher asks")).to_be_visible()
    check_page(rude.page)
    keep.press(" ")
    host.expect_phase("Waiting for people to join")
    expect(host.page.locator("#name-check")).to_be_hidden()
    expect(rude.page.get_by_role("heading", name="You're in. Look up.")).to_be_visible()


def check_page(page: Page) -> None:
    assert violations(page) == []
    assert page.evaluate(OVERFLOW) == []
