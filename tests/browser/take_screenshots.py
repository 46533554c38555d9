"""Plays a room and keeps a picture of every page and phase, for eyes and for the README.

.venv/bin/python tests/browser/take_screenshots.py FOLDER
"""

import argparse
import json
import secrets
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "support"))
sys.path.insert(0, str(Path(__file__).parents[2]))

from blackbox_process import ADMIN, PASSWORD, TEACHER, Service
from browser_chromium import chromium
from browser_host import Host, sign_in, start_room, upload
from browser_network import Wire
from browser_quiz import CAPITAL, LEGS, PAUSE, PRIMES, RIVER, TEA, Question
from browser_still_pages import StillPages, admin_of
from browser_student import Student
from browser_visitors import LAPTOP, PHONE, PROJECTOR, Visitors
from playwright.sync_api import Page, ViewportSize, expect
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

OLD_PROJECTOR = ViewportSize(width=1024, height=768)
NAMES = """
    Ada Amara Ben Chiara Dmitri Elif Farid Grace Hana Ivan Jonas Kofi Lucía Ming Nadia Olu Priya Quentin Rosa Sami
    Tomáš Uma Vera Wanjiru Xenia Yusuf Zoë Übermut 山田さん ليلى
"""
PROSE: Question = CAPITAL | {
    "prompt": "In which of these processes do plants take up carbon dioxide, and what do they need besides?",
    "choices": [
        {"text": "Photosynthesis, and they need light and water", "correct": True},
        {"text": "Respiration, and they need oxygen and sugar"},
        {"text": "Transpiration, and they need warm dry air"},
        {"text": "Germination, and they need a seed and some soil"},
    ],
}
WHY = "Light splits water; its hydrogen turns carbon dioxide into sugar. At night the same plants breathe like we do."
QUESTIONS = [CAPITAL, PRIMES, RIVER | {"time_limit_s": 60}, PAUSE, LEGS, PROSE | {"explanation": WHY}, TEA]
QUIZ = {"title": "A little of everything", "description": "Every kind of question once.", "questions": QUESTIONS}
# What the class without pages answers, by round: more weight on the first.
GUESSES: dict[int, list[dict[str, Any]]] = {
    1: [{"choices": [i]} for i in (1, 1, 1, 0, 2)],
    2: [{"choices": c} for c in ([0, 2], [0, 2], [0], [1, 2])],
    3: [{"text": t} for t in ("Nile", "nile", "the Nile", "Amazon", "Tigris", "River Nile")],
    5: [{"number": n} for n in (8, 8, 8, 6)],
    6: [{"choices": [i]} for i in (0, 0, 0, 1, 3)],
    7: [{"choices": [i]} for i in (0, 1, 1)],
}


class Pupil:
    """A participant without a page."""

    def __init__(self, socket: ClientConnection, pin: str) -> None:
        self._socket = socket
        self._pin = pin
        self.call("room.subscribe")

    def call(self, method: str, **params: Any) -> None:
        """Sends a command and waits for its answer."""
        number = secrets.randbelow(2**31)
        request = {"jsonrpc": "2.0", "id": number, "method": method, "params": {"room": self._pin} | params}
        self._socket.send(json.dumps(request))
        while json.loads(self._socket.recv(timeout=10)).get("id") != number:
            pass

    def answer(self, number: int, answer: dict[str, Any]) -> None:
        self.call("answer.submit", round=number, answer=answer, id=secrets.token_hex(8))


def fill_room(stack: ExitStack, page: Page, base: str, pin: str) -> list[Pupil]:
    """A class that stays until the stack ends."""
    pupils = []
    for nickname in NAMES.split():
        reply = page.request.post(f"{base}/api/v1/rooms/{pin}/participants", data={"nickname": nickname}).json()
        protocols = [Subprotocol("quizhall.v1"), Subprotocol(f"bearer.{reply['token']}")]
        address = base.replace("http", "ws") + "/ws"
        pupils.append(
            Pupil(stack.enter_context(connect(address, subprotocols=protocols, proxy=None, ping_interval=None)), pin)
        )
    return pupils


