"""Specification of realtime/protocol.py: JSON-RPC 2.0 as we speak it."""

import json
from contextlib import suppress

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from realtime.protocol import (
    RpcError,
    decode_request,
    encode_error,
    encode_event,
    encode_result,
    invalid_params,
)


def request(**changes):
    whole = {"jsonrpc": "2.0", "id": 1, "method": "ping", "params": {}} | changes
    return json.dumps({key: value for key, value in whole.items() if value is not ...})


def refusal(text):
    with pytest.raises(RpcError) as caught:
        decode_request(text)
    return caught.value


@pytest.mark.parametrize("request_id", [0, 7, -1, "a", "", 2**70])
def test_a_request_is_read(request_id):
    """Ids are strings or integers; params stay JSON for the command to read."""
    found = decode_request(request(id=request_id, method="answer.submit", params={"round": 3}))
    assert (found.id, found.method) == (request_id, "answer.submit")
    assert json.loads(bytes(found.params)) == {"round": 3}


def test_params_may_be_absent():
    """A command without parameters needs none."""
    assert bytes(decode_request(request(params=...)).params) == b"{}"


def test_bytes_are_read_as_text_is():
    """Some clients send binary frames."""
    assert decode_request(request().encode()).method == "ping"


def test_unknown_members_are_let_by():
    """A newer page may say more than this node understands."""
    assert decode_request(request(trace="x")).method == "ping"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "nonsense",
        '{"jsonrpc":"2.0","id":1,"method":"ping"',
        '[{"jsonrpc":"2.0"',
        '{"jsonrpc":"2.0","id":1,"method":"ping","params":{"a":}}',
        b'{"jsonrpc":"2.0","id":1,"method":"\xff"}',
        "\ud800",
        "[" * 10_000,
        '{"jsonrpc":"2.0","id":1,"method":"ping","params":' + "[" * 10_000 + "]" * 10_000 + "}",
    ],
)
def test_what_is_no_json_is_a_parse_error(text):
    """Broken, cut off, not UTF-8 or nested without end: one answer, and no id to send it to."""
    error = refusal(text)
    assert (error.code_name, error.number, error.request_id) == ("parse_error", -32700, None)


@pytest.mark.parametrize("text", ["[]", f"[{request()}]", f"[{request()},{request()}]"])
def test_batches_are_refused(text):
    """One request per message: a batch has no single place in the order of events."""
    error = refusal(text)
    assert (error.number, error.request_id) == (-32600, None)
    assert "batch" in error.message


@pytest.mark.parametrize("request_id", [..., None, True, 1.5, [1], {}])
def test_a_request_without_a_usable_id_is_refused(request_id):
    """Browsers send no notifications: every command is answered, so it needs an id."""
    error = refusal(request(id=request_id))
    assert (error.number, error.request_id) == (-32600, None)


@pytest.mark.parametrize("version", [..., "1.0", 2.0, None])
def test_the_version_must_be_2_0(version):
    """As a string, as the specification says; the id is kept for the reply."""
    error = refusal(request(id="x", jsonrpc=version))
    assert (error.number, error.request_id) == (-32600, "x")


@pytest.mark.parametrize("method", [..., None, 5, ["ping"]])
def test_the_method_must_be_a_string(method):
    """A response from a browser, which has none, is refused too."""
    error = refusal(request(method=method))
    assert (error.number, error.request_id) == (-32600, 1)


@pytest.mark.parametrize("params", [None, 1, "x", False])
def test_params_that_json_rpc_forbids_are_an_invalid_request(params):
    """JSON-RPC knows objects and arrays only."""
    error = refusal(request(params=params))
    assert (error.number, error.request_id) == (-32600, 1)


def test_params_in_an_array_are_invalid_params():
    """JSON-RPC allows them, our commands name theirs."""
    error = refusal(request(params=[1]))
    assert (error.number, error.request_id) == (-32602, 1)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)
members = st.dictionaries(st.sampled_from(["jsonrpc", "id", "method", "params"]), st.just("2.0") | json_values)


@given(st.text() | st.binary() | json_values.map(json.dumps) | members.map(json.dumps))
def test_any_input_is_a_request_or_an_rpc_error(text):
    """Nothing that a stranger sends raises anything else."""
    with suppress(RpcError):
        decode_request(text)


def test_a_result_is_encoded():
    """Text as it is, not as escapes."""
    assert encode_result("a", {"n": 1, "s": "ü"}) == '{"jsonrpc":"2.0","id":"a","result":{"n":1,"s":"ü"}}'.encode()


def test_an_error_is_encoded_with_its_name():
    """`data.code` carries the name, whatever else `data` holds."""
    error = RpcError("rate_limited", "slow down", {"retry_after_ms": 500})
    assert json.loads(encode_error(9, error)) == {
        "jsonrpc": "2.0",
        "id": 9,
        "error": {
            "code": -32004,
            "message": "slow down",
            "data": {"retry_after_ms": 500, "code": "rate_limited"},
        },
    }


def test_an_error_without_a_request_has_a_null_id():
    """As JSON-RPC asks."""
    assert json.loads(encode_error(None, RpcError("parse_error", "no")))["id"] is None


def test_an_event_has_no_id():
    """Events are JSON-RPC notifications."""
    assert json.loads(encode_event("room.locked", {"locked": True})) == {
        "jsonrpc": "2.0",
        "method": "room.locked",
        "params": {"locked": True},
    }


def test_an_error_of_unknown_name_is_a_mistake():
    """A name that is not in the contract never reaches the wire."""
    with pytest.raises(ValueError, match="unknown error code"):
        RpcError("oops", "no")


class Inner(msgspec.Struct):
    left: int


class Outer(msgspec.Struct):
    room: str
    inner: Inner | None = None
    many: list[Inner] = []


@pytest.mark.parametrize(
    ("params", "field", "reason"),
    [
        ("{}", "room", "required"),
        ('{"room": 5}', "room", "Expected `str`, got `int`"),
        ('{"room": "1", "inner": {}}', "inner.left", "required"),
        ('{"room": "1", "many": [{"left": 1}, {"left": "x"}]}', "many[1].left", "Expected `int`, got `str`"),
        ('{"room": "1", "many": [{}]}', "many[0].left", "required"),
        ("[]", "params", "Expected `object`, got `array`"),
    ],
)
def test_invalid_params_name_the_field(params, field, reason):
    """The path leads to what is wrong, also deep inside, also when it is absent."""
    with pytest.raises(msgspec.ValidationError) as caught:
        msgspec.json.decode(params, type=Outer)
    error = invalid_params(caught.value)
    assert error.number == -32602
    assert error.data == {"field": field, "reason": reason}
    assert error.message == f"{field}: {reason}"
