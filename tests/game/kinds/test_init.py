"""The table of kinds: what must hold for each of them, also for one that is added later."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from game.kinds import KINDS, Kind

ROOT = Path(__file__).parents[3]
PACKAGES = ("formats", "game", "handlers", "models", "realtime", "services")
SHOUT = """
from game.kinds.text import TextKind
from game.shapes import text


class ShoutKind(TextKind):
    name = "shout"
    key_fields = ("loud",)

    def read_body(self, fields):
        return {"loud": fields.text("loud", 10)}

    read_key = lambda self, fields: {"body": self.read_body(fields)}
    write_key = lambda self, question: {"loud": question.body["loud"]}
    shape = lambda self: {"loud": text(1, 10)}
    problems = lambda self, question: []


KINDS = (ShoutKind(),)
"""
ASKS = """
from game.content import freeze
from game.quiz import decode_quiz
from handlers.api.document import document
from services.records import content_from, content_text
quiz = decode_quiz({"title": "t", "questions": [{"kind": "shout", "prompt": "p", "loud": "yes"}]}, lambda: "q1")
print("ShoutQuestion" in document()["components"]["schemas"])
print(content_from(content_text(freeze(quiz, None))).question(1).body)
"""


@pytest.mark.parametrize("name", KINDS)
def test_is_found_under_its_name(name: str) -> None:
    """The table's names are the kinds' own."""
    assert KINDS[name].name == name


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_what_is_graded_takes_answers(kind: Kind) -> None:
    """Nothing is graded that nobody can answer."""
    assert kind.takes_answers or not kind.graded


def test_the_contracts_kinds() -> None:
    """All of them, in the order in which they are listed."""
    choices = ["single", "multi", "true_false", "text", "number", "poll"]
    others = ["order", "match", "categorize", "blanks", "hotspot", "scale", "wordcloud", "open", "info"]
    assert list(KINDS) == choices + others


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_describes_all_of_its_fields(kind: Kind) -> None:
    """The API's document has what the quiz JSON has."""
    assert set(kind.shape()) == set(kind.key_fields) >= set(kind.optional_fields)


def test_a_kind_is_found_by_being_there(tmp_path: Path) -> None:
    """A module beside the others is all that a new kind takes: quizzes, rooms and the API's document know it."""
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package)
    for module in ("clock.py", "compiled.py"):
        shutil.copy(ROOT / module, tmp_path)
    (tmp_path / "game/kinds/shout.py").write_text(SHOUT, encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", ASKS], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.stdout.split(), done.stderr) == (["True", "{'loud':", "'yes'}"], "")
