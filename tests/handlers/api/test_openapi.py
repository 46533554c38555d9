"""The OpenAPI document is complete and true: against the routes, and by schemathesis against a running service."""

import asyncio
import contextlib
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from databases import database_url
from sample_rooms import SINGLE
from tornado.netutil import bind_sockets

from app import Running
from config import Config
from handlers.api.document import document
from handlers.routes import routes

METHODS = {"get", "put", "post", "delete", "patch"}
# What no schema can say: that a file holds a quiz or an image, that an image is here, that no two questions have one
# id, that min is not above max.
# Nor that a room is over, since the admin's call has closed it, or that a draft took a quiz's place.
BEYOND_SCHEMAS = (
    "importQuiz",
    "previewQuizzes",
    "uploadMedia",
    "createQuiz",
    "updateQuiz",
    "saveDraft",
    "adminCloseRoom",
    "createRoom",
    "getRoom",
    "joinRoom",
)
# Nor that a name can be printed, that a link is there, or that a password is the right one.
BEYOND_SCHEMAS += ("changeAccount", "changePassword", "signUp", "lookAtInvitation", "setNewPassword", "adminInvite")
BEYOND_SCHEMAS += ("adminHandOver", "forgotPassword", "askForSignUpLetter")
OF_ONE_ROOM = ("openScreen", "listEvents", "getResults", "getResultsJson", "getResultsCsv")


def described() -> dict[tuple[str, str], dict[str, Any]]:
    """(method, path) → operation."""
    return {
        (method, path): operation
        for path, item in document()["paths"].items()
        for method, operation in item.items()
        if method in METHODS
    }


def test_every_address_of_the_api_is_described() -> None:
    """With every method that its handler has, and nothing else."""
    answered = set()
    for pattern, handler in routes():
        if not pattern.startswith("/api/v1/") and not pattern.startswith("/health") and pattern != "/metrics":
            continue
        methods = {name for name in METHODS if getattr(handler, name) is not getattr(handler.__mro__[-2], name)}
        answered |= {(method, plain) for method in methods for plain in expand(pattern)}
    assert answered == {(method, re.sub(r"{\w+}", "{}", path)) for method, path in described()}


def expand(pattern: str) -> list[str]:
    """The paths of a route, without the names of their parts."""
    plain = pattern.replace("([^/]+)", "{}").replace("\\.json$", ".json")
    if plain.endswith("(\\.json|\\.csv)?"):
        base = plain.removesuffix("(\\.json|\\.csv)?")
        return [base, base + ".json", base + ".csv"]
    return [plain.replace("\\.", ".")]


def test_every_operation_has_its_own_name_and_says_what_it_does() -> None:
    """Generated clients are made of these."""
    names = [operation["operationId"] for operation in described().values()]
    assert len(names) == len(set(names))
    assert all(operation["summary"] for operation in described().values())


def test_only_what_is_open_to_all_is_without_security() -> None:
    """A new call is closed until somebody opens it here too."""
    opened = {operation["operationId"] for operation in described().values() if operation.get("security") == []}
    health = {"health", "healthLive", "healthReady", "healthDeep"}
    without_account = {"login", "signUp", "askForSignUpLetter", "lookAtInvitation", "forgotPassword", "setNewPassword"}
    for_participants = {"getRoom", "joinRoom", "offerNames"}
    assert opened == {"openapi", "quizSchema"} | for_participants | without_account | health


def test_every_reference_leads_somewhere() -> None:
    """A misspelt one would be noticed by others first."""
    whole = document()
    for found in re.findall(r"'\$ref': '#/([^']+)'", repr(whole)):
        place: Any = whole
        for part in found.split("/"):
            place = place[part]


