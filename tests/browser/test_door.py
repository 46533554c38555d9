"""Who gets in and who is put out: lock, removal, ban, names that are taken, PINs that are wrong."""

import pytest
from blackbox_process import PASSWORD, TEACHER
from browser_host import Host, sign_in, start_room, upload
from browser_quiz import SHORT
from browser_student import Student
from browser_visitors import REFUSED, Visitors
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.process]


@pytest.fixture
def host(base: str, visitors: Visitors) -> Host:
    """A teacher with an open lobby."""
    page = visitors.arrive("host")
    sign_in(page, base, TEACHER, PASSWORD)
    upload(page, base, SHORT)
    return start_room(page)


def test_a_locked_room_takes_nobody_new_and_keeps_who_is_in(base: str, host: Host, visitors: Visitors) -> None:
    """The lock is said in a plain sentence under the name; who has a seat may reload; unlocked, the door opens."""
    mia = Student(visitors.student("Mia"), "Mia")
    mia.scan(base, host.pin)
    mia.take_seat()
    host.set_lock(True)
    late = Student(visitors.student("late", allowed=[REFUSED.format(423)]), "Omar")
    late.scan(base, host.pin)
    late.give_name()
    expect(late.page.get_by_role("alert")).to_have_text("The room is locked. Ask your teacher to open it.")
    expect(late.page.get_by_label("Nickname")).to_have_value("Omar")
    mia.page.reload()
    expect(mia.page.get_by_role("heading", name="You're in. Look up.")).to_be_visible()
    host.page.keyboard.press("l")
    expect(host.page.get_by_role("switch")).not_to_be_checked()
    late.take_seat()
    host.expect_names("Mia", "Omar")


def test_a_banned_device_stays_out(base: str, host: Host, visitors: Visitors) -> None:
    """The page of who was banned says so, and again after a reload and after another try with another name."""
    rude = Student(visitors.student("rude", allowed=[REFUSED.format(403)]), "Rude")
    rude.scan(base, host.pin)
    rude.take_seat()
    host.remove("Rude", ban=True)
    removed = rude.page.get_by_role("heading", name="You were removed from this room.")
    expect(removed).to_be_visible()
    expect(host.stage.names.filter(has_text="Rude")).to_have_count(0)
    rude.page.get_by_role("button", name="Join again").click()
    Student(rude.page, "Polite").give_name()
    expect(removed).to_be_visible()
    rude.page.reload()
    Student(rude.page, "Somebody else").give_name()
    expect(removed).to_be_visible()
    expect(host.stage.names).to_have_count(0)


def test_who_was_only_removed_may_come_back(base: str, host: Host, visitors: Visitors) -> None:
    """Removal without a ban frees nothing but the seat: another name gets in."""
    mia = Student(visitors.student("Mia"), "Not my name")
    mia.scan(base, host.pin)
    mia.take_seat()
    host.remove("Not my name", ban=False)
    expect(mia.page.get_by_role("heading", name="You were removed from this room.")).to_be_visible()
    mia.page.get_by_role("button", name="Join again").click()
    mia.nickname = "Mia"
    mia.take_seat()
    host.expect_names("Mia")
    expect(host.stage.names).to_have_count(1)


def test_a_name_is_taken_once(base: str, host: Host, visitors: Visitors) -> None:
    """The second one is told so, whatever the case of the letters, and keeps what was typed."""
    first, second = (
        Student(visitors.student("first"), "Zoë"),
        Student(visitors.student("second", allowed=[REFUSED.format(409)]), "ZOË"),
    )
    first.scan(base, host.pin)
    first.take_seat()
    second.scan(base, host.pin)
    second.give_name()
    expect(second.page.get_by_role("alert")).to_have_text("Somebody here has that name already. Try another one.")
    expect(second.page.get_by_label("Nickname")).to_have_value("ZOË")
    second.page.get_by_role("button", name="Surprise me").click()
    expect(second.page.get_by_label("Nickname")).not_to_have_value("ZOË")
    second.nickname = second.page.get_by_label("Nickname").input_value()
    second.take_seat()


def test_two_tabs_share_a_seat(base: str, host: Host, visitors: Visitors) -> None:
    """What one tab answers, the other shows as stored after a reload; the class counts one."""
    mia = Student(visitors.student("Mia"), "Mia")
    mia.scan(base, host.pin)
    mia.take_seat()
    other = Student(mia.page.context.new_page(), "Mia")
    other.scan(base, host.pin)
    expect(other.page.get_by_role("heading", name="You're in. Look up.")).to_be_visible()
    expect(host.stage.names).to_have_count(1)
    host.press(" ", "Question 1 of 2: reading time")
    host.press(" ", "Question 1 of 2 is open")
    mia.choose("Canberra")
    host.expect_phase("Question 1 of 2 is closed")
    for student in (mia, other):
        expect(student.verdict).to_have_text("That's right")
    assert mia.points() == other.points() > 0
    assert host.stage.counts()["Canberra"] == 1


def test_a_wrong_pin_keeps_its_digits(base: str, visitors: Visitors) -> None:
    """Said under the field, with the script and without, as typed and as part of the address."""
    for script in (True, False):
        page = visitors.student("stranger", java_script_enabled=script, allowed=[REFUSED.format(404)])
        page.goto(f"{base}/")
        page.get_by_label("Type the PIN").fill("000000")
        page.get_by_role("button", name="Join").click()
        sentence = "That PIN isn't in use right now. Check it with your teacher."
        expect(page.get_by_role("alert")).to_have_text(sentence)
        expect(page.get_by_label("Type the PIN")).to_have_value("000000")
        page.goto(f"{base}/j/000001")
        expect(page.get_by_role("alert")).to_have_text(sentence)
        expect(page.get_by_label("Type the PIN")).to_have_value("000001")


def test_without_scripts_the_door_is_reached(base: str, host: Host, visitors: Visitors) -> None:
    """The PIN leads to the room's page, which says in words what it needs."""
    page = visitors.student("no script", java_script_enabled=False)
    page.goto(f"{base}/")
    page.get_by_label("Type the PIN").fill(host.pin)
    page.get_by_role("button", name="Join").click()
    page.wait_for_url(f"{base}/j/{host.pin}")
    # Playwright switches scripts off after the parser has decided that <noscript> is not to be drawn.
    assert "To take part, this page needs JavaScript." in page.content()
