"""Every text goes through gettext: pages are read in a made-up language, which puts [brackets] around what it knows."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from past_lessons import played
from sample_rooms import INFO, MULTI, NUMBER, POLL, SINGLE
from web import EMAIL, PASSWORD

from game.kinds import KINDS
from handlers.kind_views import add_phone_parts
from handlers.static import StaticFiles
from handlers.templating import Templates
from services.account_admin import Sought

ROOT = Path(__file__).resolve().parents[2]
# What needs no translation: names, what people wrote (it has a direction of its own), times, figures, keys, letters.
SKIPPED = {"bdi", "time", "kbd", "code", "script", "style", "svg", "noscript"}
VOID = {"input", "meta", "link", "img", "br", "hr", "path", "rect"}
OPEN_ENDED = {"p", "dt", "dd", "li", "option"}
SPOKEN = ("aria-label", "placeholder", "alt")
FOREIGN = re.compile(
    r"Quizhall|Ada|Test|GIFT|JSON|Moodle|Kahoot|Wayground|Quizizz|Aiken|CSV|Excel|XML|\.[a-z0-9]{2,5}|PIN|quiz\.example|ada@school\.example|[A-L]"
)
LETTERS = re.compile(r"[^\W\d_]")


class Reader(HTMLParser):
    """Gathers what a page says outside of brackets, to the eye and to the ear, but for what people wrote.

    A time or a name in the middle of a sentence is an element of its own; the brackets go on behind it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._depth = 0
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        is_own = "dir" in values or tag in SKIPPED
        if not is_own and not self._is_skipped():
            self.said += [outside(values[name] or "")[0] for name in SPOKEN if name in values]
        if tag not in VOID:
            if tag in OPEN_ENDED and self._open and self._open[-1][0] == tag:
                self._open.pop()
            self._open.append((tag, is_own))

    def handle_endtag(self, tag: str) -> None:
        if any(name == tag for name, _ in self._open):
            while self._open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        if data.strip() and not self._is_skipped():
            rest, self._depth = outside(data, self._depth)
            self.said.append(rest.strip())

    def _is_skipped(self) -> bool:
        return any(is_own for _, is_own in self._open)


def outside(text: str, depth: int = 0) -> tuple[str, int]:
    """What stands outside of the brackets, and how many are open at the end."""
    rest = ""
    for character in text:
        depth += character == "["
        rest += character if depth == 0 else ""
        depth -= character == "]"
    assert depth >= 0, text
    return rest, depth


def untranslated(html: str) -> list[str]:
    reader = Reader()
    reader.feed(html)
    return [text for text in reader.said if LETTERS.search(FOREIGN.sub("", text))]


