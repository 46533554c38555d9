"""Images and sounds over HTTP: brought by a teacher, served to everybody."""

import asyncio
import json
from urllib.parse import urlsplit

import pytest
from pictures import file_of, halves, photo
from sample_rooms import SINGLE
from sound_samples import wav
from web import fields_of

from handlers.api.media import AT_ONCE
from services import images


@pytest.mark.gen_test
async def test_a_teacher_brings_an_image_and_everybody_sees_it(teacher, web):
    """Kept for a year, as what it is and nothing else, without asking who it is for."""
    response = await teacher.upload("/api/v1/media", file_of(photo()), "map.png")
    media = json.loads(response.body)["media"]
    assert response.code == 201
    assert response.headers["Location"] == media["url"] == f"/media/{media['id']}"
    served = await web.fetch("GET", media["url"])
    assert (served.code, served.headers["Content-Type"], len(served.body)) == (200, "image/webp", media["bytes"])
    assert served.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert served.headers["X-Content-Type-Options"] == "nosniff"
    again = await web.fetch("GET", media["url"], If_None_Match=served.headers["Etag"])
    assert (again.code, again.body) == (304, b"")
    head = await web.fetch("HEAD", media["url"])
    assert (head.code, head.body, head.headers["Content-Length"]) == (200, b"", str(media["bytes"]))


@pytest.mark.gen_test
async def test_a_sound_is_served_in_parts(teacher, web):
    """As players ask for it: first for two bytes, then for where somebody has put the finger."""
    media = json.loads((await teacher.upload("/api/v1/media", wav(40), "tone.wav")).body)["media"]
    assert (media["duration_s"], media["bytes"] > 2 * AT_ONCE) == (40.0, True)
    whole = await web.fetch("GET", media["url"])
    assert (whole.code, whole.headers["Content-Type"], whole.headers["Accept-Ranges"]) == (200, "audio/wav", "bytes")
    assert whole.headers["X-Content-Type-Options"] == "nosniff"
    length = media["bytes"]
    for asked, part in (("0-1", slice(0, 2)), ("100-", slice(100, None)), ("-7", slice(length - 7, None))):
        answer = await web.fetch("GET", media["url"], Range=f"bytes={asked}")
        begins, ends, _ = part.indices(length)
        assert (answer.code, answer.body) == (206, whole.body[part])
        assert answer.headers["Content-Range"] == f"bytes {begins}-{ends - 1}/{length}"
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    behind = await web.fetch("GET", media["url"], Range=f"bytes={length}-")
    assert (behind.code, behind.headers["Content-Range"], behind.body) == (416, f"bytes */{length}", b"")
    same = await web.fetch("GET", media["url"], Range="bytes=0-1", If_Range=whole.headers["Etag"])
    other = await web.fetch("GET", media["url"], Range="bytes=0-1", If_Range='"another"')
    head = await web.fetch("HEAD", media["url"], Range="bytes=0-1")
    assert [(answer.code, len(answer.body)) for answer in (same, other, head)] == [(206, 2), (200, length), (200, 0)]


@pytest.mark.gen_test
async def test_a_player_that_hangs_up_harms_nothing(teacher, web, base_url):
    """In the middle of a file that is larger than what a socket holds."""
    media = json.loads((await teacher.upload("/api/v1/media", wav(600), "tone.wav")).body)["media"]
    address = urlsplit(base_url)
    for _ in range(3):
        reader, writer = await asyncio.open_connection(address.hostname, address.port)
        writer.write(f"GET {media['url']} HTTP/1.1\r\nHost: {address.netloc}\r\n\r\n".encode())
        assert (await reader.readexactly(15)) == b"HTTP/1.1 200 OK"
        writer.transport.abort()
    assert len((await web.fetch("GET", media["url"])).body) == media["bytes"]


@pytest.mark.parametrize("name", ["0a" * 32 + ".webp", "0a" * 32 + ".mp3", "x.png", "..%2f..%2fetc%2fpasswd"])
@pytest.mark.gen_test
async def test_what_is_not_there_is_not_found(web, name):
    """Nor kept for a year."""
    answer = await web.fetch("GET", f"/media/{name}")
    assert (answer.code, answer.headers["Cache-Control"]) == (404, "no-store")


@pytest.mark.gen_test
async def test_only_an_account_may_bring_one(web, signed_in):
    """From a page with its XSRF token."""
    assert (await web.upload("/api/v1/media", file_of(halves()))).code == 401
    assert (await signed_in.upload("/api/v1/media", file_of(halves()), xsrf=signed_in.xsrf)).code == 201
    assert (await signed_in.upload("/api/v1/media", file_of(halves()))).code == 403


@pytest.mark.gen_test
async def test_what_is_no_image_is_refused_in_a_sentence(teacher):
    """The field is named; a file above the limit is told so, and not cut off."""
    response = await teacher.upload("/api/v1/media", b"<svg/>", "drawing.svg")
    answer = json.loads(response.body)
    assert (response.code, answer["error"]["message"], fields_of(answer)) == (422, images.IS_SVG, ["file"])
    response = await teacher.upload("/api/v1/media", bytes(images.FILE_MOST + 100_000), "large.png")
    assert (response.code, json.loads(response.body)["error"]["message"]) == (422, images.TOO_LARGE)
    response = await teacher.upload("/api/v1/media", file_of(halves()), alt="Two halves")
    assert (response.code, fields_of(json.loads(response.body))) == (422, ["alt"])
    assert (await teacher.json("POST", "/api/v1/media", {"file": ""}))[0] == 415


@pytest.mark.gen_test
async def test_a_file_of_ours_names_its_images(teacher, colleague):
    """They are shown again where they are; anywhere else the question comes without, and a warning says so."""
    media = json.loads((await teacher.upload("/api/v1/media", file_of(halves()))).body)["media"]
    shown = {"image": media["id"], "alt": "Two halves"}
    quiz = {"title": "Pictures", "questions": [SINGLE | {"media": shown}]}
    status, made = await teacher.json("POST", "/api/v1/quizzes", quiz)
    assert (status, made["questions"][0]["media"]) == (201, shown)
    file = (await teacher.fetch("GET", f"/api/v1/quizzes/{made['id']}/export")).body
    here = json.loads((await colleague.upload("/api/v1/quizzes/import", file, "q.json")).body)
    assert (here["quiz"]["questions"][0]["media"], here["warnings"]) == (shown, [])
    elsewhere = file.replace(media["id"].encode(), b"0a" * 32 + b".png")
    there = json.loads((await colleague.upload("/api/v1/quizzes/import", elsewhere, "q.json")).body)
    assert there["quiz"]["questions"][0]["media"] is None
    assert [(w["where"], w["code"]) for w in there["warnings"]] == [("questions[0]", "image_missing")]
