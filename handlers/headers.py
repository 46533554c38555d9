"""The headers that every answer carries, errors and files included: what a page may load and who may frame it."""

import re

# Only what can stand in a host name goes into a header that browsers obey.
HOST = re.compile(r"[A-Za-z0-9.-]{1,253}(:\d{1,5})?|\[[0-9A-Fa-f:]{2,45}\](:\d{1,5})?")
HSTS = "max-age=31536000"


def security_headers(host: str, is_https: bool, framed_by: str = "'none'") -> dict[str, str]:
    """`host` is the request's Host header; `framed_by` says which sites may show the page within theirs."""
    connect = "'self'"
    if HOST.fullmatch(host):
        # Safari before 15.4 does not count our own WebSocket as 'self'.
        connect += f" wss://{host}" if is_https else f" ws://{host} wss://{host}"
    policy = (
        "default-src 'self'; img-src 'self' data:; media-src 'self'; object-src 'none'; base-uri 'none'; "
        f"frame-ancestors {framed_by}; form-action 'self'; connect-src {connect}"
    )
    headers = {
        "Content-Security-Policy": policy,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        # Answers are about somebody; only files say otherwise.
        "Cache-Control": "no-store",
    }
    if is_https:
        headers["Strict-Transport-Security"] = HSTS
        # Over plain http browsers ignore it and complain about it.
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
    return headers
