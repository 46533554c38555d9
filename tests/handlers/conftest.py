"""A whole node with its HTTP server on a real port, for tests that speak HTTP to it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from house import House, house
from tornado.web import Application
from web import EMAIL, PASSWORD, Web

from config import Config
from wiring import build_application


@pytest.fixture
def config_values() -> dict[str, Any]:
    """Settings that a test wants otherwise; override it in a module."""
    return {}


@pytest.fixture
def here(io_loop: Any, tmp_path: Path, config_values: dict[str, Any], cheap_hashes: None) -> Iterator[House]:
    opened = house(tmp_path, **config_values)
    yield io_loop.run_sync(opened.__aenter__)
    io_loop.run_sync(lambda: opened.__aexit__(None, None, None))


@pytest.fixture
def services(here: House) -> Any:
    return here.services


@pytest.fixture
def app(here: House, config_values: dict[str, Any]) -> Application:
    return build_application(Config(**config_values), here.services)


@pytest.fixture
def web(http_client: Any, base_url: str) -> Web:
    """A visitor without an account."""
    return Web(http_client, base_url)


@pytest.fixture
def teacher(io_loop: Any, here: House, http_client: Any, base_url: str) -> Web:
    """A program with a teacher's token."""
    return _program(io_loop, here, http_client, base_url, EMAIL)


@pytest.fixture
def colleague(io_loop: Any, here: House, http_client: Any, base_url: str) -> Web:
    """Another teacher's program, with nothing of the first one's."""
    return _program(io_loop, here, http_client, base_url, "bo@school.example")


@pytest.fixture
def signed_in(io_loop: Any, here: House, teacher: Web, http_client: Any, base_url: str) -> Web:
    """The same teacher in a browser."""
    browser = Web(http_client, base_url)

    async def sign_in() -> None:
        await browser.page("/login")
        response = await browser.form("/login", email=EMAIL, password=PASSWORD)
        assert response.code == 303, response.body
        await browser.page("/quizzes")

    io_loop.run_sync(sign_in)
    return browser


def _program(io_loop: Any, here: House, http_client: Any, base_url: str, email: str) -> Web:
    async def make() -> Web:
        await here.services.accounts.create(email, "Ada", "teacher", PASSWORD)
        token, _ = await here.services.accounts.login(email, PASSWORD)
        return Web(http_client, base_url, token)

    made: Web = io_loop.run_sync(make)
    return made
