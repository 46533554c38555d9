"""A kind of question is files that are found by its name: every kind has all of them, and they say the same of it."""

import json
import re
import subprocess
from pathlib import Path
from urllib.parse import urljoin

import pytest

from game.kinds import KINDS
from handlers.kind_views import VIEWS
from handlers.static import StaticFiles
from handlers.templating import Templates

ROOT = Path(__file__).parent.parent.parent
SCRIPTS = ("room", "screen", "editor")
NAMED = re.compile(r'(?:href|src)="([^"]+)"')
# What the scripts of one page say of the kinds that they register.
FLAGS = """
const folder = process.argv[1];
const { KINDS, kindOf } = await import(`${folder}/registry.js`);
for (const view of process.argv.slice(2)) await import(`${folder}/${view}.js`);
const found = {};
for (const kind of %s) {
  const known = kindOf({ kind });
  if (known) found[kind] = [known.isGraded, known.takesAnswers];
}
console.log(JSON.stringify(found));
"""


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_has_its_files(view: str) -> None:
    """A script for phone, projector and editor, and a card for its author; other templates and styles as it needs."""
    files = [ROOT / "static" / "js" / page / "kinds" / f"{view}.js" for page in SCRIPTS]
    files.append(ROOT / "templates" / "partials" / "question" / "kinds" / f"{view}.html")
    assert [str(file.relative_to(ROOT)) for file in files if not file.is_file()] == []


@pytest.mark.parametrize("page", SCRIPTS)
def test_pages_and_game_say_the_same_of_every_kind(page: str) -> None:
    """Each script registers all kinds of its view, and knows which of them are graded and which take answers."""
    folder = (ROOT / "static" / "js" / page / "kinds").as_uri()
    script = FLAGS % json.dumps(list(KINDS))
    views = {kind.view for kind in KINDS.values()}
    command = ["node", "--input-type=module", "--eval", script, folder, *views]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=30)
    assert json.loads(done.stdout) == {name: [kind.graded, kind.takes_answers] for name, kind in KINDS.items()}


@pytest.mark.gen_test
async def test_a_phone_fetches_a_kind_and_keeps_it(web, app) -> None:
    """From an address that may be kept for a year; what it names beside itself is there, under the same version."""
    files = app.settings["static_files"]
    for name in KINDS:
        address = files.url(f"play/{name}.html")
        response = await web.fetch("GET", address)
        assert "immutable" in response.headers["Cache-Control"]
        assert response.headers["Content-Type"].startswith("text/html")
        named = NAMED.findall(response.body.decode())
        assert named, name
        for path in named:
            assert "immutable" in (await web.fetch("GET", urljoin(address, path))).headers["Cache-Control"]


def test_every_kind_has_a_name_for_its_author() -> None:
    """In the editor's menu and on the cards alike, with a sentence and a sign."""
    templates = Templates(ROOT / "templates", ROOT / "locales", StaticFiles(ROOT / "static"))
    page = templates.render("partials/editor/dialogs.html", {"drawn": lambda path: path})
    for name in KINDS:
        assert f'<button value="{name}" class="ed-kind">' in page
