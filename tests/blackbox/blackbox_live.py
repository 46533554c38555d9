"""A stranger's client of the live protocol, written from the contract alone.

A peer keeps every frame it was ever sent, over all its connections, and notes what breaks the
contract while it happens (`faults`); the tests judge what it holds.
"""

import asyncio
import json
import secrets
from collections.abc import Callable
from typing import Any, Self, TypeVar

from blackbox_http import Json
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

T = TypeVar("T")
DEADLINE_S = 10.0
ERRORS = {
    "unauthorized": -32001, "forbidden": -32002, "not_found": -32003, "rate_limited": -32004,
    "round_closed": -32010, "already_answered": -32011, "invalid_answer": -32012, "wrong_phase": -32013,
    "stale": -32014, "room_locked": -32015, "room_over": -32016, "overloaded": -32020,
}  # fmt: skip


class LostError(Exception):
    """The connection ended before the reply came: the command may have been carried out or not."""


class RefusedError(Exception):
    """The command was answered with an error."""

    def __init__(self, error: Json) -> None:
        super().__init__(str(error))
        self.number: int = error["code"]
        self.message: str = error["message"]
        self.data: Json = error.get("data") or {}
        self.name: str = self.data.get("code", "")


class Peer:
    """One person's connection to one room, through as many sockets as it takes."""

    def __init__(self, port: int, pin: str, token: str, *, bearer_header: bool = False) -> None:
        self.port, self.pin, self.token = port, pin, token
        self._bearer_header = bearer_header
        self.frames: list[Json] = []
        self.raw: list[str] = []
        self.events: dict[int, Json] = {}
        # Without seq: ephemeral and personal ones, in the order of arrival.
        self.others: list[Json] = []
        self.faults: list[str] = []
        self.snapshots: list[Json] = []
        self.you: Json | None = None
        # Where the client stands in the room's log; None before the first subscription.
        self.seq: int | None = None
        self.first_seq: int | None = None
        self.epoch: Any = None
        self.close_code: int | None = None
        self._socket: ClientConnection | None = None
        self._reader: asyncio.Task[None] | None = None
        self._calls: dict[Any, tuple[str, asyncio.Future[Json]]] = {}
        self._waiters: list[asyncio.Future[None]] = []

    async def __aenter__(self) -> Self:
        await self.connect()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def connect(self) -> None:
        """Opens a socket; the token travels as a stranger's browser would send it."""
        offered = [Subprotocol("quizhall.v1")]
        headers: dict[str, str] = {}
        if self._bearer_header:
            headers["Authorization"] = f"Bearer {self.token}"
        else:
            offered.append(Subprotocol(f"bearer.{self.token}"))
        self._socket = await connect(
            f"ws://127.0.0.1:{self.port}/ws", subprotocols=offered, additional_headers=headers,
            proxy=None, ping_interval=None, open_timeout=DEADLINE_S, close_timeout=2,
        )  # fmt: skip
        if self._socket.subprotocol != "quizhall.v1":
            self.faults.append(f"the server chose the sub-protocol {self._socket.subprotocol!r}")
        self.close_code = None
        self._reader = asyncio.create_task(self._read(self._socket))

    async def join_room(self) -> Json:
        """Connects and subscribes: from where it stands when it was here before."""
        await self.connect()
        return await self.subscribe()

    async def subscribe(self) -> Json:
        where = {} if self.seq is None else {"after": self.seq, "epoch": self.epoch}
        return await self.call("room.subscribe", **where)

    async def close(self) -> None:
        """Closes from this side and waits until the reader has ended."""
        if self._socket is not None:
            await self._socket.close()
        await self.lost()

    async def lost(self, deadline_s: float = DEADLINE_S) -> int | None:
        """Waits for the end of the connection; all that came before it has been read by then."""
        if self._reader is not None:
            await asyncio.wait_for(self._reader, deadline_s)
        return self.close_code

    async def send_raw(self, text: str | bytes) -> None:
        assert self._socket is not None
        await self._socket.send(text)

    async def call(self, method: str, *, deadline_s: float = DEADLINE_S, **params: Any) -> Json:
        """One command; raises RefusedError or LostError. Every command about the room carries its PIN."""
        params = {"room": self.pin} | params
        return await self.request({"jsonrpc": "2.0", "method": method, "params": params}, deadline_s)

    async def request(self, message: Json, deadline_s: float = DEADLINE_S) -> Json:
        """A message with an id of its own; the reply's result."""
        call_id = secrets.token_hex(8)
        future: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._calls[call_id] = (message.get("method", ""), future)
        try:
            await self.send_raw(json.dumps(message | {"id": call_id}))
            return await asyncio.wait_for(future, deadline_s)
        except ConnectionClosed as error:
            raise LostError(message.get("method")) from error
        finally:
            self._calls.pop(call_id, None)
            if future.done() and not future.cancelled():
                future.exception()  # both ends of a lost call may raise; one of them is heard

    async def until(self, check: Callable[[], T | None], what: str, deadline_s: float = DEADLINE_S) -> T:
        """Waits until `check` gives something true; looks again after each frame."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + deadline_s
        while not (found := check()):
            waiter: asyncio.Future[None] = loop.create_future()
            self._waiters.append(waiter)
            try:
                await asyncio.wait_for(waiter, max(0.0, deadline - loop.time()))
            except TimeoutError:
                raise AssertionError(f"no {what} within {deadline_s} s; last: {self.frames[-3:]}") from None
        return found

    async def event(self, method: str, deadline_s: float = DEADLINE_S, **fields: Any) -> Json:
        """The params of the newest event of this name with these fields, waited for when need be."""

        def newest() -> Json | None:
            held = [*(event for _, event in sorted(self.events.items())), *self.others]
            fits = [
                event["params"] for event in held
                if event["method"] == method and fields.items() <= event["params"].items()
            ]  # fmt: skip
            return fits[-1] if fits else None

        return await self.until(newest, f"{method} {fields}", deadline_s)

    async def _read(self, socket: ClientConnection) -> None:
        try:
            async for text in socket:
                if isinstance(text, bytes):
                    self.faults.append("a binary frame")
                    continue
                self._take(text)
        except ConnectionClosed:
            pass
        finally:
            self.close_code = socket.close_code
            for method, future in self._calls.values():
                if not future.done():
                    future.set_exception(LostError(method))
            self._wake()

    def _take(self, text: str) -> None:
        frame = json.loads(text)
        self.raw.append(text)
        self.frames.append(frame)
        if frame.get("jsonrpc") != "2.0":
            self.faults.append(f"not JSON-RPC 2.0: {text[:200]}")
        if "method" in frame:
            self._take_event(frame, live=True)
        else:
            self._take_reply(frame)
        self._wake()

    def _take_reply(self, frame: Json) -> None:
        method, future = self._calls.get(frame.get("id"), ("", None))
        if "error" in frame:
            error = frame["error"]
            name = (error.get("data") or {}).get("code")
            if name in ERRORS and ERRORS[name] != error["code"]:
                self.faults.append(f"{name} came with the number {error['code']}")
            if future is not None and not future.done():
                future.set_exception(RefusedError(error))
            return
        # Before anyone awaits it: the next frame may already be the event that follows.
        if method == "room.subscribe":
            self._take_subscription(frame["result"])
        if future is not None and not future.done():
            future.set_result(frame["result"])

    def _take_subscription(self, result: Json) -> None:
        missing = {"seq", "epoch", "server_time"} - set(result)
        if missing or ("snapshot" in result) == ("events" in result):
            self.faults.append(f"a subscription without {missing}, or with both or none: {list(result)}")
        self.epoch = result["epoch"]
        self.you = result.get("you", self.you)
        if "snapshot" in result:
            self.snapshots.append(result["snapshot"])
            if self.seq is None:
                self.first_seq = result["seq"]
            elif result["seq"] != self.seq:
                self.faults.append(f"a snapshot at {result['seq']} instead of the events after {self.seq}")
            self.seq = result["seq"]
        for event in result.get("events", ()):
            self._take_event(event, live=False)
        if self.seq != result["seq"]:
            self.faults.append(f"the reply says seq {result['seq']}, its events end at {self.seq}")

    def _take_event(self, event: Json, *, live: bool) -> None:
        params = event["params"]
        # What concerns the whole node names no room.
        if params.get("room") != (None if event["method"] == "node.draining" else self.pin):
            self.faults.append(f"{event['method']} names the room {params.get('room')!r}")
        if "seq" not in params:
            self.others.append(event)
            if not live:
                self.faults.append(f"{event['method']} carries no seq and was replayed")
            return
        if "server_time" not in params:
            self.faults.append(f"{event['method']} carries no server_time")
        if self.seq is None or params["seq"] != self.seq + 1:
            self.faults.append(f"{event['method']} has seq {params['seq']} after {self.seq}")
        self.seq = params["seq"]
        if self.events.setdefault(self.seq, event) != event:
            self.faults.append(f"seq {self.seq} came twice and differed")

    def _wake(self) -> None:
        waiters, self._waiters = self._waiters, []
        for waiter in waiters:
            if not waiter.done():
                waiter.set_result(None)


class Host(Peer):
    """The teacher; carries the account's token in a header, as a program does."""

    def __init__(self, port: int, pin: str, token: str) -> None:
        super().__init__(port, pin, token, bearer_header=True)

    async def command(self, method: str, **params: Any) -> Json:
        """A host command; its reply is {seq, phase}."""
        result = await self.call(method, **params)
        if not {"seq", "phase"} <= set(result):
            self.faults.append(f"{method} answered {result}")
        return result


