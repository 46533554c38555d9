"""What the peers of join_storm and answer_storm do besides their library's part: the check of the token, the answer's
acknowledgement, and for those that store, one INSERT each. All of them the usual way, with the usual libraries."""

import asyncio
import contextlib
import gc
import json
import os
import sys
from collections.abc import Callable

import jwt
import peewee

SECRET = os.environ.get("BENCH_SECRET", "")
AUDIENCE, ISSUER = "bench", "quizhall"


def is_welcome(authorization: str | None) -> bool:
    """`Bearer TOKEN`, signed by us, for us, and not expired."""
    try:
        jwt.decode((authorization or "")[7:], SECRET, algorithms=["HS256"], audience=AUDIENCE, issuer=ISSUER)
    except jwt.PyJWTError:
        return False
    return True


class Answer(peewee.Model):
    room = peewee.TextField()
    round = peewee.IntegerField()
    participant = peewee.TextField()
    answer = peewee.TextField()
    id = peewee.TextField(primary_key=True)


def acknowledgement(store: str | None) -> Callable[[str | bytes, str], str]:
    """What acknowledges an answer of a participant; with `store`, after it has been inserted into that file."""
    if store:
        pragmas = {"journal_mode": "wal", "synchronous": "full"}
        database = peewee.SqliteDatabase(store, pragmas=pragmas)
        database.bind([Answer])
        database.create_tables([Answer])

    def acknowledge(text: str | bytes, participant: str) -> str:
        message = json.loads(text)
        params = message["params"]
        if store:
            Answer.create(
                room=params["room"],
                round=params["round"],
                participant=participant,
                answer=json.dumps(params["answer"]),
                id=params["id"],
            )
        return json.dumps({"id": message["id"], "result": {"status": "stored", "id": params["id"]}})

    return acknowledge


async def until_told(port: int) -> None:
    """Says the port, and ends with the standard input. The collector is set as our own service sets it: a fair race."""
    gc.freeze()
    gc.set_threshold(50_000, 50, 100)
    over = asyncio.Event()
    asyncio.get_running_loop().add_reader(sys.stdin, over.set)
    print(json.dumps({"port": port}), flush=True)
    await over.wait()
    # Thousands of sockets need no farewell.
    os._exit(0)


def store() -> str | None:
    """The file named on the command line."""
    with contextlib.suppress(IndexError):
        return sys.argv[1]
    return None
