"""Whose address a request comes from, behind proxies that are trusted and with no trust in others."""

import ipaddress

from tornado.httputil import HTTPServerRequest


def client_address(request: HTTPServerRequest, trusted_proxies: frozenset[str]) -> str:
    """The last hop that no trusted proxy stands for. X-Forwarded-For counts only when a trusted proxy sent it."""
    address = request.remote_ip or ""
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",")]
    while address in trusted_proxies and hops:
        hop = hops.pop()
        try:
            address = str(ipaddress.ip_address(hop))
        except ValueError:
            break
    return address
