"""The small parts that the OpenAPI document is built of: types, references, answers, the errors every call may give."""

from typing import Any

from game.shapes import Schema, listed, maybe, text, thing

__all__ = ["Schema", "listed", "maybe", "text", "thing"]

ID: Schema = {"type": "string", "format": "uuid"}
TIME: Schema = {"type": "integer", "minimum": 0, "description": "Milliseconds since the epoch"}
MAYBE_TIME: Schema = TIME | {"type": ["integer", "null"]}
COUNT: Schema = {"type": "integer", "minimum": 0}
TEXT: Schema = {"type": "string"}
FLAG: Schema = {"type": "boolean"}


def ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def json_body(schema: Schema) -> Schema:
    return {"required": True, "content": {"application/json": {"schema": schema}}}


def json_answer(about: str, schema: Schema, headers: Schema | None = None) -> Schema:
    answer: Schema = {"description": about, "content": {"application/json": {"schema": schema}}}
    return answer | ({"headers": headers} if headers else {})


def link(operation_id: str, **parameters: str) -> Schema:
    """Where an answer leads; the parameters are names in its body."""
    values = {name: f"$response.body#/{field}" for name, field in parameters.items()}
    return {"operationId": operation_id, "parameters": values}


def path_parameter(name: str, schema: Schema, about: str) -> Schema:
    return {"name": name, "in": "path", "required": True, "schema": schema, "description": about}


def query_parameter(name: str, schema: Schema, about: str) -> Schema:
    return {"name": name, "in": "query", "required": False, "schema": schema, "description": about}


def operation(
    name: str, about: str, tag: str, answers: dict[str, Schema], errors: tuple[int, ...], **more: Any
) -> Schema:
    """One call; `errors` are the statuses it may answer besides 400, 429, 500 and 503, which any may."""
    statuses = sorted({400, *errors, 429, 500, 503})
    refused = {str(status): {"$ref": f"#/components/responses/{status}"} for status in statuses}
    return {"operationId": name, "summary": about, "tags": [tag], "responses": answers | refused} | more


PUBLIC: dict[str, Any] = {"security": []}
RATE_HEADERS: Schema = {
    "X-RateLimit-Limit": {"schema": COUNT, "description": "How many in the window"},
    "X-RateLimit-Remaining": {"schema": COUNT, "description": "How many of them are left"},
    "X-RateLimit-Reset": {"schema": COUNT, "description": "Seconds until it begins anew"},
}
RETRY_AFTER: Schema = {"Retry-After": {"schema": COUNT, "description": "Seconds"}}

_ABOUT = {
    400: "The request cannot be read, e.g. a body that is no JSON",
    401: "No token, or one that does not count (any more)",
    403: "Somebody else's, or a cookie without its XSRF token",
    404: "There is no such thing",
    405: "The address does not take this method",
    409: "Stale, taken, full or the last admin; `code` says which",
    410: "The room or the link is over",
    413: "Too large",
    415: "The body is of another type than this call takes",
    422: "A field is wrong; `details` name field and reason",
    423: "The host has locked the room",
    429: "Tried too often",
    500: "A defect of ours",
    503: "Busy: nothing was done",
}
RESPONSES: Schema = {str(status): json_answer(about, ref("Error")) for status, about in _ABOUT.items()}
RESPONSES["429"]["headers"] = RATE_HEADERS | RETRY_AFTER
RESPONSES["503"]["headers"] = RETRY_AFTER
RESPONSES["401"]["headers"] = {"WWW-Authenticate": {"schema": TEXT}}
RESPONSES["405"]["headers"] = {"Allow": {"schema": TEXT}}

ERROR_SCHEMAS: Schema = {
    "Problem": thing({"field": TEXT, "reason": TEXT}, about="One fault; `field` is a path such as `choices[0].text`"),
    "Error": thing(
        {
            "error": thing(
                {
                    "code": TEXT | {"examples": ["not_found", "invalid", "name_taken"]},
                    "message": TEXT | {"description": "One sentence for a person"},
                    "details": {"anyOf": [listed(ref("Problem")), {"type": "object"}]},
                }
            )
        }
    ),
}
