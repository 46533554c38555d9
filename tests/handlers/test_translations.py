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
from web import EMAIL

from handlers.templating import Templates

ROOT = Path(__file__).resolve().parents[2]
# What needs no translation: names, what people wrote (it has a direction of its own), times, figures, keys, letters.
SKIPPED = {"bdi", "time", "kbd", "script", "style", "svg", "noscript"}
VOID = {"input", "meta", "link", "img", "br", "hr", "path", "rect"}
OPEN_ENDED = {"p", "dt", "dd", "li", "option"}
SPOKEN = ("aria-label", "placeholder", "alt")
FOREIGN = re.compile(
    r"Quizhall|Test|GIFT|JSON|Moodle|Kahoot|Wayground|Quizizz|Aiken|CSV|Excel|XML|\.[a-z]{3,5}|PIN|quiz\.example|ada@school\.example|[A-L]"
)
# The rest of a sentence whose middle was skipped, such as a time.
HALVES = re.compile(r"\[[^\[\]]*$|^[^\[\]]*\]")
BRACKETS = re.compile(r"\[[^\[\]]*\]")
LETTERS = re.compile(r"[^\W\d_]")


class Reader(HTMLParser):
    """Gathers all that a page says, in texts and to those who do not see it, but for what people wrote."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        is_own = "dir" in values or tag in SKIPPED
        if not is_own and not self._is_skipped():
            self.said += [values[name] or "" for name in SPOKEN if name in values]
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
            self.said.append(data.strip())

    def _is_skipped(self) -> bool:
        return any(is_own for _, is_own in self._open)


def untranslated(html: str) -> list[str]:
    reader = Reader()
    reader.feed(html)
    whole = []
    for text in reader.said:
        rest = text
        while BRACKETS.search(rest):
            rest = BRACKETS.sub("", rest)
        if LETTERS.search(FOREIGN.sub("", HALVES.sub("", rest))):
            whole.append(text)
    return whole


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
    files = app.settings["static_files"]
    app.settings["templates"] = Templates(ROOT / "templates", pseudo, files)
    return app


@pytest.mark.gen_test(timeout=30)
async def test_no_page_says_what_a_translator_never_saw(signed_in, web, here):
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
