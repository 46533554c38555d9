"""Which files show which kinds of questions. They are found by the name of the view and listed nowhere."""

from collections.abc import Callable, Iterable
from typing import Any

from jinja2 import Environment

from game.kinds import KINDS
from handlers.static import StaticFiles

# Each once, in the order in which authors are offered the kinds.
VIEWS = tuple(dict.fromkeys(kind.view for kind in KINDS.values()))
PHONE = "js/pages/play.js"


def teach(environment: Environment, files: StaticFiles) -> None:
    """Gives all templates what they may ask about the kinds. Comes last: the cards use what is there already."""
    existing = set(environment.list_templates(extensions=["html"]))

    def kind_files(folder: str, views: Iterable[str] = VIEWS) -> list[str]:
        """The scripts (`js/room`) or styles (`css/stage`) of the views, for static_url; a view may do without."""
        suffix = folder.split("/")[0]
        return [path for view in views if files.find(path := f"{folder}/kinds/{view}.{suffix}")]

    def kind_parts(page: str, views: Iterable[str] = VIEWS) -> list[str]:
        """The templates of the views on a page, to be included."""
        return [name for view in views if (name := f"partials/{page}/kinds/{view}.html") in existing]

    environment.globals.update(KINDS=KINDS, kind_files=kind_files, kind_parts=kind_parts)
    # {view: the macros of its cards and the NAMES of its kinds}. What has no files yet is not offered to authors.
    modules: dict[str, Any] = {
        view: environment.get_template(card).module for view in VIEWS for card in kind_parts("question", [view])
    }
    cards = {name: modules[kind.view] for name, kind in KINDS.items() if kind.view in modules}
    names = {name: card.NAMES[name] for name, card in cards.items() if kind_files("js/editor", [KINDS[name].view])}
    environment.globals.update(cards=cards, kind_names=names)


def add_phone_parts(files: StaticFiles, render: Callable[[str, dict[str, Any]], str]) -> None:
    """play/<kind>.html for each kind: what a phone's page lacks when the first question of that kind comes."""
    is_there = files.with_imports(PHONE)

    def part(view: str) -> str:
        scripts = sorted(files.with_imports(f"js/room/kinds/{view}.js") - is_there)
        return render("play_kind.html", {"views": [view], "scripts": scripts, "static_url": lambda path: f"../{path}"})

    files.add({f"play/{name}.html": part(kind.view) for name, kind in KINDS.items()})
