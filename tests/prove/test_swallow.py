"""Hints are taken out of what goes to Redis, whole, and nothing else is."""

import pytest

from prove.swallow import swallow


def command(*words):
    return b"*%d\r\n" % len(words) + b"".join(b"$%d\r\n%b\r\n" % (len(word), word) for word in words)


HINT = command(b"PUBLISH", b"log:1", b'{"seq":2}')
PROBE = command(b"PUBLISH", b"node:a", b"x")


def test_a_hint_is_answered_and_goes_no_further():
    assert swallow(HINT) == (b"", b":1\r\n")


def test_what_stands_around_it_goes_on():
    assert swallow(PROBE + HINT + command(b"PING") + HINT) == (PROBE + command(b"PING"), b":1\r\n:1\r\n")


@pytest.mark.parametrize("end", range(1, len(HINT)))
def test_what_is_not_whole_goes_on_as_it_is(end):
    assert swallow(PROBE + HINT[:end]) == (PROBE + HINT[:end], b"")


def test_what_is_no_command_goes_on_as_it_is():
    assert swallow(b"+OK\r\nwhatever") == (b"+OK\r\nwhatever", b"")
