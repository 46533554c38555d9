"""Every refusal has its status, its code and its sentence."""

import peewee
import pytest
from tornado.web import HTTPError

from handlers.errors import STATUS, Refused, describe
from models.database import WriteQueueFull
from services import errors


def kinds(base=errors.ServiceError):
    """All errors of the services' tree."""
    for kind in base.__subclasses__():
        yield kind
        yield from kinds(kind)


def test_every_service_error_has_a_status():
    """Its own or that of what it is a case of; a new one without would be a 500."""
    assert [kind for kind in kinds() if not any(base in STATUS for base in kind.__mro__)] == []
    assert set(STATUS) <= set(kinds())


def test_the_statuses_of_the_contract():
    """Other programs act on them."""
    expected = {errors.NameTaken: 409, errors.RoomLocked: 423, errors.RoomOver: 410, errors.Stale: 409}
    expected |= {errors.Unauthorized: 401, errors.RateLimited: 429, errors.Invalid: 422, errors.NotFound: 404}
    assert {kind: STATUS[kind] for kind in expected} == expected


def test_wrong_fields_are_the_details():
    """As a list of field and reason."""
    problems = [{"field": "nickname", "reason": "is missing"}]
    described = describe(errors.Invalid("No.", problems), 500)
    assert described.json() == {"error": {"code": "invalid", "message": "No.", "details": problems}}


def test_other_errors_tell_what_a_program_may_want_to_know():
    """As an object."""
    described = describe(errors.Stale("Old.", revision=4), 500)
    assert (described.status, described.details) == (409, {"revision": 4})


@pytest.mark.parametrize(("wait_ms", "wait_s"), [(1, 1), (1000, 1), (1001, 2), (59_999, 60)])
def test_waiting_is_rounded_up(wait_ms, wait_s):
    """Who comes back in time must not be too early."""
    assert describe(errors.RateLimited("Slow.", retry_after_ms=wait_ms), 429).retry_after_s == wait_s


@pytest.mark.parametrize("error", [WriteQueueFull(), peewee.OperationalError("database is locked")])
def test_a_busy_database_is_no_defect(error):
    """The caller may try again."""
    described = describe(error, 500)
    assert (described.status, described.code, described.retry_after_s) == (503, "overloaded", 1)


def test_a_defect_says_nothing_of_its_inside():
    """Only that there was one."""
    described = describe(RuntimeError("secret"), 500)
    assert (described.status, described.code) == (500, "internal")
    assert "secret" not in described.message


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (HTTPError(405), 405, "method_not_allowed"),
        (HTTPError(418), 418, "bad_request"),
        (HTTPError(502), 502, "internal"),
        (Refused(413), 413, "too_large"),
        (None, 404, "not_found"),
    ],
)
def test_what_http_refuses_has_a_code_too(error, status, code):
    """Even what nobody has thought of."""
    described = describe(error, status)
    assert (described.status, described.code) == (status, code)
