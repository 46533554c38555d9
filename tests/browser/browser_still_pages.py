"""Every page that stands still, at three sizes, by light and by dark: for eyes. Moments of a room are elsewhere."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from blackbox_process import ADMIN, OTHER_TEACHER, PASSWORD
from browser_host import sign_in
from browser_quiz import PAUSE, PRIMES
from browser_visitors import LAPTOP, PHONE, PROJECTOR, Visitors
from playwright.sync_api import FilePayload, Page, expect
from workbooks import kahoot

SIZES = {"phone": PHONE, "laptop": LAPTOP, "projector": PROJECTOR}
SHEET = kahoot(
    ["Capital of Australia?", "Sydney", "Canberra", "Perth", None, 20, 2],
    ["Which are primes?", 2, 4, 5, 9, 30, 1.3],
    ["Only one answer", "yes", None, None, None, 20, 1],
)


@dataclass
class StillPages:
    """Where they are: by who sees them, a name and a path each."""

    base: str
    folder: Path
    visitors: Visitors
    stranger: dict[str, str] = field(default_factory=dict)
    teacher: dict[str, str] = field(default_factory=dict)
    admin: dict[str, str] = field(default_factory=dict)

    def find(self, teacher: Page, quiz: str, room: str) -> None:
        """Fills what they show; `quiz` is the path of a quiz, `room` the id of a room that is over."""
        self.stranger = {name: f"/{name}" for name in ("login", "forgot", "sign-up")}
        self.stranger |= {
            "join": "/",
            "join-wrong": "/?pin=000000",
            "gone": "/sign-up?token=gone",
            "missing": "/no/such",
        }
        names = {"quizzes": "", "quizzes-none": "?q=nothing+of+the+kind", "deleted": "/deleted", "import": "/import"}
        self.teacher = {name: f"/quizzes{end}" for name, end in names.items()}
        self.teacher |= {"quiz": quiz, "edit": f"{quiz}/edit", "export": f"{quiz}/export", "questions": "/questions"}
        self.teacher |= {"rooms": "/rooms", "results": f"/rooms/{room}/results", "account": "/account"}
        self.admin = {"admin": "/admin", "users": "/admin/users", "waiting": "/admin/users?state=waiting"}
        teacher.goto(f"{self.base}{self.teacher['results']}")
        self.teacher["person"] = teacher.locator(".to-person").first.get_attribute("href") or ""
        self._find_quizzes(teacher)

    def _find_quizzes(self, page: Page) -> None:
        xsrf = page.locator("meta[name=xsrf]").get_attribute("content") or ""
        headers = {"X-XSRFToken": xsrf}
        finished = {"title": "To be deleted", "tags": ["Maths", "Year 7"], "questions": [PRIMES, PAUSE]}
        for title in (
            "To be deleted",
            "Numbers in everyday life",
            "A longer title that does not fit into a single line",
        ):
            made = page.request.post(f"{self.base}/api/v1/quizzes", data=finished | {"title": title}, headers=headers)
            assert made.ok, made.text()
        draft = page.request.post(f"{self.base}/quizzes/new", form={"_xsrf": xsrf})
        self.teacher["draft"] = draft.url.removeprefix(self.base).removesuffix("/edit")
        page.goto(f"{self.base}/quizzes")
        page.locator("summary[aria-label='More for To be deleted']").click()
        page.locator(".menu[open]").get_by_role("button", name="Delete").click()
        expect(page.get_by_role("button", name="Undo")).to_be_visible()
        self._keep_toast(page)
        page.goto(f"{self.base}/quizzes/import")
        file = FilePayload(name="Geography.xlsx", mimeType="", buffer=SHEET)
        page.locator("input[type=file]").set_input_files(file)
        page.wait_for_url(re.compile(r"/quizzes/import/.+"))
        self.teacher["import-preview"] = page.url.removeprefix(self.base)

    def _keep_toast(self, page: Page) -> None:
        """Only who has just deleted something sees it."""
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            for device, size in SIZES.items():
                page.set_viewport_size(size)
                page.screenshot(path=self.folder / f"still-undo-{device}-{scheme}.png")
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(LAPTOP)

    def find_people(self, admin: Page) -> None:
        """Links of an admin, somebody who waits, somebody who does not."""
        for name in ("Bo Biology", "Maximiliane-Charlotte Donaudampfschifffahrt"):
            wish = {"name": name, "email": f"{name.lower().replace(' ', '.')}@school.example", "password": PASSWORD}
            assert admin.request.post(f"{self.base}/api/v1/sign-up", data=wish).ok
        xsrf = admin.locator("meta[name=xsrf]").get_attribute("content") or ""
        found = admin.request.get(f"{self.base}/api/v1/admin/accounts").json()["accounts"]
        for account in found:
            name = "user-waiting" if account["waiting_since"] else "user"
            if name == "user-waiting" or account["email"] == OTHER_TEACHER:
                self.admin[name] = f"/admin/users/{account['id']}"
        body = {"role": "teacher", "note": "Bo, biology"}
        made = admin.request.post(f"{self.base}/api/v1/admin/invitations", data=body, headers={"X-XSRFToken": xsrf})
        self.stranger["invited"] = path_of(made.json()["invitation"]["url"])
        grace = next(account["id"] for account in found if account["email"] == OTHER_TEACHER)
        way = f"{self.base}/api/v1/admin/accounts/{grace}/reset-link"
        reset = admin.request.post(way, headers={"X-XSRFToken": xsrf})
        self.stranger["new-password"] = path_of(reset.json()["url"])
        self.admin["invitations"] = "/admin/invitations"

    def keep(self, teacher: Page, admin: Page) -> None:
        """A picture of each, whole."""
        people = {
            "stranger": (self.stranger, None),
            "teacher": (self.teacher, teacher.context.storage_state()),
            "admin": (self.admin, admin.context.storage_state()),
        }
        for scheme in ("light", "dark"):
            for device, size in SIZES.items():
                for who, (paths, state) in people.items():
                    page = self.visitors.arrive(who, size, color_scheme=scheme, storage_state=state, allowed=["."])
                    for name, path in paths.items():
                        page.goto(self.base + path)
                        page.wait_for_load_state("networkidle")
                        # The editor is as high as the window.
                        path = self.folder / f"still-{name}-{device}-{scheme}.png"
                        page.screenshot(path=path, full_page=name != "edit")
                    page.context.close()


def path_of(url: str) -> str:
    return url[url.index("/", len("https://")) :]


def admin_of(visitors: Visitors, base: str) -> Page:
    page = visitors.arrive("admin", LAPTOP, allowed=["."])
    sign_in(page, base, ADMIN, PASSWORD)
    return page
