"""Every setting of the service: typed, validated, from environment variables and flags (flags win).

Only app.py and cli/ read this; all else is handed what it needs. docs/settings.md describes each one.
"""

import argparse
import dataclasses
import ipaddress
import re
from collections.abc import Mapping, Sequence
from email.utils import parseaddr
from typing import Any
from urllib.parse import urlsplit

from limits import parse_many

SIZES = {"": 1, "b": 1, "kib": 1024, "mib": 1024**2, "k": 1024, "m": 1024**2}
DURATIONS = {"": 1.0, "s": 1.0, "ms": 0.001, "m": 60.0, "min": 60.0, "h": 3600.0}


class ConfigError(Exception):
    """A setting is wrong; the message names it, its value and what would be right."""


def _whole(low: int, high: int) -> Any:
    def parse(text: str) -> int:
        if not re.fullmatch(r"\d{1,9}", text) or not low <= int(text) <= high:
            raise ValueError(f"a whole number from {low} to {high}")
        return int(text)

    return parse


def _size(low: int, high: int) -> Any:
    def parse(text: str) -> int:
        match = re.fullmatch(r"(\d{1,9})\s*([A-Za-z]*)", text)
        if not match or match[2].lower() not in SIZES:
            raise ValueError("a size such as 16384, 16KiB or 1MiB")
        size = int(match[1]) * SIZES[match[2].lower()]
        if not low <= size <= high:
            raise ValueError(f"a size from {low} to {high} bytes")
        return size

    return parse


def _seconds(low: float, high: float) -> Any:
    def parse(text: str) -> float:
        match = re.fullmatch(r"(\d{1,7}(?:\.\d{1,3})?)\s*([a-z]*)", text)
        if not match or match[2] not in DURATIONS:
            raise ValueError("a duration such as 10s, 500ms or 2m")
        seconds = float(match[1]) * DURATIONS[match[2]]
        if not low <= seconds <= high:
            raise ValueError(f"a duration from {low:g}s to {high:g}s")
        return seconds

    return parse


def _one_of(*names: str) -> Any:
    def parse(text: str) -> str:
        if text not in names:
            raise ValueError("one of " + ", ".join(names))
        return text

    return parse


def _rate(text: str) -> str:
    try:
        parse_many(text)
    except ValueError as error:
        raise ValueError("a rate such as 10/5minutes") from error
    return text


def _url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise ValueError("an address such as https://quiz.school.example")
    return text.rstrip("/")


