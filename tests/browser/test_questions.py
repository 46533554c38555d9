"""All of a teacher's questions in a real browser: found, ticked over several searches, and copied; by keyboard too."""

import re

from blackbox_process import Service
from browser_inspection import Inspection
from browser_quiz import LEGS, RIVER, SHORT, TEA
from browser_visitors import LAPTOP, PHONE, Visitors
from playwright.sync_api import expect
from test_quizzes import desk, reach

ODDS = {"title": "Odds and ends", "tags": ["Year 9"], "questions": [RIVER, LEGS, TEA]}


def test_questions_are_ticked_over_several_searches_and_copied(visitors: Visitors, service: Service) -> None:
    """By keyboard alone: what was ticked stays ticked when something else is looked for."""
    page = desk(visitors, service, SHORT, ODDS).page
    page.get_by_role("link", name="All questions").focus()
    page.keyboard.press("Enter")
    hits, count = page.locator(".bank-hit"), page.locator("[data-bank] [data-slot=count]")
    expect(hits).to_have_count(5)
    expect(page.locator("#copy-now")).to_be_disabled()
    reach(page, "input[name=q]")
    page.keyboard.type("cairo")
    expect(count).to_have_text("1 question")
    reach(page, "input[name=pick]")
    page.keyboard.press("Space")
    expect(page.locator("#chosen")).to_have_text("1 ticked")
    page.locator("input[name=q]").fill("spider")
    expect(hits).to_have_count(1)
    expect(hits).to_contain_text("spider")
    hits.locator("input").check()
    expect(page.locator("#chosen")).to_have_text("2 ticked")
    page.get_by_label("Copy into").select_option(label="Two questions (2)")
    reach(page, "#copy-now")
    page.keyboard.press("Enter")
    expect(page.locator(".toast")).to_contain_text("2 questions copied into Two questions")
    expect(page.locator("input[name=q]")).to_have_value("spider")
    page.get_by_role("link", name="Edit it").click()
    texts = page.locator("#rail [data-slot=text]")
    expect(texts).to_contain_text(["Australia", "whale", "Cairo", "spider"])


def test_the_list_is_narrowed_and_paged_without_losing_what_is_ticked(visitors: Visitors, service: Service) -> None:
    """The address can be kept; nothing is reloaded."""
    polls = [TEA | {"prompt": f"Cup number {n}?"} for n in range(45)]
    page = desk(visitors, service, ODDS, {"title": "Cups", "questions": polls}).page
    page.goto(page.url.replace("/quizzes", "/questions"))
    page.locator(".bank-hit", has_text="Cup number 3?").locator("input").check()
    page.get_by_role("link", name="Next").click()
    expect(page.get_by_text("Page 2 of 3")).to_be_visible()
    expect(page.locator(".bank-hit input").first).to_be_focused()
    expect(page.locator("#chosen")).to_have_text("1 ticked")
    page.get_by_label("Kind").select_option("number")
    expect(page.locator(".bank-hit")).to_have_count(1)
    page.get_by_label("Tag of the quiz").select_option("Year 9")
    expect(page).to_have_url(re.compile(r"kind=number&tag=Year\+9"))
    page.reload()
    expect(page.locator(".bank-hit")).to_have_count(1)


def test_nothing_stands_in_anybodys_way(visitors: Visitors, service: Service) -> None:
    """At any size, by light and by dark, with something ticked, nothing found, and nothing there at all."""
    seen = Inspection()
    page = desk(visitors, service, SHORT, ODDS).page
    page.goto(page.url.replace("/quizzes", "/questions"))
    page.locator(".bank-hit input").first.check()
    seen.look(page, "questions", PHONE, LAPTOP)
    page.locator("input[name=q]").fill("nothing like it")
    expect(page.get_by_text("No question fits that")).to_be_visible()
    seen.look(page, "no question found", PHONE, LAPTOP)
    assert not seen.found, "\n".join(seen.found)
