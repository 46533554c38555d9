"""A small browser and program for tests of HTTP: keeps cookies, sends forms or JSON, follows nothing by itself."""

import json
import re
import uuid
from typing import Any
from urllib.parse import urlencode

from tornado.httpclient import AsyncHTTPClient, HTTPResponse

XSRF = re.compile(r'<meta name="xsrf" content="([^"]+)">')
EMAIL = "ada@school.example"
PASSWORD = "correct horse"


class Web:
    """One visitor. `token` is sent as a bearer token, cookies as a browser would."""

    def __init__(self, client: AsyncHTTPClient, base_url: str, token: str | None = None) -> None:
        self._client = client
        self._base_url = base_url
        self.token = token
        self.cookies: dict[str, str] = {}
        self.xsrf = ""

    async def fetch(self, method: str, path: str, body: bytes | None = None, **headers: str) -> HTTPResponse:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.token:
            sent.setdefault("Authorization", f"Bearer {self.token}")
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        response = await self._client.fetch(
            self._base_url + path,
            method=method,
            headers=sent,
            body=body,
            follow_redirects=False,
            raise_error=False,
            allow_nonstandard_methods=True,
            request_timeout=20,
        )
        for cookie in response.headers.get_list("Set-Cookie"):
            name, _, value = cookie.partition(";")[0].partition("=")
            if value in ("", '""'):
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = value
        return response

    async def page(self, path: str) -> HTTPResponse:
        """GET, remembering the page's XSRF token."""
        response = await self.fetch("GET", path)
        if found := XSRF.search(response.body.decode()):
            self.xsrf = found[1]
        return response

    async def form(self, path: str, **fields: str) -> HTTPResponse:
        """POSTs a form of the last page."""
        body = urlencode({"_xsrf": self.xsrf} | fields).encode()
        return await self.fetch("POST", path, body, Content_Type="application/x-www-form-urlencoded")

    async def upload(
        self, path: str, file: bytes, filename: str = "quiz.gift", *, xsrf: str = "", **fields: str
    ) -> HTTPResponse:
        """POSTs a form with a file; `xsrf` is the header with which a page's script proves that it is ours."""
        boundary = uuid.uuid4().hex
        parts = [
            f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in fields.items()
        ]
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{filename}"\r\n'
        parts.append(head.encode() + b"Content-Type: application/octet-stream\r\n\r\n" + file + b"\r\n")
        body = b"".join(parts) + f"--{boundary}--\r\n".encode()
        headers = {"X_XSRFToken": xsrf} if xsrf else {}
        return await self.fetch("POST", path, body, Content_Type=f"multipart/form-data; boundary={boundary}", **headers)

    async def json(self, method: str, path: str, value: Any = None) -> tuple[int, Any]:
        """(status, decoded answer)."""
        body = None if value is None else json.dumps(value).encode()
        headers = {} if value is None else {"Content_Type": "application/json"}
        response = await self.fetch(method, path, body, **headers)
        return response.code, json.loads(response.body) if response.body else None


def fields_of(answer: Any) -> list[str]:
    """The fields that an error answer names."""
    return [problem["field"] for problem in answer["error"]["details"]]