def _database(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme in ("postgresql", "postgres") and parts.hostname and len(parts.path) > 1:
        return text
    if not text.startswith("sqlite:///") or len(text) <= len("sqlite:///"):
        raise ValueError("sqlite:///path/to/file.db or postgresql://user:password@host/name")
    return text


def _redis(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("redis", "rediss") or not parts.hostname:
        raise ValueError("an address such as redis://localhost:6379/0, or rediss:// for TLS")
    return text


def _secret(text: str) -> str:
    if len(text.encode()) < 32:
        raise ValueError("a secret of at least 32 bytes")
    return text


def _origins(text: str) -> tuple[str, ...]:
    return tuple(_url(part.strip()) for part in text.split(",") if part.strip())


def _proxies(text: str) -> tuple[str, ...]:
    addresses = tuple(part.strip() for part in text.split(",") if part.strip())
    for address in addresses:
        try:
            ipaddress.ip_address(address)
        except ValueError as error:
            raise ValueError("IP addresses separated by commas") from error
    return addresses


def _networks(text: str) -> tuple[str, ...]:
    parts = [part.strip() for part in text.split(",") if part.strip()]
    try:
        return tuple(str(ipaddress.ip_network(part)) for part in parts)
    except ValueError as error:
        raise ValueError("IP addresses or networks such as 10.0.0.0/24, separated by commas") from error


def _mail(text: str) -> str:
    parts = urlsplit(text)
    try:
        port_is_right = parts.port is None or 0 < parts.port < 65536
    except ValueError:
        port_is_right = False
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname or not port_is_right or parts.path.strip("/"):
        raise ValueError("an address such as smtp://user:password@mail.school.example:587, or smtps:// for TLS at once")
    return text


def _sender(text: str) -> str:
    _, address = parseaddr(text)
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", address) or not text.isprintable():
        raise ValueError("an e-mail address such as quiz@school.example or Quizhall <quiz@school.example>")
    return text


def _webhook(text: str) -> str:
    _url(text)
    return text


def _text(text: str) -> str:
    return text


def _setting(default: Any, parse: Any, text: str, *, secret: bool = False) -> Any:
    return dataclasses.field(default=default, metadata={"parse": parse, "help": text, "secret": secret})


@dataclasses.dataclass(frozen=True)
class Config:
    """Field names are the environment variables in lower case; durations are seconds, sizes bytes."""

    port: int = _setting(8888, _whole(0, 65535), "port to listen on; 0 takes a free one")
    workers: int = _setting(1, _whole(1, 64), "processes that share the port; more than one needs REDIS_URL")
    host: str = _setting("0.0.0.0", _text, "address to listen on")
    public_url: str | None = _setting(None, _url, "address people use; found on the LAN when unset")
    database_url: str = _setting("sqlite:///data/quizhall.db", _database, "where the data is", secret=True)
    redis_url: str | None = _setting(None, _redis, "Redis for several nodes; one node needs none", secret=True)
    sqlite_synchronous: str = _setting("full", _one_of("full", "normal"), "full: receipts outlive a power cut")
    jwt_secret_key: str | None = _setting(
        None, _secret, "signs sign-ins; made and kept beside the database when unset", secret=True
    )
    registration: str = _setting("closed", _one_of("closed", "invite", "open"), "who may make an account")
    smtp_url: str | None = _setting(None, _mail, "e-mail goes out here; nobody gets any when unset", secret=True)
    smtp_from: str | None = _setting(None, _sender, "what e-mail says it is from; needed with SMTP_URL")
    service_token: str | None = _setting(
        None, _secret, "other systems send notifications with it; nobody may when unset", secret=True
    )
    ws_ping_interval: float = _setting(10.0, _seconds(1, 60), "seconds between pings of a connection")
    ws_pong_wait: float = _setting(8.0, _seconds(1, 60), "seconds a peer has to answer a ping")
    ws_max_message_size: int = _setting(16384, _size(1024, 1024**2), "largest message from a browser")
    ws_max_connections: int = _setting(20000, _whole(1, 1000000), "open sockets of a node")
    ws_max_connections_per_ip: int = _setting(0, _whole(0, 1000000), "open sockets of one address; 0 = off")
    ws_queue_low: int = _setting(16384, _size(1024, 1024**2), "above it a connection skips ephemeral events")
    ws_queue_high: int = _setting(262144, _size(4096, 64 * 1024**2), "above it a connection is closed as slow")
    ws_transport: str = _setting("auto", _one_of("auto", "socket", "stream"), "who holds the open sockets")
    ws_inactive_after: float = _setting(120.0, _seconds(5, 86400), "an idle connection is closed after this")
    hub_shards: int = _setting(16, _whole(1, 1024), "slices of the hub")
    room_max_participants: int = _setting(20000, _whole(1, 100000), "seats in one room")
    pin_digits: int = _setting(6, _whole(6, 10), "digits of a PIN; grows with the number of rooms")
    retention_days: int = _setting(90, _whole(0, 36500), "finished rooms are removed after so many days; 0 = never")
    allowed_origins: tuple[str, ...] = _setting((), _origins, "further origins whose pages may connect")
    trusted_proxies: tuple[str, ...] = _setting((), _proxies, "proxies whose X-Forwarded-For counts")
    rate_limit_login: str = _setting("10/5minutes", _rate, "sign-in attempts per address and account")
    rate_limit_join: str = _setting("6000/minute", _rate, "participants joining one room")
    rate_limit_api: str = _setting("12000/minute", _rate, "API requests of one account, or of one address without any")
    rate_limit_sign_up: str = _setting("100/hour", _rate, "new accounts and letters asked for from one address")
    rate_limit_ws: str = _setting("60000/minute", _rate, "WebSocket upgrades per address")
    metrics_allowed: tuple[str, ...] = _setting((), _networks, "further addresses that may read /metrics")
    alert_webhook_url: str | None = _setting(None, _webhook, "alerts are posted to this address", secret=True)
    logger_level: str = _setting("INFO", _one_of("DEBUG", "INFO", "WARNING", "ERROR"), "what is logged")
    logger_encoding: str = _setting("console", _one_of("console", "json"), "how it is logged")

    def __post_init__(self) -> None:
        if self.ws_pong_wait > self.ws_ping_interval:
            raise ConfigError("WS_PONG_WAIT must not be longer than WS_PING_INTERVAL")
        if self.ws_queue_low >= self.ws_queue_high:
            raise ConfigError("WS_QUEUE_LOW must be smaller than WS_QUEUE_HIGH")
        if self.workers > 1 and not self.redis_url:
            raise ConfigError(f"WORKERS is {self.workers}; more than one needs REDIS_URL, to hear of each other")
        if self.smtp_url and not self.smtp_from:
            raise ConfigError("SMTP_FROM must be set when SMTP_URL is: e-mail has to come from somebody")
        if self.redis_url and not self.jwt_secret_key:
            raise ConfigError("JWT_SECRET_KEY must be set when REDIS_URL is: all nodes sign with the same secret")

    @property
    def is_https(self) -> bool:
        """Cookies get Secure, and HSTS is sent, when people come over TLS."""
        return bool(self.public_url and self.public_url.startswith("https://"))


def add_flags(parser: argparse.ArgumentParser) -> None:
    """One flag for each setting, `--ws-ping-interval` for WS_PING_INTERVAL."""
    for field in dataclasses.fields(Config):
        flag = "--" + field.name.replace("_", "-")
        parser.add_argument(flag, dest=field.name, default=None, help=field.metadata["help"])


def load_config(env: Mapping[str, str], flags: Mapping[str, str | None] | None = None) -> Config:
    """Reads settings; raises ConfigError naming the first that is wrong."""
    values: dict[str, Any] = {}
    for field in dataclasses.fields(Config):
        flag = (flags or {}).get(field.name)
        name = field.name.upper()
        text = flag if flag is not None else env.get(name, "")
        if text == "":
            continue
        try:
            values[field.name] = field.metadata["parse"](text.strip())
        except ValueError as error:
            shown = "(hidden)" if field.metadata["secret"] else repr(text)
            raise ConfigError(f"{name} is {shown}; it must be {error}") from error
    return Config(**values)


def setting_names() -> Sequence[str]:
    """The environment variables in the order of the documentation."""
    return [field.name.upper() for field in dataclasses.fields(Config)]
