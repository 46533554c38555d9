"""Holds what a student's phone must load to join and play: little enough for a school's worst Wi-Fi."""

import re
from pathlib import Path

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
    """The page, the base it extends without what the page overrides, and the styles and scripts of both."""
    page = ROOT / "templates" / template
    base = ROOT / "templates" / "base.html"
    text = page.read_text(encoding="utf-8")
    inherited = base.read_text(encoding="utf-8")
    for block in re.findall(r"{% block (\w+) %}", text):
        inherited = re.sub(rf"{{% block {block} %}}.*?{{% endblock %}}", "", inherited, flags=re.DOTALL)
    linked = {ROOT / "static" / name for name in LINKED.findall(text + inherited)}
    scripts = {part for file in linked if file.suffix == ".js" for part in with_imports(file)}
    return {page, base} | linked | scripts


def test_what_a_phone_loads_to_play_is_small() -> None:
    """The play page, its styles and its scripts stay below 60 KB, uncompressed."""
    sizes = {file.relative_to(ROOT).as_posix(): file.stat().st_size for file in loaded_by("play.html")}
    largest = sorted(sizes.items(), key=lambda item: -item[1])[:5]
    assert len(sizes) > 10, "the page's scripts were not found"
    assert sum(sizes.values()) < MOST_BYTES, largest
