"""The admin's pages: for admins only, and a way there for nobody else."""

import pytest
from web import PASSWORD, Web

PAGES = ["/admin", "/admin/rooms/482913"]
BOSS = "boss@school.example"


@pytest.fixture
def admin(io_loop, here, http_client, base_url, cheap_hashes):
    """Somebody who runs the installation, in a browser."""
    browser = Web(http_client, base_url)

    async def sign_in():
        await here.services.accounts.create(BOSS, "Bea", "admin", PASSWORD)
        await browser.page("/login")
        assert (await browser.form("/login", email=BOSS, password=PASSWORD)).code == 303

    io_loop.run_sync(sign_in)
    return browser


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.gen_test
async def test_an_admin_sees_the_page(admin, path):
    """Its script and its texts are there, its figures come later."""
    response = await admin.page(path)
    page = response.body.decode()
    assert response.code == 200
    assert "js/pages/admin" in page
    assert 'data-word="signed-out"' in page


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.gen_test
async def test_a_teacher_is_told_in_plain_words(signed_in, path):
    """That the page is not theirs, and the way back."""
    response = await signed_in.page(path)
    page = response.body.decode()
    assert response.code == 403
    assert "for the people who run this Quizhall" in page
    assert 'href="/quizzes"' in page
    assert "js/pages/admin" not in page


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.gen_test
async def test_whoever_is_signed_out_signs_in_and_comes_back(web, path):
    """The sign-in page knows where they wanted to go."""
    response = await web.page(path)
    assert response.code == 302
    assert response.headers["Location"] == "/login?next=" + path.replace("/", "%2F")


@pytest.mark.gen_test
async def test_the_room_of_the_page_is_a_pin(admin):
    """Anything else is no address of ours."""
    assert (await admin.page("/admin/rooms/x")).code == 404


@pytest.mark.gen_test
async def test_only_admins_are_shown_the_way(admin, signed_in):
    """In the bar of every page."""
    assert b'href="/admin"' in (await admin.page("/quizzes")).body
    assert b'href="/admin"' not in (await signed_in.page("/quizzes")).body
