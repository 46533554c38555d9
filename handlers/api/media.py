"""Images and sounds of questions: brought by a teacher, served to everybody who has their id."""

from tornado.iostream import StreamClosedError
from tornado.web import stream_request_body

from handlers.api.base import ApiHandler, invalid
from handlers.base import BaseHandler
from handlers.errors import Described
from handlers.ranges import Unsatisfiable, part_of
from handlers.static import ONE_YEAR
from handlers.upload import UploadHandler
from services import images

AT_ONCE = 256 * 1024
"""Of a file on its way to one phone: a hall of them must not hold a sound each in our memory."""


@stream_request_body
class MediaApi(UploadHandler, ApiHandler):
    file_most = images.FILE_MOST
    too_large = images.TOO_LARGE

    async def prepare(self) -> None:
        self.begin_upload()
        if self.request.method == "POST":
            await self.find_account()

    async def post(self) -> None:
        fields, files = self.upload.form(self.request.headers)
        file = self.uploaded_file(files)
        for name in fields.keys() - {"_xsrf"}:
            raise invalid(name, "unknown field")
        assert self.identity is not None, "prepare has seen to it"
        said_type = file.content_type.partition(";")[0].strip().lower()
        media = await self.services.desk.media.add(self.identity, file.body, said_type)
        self.set_header("Location", media["url"])
        self.answer({"media": media}, 201)


class MediaFile(BaseHandler):
    """No account is asked for: a participant's phone has none, and the id is a hash that nobody guesses."""

    _media_id = ""

    async def get(self, media_id: str) -> None:
        stored = await self.services.desk.media.find(media_id)
        self._media_id = media_id
        self.set_header("Content-Type", stored.type)
        # What has this name can never be anything else.
        self.set_header("Cache-Control", ONE_YEAR)
        self.set_etag_header()
        if self.check_etag_header():
            self.set_status(304)
            return
        self.set_header("Accept-Ranges", "bytes")
        await self._send(self._asked(memoryview(stored.data)))

    async def _send(self, data: memoryview) -> None:
        """As fast as it is taken."""
        if self.request.method == "GET" and len(data) > AT_ONCE:
            self.set_header("Content-Length", str(len(data)))
            while len(data) > AT_ONCE:
                self.write(bytes(data[:AT_ONCE]))
                data = data[AT_ONCE:]
                try:
                    await self.flush()
                except StreamClosedError:
                    # Players hang up as soon as they have enough.
                    return
        await self.finish(bytes(data))

    def _asked(self, data: memoryview) -> memoryview:
        """The part that was asked for, or all of it."""
        header, if_range = self.request.headers.get("Range", ""), self.request.headers.get("If-Range")
        if self.request.method != "GET" or (if_range is not None and if_range != self.compute_etag()):
            return data
        try:
            part = part_of(header, len(data))
        except Unsatisfiable:
            self.set_status(416)
            self.set_header("Content-Range", f"bytes */{len(data)}")
            self.set_header("Cache-Control", "no-store")
            return data[:0]
        if part is None:
            return data
        self.set_status(206)
        self.set_header("Content-Range", f"bytes {part[0]}-{part[1] - 1}/{len(data)}")
        return data[slice(*part)]

    async def head(self, media_id: str) -> None:
        await self.get(media_id)

    def compute_etag(self) -> str | None:
        return f'"{self._media_id}"' if self._media_id else None

    def write_described(self, described: Described) -> None:
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(described.message + "\n")


ROUTES = [
    (r"/api/v1/media", MediaApi),
    (r"/media/([0-9a-f]{64}\.(?:webp|png|mp3|m4a|ogg|wav))", MediaFile),
]
