"""Whose address counts, with and without proxies."""

import pytest
from tornado.httputil import HTTPHeaders

from handlers.address import client_address

TRUSTED = frozenset({"127.0.0.1", "10.0.0.1"})


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("192.0.2.7", None, "192.0.2.7"),
        ("192.0.2.7", "198.51.100.1", "192.0.2.7"),
        ("127.0.0.1", None, "127.0.0.1"),
        ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "203.0.113.9, 198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "198.51.100.1, 10.0.0.1", "198.51.100.1"),
        ("127.0.0.1", "nonsense", "127.0.0.1"),
        ("127.0.0.1", "2001:DB8::1", "2001:db8::1"),
    ],
)
def test_only_a_trusted_proxy_may_speak_for_others(peer, forwarded, address):
    """Anybody can write X-Forwarded-For; the nearest hop that we do not trust is whom we deal with."""
    headers = HTTPHeaders({"X-Forwarded-For": forwarded} if forwarded else {})
    assert client_address(peer, headers, TRUSTED) == address