class Album:
    """The pages that are looked at, and the folder for their pictures."""

    def __init__(self, folder: Path, visitors: Visitors, base: str, wire: Wire) -> None:
        self.folder = folder
        self.visitors = visitors
        self.base = base
        # The way of the dark phone to the service.
        self.wire = wire
        self.views: dict[str, Page] = {}

    def keep(self, name: str, page: Page, *, full: bool = False) -> None:
        page.screenshot(path=self.folder / f"{name}.png", full_page=full)

    def keep_all(self, name: str) -> None:
        """One moment on every page of the room."""
        for view, page in self.views.items():
            self.keep(f"{name}-{view}", page)

    def phone(self, name: str, scheme: str, nickname: str) -> Student:
        page = self.visitors.arrive(
            name, PHONE, color_scheme=scheme, has_touch=True, is_mobile=True, device_scale_factor=2
        )
        self.views[name] = page
        return Student(page, nickname)


def teacher_pages(album: Album) -> Page:
    """An empty shelf and a quiz on it; returns the teacher's page there."""
    page = album.visitors.arrive("host", LAPTOP)
    sign_in(page, album.base, TEACHER, PASSWORD)
    album.keep("quizzes-empty", page)
    upload(page, album.base, QUIZ)
    return page


def door(album: Album, pin: str, students: list[Student]) -> None:
    """The way in on both phones, with a wrong PIN on it."""
    for student, scheme in zip(students, ("light", "dark"), strict=True):
        page = student.page
        base = album.base if scheme == "light" else f"http://127.0.0.1:{album.wire.port}"
        page.goto(f"{base}/")
        album.keep(f"join-{scheme}", page)
        page.get_by_label("Type the PIN").fill("000000")
        page.get_by_role("button", name="Join").click()
        expect(page.get_by_role("alert")).not_to_be_empty()
        album.keep(f"join-wrong-{scheme}", page)
        student.scan(base, pin)
        expect(page.get_by_label("Nickname")).to_be_visible()
        album.keep(f"nickname-{scheme}", page)
        student.take_seat()


def play(album: Album, host: Host, students: list[Student], pupils: list[Pupil]) -> None:
    """All rounds, with a picture of each phase."""
    album.keep_all("00-lobby")
    for number, question in enumerate(QUESTIONS, start=1):
        kind, place = question["kind"], f"{number} of {len(QUESTIONS)}"
        name = f"{number:02}-{kind}"
        if kind == "info":
            host.press(" ", f"Slide {place}")
            album.keep_all(name)
            continue
        host.press(" ", f"Question {place}: reading time")
        album.keep_all(f"{name}-1-read")
        host.press(" ", f"Question {place} is open")
        answer(album, name, number, students, pupils)
        host.step("Close now")
        host.expect_phase(f"Question {place} is closed")
        expect(students[0].verdict).not_to_have_text("Time is up")
        album.keep_all(f"{name}-4-reveal")
        # While no clock runs.
        if number == 1:
            admin_pages(album, host, students[0])
        if kind != "poll":
            host.press("s", f"Standings after question {place}")
            album.keep_all(f"{name}-5-standings")
    host.press(" ", "The room is over")
    students[0].final()
    album.keep_all("99-finished")


def answer(album: Album, name: str, number: int, students: list[Student], pupils: list[Pupil]) -> None:
    """The light phone answers rightly and the dark one wrongly; most of the class says something too."""
    album.keep_all(f"{name}-2-open")
    guesses = GUESSES[number]
    for place, pupil in enumerate(pupils[: len(pupils) - 3]):
        pupil.answer(number, guesses[(place * 7 + number) % len(guesses)])
    light, dark = students
    match QUESTIONS[number - 1]:
        case {"choices": choices}:
            right = [choice["text"] for choice in choices if choice.get("correct")] or ["Tea"]
            light.choose(*right)
            wrong = next(choice["text"] for choice in choices if choice["text"] not in right)
            if number == 1:
                answer_offline(album, dark, wrong)
            elif number != 2:
                dark.choose(wrong)
        case {"kind": "text"}:
            light.type_answer("The Nile")
            dark.type_answer("Euphrates")
        case _:
            light.type_answer("8")
            dark.page.locator(".answer-field input").fill("7,5")
    light.expect_stored()
    album.keep_all(f"{name}-3-answered")