class Player(Peer):
    """A participant; an answer stays in `unacknowledged` until its receipt or refusal has come."""

    def __init__(self, port: int, pin: str, seat: Json) -> None:
        super().__init__(port, pin, seat["token"])
        self.id: str = seat["participant"]["id"]
        self.nickname: str = seat["participant"]["nickname"]
        self.sent: dict[str, Json] = {}
        self.unacknowledged: set[str] = set()
        self.receipts: dict[str, Json] = {}

    async def submit(self, number: int, answer: Json, answer_id: str | None = None) -> Json:
        """Sends an answer for round `number`; the id is made once and kept for sending it again."""
        answer_id = answer_id or secrets.token_hex(16)
        self.sent[answer_id] = {"round": number, "answer": answer, "id": answer_id}
        return await self.resend(answer_id)

    async def resend(self, answer_id: str) -> Json:
        """The same answer under the same id; a receipt that differs from an earlier one is a fault."""
        if answer_id not in self.receipts:
            self.unacknowledged.add(answer_id)
        sent = self.sent[answer_id]
        receipt = await self.call("answer.submit", **sent)
        self.unacknowledged.discard(answer_id)
        if set(receipt) != {"status", "id", "round", "received_at"} or receipt["status"] != "stored":
            self.faults.append(f"not a receipt: {receipt}")
        if receipt["id"] != answer_id or receipt["round"] != sent["round"]:
            self.faults.append(f"the receipt of something else: {receipt} for {sent}")
        if self.receipts.setdefault(answer_id, receipt) != receipt:
            self.faults.append(f"a second receipt differs: {self.receipts[answer_id]} and {receipt}")
        return receipt

    async def resend_all(self) -> None:
        """Everything it has no receipt for."""
        for answer_id in sorted(self.unacknowledged):
            await self.resend(answer_id)
