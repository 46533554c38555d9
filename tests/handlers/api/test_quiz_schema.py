"""The published schema of a quiz file: it says what game/ says, and stands in docs/ as it is served."""

import json
from pathlib import Path

import jsonschema_rs
import pytest

from formats.quizhall_json import write_document
from handlers.api.document.quiz_file import quiz_file_schema, schema_text

ROOT = Path(__file__).resolve().parents[3]
VALID = jsonschema_rs.validator_for(quiz_file_schema())


def test_the_file_in_docs_is_the_one_that_is_served():
    """If not: python scripts/write_quiz_schema.py."""
    assert (ROOT / "docs" / "quiz.schema.json").read_text(encoding="utf-8") == schema_text()


@pytest.mark.parametrize("path", sorted((ROOT / "samples").glob("*.json")), ids=lambda path: path.stem)
def test_our_own_samples_are_valid(path):
    """With every kind that they hold, and as they are written out."""
    quiz = json.loads(path.read_bytes())
    VALID.validate(quiz)
    VALID.validate(json.loads(write_document({"version": 1} | quiz)))


@pytest.mark.parametrize(
    "change",
    [
        {"titel": "x"},
        {"version": 2},
        {"title": ""},
        {"questions": []},
        {"questions": [{"kind": "no", "prompt": "x"}]},
    ],
)
def test_what_no_quiz_has_is_not(change):
    """Unknown fields among it."""
    quiz = {"title": "T", "questions": [{"kind": "info", "prompt": "x"}]}
    assert VALID.is_valid(quiz)
    assert not VALID.is_valid(quiz | change)


@pytest.mark.gen_test
async def test_everybody_gets_it(web):
    """Also a program without an account."""
    answer = await web.fetch("GET", "/api/v1/quiz.schema.json")
    assert (answer.code, answer.headers["Content-Type"]) == (200, "application/schema+json")
    assert answer.body.decode() == schema_text()
