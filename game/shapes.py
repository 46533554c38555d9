"""The few words of JSON Schema that questions are described in, for the API's document. Checks nothing itself."""

from typing import Any

Schema = dict[str, Any]

# Something to read in it, and no control characters but tab and line ends.
PRINTABLE = r"^[^\u0000-\u0008\u000e-\u001f\u007f]*$"
READABLE = r"^[^\u0000-\u0008\u000e-\u001f\u007f]*[^\s\u0000-\u0020\u007f-\u00a0][^\u0000-\u0008\u000e-\u001f\u007f]*$"


def text(least: int, most: int) -> Schema:
    return {
        "type": "string",
        "minLength": least,
        "maxLength": most,
        "pattern": READABLE if least else PRINTABLE,
    }


def listed(items: Schema, least: int = 0, most: int | None = None) -> Schema:
    shape: Schema = {"type": "array", "items": items}
    if least:
        shape["minItems"] = least
    if most is not None:
        shape["maxItems"] = most
    return shape


def thing(properties: Schema, optional: tuple[str, ...] = (), *, is_closed: bool = False, about: str = "") -> Schema:
    """An object; all properties are required but the optional ones. A closed one allows no others."""
    shape: Schema = {"type": "object", "properties": properties}
    if required := [name for name in properties if name not in optional]:
        shape["required"] = required
    if is_closed:
        shape["additionalProperties"] = False
    if about:
        shape["description"] = about
    return shape


def maybe(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}
