"""The real service and a real Chromium for these tests. A complaint of any browser fails the test that caused it."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, StorageState, expect

sys.path.insert(0, str(Path(__file__).parent))

from blackbox_process import PASSWORD, TEACHER, Service
from browser_chromium import MISSING, chromium, find_chromium
from browser_host import sign_in
from browser_network import Wire
from browser_visitors import PATIENCE_MS, Visitors

expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for a module: Playwright's loop must be gone before other tests run theirs."""
    if find_chromium() is None:
        pytest.fail(MISSING, pytrace=False)
    with chromium() as opened:
        yield opened


@pytest.fixture
def visitors(browser: Browser) -> Iterator[Visitors]:
    """People for one test; it fails when a page of theirs logs an error, breaks its policy or throws."""
    people = Visitors(browser)
    yield people
    people.leave()
    if people.complaints:
        pytest.fail("\n".join(people.complaints), pytrace=False)


@pytest.fixture(scope="module")
def visitors_of_module(browser: Browser) -> Iterator[Visitors]:
    """People who stay for all the tests of a module; the last of these fails when their browsers complain."""
    people = Visitors(browser)
    yield people
    people.leave()
    assert people.complaints == []


@pytest.fixture(scope="module")
def fresh_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A process on an empty database: nobody has an account."""
    service = Service(tmp_path_factory.mktemp("service"), {"HOST": "0.0.0.0"})
    service.start()
    yield service
    service.stop()


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A process with accounts that the command line made; other devices reach it too."""
    service = Service(tmp_path_factory.mktemp("service"), {"HOST": "0.0.0.0"})
    service.prepare()
    service.start()
    yield service
    service.stop()


@pytest.fixture(scope="module")
def base(service: Service) -> str:
    return f"http://127.0.0.1:{service.port}"


@pytest.fixture(scope="module")
def signed_in(browser: Browser, base: str) -> StorageState:
    """The teacher's cookies: she signs in once, as often as people may."""
    context = browser.new_context()
    sign_in(context.new_page(), base, TEACHER, PASSWORD)
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def lay_wire() -> Iterator[Callable[[int], Wire]]:
    """Ways to a port that the test can cut."""
    wires: list[Wire] = []

    def lay(port: int) -> Wire:
        wires.append(Wire(port))
        return wires[-1]

    yield lay
    for wire in wires:
        wire.remove()
