"""The Tornado application: routes, and the settings that handlers read. Owns no connection and starts nothing."""

import ipaddress
import socket
from functools import lru_cache
from pathlib import Path
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.httputil import HTTPConnection, HTTPMessageDelegate
from tornado.web import Application, RequestHandler

from handlers.access_log import log_request
from handlers.kind_views import add_phone_parts
from handlers.live.short_way import BeforeTornado, Way
from handlers.pages.base import NotFoundPage
from handlers.routes import routes
from handlers.session import cookie_name
from handlers.static import StaticFiles
from handlers.templating import Templates
from services.container import Services

ROOT = Path(__file__).resolve().parent.parent
# For the server: what a request may weigh before a handler has looked at it. Uploads set their own.
BODY_MOST = 8 * 1024 * 1024 + 1024

# The same for its headers, which hold a token or two and some cookies.
HEADERS_MOST = 16 * 1024
# How long a connection may take to send its headers, or may wait between two requests.
HEADER_WAIT_S = 60.0


class Site(Application):
    """Tornado's application, that shows each request to `first` before it makes one of it."""

    first: Way | None = None

    def start_request(self, server_conn: object, request_conn: HTTPConnection) -> HTTPMessageDelegate:
        usual = super().start_request(server_conn, request_conn)
        return usual if self.first is None else BeforeTornado(self.first, request_conn, usual)


def serve_http(
    application: Application, sockets: list[socket.socket], header_wait_s: float = HEADER_WAIT_S
) -> HTTPServer:
    """Begins to serve. Headers that are too long or too slow end their connection without a word."""
    server = HTTPServer(
        application, max_body_size=BODY_MOST, max_header_size=HEADERS_MOST, idle_connection_timeout=header_wait_s
    )
    server.add_sockets(sockets)
    return server


def make_application(
    services: Services,
    *,
    trusted_proxies: tuple[str, ...] = (),
    metrics_allowed: tuple[str, ...] = (),
    live_routes: list[Any] | None = None,
    **settings: Any,
) -> Site:
    """`settings` are passed on, for the WebSocket seam."""

    def answered(handler: RequestHandler) -> None:
        log_request(handler)
        services.figures.request(handler.get_status(), handler.request.request_time())

    is_https = services.public_url.startswith("https://")
    static_files, templates = _read_files()
    return Site(
        routes(live_routes),
        services=services,
        public_url=services.public_url,
        is_https=is_https,
        session_cookie=cookie_name(is_https),
        trusted_proxies=frozenset(trusted_proxies),
        metrics_allowed=tuple(ipaddress.ip_network(network) for network in metrics_allowed),
        static_files=static_files,
        # Pages and JSON; the XSRF token is masked anew in each page, so that what a page weighs tells nothing of it.
        compress_response=True,
        templates=templates,
        default_handler_class=NotFoundPage,
        log_function=answered,
        xsrf_cookie_name=cookie_name(is_https, "_xsrf"),
        xsrf_cookie_kwargs={"httponly": True, "samesite": "Lax", "secure": is_https},
        **settings,
    )


@lru_cache(maxsize=1)
def _read_files() -> tuple[StaticFiles, Templates]:
    """static/ and templates/ in memory, once in a process: to compile the templates takes half a second."""
    static_files = StaticFiles(ROOT / "static")
    templates = Templates(ROOT / "templates", ROOT / "locales", static_files)
    add_phone_parts(static_files, templates.render)
    return static_files, templates
