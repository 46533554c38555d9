"""Files: long kept under their hash, asked again without it, never from outside the folder."""

import gzip
import re

import pytest

from handlers.static import StaticFiles


@pytest.fixture
def files(tmp_path):
    (tmp_path / "js").mkdir()
    (tmp_path / "js" / "a b.js").write_text("export const a = 'ä'")
    (tmp_path / "x.svg").write_text("<svg/>")
    return StaticFiles(tmp_path)


def test_an_address_changes_with_the_content(files, tmp_path):
    """So that it may be kept for a year."""
    before = files.url("x.svg")
    (tmp_path / "x.svg").write_text("<svg />")
    assert StaticFiles(tmp_path).url("x.svg") != before
    assert re.fullmatch(r"/static/[0-9a-f]{16}/x\.svg", before)


def test_types_are_the_webs_own(files):
    """Not what the machine's list happens to say."""
    assert files.find("js/a b.js").media_type == "text/javascript; charset=utf-8"
    assert files.find("x.svg").media_type == "image/svg+xml"
    assert files.url("js/a b.js").endswith("/js/a%20b.js")


def test_what_was_made_at_start_stands_beside_the_files(files):
    """And changes the address of all of them, like any other."""
    before = files.url("x.svg")
    files.add({"play/made.html": "<p>ä</p>"})
    assert files.find("play/made.html").data == "<p>ä</p>".encode()
    assert files.find("play/made.html").media_type == "text/html; charset=utf-8"
    assert files.url("x.svg") != before


def test_a_script_is_known_with_all_that_it_imports(tmp_path):
    """However far, in circles too; what is not there is left out."""
    (tmp_path / "lib").mkdir()
    (tmp_path / "page.js").write_text('import { b } from "./lib/b.js"; import "./gone.js"; console.log(b)')
    (tmp_path / "lib" / "b.js").write_text('import "../page.js"; export * from "./c.js"; export const b = 1')
    (tmp_path / "lib" / "c.js").write_text("export const c = 1")
    (tmp_path / "other.js").write_text("export const d = 1")
    assert StaticFiles(tmp_path).with_imports("page.js") == {"page.js", "lib/b.js", "lib/c.js"}


def test_a_file_that_is_missing_keeps_its_address(files):
    """The page still stands; the browser gets a 404."""
    assert files.url("nowhere.css") == "/static/nowhere.css"


@pytest.mark.gen_test
async def test_a_pinned_file_is_kept_for_a_year(web, app):
    """Under the right hash only."""
    url = app.settings["static_files"].url("css/base.css")
    assert "immutable" in (await web.fetch("GET", url)).headers["Cache-Control"]
    for other in ("/static/css/base.css", "/static/0123456789abcdef/css/base.css"):
        response = await web.fetch("GET", other)
        assert (response.code, response.headers["Cache-Control"]) == (200, "no-cache")
    assert (await web.fetch("GET", "/static/0123456789abcdef/nowhere.css")).code == 404


@pytest.mark.gen_test
async def test_pages_travel_compressed(web):
    """Those that are worth it."""
    plain = await web.fetch("GET", "/", Accept_Encoding="identity")
    packed = await web.fetch("GET", "/", Accept_Encoding="gzip")
    assert packed.headers["X-Consumed-Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Vary"] == "Accept-Encoding"


@pytest.mark.gen_test
async def test_a_known_file_is_not_sent_again(web):
    """304 without a body."""
    first = await web.fetch("GET", "/static/css/base.css")
    again = await web.fetch("GET", "/static/css/base.css", If_None_Match=first.headers["Etag"])
    assert (again.code, again.body) == (304, b"")


@pytest.mark.gen_test
async def test_files_travel_compressed(web, app):
    """To those who can read it."""
    plain = await web.fetch("GET", "/static/css/base.css", Accept_Encoding="identity")
    packed = await web.fetch("GET", "/static/css/base.css", Accept_Encoding="gzip")
    asset = app.settings["static_files"].find("css/base.css")
    assert plain.body == packed.body == asset.data
    assert gzip.decompress(asset.zipped) == asset.data
    assert packed.headers["X-Consumed-Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers


@pytest.mark.parametrize("path", ["../app.py", "%2e%2e/app.py", "..%2fapp.py", "/etc/passwd", "css", "", "css/%00"])
@pytest.mark.gen_test
async def test_nothing_else_is_served(web, path):
    """There is no way out of the folder: a path is only looked up."""
    assert (await web.fetch("GET", "/static/" + path)).code == 404


@pytest.mark.gen_test
async def test_head_tells_the_length(web):
    """Without the file."""
    response = await web.fetch("HEAD", "/static/css/base.css")
    assert (response.code, response.body) == (200, b"")
    assert int(response.headers["Content-Length"]) > 0
