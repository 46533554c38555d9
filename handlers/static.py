"""The files of static/, read once at start and served from memory, as a room full of phones asks for all at once.

Beside them stand files that were made at start: what templates/ gives to be kept as long as a file.
"""

import gzip
import hashlib
import mimetypes
import re
import subprocess
import sys
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import quote

import msgspec

from handlers.base import BaseHandler
from handlers.errors import Described, Refused

PREFIX = "/static/"
HASH_LENGTH = 16
VERSION = re.compile(r"[0-9a-f]{16}")
ONE_YEAR = "public, max-age=31536000, immutable"
# What the machine's own list may not know, or knows in another way.
TYPES = {".js": "text/javascript", ".svg": "image/svg+xml", ".webmanifest": "application/manifest+json"}
IMPORTED = re.compile(rb"\b(?:from|import)\s*\(?\s*[\"'](\.[^\"']+)[\"']")
COMPRESSED = ("text/", "image/svg+xml", "application/json", "application/manifest+json")


@dataclass(frozen=True, slots=True)
class Asset:
    data: bytes
    zipped: bytes | None
    media_type: str
    digest: str


class StaticFiles:
    """All files below `folder` by their path with slashes. `version` changes when any of them does."""

    def __init__(self, folder: Path) -> None:
        paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
        written = tuple((path.suffix, path.read_text("utf-8")) for path in paths if path.suffix in MINIFIED)
        small = iter(_minified(written))
        self._assets = {
            path.relative_to(folder).as_posix(): _asset(
                path, next(small).encode() if path.suffix in MINIFIED else path.read_bytes()
            )
            for path in paths
        }
        self.version = self._hash()

    def _hash(self) -> str:
        told = "\n".join(f"{path} {asset.digest}" for path, asset in self._assets.items())
        return hashlib.sha256(told.encode()).hexdigest()[:HASH_LENGTH]

    def add(self, made: dict[str, str]) -> None:
        """Texts by their paths. They name other files by the way from their own place: the version is not known yet."""
        self._assets |= {path: _asset(Path(path), text.encode()) for path, text in made.items()}
        self.version = self._hash()

    def with_imports(self, path: str) -> set[str]:
        """A script and all that it imports, however far."""
        found: set[str] = set()
        ahead = [path]
        while ahead:
            script = ahead.pop()
            asset = self.find(script)
            if asset is not None and script not in found:
                found.add(script)
                ahead += [normpath(join(dirname(script), name.decode())) for name in IMPORTED.findall(asset.data)]
        return found

    def find(self, path: str) -> Asset | None:
        return self._assets.get(path)

    def url(self, path: str) -> str:
        """The address with the version in it; a file that is not there keeps its bare address.

        The version stands before the path, so that what a module imports beside itself has it too.
        """
        return PREFIX + (f"{self.version}/" if self.find(path) else "") + quote(path)


# What stands in a file for whoever reads it, comments, indentation and long names, stays at home.
MINIFIED = {".js": "text/javascript", ".css": "text/css"}
_CHILD = (sys.executable, "-m", "handlers.minify_child")
_CODE = Path(__file__).resolve().parent.parent


@lru_cache(maxsize=4)
def _minified(files: tuple[tuple[str, str], ...]) -> list[str]:
    """The texts, of (suffix, text), in their order."""
    if not files:
        return []
    given = msgspec.json.encode([{"type": MINIFIED[suffix], "text": text} for suffix, text in files])
    done = subprocess.run(_CHILD, cwd=_CODE, input=given, stdout=subprocess.PIPE, check=True, timeout=60)  # noqa: S603
    return msgspec.json.decode(done.stdout, type=list[str])


def _asset(path: Path, data: bytes) -> Asset:
    media_type = TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    if media_type.startswith("text/"):
        media_type += "; charset=utf-8"
    zipped = gzip.compress(data, 9, mtime=0) if media_type.startswith(COMPRESSED) else None
    return Asset(data, zipped, media_type, hashlib.sha256(data).hexdigest()[:HASH_LENGTH])


class StaticHandler(BaseHandler):
    """Kept for a year under the address with the version, asked again (304) under the bare one or an old version's:

    while one node after the other is brought up to date, a page of one may ask the other.
    """

    _digest = ""

    async def get(self, path: str) -> None:
        files: StaticFiles = self.application.settings["static_files"]
        version, _, rest = path.partition("/")
        is_pinned = version == files.version
        asset = files.find(rest if VERSION.fullmatch(version) else path)
        if asset is None:
            raise Refused(404)
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
