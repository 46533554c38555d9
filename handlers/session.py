"""Where a request carries its token: the Authorization header, or the browser's cookie."""

from tornado.httputil import HTTPHeaders
from tornado.web import RequestHandler

NAME = "quizhall_session"
DAYS = 14


def cookie_name(is_https: bool, name: str = NAME) -> str:
    """Over TLS the prefix makes browsers refuse the cookie from anything but this very host."""
    return f"__Host-{name}" if is_https else name


def bearer_token(headers: HTTPHeaders) -> str | None:
    """The token of `Authorization: Bearer …`; "" when the header is there and holds something else."""
    header = headers.get("Authorization")
    if header is None:
        return None
    scheme, _, token = header.strip().partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def cookie_token(handler: RequestHandler, is_https: bool) -> str | None:
    return handler.get_cookie(cookie_name(is_https)) or None


def start_session(handler: RequestHandler, token: str, is_https: bool) -> None:
    handler.set_cookie(
        cookie_name(is_https), token, expires_days=DAYS, httponly=True, samesite="Lax", secure=is_https, path="/"
    )


def end_session(handler: RequestHandler, is_https: bool) -> None:
    handler.clear_cookie(cookie_name(is_https), httponly=True, samesite="Lax", secure=is_https, path="/")
