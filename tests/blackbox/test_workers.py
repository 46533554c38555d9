"""`WORKERS=n` as an operator meets it: one port, several processes, each replaced when it dies, all gone at the end."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from blackbox_http import Api
from blackbox_process import Service

from prove.redis_process import RedisProcess

pytestmark = pytest.mark.process
SECRET = "the same secret on all of the nodes"
WITHIN_S = 20.0


@pytest.fixture(scope="module")
def redis() -> Iterator[RedisProcess]:
    process = RedisProcess().start()
    yield process
    process.stop()


@pytest.fixture
def workers(make_service: Callable[..., Service], redis: RedisProcess) -> Service:
    return make_service(WORKERS="2", REDIS_URL=redis.url, JWT_SECRET_KEY=SECRET)


def children(service: Service) -> list[int]:
    """The processes that serve, in the order of their start."""
    assert service.pid is not None
    listed = Path(f"/proc/{service.pid}/task/{service.pid}/children").read_text().split()
    return sorted(map(int, listed))


def until(holds: Callable[[], bool], what: str) -> None:
    """There is no event to wait on in a process that is not ours."""
    end_s = time.monotonic() + WITHIN_S
    while not holds():
        assert time.monotonic() < end_s, what
        time.sleep(0.02)


def is_alive(pid: int) -> bool:
    """A first thread that has ended says nothing of the others, which may still hold the socket."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False
    return "State:\tZ" not in status or "Threads:\t1\n" not in status


def test_a_worker_that_dies_is_replaced_and_the_others_serve(workers: Service) -> None:
    until(lambda: workers.log_text().count("serves as process") == 2, "two workers that serve")
    first, second = children(workers)
    os.kill(first, signal.SIGKILL)
    # What waits in its queue when it dies is lost with it; whoever comes afterwards meets the other.
    until(lambda: not is_alive(first), "its end")
    Api(workers.port).login()
    until(lambda: len(children(workers)) == 2 and first not in children(workers), "a new worker")
    assert second in children(workers)
    assert "worker 1 ended with status -9" in workers.log_text()


def test_one_greeting_is_printed_whatever_the_number_of_workers(workers: Service) -> None:
    until(lambda: len(children(workers)) == 2, "two workers")
    assert workers.log_text().count("Students join at") == 1


def test_sigterm_ends_all_of_them_and_frees_the_port(workers: Service) -> None:
    until(lambda: len(children(workers)) == 2, "two workers")
    pids = children(workers)
    workers.stop()
    assert workers.status == 0
    assert not [pid for pid in pids if is_alive(pid)]
    workers.start()


def test_workers_do_not_outlive_the_process_that_watches_them(workers: Service) -> None:
    """Killed without a word, it cannot tell them; they see the end of a pipe."""
    until(lambda: len(children(workers)) == 2, "two workers")
    pids = children(workers)
    workers.kill()
    until(lambda: not any(map(is_alive, pids)), "the workers end by themselves")


def test_several_workers_without_redis_are_refused(make_service: Callable[..., Service]) -> None:
    with pytest.raises(AssertionError, match="WORKERS is 2; more than one needs REDIS_URL"):
        make_service(WORKERS="2")
