"""Specification of models/worker.py, as far as test_database.py does not hold it."""

import queue
import threading

from models.worker import Finished, Worker


def test_a_worker_takes_no_name_that_its_thread_uses():
    """Since Python 3.13 a thread has a `_handle`: a worker that called its own so did not start there."""
    jobs: queue.SimpleQueue = queue.SimpleQueue()
    worker = Worker("worker", jobs, lambda jobs: [], Finished(), lambda: None, 1)
    plain = vars(threading.Thread(name="plain", daemon=True))
    assert {name: type(vars(worker)[name]) for name in plain} == {name: type(kept) for name, kept in plain.items()}
    worker.start()
    jobs.put(None)
    worker.join()
    assert not worker.is_alive()
