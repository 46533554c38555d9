"""A teacher comes by an invitation, changes the password, and is sent away by the admin; every page about accounts."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from blackbox_process import ADMIN, OTHER_TEACHER, PASSWORD, TEACHER, Service, free_port
from browser_host import sign_in
from browser_inspection import Inspection, violations
from browser_measure import NARROW, OVERFLOW, TARGET, TARGETS
from browser_visitors import LAPTOP, PHONE, REFUSED, Visitors
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.process]

NEW_PASSWORD = "four unrelated little words"


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A process where admins invite people."""
    service = Service(tmp_path_factory.mktemp("school"), {"REGISTRATION": "invite"})
    service.settings["PUBLIC_URL"] = f"http://127.0.0.1:{service.port}"
    service.prepare()
    service.start()
    yield service
    service.stop()


def base_of(service: Service) -> str:
    return f"http://127.0.0.1:{service.port}"


def invite(admin: Page, base: str, note: str) -> str:
    """By hand, from the bar on; returns the link that is shown."""
    admin.get_by_role("navigation", name="Main").get_by_role("link", name="Admin").click()
    admin.get_by_role("navigation", name="For admins").get_by_role("link", name="Invitations").click()
    admin.get_by_label("For whom?").fill(note)
    admin.get_by_role("button", name="Make a link").click()
    expect(admin.get_by_role("heading", name="Here is the link")).to_be_visible()
    return admin.get_by_label("Invitation link").input_value()


def sign_up(page: Page, link: str, name: str, email: str, password: str) -> None:
    page.goto(link)
    expect(page.get_by_role("heading", name="Make your account")).to_be_visible()
    page.get_by_label("Your name").fill(name)
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Create the account").click()
    expect(page.get_by_role("heading", name="Quizzes", level=1)).to_be_visible()


def open_account(page: Page) -> None:
    """By the menu in the bar."""
    page.get_by_role("button", name="Account of").click()
    page.get_by_role("link", name="Your account").click()
    expect(page.get_by_role("heading", name="Your account", level=1)).to_be_visible()


def test_a_teacher_comes_stays_and_goes(school: Service, visitors: Visitors) -> None:
    """Invited by the admin; a new password ends the other device; deactivated, the open page loses its socket."""
    base = base_of(school)
    admin = visitors.arrive("admin", PHONE)
    sign_in(admin, base, ADMIN, PASSWORD)
    link = invite(admin, base, "Bo, biology")

    laptop = visitors.arrive("Bo's laptop", allowed=[REFUSED.format(403)])
    sign_up(laptop, link, "Bo Biology", "bo@school.example", PASSWORD)
    stranger = visitors.arrive("stranger", allowed=[REFUSED.format(410)])
    stranger.goto(link)
    expect(stranger.get_by_text("This link was used already")).to_be_visible()
    expect(stranger.get_by_role("link", name="Go to the sign-in page")).to_be_visible()

    phone = visitors.arrive("Bo's phone", PHONE, allowed=[REFUSED.format(401)])
    sign_in(phone, base, "bo@school.example", PASSWORD)
    open_account(laptop)
    expect(laptop.locator(".sign-in")).to_have_count(2)
    laptop.get_by_label("Present password").fill(PASSWORD)
    laptop.get_by_label("New password").fill(NEW_PASSWORD)
    laptop.get_by_role("button", name="Change the password").click()
    expect(laptop.get_by_text("Your password is changed.")).to_be_visible()
    expect(laptop.locator(".sign-in")).to_have_count(1)
    phone.goto(f"{base}/quizzes")
    expect(phone.get_by_role("heading", name="Welcome back")).to_be_visible()

    deactivate(admin, laptop)


def deactivate(admin: Page, page: Page) -> None:
    """The admin finds Bo, whose open page is closed for good."""
    codes = "window.codes = []; const Own = WebSocket;"
    codes += "WebSocket = class extends Own { constructor(...a) { super(...a);"
    codes += "this.addEventListener('close', (e) => window.codes.push(e.code)); } };"
    page.add_init_script(codes)
    with page.expect_websocket():
        page.reload()
    admin.get_by_role("navigation", name="For admins").get_by_role("link", name="Users").click()
    admin.get_by_label("Name or e-mail").fill("biolo")
    admin.get_by_role("button", name="Search").click()
    admin.get_by_role("link", name="Bo Biology").click()
    admin.get_by_role("button", name="Deactivate").click()
    expect(admin.get_by_text("Deactivated, and signed out everywhere.")).to_be_visible()
    page.wait_for_function("window.codes.length > 0")
    assert page.evaluate("window.codes") == [4500]
    page.reload()
    expect(page.get_by_role("heading", name="Welcome back")).to_be_visible()
    page.get_by_label("E-mail").fill("bo@school.example")
    page.get_by_label("Password").fill(NEW_PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("This account is switched off.")).to_be_visible()


