"""What every Python peer does besides serving: says its port, and broadcasts when it is told to.

`go` (or another way's name) broadcasts and answers with the moment of the call; `rest` collects garbage. In the small
rooms of loop_lag, which are every path but /crowd, a message of one member is answered to all with SMALL.
"""

import asyncio
import gc
import inspect
import json
import os
import sys
import time
from collections.abc import Callable
from typing import Any


def _compact(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))


EVENT = "round.opened"


def text_of(size: int) -> str:
    """An event of that many bytes."""
    bare = _compact({"jsonrpc": "2.0", "method": EVENT, "params": {"room": "482913", "x": ""}})
    return bare.replace('""', f'"{"y" * (size - len(bare))}"')


# As long as a question with four short choices is.
TEXT = text_of(300)
# The small rooms of loop_lag: paths /small0 and on.
SMALL_ROOMS = 32
PROBED = "room.locked"
# Of the size that our own room.locked has.
SMALL = _compact({"jsonrpc": "2.0", "method": PROBED, "params": {"room": "482913", "x": "y" * 60}})


def say(answer: dict[str, Any]) -> None:
    print(json.dumps(answer), flush=True)


async def obey(port: int, broadcast: Callable[[], Any], more: dict[str, Callable[[], Any]] | None = None) -> None:
    """Until standard input ends. An awaitable is awaited; a dict that comes of it goes into the answer."""
    lines: asyncio.Queue[str] = asyncio.Queue()
    asyncio.get_running_loop().add_reader(sys.stdin, lambda: lines.put_nowait(sys.stdin.readline()))
    ways = {"go": broadcast, "rest": gc.collect, **(more or {})}
    say({"port": port})
    while line := await lines.get():
        began = time.monotonic()
        found = ways[line.strip()]()
        if inspect.isawaitable(found):
            found = await found
        say({"began": began, "called": time.monotonic(), **(found if isinstance(found, dict) else {})})
    # Thousands of sockets need no farewell.
    os._exit(0)
