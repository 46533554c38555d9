"""Takes a form with one large file as it arrives. A file above the limit is read to its end and thrown away, as a
browser shows an answer only to a request that it could send whole.
"""

from typing import Any

from tornado.httputil import HTTPFile, HTTPHeaders, HTTPInputError, parse_body_arguments
from tornado.web import RequestHandler

from handlers.errors import Refused
from services.errors import Invalid
from services.quiz_file import FILE_MOST, TOO_LARGE

# Above it the connection is cut without an answer.
REQUEST_MOST = 512 * 1024 * 1024
# Boundaries and the other fields of the form.
FORM_MOST = 64 * 1024


class Upload:
    """The body of one request, piece by piece."""

    def __init__(self, most: int, too_large: str) -> None:
        self._most = most + FORM_MOST
        self._too_large = too_large
        self._pieces: list[bytes] = []
        self._length = 0

    def add(self, piece: bytes) -> None:
        self._length += len(piece)
        if self._length <= self._most:
            self._pieces.append(piece)
        else:
            self._pieces.clear()

    def form(self, headers: HTTPHeaders) -> tuple[dict[str, str], dict[str, HTTPFile]]:
        """(fields, files) by name, the last one of each. Raises Invalid for too much, Refused for no such form."""
        if self._length > self._most:
            raise Invalid(self._too_large, [{"field": "file", "reason": self._too_large}])
        content_type = headers.get("Content-Type", "")
        if not content_type.startswith("multipart/form-data"):
            raise Refused(415, "The body must be a form with a file (Content-Type: multipart/form-data).")
        arguments: dict[str, list[bytes]] = {}
        files: dict[str, list[HTTPFile]] = {}
        try:
            parse_body_arguments(content_type, b"".join(self._pieces), arguments, files)
            self._pieces.clear()
            fields = {name: values[-1].decode() for name, values in arguments.items()}
        except (HTTPInputError, UnicodeDecodeError) as error:
            raise Refused(400, "The form with the file cannot be read.") from error
        return fields, {name: values[-1] for name, values in files.items()}


class UploadHandler(RequestHandler):
    """To be mixed in, with `stream_request_body`. Who may not upload is refused before the body is read."""

    upload: Upload
    # Bytes of the file, and what is said of one that is larger.
    file_most = FILE_MOST
    too_large = TOO_LARGE

    def begin_upload(self) -> None:
        """To be called before anything else, whatever the method: a body may come with each."""
        self.upload = Upload(self.file_most, self.too_large)
        connection: Any = self.request.connection
        connection.set_max_body_size(REQUEST_MOST)

    def data_received(self, chunk: bytes) -> None:
        self.upload.add(chunk)

    def uploaded_file(self, files: dict[str, HTTPFile]) -> HTTPFile:
        file = files.get("file")
        if file is None or not file.body:
            reason = "There is no file in the form." if file is None else "The file is empty."
            raise Invalid(reason, [{"field": "file", "reason": reason}])
        return file