def answer_offline(album: Album, student: Student, text: str) -> None:
    """The phone whose network went away: before the answer, and with it kept."""
    album.wire.cut()
    student.expect_banner("No connection. Trying again")
    album.keep("offline-dark", student.page)
    student.choose(text)
    expect(student.receipt).to_have_attribute("data-state", "waiting")
    album.keep("offline-kept-dark", student.page)
    album.wire.mend()
    student.expect_stored()


def admin_pages(album: Album, host: Host, student: Student) -> None:
    """What an admin sees on every device, and what an announcement looks like to the others."""
    door = album.visitors.arrive("admin")
    sign_in(door, album.base, ADMIN, PASSWORD)
    state = door.context.storage_state()
    for scheme in ("light", "dark"):
        for device, size in (("phone", PHONE), ("laptop", LAPTOP), ("projector", PROJECTOR)):
            page = album.visitors.arrive("admin", size, color_scheme=scheme, storage_state=state)
            page.goto(f"{album.base}/admin")
            expect(page.locator("#rooms")).to_contain_text("Closed, 1 of 7")
            album.keep(f"admin-{device}-{scheme}", page, full=True)
            page.goto(f"{album.base}/admin/rooms/{host.pin}")
            expect(page.locator("#people tr")).to_have_count(len(NAMES.split()) + 2)
            album.keep(f"admin-room-{device}-{scheme}", page, full=True)
            page.context.close()
    door.goto(f"{album.base}/admin")
    door.get_by_label("What should they read?").fill("We restart at ten past twelve. Finish this round, please.")
    door.get_by_role("button", name="Announce…").click()
    album.keep("admin-announce-ask", door)
    door.get_by_role("dialog").get_by_role("button", name="Show it").click()
    expect(student.page.locator("#announcement")).to_be_visible()
    album.keep_all("admin-announced")
    for name in album.views:
        if not name.startswith("screen"):
            album.views[name].locator("#announcement button").click()


def still_pages(album: Album, host: Host, quiz: str) -> None:
    """All that is no moment of a room: lists, forms, results, what went wrong."""
    pages = StillPages(album.base, album.folder, album.visitors)
    teacher = album.visitors.arrive("last", LAPTOP, storage_state=host.page.context.storage_state())
    pages.find(teacher, quiz, host.room_id)
    admin = admin_of(album.visitors, album.base)
    pages.find_people(admin)
    pages.keep(teacher, admin)


def take(album: Album, stack: ExitStack) -> None:
    """Everything, in the order in which a lesson has it."""
    visitors, base = album.visitors, album.base
    teacher = teacher_pages(album)
    quiz = teacher.url.removeprefix(base)
    host = start_room(teacher, read_time_s="60")
    album.keep("lobby-empty-host", teacher)
    album.views["host"] = teacher
    address = host.open_projector()
    for name, size in (("screen", PROJECTOR), ("screen43", OLD_PROJECTOR)):
        album.views[name] = visitors.arrive(name, size)
        album.views[name].goto(address)
    album.views["host-dark"] = visitors.arrive(
        "host in the dark", LAPTOP, color_scheme="dark", storage_state=teacher.context.storage_state()
    )
    album.views["remote"] = visitors.arrive("remote", PHONE, storage_state=teacher.context.storage_state())
    for name in ("host-dark", "remote"):
        album.views[name].goto(teacher.url)
    students = [album.phone("light", "light", "Noor Haddad"), album.phone("dark", "dark", "Maximiliane-Charlotte")]
    door(album, host.pin, students)
    pupils = fill_room(stack, teacher, base, host.pin)
    expect(host.stage.root.locator(".lobby-count")).to_contain_text(str(len(NAMES.split()) + 2))
    play(album, host, students, pupils)
    still_pages(album, host, quiz)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, help="where the pictures go; made when it is not there")
    folder: Path = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        directory = stack.enter_context(tempfile.TemporaryDirectory(prefix="quizhall-"))
        visitors = Visitors(stack.enter_context(chromium()))
        service = Service(Path(directory), {"HOST": "0.0.0.0", "REGISTRATION": "open"})
        service.prepare()
        stack.callback(service.stop)
        service.start()
        wire = Wire(service.port)
        stack.callback(wire.remove)
        stack.callback(visitors.leave)
        take(Album(folder, visitors, f"http://127.0.0.1:{service.port}", wire), stack)
    sys.stdout.writelines(f"{complaint}\n" for complaint in visitors.complaints)


if __name__ == "__main__":
    main()
