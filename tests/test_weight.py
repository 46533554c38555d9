"""Holds what a student's phone must load to join and play: little enough for a school's worst Wi-Fi."""

import re
from pathlib import Path

from handlers.static import StaticFiles
from handlers.templating import Templates

ROOT = Path(__file__).parent.parent
MOST_BYTES = 60_000
LINKED = re.compile(r"static_url\(['\"]((?:css|js)/[^'\"]+)['\"]\)")
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


def loaded_by(template: str) -> set[Path]:
    """The styles and scripts of a page and of the base it extends, without what the page overrides."""
    text = (ROOT / "templates" / template).read_text(encoding="utf-8")
    inherited = (ROOT / "templates" / "base.html").read_text(encoding="utf-8")
    for block in re.findall(r"{% block (\w+) %}", text):
        inherited = re.sub(rf"{{% block {block} %}}.*?{{% endblock %}}", "", inherited, flags=re.DOTALL)
    linked = {ROOT / "static" / name for name in LINKED.findall(text + inherited)}
    return linked | {part for file in linked if file.suffix == ".js" for part in with_imports(file)}


def test_what_a_phone_loads_to_play_is_small() -> None:
    """The play page, its styles and its scripts as they are served stay below 60 KB, uncompressed."""
    files = StaticFiles(ROOT / "static")
    names = [file.relative_to(ROOT / "static").as_posix() for file in loaded_by("play.html")]
    sizes = {name: len(asset.data) for name in names if (asset := files.find(name)) is not None}
    page = Templates(ROOT / "templates", ROOT / "locales", files).render(
        "play.html",
        {
            "pin": "123456",
            "title": "A quiz",
            "state": "open",
            "nicknames": "free",
            "user": None,
            "xsrf_token": "x" * 60,
            "public_url": "http://quiz.example",
        },
    )
    sizes["play.html"] = len(page.encode())
    largest = sorted(sizes.items(), key=lambda item: -item[1])[:5]
    assert len(sizes) > 10, "the page's scripts were not found"
    assert sum(sizes.values()) < MOST_BYTES, (sum(sizes.values()), largest)
