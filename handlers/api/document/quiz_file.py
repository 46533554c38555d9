"""The JSON Schema of a quiz file (our `.json`, and `quiz.json` in our zip), made of the OpenAPI document's."""

import json
from typing import Any

from formats.quizhall_json import VERSION
from handlers.api.document.quiz_schemas import SCHEMAS

_WHERE = "#/components/schemas/"
_HERE = "#/$defs/"


def quiz_file_schema() -> dict[str, Any]:
    """Draft 2020-12, with all that it refers to in itself."""
    quiz = SCHEMAS["NewQuiz"]
    properties = {"version": {"const": VERSION}} | quiz["properties"]
    used: dict[str, Any] = {}
    _gather(quiz, used)
    whole = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Quizhall quiz",
        "description": "A quiz as Quizhall exports it and takes it in; images and sounds are in the zip, in media/.",
        **quiz,
        "properties": properties,
        "$defs": dict(sorted(used.items())),
    }
    written: dict[str, Any] = json.loads(json.dumps(whole).replace(_WHERE, _HERE))
    return written


def schema_text() -> str:
    """As it stands in docs/quiz.schema.json."""
    return json.dumps(quiz_file_schema(), ensure_ascii=False, indent=2) + "\n"


def _gather(schema: object, used: dict[str, Any]) -> None:
    """Into `used` every schema that this one leads to, by its name."""
    if isinstance(schema, dict):
        reference = schema.get("$ref")
        if isinstance(reference, str) and (name := reference.removeprefix(_WHERE)) not in used:
            used[name] = SCHEMAS[name]
            _gather(SCHEMAS[name], used)
        for inner in schema.values():
            _gather(inner, used)
    elif isinstance(schema, list | tuple):
        for inner in schema:
            _gather(inner, used)