@contextlib.contextmanager
def running_service(folder: Path) -> Iterator[tuple[Running, asyncio.AbstractEventLoop]]:
    """A service on a free port, in a thread of its own."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    config = Config(
        database_url=database_url(folder),
        rate_limit_login="100000/minute",
        rate_limit_join="100000/minute",
        rate_limit_sign_up="100000/minute",
        registration="invite",
        service_token="a service token that nobody here has",
        host="127.0.0.1",
    )
    service = Running(config, bind_sockets(0, config.host))
    asyncio.run_coroutine_threadsafe(service.start(), loop).result(30)
    try:
        yield service, loop
    finally:
        asyncio.run_coroutine_threadsafe(service.stop(), loop).result(30)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def furnish(service: Running) -> tuple[str, dict[str, Any]]:
    """(the token of an admin, who may do all that a teacher may and more; a room of theirs)."""
    accounts, services = service.services.accounts, service.services
    await accounts.create("ada@school.example", "Ada", "admin", "correct horse")
    token, _ = await accounts.login("ada@school.example", "correct horse")
    ada = await accounts.authenticate(token)
    quiz = await services.desk.quizzes.create(ada, {"title": "Sums", "questions": [SINGLE]})
    return token, await services.rooms.create(ada, quiz["id"], {"read_time_s": 0})


def settings_of(room: dict[str, Any]) -> str:
    """schemathesis' own settings: which checks do not apply, and a room that there is."""
    unsayable = [
        f'[[operations]]\ninclude-operation-id = "{name}"\nchecks.positive_data_acceptance.enabled = false\n'
        for name in BEYOND_SCHEMAS
    ]
    known = [
        f'[[operations]]\ninclude-operation-id = "{name}"\nparameters = {{ id = "{room["id"]}" }}\n'
        for name in OF_ONE_ROOM
    ]
    known.append(f'[[operations]]\ninclude-operation-id = "joinRoom"\nparameters = {{ room = "{room["pin"]}" }}\n')
    known.append(f'[[operations]]\ninclude-operation-id = "adminRoom"\nparameters = {{ pin = "{room["pin"]}" }}\n')
    # What breaks its schema there is often longer than a body may be, and refused for that.
    refusals = "[400, 401, 403, 404, 406, 413, 415, 422, 428]"
    known.append(
        '[[operations]]\ninclude-operation-id = "renderMarkup"\n'
        f"checks.negative_data_rejection.expected-statuses = {refusals}\n"
    )
    # Who comes with a link that does not work is told that, whatever else is wrong.
    links = "[400, 401, 403, 404, 410, 413, 415, 422, 428]"
    known += [
        f'[[operations]]\ninclude-operation-id = "{name}"\nchecks.negative_data_rejection.expected-statuses = {links}\n'
        for name in ("signUp", "setNewPassword")
    ]
    # Signing out would end the token with which everything else is tried.
    ending = ("logout", "signOutEverywhere")
    ended = [f'[[operations]]\ninclude-operation-id = "{name}"\nenabled = false\n' for name in ending]
    return "\n".join([*unsayable, *known, *ended])


@pytest.mark.process
def test_schemathesis_finds_nothing(tmp_path: Path) -> None:
    """Whatever it makes up: never a 500, and every answer as described."""
    with running_service(tmp_path) as (service, loop):
        token, room = asyncio.run_coroutine_threadsafe(furnish(service), loop).result(30)
        (tmp_path / "schemathesis.toml").write_text(settings_of(room))
        command = [
            str(Path(sys.executable).parent / "schemathesis"),
            "run",
            f"http://127.0.0.1:{service.port}/api/v1/openapi.json",
            f"--header=Authorization: Bearer {token}",
            "--max-examples=10",
            "--generation-deterministic",
            "--no-color",
            "--warnings=off",
        ]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout[-20_000:]


@pytest.mark.gen_test
async def test_the_document_is_served_to_everybody(web: Any) -> None:
    """As OpenAPI 3.1."""
    status, served = await web.json("GET", "/api/v1/openapi.json")
    assert (status, served["openapi"]) == (200, "3.1.0")
    assert served == document()
