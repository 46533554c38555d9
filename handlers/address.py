"""Whose address a request comes from, behind proxies that are trusted and with no trust in others."""

import ipaddress

from tornado.httputil import HTTPHeaders


def client_address(peer: str | None, headers: HTTPHeaders, trusted_proxies: frozenset[str]) -> str:
    """The last hop that no trusted proxy stands for; `peer` is who connected.

    X-Forwarded-For counts only when a trusted proxy sent it.
    """
    address = peer or ""
    if address not in trusted_proxies:
        return address
    hops = [hop.strip() for hop in headers.get("X-Forwarded-For", "").split(",")]
    while address in trusted_proxies and hops:
        hop = hops.pop()
        try:
            address = str(ipaddress.ip_address(hop))
        except ValueError:
            break
    return address
