"""Holds what a student's phone must load to join and to answer: little enough for a school's worst Wi-Fi."""

import re
from pathlib import Path

import pytest

from game.kinds import KINDS
from handlers.kind_views import PHONE, add_phone_parts
from handlers.static import PREFIX, StaticFiles
from handlers.templating import Templates

ROOT = Path(__file__).parent.parent
MOST_BYTES = 60_000
LINKED = re.compile(rf'(?:href|src)="{PREFIX}[0-9a-f]+/([^"]+\.(?:css|js))"')
BROUGHT = re.compile(r'(?:href|src)="\.\./([^"]+)"')

Sizes = dict[str, int]


class Phone:
    """What the page of a room loads, and what each kind of question brings: bytes as they are served, uncompressed."""

    def __init__(self) -> None:
        self._files = StaticFiles(ROOT / "static")
        self._templates = Templates(ROOT / "templates", ROOT / "locales", self._files)
        add_phone_parts(self._files, self._templates.render)

    def base(self) -> Sizes:
        """The page, its styles and its scripts."""
        page = self._templates.render(
            "play.html",
            {
                "pin": "123456",
                "title": "A quiz",
                "state": "open",
                "nicknames": "free",
                "user": None,
                "xsrf_token": "x" * 60,
                "public_url": "http://quiz.example",
                "kinds": tuple(KINDS),
            },
        )
        return self._sizes(set(LINKED.findall(page))) | {"play.html": len(page.encode())}

    def kind(self, name: str) -> Sizes:
        """What a page fetches to show it, and was not there before."""
        part = f"play/{name}.html"
        return self._sizes({part, *BROUGHT.findall(self.text(part))})

    def text(self, path: str) -> str:
        asset = self._files.find(path)
        assert asset is not None, path
        return asset.data.decode()

    def _sizes(self, paths: set[str]) -> Sizes:
        loaded = paths | {name for path in paths if path.endswith(".js") for name in self._files.with_imports(path)}
        return {name: len(self.text(name).encode()) for name in loaded}


@pytest.fixture(scope="module")
def phone() -> Phone:
    return Phone()


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_phone_loads_to_answer_is_small(phone: Phone, kind: str) -> None:
    """Page, styles and scripts, with all that this kind needs: the rest of the quiz may hold whatever it likes."""
    sizes = phone.base() | phone.kind(kind)
    assert f"js/room/kinds/{KINDS[kind].view}.js" in sizes
    assert sum(sizes.values()) < MOST_BYTES, sorted(sizes.items(), key=lambda item: -item[1])[:12]


def test_no_kind_is_on_the_way_to_the_page(phone: Phone) -> None:
    """Nor does one bring another."""
    base = phone.base()
    assert PHONE in base
    assert [name for name in base if "kinds/" in name] == ["js/room/kinds/registry.js"]
    for name, kind in KINDS.items():
        foreign = {f"js/room/kinds/{other.view}.js" for other in KINDS.values() if other.view != kind.view}
        assert phone.kind(name).keys() & foreign == set()


def test_a_kind_brings_all_that_its_script_imports(phone: Phone) -> None:
    """By name, so that nothing is looked for when a question waits for it; and nothing that is there already."""
    base = phone.base()
    for name, kind in KINDS.items():
        named = set(BROUGHT.findall(phone.text(f"play/{name}.html")))
        script = f"js/room/kinds/{kind.view}.js"
        assert script in named
        assert {path for path in phone.kind(name) if path.endswith(".js")} - base.keys() == {
            path for path in named if path.endswith(".js")
        }
