"""Where a handshake carries its proof of who it is, in the contract's order: the first that is there decides."""

from collections.abc import Coroutine
from typing import Any
from urllib.parse import urlsplit

from tornado.httputil import HTTPHeaders, HTTPServerRequest
from tornado.web import RequestHandler

from handlers.base import SIGN_IN_FIRST
from handlers.session import bearer_token, cookie_token
from services.container import Services
from services.errors import Unauthorized
from services.identity import Identity

SUBPROTOCOL = "quizhall.v1"
BEARER = "bearer."


def identify(handler: RequestHandler, services: Services, is_https: bool) -> Identity | Coroutine[Any, Any, Identity]:
    """Whose token or ticket came along, not yet whether it still counts: of a ticket, what finds it out, as other
    nodes may have to be asked. Raises Unauthorized.
    """
    request = handler.request
    token = token_of_headers(request.headers)
    if token is None and "Cookie" in request.headers:
        cookie = cookie_token(handler, is_https)
        token = cookie if cookie is not None and is_own_page(request) else None
    if token is not None:
        return services.tokens.read(token)
    return _of_address(handler, services)


def token_of_headers(headers: HTTPHeaders) -> str | None:
    """From `Authorization`, or from `Sec-WebSocket-Protocol`, where a page's script can put it."""
    token = bearer_token(headers)
    return _subprotocol_token(headers) if token is None else token


def offered(headers: HTTPHeaders) -> list[str]:
    """The sub-protocols that the peer speaks; a token may be among them."""
    return [name.strip() for name in headers.get("Sec-WebSocket-Protocol", "").split(",")]


def _subprotocol_token(headers: HTTPHeaders) -> str | None:
    names = offered(headers)
    if SUBPROTOCOL not in names:
        return None
    return next((name.removeprefix(BEARER) for name in names if name.startswith(BEARER)), None)


def _of_address(handler: RequestHandler, services: Services) -> Identity | Coroutine[Any, Any, Identity]:
    """By `?ticket=`, or by `?token=` for participants. An address may end up in a log, though not in ours."""
    ticket = handler.get_query_argument("ticket", None)
    if ticket is not None:
        return services.tickets.redeem(ticket)
    token = handler.get_query_argument("token", None)
    if token is None:
        raise Unauthorized(SIGN_IN_FIRST)
    identity = services.tokens.read(token)
    if identity.kind != "participant":
        raise Unauthorized("Only a participant's token may stand in the address. Use a ticket.")
    return identity


def is_own_page(request: HTTPServerRequest) -> bool:
    """A cookie comes along from any page, and only one of ours may use it; those of ALLOWED_ORIGINS bring a token."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None and site != "same-origin":
        return False
    origin = request.headers.get("Origin")
    if origin is None:
        return site == "same-origin"
    return host_of(origin) == request.headers.get("Host", "").lower()


def host_of(origin: str) -> str | None:
    """None of what cannot be read as an address."""
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return None
