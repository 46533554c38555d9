"""The service as it is, but for one thing: no answer goes to the database. Started as `app.py` is.

Reading, checking and gathering before, receipts, figures and everybody who is told behind are the real path; a batch
that would go to the writer is taken as stored at once. What the service needs beyond this is what storing needs.
"""

import runpy
from functools import partial
from typing import Any

from benchmarks.lab.process import ROOT
from services import answering

_gather = answering.Database.gather


def _gather_unstored(db: answering.Database, *parts: Any) -> Any:
    gathering: Any = _gather(db, *parts)
    gathering.hand_over = partial(_settle, gathering)
    return gathering


def _settle(gathering: Any) -> None:
    """In place of handing over to the writer."""
    items, gathering._items = gathering._items, []
    gathering._in_writer += 1
    gathering._settled(items, [answering.STORED] * len(items))


if __name__ == "__main__":
    # Answers are all that is gathered.
    answering.Database.gather = _gather_unstored  # type: ignore[method-assign]
    runpy.run_path(str(ROOT / "app.py"), run_name="__main__")