def pages_of(school: Service, admin: Page) -> dict[str, str]:
    """Name and path of every page about accounts, with links that work; the last two show what a form brought."""
    base = base_of(school)
    admin.goto(f"{base}/admin/users?q={OTHER_TEACHER}")
    admin.get_by_role("link", name="Grace").click()
    user = admin.url.removeprefix(base)
    admin.get_by_role("button", name="Make a link").click()
    reset = admin.get_by_label("Link to a new password").input_value().removeprefix(base)
    admin.goto(f"{base}/admin")
    invitation = invite(
        admin, base, "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamte"
    ).removeprefix(base)
    return {
        "forgot": "/forgot",
        "sign-up": invitation,
        "new-password": reset,
        "gone": "/sign-up?token=gone",
        "account": "/account",
        "users": "/admin/users",
        "nobody": "/admin/users?q=nobody",
        "user": user,
        "invitations": "/admin/invitations",
    }


def test_every_page_about_accounts_is_fit_for_use(school: Service, visitors: Visitors) -> None:
    """axe finds nothing, nothing is wider than a small phone, a thumb hits everything."""
    base = base_of(school)
    allowed = [REFUSED.format(410)]
    admin = visitors.arrive("admin", LAPTOP, allowed=allowed)
    sign_in(admin, base, ADMIN, PASSWORD)
    found: dict[str, object] = {}
    for name, path in pages_of(school, admin).items():
        admin.set_viewport_size(LAPTOP)
        admin.goto(base + path)
        if wrong := violations(admin):
            found[f"{name} axe"] = wrong
        admin.set_viewport_size(NARROW)
        if sticking_out := admin.evaluate(OVERFLOW):
            found[f"{name} width"] = sticking_out
        if small := [entry for entry in admin.evaluate(TARGETS) if entry[1] < TARGET and "<a href" not in entry[0]]:
            found[f"{name} targets"] = small
    assert found == {}


def test_the_menu_works_by_keyboard(school: Service, visitors: Visitors) -> None:
    """Opened with Enter, closed with Escape; its lines follow the button."""
    base = base_of(school)
    page = visitors.arrive("teacher", PHONE)
    sign_in(page, base, TEACHER, PASSWORD)
    button = page.get_by_role("button", name="Account of")
    way = page.get_by_role("link", name="Your account")
    button.focus()
    page.keyboard.press("Enter")
    expect(way).to_be_visible()
    page.keyboard.press("Escape")
    expect(way).to_be_hidden()
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(way).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Your account", level=1)).to_be_visible()


@pytest.fixture
def open_school(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Service]:
    """A process where anybody asks for an account; with the parameter it sends letters, which nobody takes."""
    mail = {"SMTP_URL": f"smtp://127.0.0.1:{free_port()}", "SMTP_FROM": "quiz@school.example"}
    service = Service(tmp_path, {"REGISTRATION": "open"} | (mail if request.param else {}))
    service.prepare()
    service.start()
    yield service
    service.stop()


@pytest.mark.parametrize(("open_school", "letters"), [(False, False), (True, True)], indirect=["open_school"])
def test_whoever_asks_for_an_account_is_let_in(open_school: Service, visitors: Visitors, letters: bool) -> None:
    """Where registration is open: by an admin, or with a letter; every page on the way is fit for everybody."""
    ask_for_an_account(base_of(open_school), visitors, letters=letters)


def ask_for_an_account(base: str, visitors: Visitors, *, letters: bool) -> None:
    inspection = Inspection()
    page = visitors.arrive("Bo", allowed=[REFUSED.format(401)])
    page.goto(f"{base}/login")
    page.get_by_role("link", name="Make an account").click()
    inspection.look(page, "sign-up")
    page.get_by_label("E-mail").fill("bo@school.example")
    if letters:
        page.get_by_role("button", name="Send the link").click()
        expect(page.get_by_role("heading", name="Look into your mail")).to_be_visible()
        inspection.look(page, "letter")
        assert inspection.found == []
        return
    page.get_by_label("Your name").fill("Bo Biology")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Ask for it").click()
    expect(page.get_by_role("heading", name="Nearly there")).to_be_visible()
    inspection.look(page, "asked")
    admin = visitors.arrive("admin")
    sign_in(admin, base, ADMIN, PASSWORD)
    admin.get_by_role("button", name="Notifications, 1 unread").click()
    admin.get_by_role("link", name="Open").click()
    admin.get_by_role("link", name="Bo Biology").click()
    inspection.look(admin, "waiting")
    admin.get_by_role("button", name="Let them in").click()
    expect(admin.get_by_text("They can sign in now")).to_be_visible()
    sign_in(page, base, "bo@school.example", PASSWORD)
    assert inspection.found == []
