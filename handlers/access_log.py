"""What may stand in a log about a request: its address without the values that open doors.

Every handler, the WebSocket one too, mixes `RedactedLogs` in; nothing else writes an address to a log.
"""

import logging
from types import TracebackType
from typing import Any
from urllib.parse import unquote_plus

from tornado.web import HTTPError, RequestHandler

from services.failures import as_service_error

logger = logging.getLogger("quizhall.access")
failures = logging.getLogger(__name__)

SECRET_NAMES = frozenset({"token", "ticket", "key", "password", "_xsrf"})
HIDDEN = "***"


def redact(uri: str) -> str:
    """The address with the values of secret parameters replaced, however their names are written."""
    path, mark, query = uri.partition("?")
    if not mark:
        return uri
    return path + "?" + "&".join(_redact_part(part) for part in query.split("&"))


def _redact_part(part: str) -> str:
    name, _, value = part.partition("=")
    # `next=/setup?key=…` carries one inside; written twice over it still does.
    inside = unquote_plus(unquote_plus(value)).lower()
    if unquote_plus(name).strip().lower() in SECRET_NAMES or any(f"{secret}=" in inside for secret in SECRET_NAMES):
        return f"{name}={HIDDEN}"
    return part


def log_request(handler: RequestHandler) -> None:
    """Tornado's log_function."""
    request = handler.request
    write_line(handler.get_status(), request.method, request.uri or "", request.remote_ip, request.request_time())


def write_line(status: int, method: str | None, uri: str, peer: str | None, seconds: float) -> None:
    """One line a request, louder for what went wrong on our side."""
    level = logging.ERROR if status >= 500 else logging.INFO
    duration_ms = round(1000 * seconds, 1)
    extra = {"status": status, "method": method, "duration_ms": duration_ms}
    logger.log(level, "%d %s %s (%s) %.1fms", status, method, redact(uri), peer, duration_ms, extra=extra)


class RedactedLogs(RequestHandler):
    """Keeps Tornado's own messages about a request from printing its query."""

    def _request_summary(self) -> str:
        request = self.request
        return f"{request.method} {redact(request.uri or '')} ({request.remote_ip})"

    def log_exception(
        self,
        typ: type[BaseException] | None,
        value: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        # What a use case refuses and what HTTP refuses is in the access log; the rest is a defect.
        if isinstance(value, HTTPError) or as_service_error(value) is not None:
            return
        exc_info: Any = (typ, value, tb)
        failures.error("failed on %s", self._request_summary(), exc_info=exc_info)
