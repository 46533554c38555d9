"""The files of static/, read once at start and served from memory, as a room full of phones asks for all at once."""

import gzip
import hashlib
import mimetypes
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from rcssmin import cssmin
from rjsmin import jsmin

from handlers.base import BaseHandler
from handlers.errors import Described, Refused

PREFIX = "/static/"
HASH_LENGTH = 16
ONE_YEAR = "public, max-age=31536000, immutable"
# What the machine's own list may not know, or knows in another way.
TYPES = {".js": "text/javascript", ".svg": "image/svg+xml", ".webmanifest": "application/manifest+json"}
COMPRESSED = ("text/", "image/svg+xml", "application/json", "application/manifest+json")


@dataclass(frozen=True, slots=True)
class Asset:
    data: bytes
    zipped: bytes | None
    media_type: str
    digest: str


class StaticFiles:
    """All files below `folder` by their path with slashes."""

    def __init__(self, folder: Path) -> None:
        self._assets = {
            path.relative_to(folder).as_posix(): _read(path) for path in sorted(folder.rglob("*")) if path.is_file()
        }

    def find(self, path: str) -> Asset | None:
        return self._assets.get(path)

    def url(self, path: str) -> str:
        """The address with the hash of the content; a file that is not there keeps its bare address."""
        asset = self.find(path)
        version = f"?v={asset.digest}" if asset else ""
        return PREFIX + quote(path) + version


# What stands in a file for whoever reads it, comments and indentation, stays at home.
MINIFIERS: dict[str, Callable[[str], str]] = {".js": jsmin, ".css": cssmin}


def _read(path: Path) -> Asset:
    data = path.read_bytes()
    if path.suffix in MINIFIERS:
        data = MINIFIERS[path.suffix](data.decode()).encode()
    media_type = TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    if media_type.startswith("text/"):
        media_type += "; charset=utf-8"
    zipped = gzip.compress(data, 9, mtime=0) if media_type.startswith(COMPRESSED) else None
    return Asset(data, zipped, media_type, hashlib.sha256(data).hexdigest()[:HASH_LENGTH])


class StaticHandler(BaseHandler):
    """Kept for a year under the address with its hash, asked again (304) under the bare one, as modules import it."""

    _digest = ""

    async def get(self, path: str) -> None:
        files: StaticFiles = self.application.settings["static_files"]
        asset = files.find(path)
        if asset is None:
            raise Refused(404)
        is_pinned = self.get_query_argument("v", "") == asset.digest
        self.set_header("Cache-Control", ONE_YEAR if is_pinned else "no-cache")
        self.set_header("Content-Type", asset.media_type)
        self.set_header("Vary", "Accept-Encoding")
        self._digest = asset.digest
        self.set_etag_header()
        if self.check_etag_header():
            self.set_status(304)
            return
        data = asset.data
        if asset.zipped is not None and "gzip" in self.request.headers.get("Accept-Encoding", ""):
            self.set_header("Content-Encoding", "gzip")
            data = asset.zipped
        await self.finish(data)

    def compute_etag(self) -> str | None:
        return f'"{self._digest}"' if self._digest else None

    async def head(self, path: str) -> None:
        await self.get(path)

    def write_described(self, described: Described) -> None:
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(described.message + "\n")
