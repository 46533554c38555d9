"""Makes the helpers beside these tests importable, and starts the real process for them."""

import logging
import os
import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from blackbox_http import Api
from blackbox_process import OTHER_TEACHER, Service


@pytest.fixture(scope="module")
def make_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Service]]:
    """Starts processes with settings of their own; all are ended with the module."""
    made: list[Service] = []

    def make(**settings: str) -> Service:
        service = Service(tmp_path_factory.mktemp("service"), settings)
        made.append(service)
        service.prepare()
        service.start()
        return service

    yield make
    for service in made:
        service.stop()


@pytest.fixture
def rng() -> random.Random:
    """Random choices that a failing run can repeat: QUIZHALL_SEED, in the log of the run."""
    seed = int(os.environ.get("QUIZHALL_SEED") or random.SystemRandom().randrange(2**32))
    logging.getLogger(__name__).warning("QUIZHALL_SEED=%s", seed)
    return random.Random(seed)


@pytest.fixture(scope="module")
def service(make_service: Callable[..., Service]) -> Service:
    """One process for the tests of a module that kill nothing."""
    return make_service()


@pytest.fixture(scope="module")
def api(service: Service) -> Api:
    """The teacher whose rooms and quizzes they are."""
    return Api(service.port).login()


@pytest.fixture(scope="module")
def other(service: Service) -> Api:
    """Another teacher."""
    return Api(service.port).login(OTHER_TEACHER)


@pytest.fixture(scope="module")
def nobody(service: Service) -> Api:
    """Somebody without a token."""
    return Api(service.port)