@pytest.fixture(scope="module")
def pseudo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder of catalogues whose one language is English in brackets."""
    folder = tmp_path_factory.mktemp("locales")
    with (ROOT / "locales" / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    catalogue = Catalog(locale="en")
    found = extract_from_dir(ROOT, methods, options)
    for _, _, message, _, _ in found:
        bracketed = tuple(f"[{text}]" for text in message) if isinstance(message, tuple) else f"[{message}]"
        catalogue.add(message, bracketed)
    target = folder / "en" / "LC_MESSAGES" / "messages.mo"
    target.parent.mkdir(parents=True)
    with target.open("wb") as compiled:
        write_mo(compiled, catalogue)
    return folder


@pytest.fixture
def app(app, pseudo):
    files = app.settings["static_files"] = StaticFiles(ROOT / "static")
    templates = app.settings["templates"] = Templates(ROOT / "templates", pseudo, files)
    add_phone_parts(files, templates.render)
    return app


@pytest.fixture
def config_values():
    return {"registration": "open"}


@pytest.mark.gen_test(timeout=30)
async def test_no_page_says_what_a_translator_never_saw(signed_in, web, here, app):
    """Texts, labels and the words for scripts; what people wrote is theirs."""
    teacher = await here.services.accounts.identity_of(EMAIL)
    room = await played(here, teacher, "7", "8")
    quiz = await here.services.desk.quizzes.create(
        teacher, {"title": "1234", "questions": [SINGLE, MULTI, NUMBER, POLL, INFO]}
    )
    live = await here.services.rooms.create(teacher, quiz["id"])
    results = await here.services.desk.results.json(teacher, room["id"])
    person = results["participants"][0]["id"]
    strangers = ["/", "/?pin=999999", "/login", f"/j/{live['pin']}", "/j/999999", "/no/such/page"]
    strangers += [app.settings["static_files"].url(f"play/{kind}.html") for kind in KINDS]
    teachers = ["/quizzes", "/quizzes/import", "/rooms", f"/quizzes/{quiz['id']}", f"/quizzes/{quiz['id']}/edit"]
    teachers += [f"/host/{live['pin']}", f"/screen/{live['pin']}", "/rooms?from=1990-01-01&to=1990-01-02"]
    teachers += [
        f"/rooms/{room['id']}/results",
        f"/rooms/{room['id']}/results/{person}",
        f"/rooms/{live['id']}/results",
    ]
    leaks = {}
    for visitor, paths in ((web, strangers), (signed_in, teachers)):
        for path in paths:
            response = await visitor.page(path)
            assert response.code in (200, 404), path
            if found := untranslated(response.body.decode()):
                leaks[path] = found
    assert leaks == {}


@pytest.mark.gen_test(timeout=30)
async def test_pages_about_accounts_say_nothing_else_either(signed_in, web, here):
    """Those of admins, those behind links, and what forms say when they refuse something."""
    await here.services.accounts.create("root@school.example", "7", "admin", PASSWORD)
    root = await here.services.accounts.identity_of("root@school.example")
    await here.services.people.sign_ups.wait("8", "8@school.example", "a long password")
    accounts = (await here.services.people.admin.page(Sought()))["accounts"]
    ada = await here.services.accounts.identity_of(EMAIL)
    invitation = await here.services.people.invitations.make(root, "teacher")
    reset = await here.services.people.resets.make(root, ada.id)
    paths = ["/forgot", "/sign-up", invitation["url"], reset["url"], "/sign-up?token=gone", "/new-password?token=gone"]
    leaks = {
        path: untranslated((await web.page(path.removeprefix("http://quiz.example"))).body.decode()) for path in paths
    }
    await web.page("/login")
    await web.form("/login", email="root@school.example", password=PASSWORD)
    tabs = [
        "/admin",
        "/admin/users",
        "/admin/users?q=nobody",
        "/admin/users?state=waiting",
        "/admin/invitations",
        "/account",
    ]
    tabs += [
        f"/admin/users/{one['id']}{told}" for one in accounts for told in ("", "?done=handed-over&quizzes=1&rooms=2")
    ]
    for path in tabs:
        leaks[path] = untranslated((await web.page(path)).body.decode())
    refused = {
        "/account/profile": {"name": "", "email": "nonsense"},
        "/account/password": {"current": "x", "password": "short"},
        "/admin/invitations": {"role": "teacher", "days": "900", "note": "9" * 81},
        f"/admin/users/{ada.id}/hand-over": {"to": "nobody"},
        f"/admin/users/{root.id}/deactivate": {},
        f"/admin/users/{ada.id}/reset-link": {},
        "/sign-up": {"name": "", "email": "nonsense", "password": "short"},
    }
    for path, fields in refused.items():
        leaks[f"POST {path}"] = untranslated((await web.form(path, **fields)).body.decode())
    assert {path: found for path, found in leaks.items() if found} == {}


@pytest.mark.gen_test(timeout=30)
async def test_what_is_said_of_files_goes_through_too(signed_in):
    """A file that is none, and a preview with warnings that have values in them."""
    await signed_in.page("/quizzes/import")
    nothing = (await signed_in.upload("/quizzes/import", b"\x00\x01", "quiz.bin", _xsrf=signed_in.xsrf)).body.decode()
    assert untranslated(nothing) == []
    gift = b"::1:: 1+1? {=2 #%s\n~3}\n\n::2:: 3 {1}\n" % (b"x" * 2500)
    response = await signed_in.upload("/quizzes/import", gift, "quiz.gift", _xsrf=signed_in.xsrf)
    page = (await signed_in.page(response.headers["Location"])).body.decode()
    assert "[" in page
    assert untranslated(page) == []


@pytest.mark.gen_test
async def test_what_errors_say_goes_through_too(web, here):
    """The form keeps what was typed, and says in the reader's language what was wrong."""
    await web.page("/login")
    page = (await web.form("/login", email="ada@school.example", password="not this one")).body.decode()
    assert "[That e-mail and password do not belong together.]" in page
    assert untranslated(page) == []


def test_the_reader_finds_what_was_forgotten():
    """In texts and in labels, not in names."""
    assert untranslated("<p>[Fine] 3</p><p>Forgotten</p><input aria-label='Lost'>") == ["Forgotten", "Lost"]
    assert untranslated("<h1 dir='auto'>Mine</h1><bdi>Ada</bdi><p>[a [nested] b] · Quizhall</p>") == []
