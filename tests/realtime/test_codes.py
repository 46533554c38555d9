"""Specification of realtime/codes.py: the numbers that other programs rely on."""

from realtime.codes import ERROR_NUMBERS, CloseCode, ErrorCode


def test_close_codes_are_those_of_the_contract():
    """Names and numbers are fixed; browsers out there know them."""
    assert {code.code_name: int(code) for code in CloseCode} == {
        "node_draining": 4000,
        "slow_connection": 4001,
        "internal": 4003,
        "token_invalid": 4500,
        "replaced": 4501,
        "kicked": 4502,
        "room_over": 4503,
        "protocol_error": 4504,
        "origin_refused": 4505,
        "rate_limited": 4506,
        "inactive": 4507,
    }


def test_close_codes_say_whether_to_come_back():
    """Below 4500 a browser reconnects by itself, from there on it does not."""
    assert {code for code in CloseCode if code.comes_back} == {
        CloseCode.NODE_DRAINING,
        CloseCode.SLOW_CONNECTION,
        CloseCode.INTERNAL,
    }


def test_error_codes_are_those_of_the_contract():
    """JSON-RPC's five and our own."""
    assert ERROR_NUMBERS == {
        "parse_error": -32700,
        "invalid_request": -32600,
        "method_not_found": -32601,
        "invalid_params": -32602,
        "internal": -32603,
        "unauthorized": -32001,
        "forbidden": -32002,
        "not_found": -32003,
        "rate_limited": -32004,
        "round_closed": -32010,
        "already_answered": -32011,
        "invalid_answer": -32012,
        "wrong_phase": -32013,
        "stale": -32014,
        "room_locked": -32015,
        "room_over": -32016,
        "overloaded": -32020,
    }
    assert ErrorCode.ROUND_CLOSED.code_name == "round_closed"
