"""Holds what a student's phone must load to join and play: little enough for a school's worst Wi-Fi."""

import re
from itertools import combinations
from pathlib import Path

from handlers.kind_views import VIEWS
from handlers.static import PREFIX, StaticFiles
from handlers.templating import Templates

ROOT = Path(__file__).parent.parent
MOST_BYTES = 60_000
LINKED = re.compile(rf'(?:href|src)="{PREFIX}[0-9a-f]+/([^"]+\.(?:css|js))"')
IMPORTED = re.compile(r"(?:\bfrom|\bimport)\s*\(?\s*[\"'](\.[^\"']+\.js)[\"']")


def with_imports(script: Path) -> set[Path]:
    """A script and all that it imports, however far."""
    found, ahead = set(), [script.resolve()]
    while ahead:
        file = ahead.pop()
        if file not in found:
            found.add(file)
            ahead += [(file.parent / name).resolve() for name in IMPORTED.findall(file.read_text(encoding="utf-8"))]
    return found


class Phone:
    """What the page of a room loads, by the views of its quiz."""

    def __init__(self) -> None:
        self._files = StaticFiles(ROOT / "static")
        self._templates = Templates(ROOT / "templates", ROOT / "locales", self._files)

    def sizes(self, views: tuple[str, ...]) -> dict[str, int]:
        """The page, its styles and its scripts in bytes, as they are served, uncompressed."""
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
                "views": views,
            },
        )
        linked = {ROOT / "static" / name for name in LINKED.findall(page)}
        loaded = linked | {part for file in linked if file.suffix == ".js" for part in with_imports(file)}
        names = [file.relative_to(ROOT / "static").as_posix() for file in loaded]
        sizes = {name: len(asset.data) for name in names if (asset := self._files.find(name)) is not None}
        assert len(sizes) > 10, "the page's scripts were not found"
        return sizes | {"play.html": len(page.encode())}


def test_what_a_phone_loads_to_play_is_small() -> None:
    """Any three ways to ask stay below 60 KB, page, styles and scripts together."""
    phone = Phone()
    heaviest = max((phone.sizes(views) for views in combinations(VIEWS, 3)), key=lambda sizes: sum(sizes.values()))
    assert sum(heaviest.values()) < MOST_BYTES, sorted(heaviest.items(), key=lambda item: -item[1])[:12]


def test_a_phone_loads_only_what_its_quiz_needs() -> None:
    """Not a byte of a view that no question of the room has."""
    phone = Phone()
    of_choices = phone.sizes(("choices",))
    assert "js/room/kinds/choices.js" in of_choices
    assert not [name for name in of_choices if "kinds/" in name and "choices" not in name and "registry" not in name]
    assert sum(of_choices.values()) < sum(phone.sizes(VIEWS).values())
