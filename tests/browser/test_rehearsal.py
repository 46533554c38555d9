"""A teacher rehearses: the class on the projector is made up, and a phone of their own plays among it."""

import re

from blackbox_process import Service
from browser_host import Host
from browser_inspection import Inspection
from browser_quiz import CAPITAL
from browser_student import Student
from browser_visitors import LAPTOP, PHONE, Visitors
from playwright.sync_api import expect
from test_quizzes import desk

QUICK = {"title": "Capitals", "questions": [CAPITAL | {"time_limit_s": 3}, CAPITAL | {"prompt": "Once more?"}]}


def test_a_teacher_walks_through_with_a_sample_class(visitors: Visitors, service: Service) -> None:
    """From the quiz to the results, with one real phone; afterwards the quiz was never played."""
    here = desk(visitors, service, QUICK)
    page = here.page
    page.get_by_role("link", name="Capitals", exact=True).click()
    page.get_by_role("button", name="Rehearse with a sample class").click()
    page.wait_for_url(re.compile(r"/host/\d+$"))
    host = Host(page)
    expect(page.locator(".rehearsal")).to_contain_text("The class is made up")
    expect(page.locator("#joined")).to_have_text("12")
    student = Student(visitors.student("Grace"), "Grace")
    student.scan(here.base, page.url.rsplit("/", 1)[1])
    student.give_name()
    expect(page.locator("#joined")).to_have_text("13")
    host.step("Start")
    expect(page.locator("#phase")).to_contain_text("is closed", timeout=30_000)
    seen = Inspection()
    seen.look(page, "host of a rehearsal", PHONE, LAPTOP)
    page.goto(f"{here.base}/quizzes")
    expect(here.card("Capitals")).to_contain_text("not played yet")
    expect(page.get_by_role("heading", name="Recent rooms")).to_have_count(0)
    page.get_by_role("link", name="Capitals", exact=True).click()
    seen.look(page, "quiz with its rehearsal", PHONE, LAPTOP)
    assert not seen.found, "\n".join(seen.found)


def test_the_lobby_offers_a_rehearsal_until_somebody_is_in(visitors: Visitors, service: Service) -> None:
    """In a tab of its own, while the room waits."""
    here = desk(visitors, service, QUICK)
    page = here.page
    page.get_by_role("button", name="Start Capitals").click()
    page.wait_for_url(re.compile(r"/host/\d+$"))
    rehearse = page.get_by_role("button", name="Rehearse with a sample class")
    with page.context.expect_page() as opened:
        rehearse.click()
    expect(opened.value.locator("#joined")).to_have_text("12")
    expect(opened.value.locator("#rehearse")).to_have_count(0)
    student = Student(visitors.student("Grace"), "Grace")
    student.scan(here.base, page.url.rsplit("/", 1)[1])
    student.give_name()
    expect(rehearse).to_be_hidden()
